"""Form fields of the back office."""

import re
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


class WordsField(StringField):
    """Several words in one line, kept as a list; each once."""

    def _value(self) -> str:
        return "、".join(str(word) for word in self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Split ``五险一金、双休`` at commas of either kind."""
        if valuelist:
            words = (word.strip() for word in re.split("[、，,；;]", valuelist[0]))
            self.data = list(dict.fromkeys(word for word in words if word))


class YearsField(WordsField):
    """Years of graduation, such as ``2026、2027``."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read four digits each."""
        super().process_formdata(valuelist)
        if any(not re.fullmatch("20[0-9]{2}", str(word)) for word in self.data or []):
            raise ValueError("请填写年份，如 2026、2027")
        self.data = sorted(int(word) for word in self.data or [])


def stripped(text: str | None) -> str:
    """Text without blanks at its ends."""
    return (text or "").strip()
