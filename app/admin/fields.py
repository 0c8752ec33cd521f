"""Form fields of the back office."""

from datetime import UTC, datetime
from typing import Any

from wtforms import Field, SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, DateTimeLocalInput, ListWidget

from app.core.clock import SHANGHAI, local

MINUTE = "%Y-%m-%dT%H:%M"


class LocalMinuteField(Field):
    """An instant, typed as the clock in Shanghai shows it, to the minute; kept as aware UTC."""

    widget = DateTimeLocalInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return local(self.data).strftime(MINUTE) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read ``2026-11-21T09:00``."""
        self.data = None
        if not valuelist or not valuelist[0]:
            return
        try:
            typed = datetime.strptime(valuelist[0][:16], MINUTE).replace(tzinfo=SHANGHAI)
        except ValueError as error:
            raise ValueError("请填写完整的日期和时间，如 2026-11-21 09:00") from error
        self.data = typed.astimezone(UTC)


class ClockTimeField(StringField):
    """``09:00``, or blank."""

    def __init__(self, label: str, **kwargs: Any):
        super().__init__(label, [Length(max=5)], render_kw={"type": "time"}, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Drop the seconds that some browsers add."""
        self.data = (valuelist[0] if valuelist else "").strip()[:5]


class TicksField(SelectMultipleField):
    """Several of a few, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def stripped(text: str | None) -> str:
    """Text without blanks at its ends."""
    return (text or "").strip()
