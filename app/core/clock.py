"""The only source of the current time. Instants are aware UTC; people see Asia/Shanghai."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class _Shift:
    by: timedelta = timedelta(0)


_shift = _Shift()


def now() -> datetime:
    """The present instant, aware UTC (shifted only while tests travel)."""
    return datetime.now(UTC) + _shift.by


def travel(to: datetime | timedelta | None) -> None:
    """Move this process's clock: to an instant, by a span, or (None) back to the real time."""
    if to is None:
        _shift.by = timedelta(0)
    elif isinstance(to, timedelta):
        _shift.by += to
    else:
        _shift.by = to - datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """The same instant on the clocks of the people at the fair."""
    return instant.astimezone(SHANGHAI)
