"""The only source of the current time. Instants are aware UTC; people see Asia/Shanghai."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_offset = timedelta(0)


def now() -> datetime:
    """The present instant, aware UTC (shifted only while tests travel)."""
    return datetime.now(UTC) + _offset


def travel(to: datetime | timedelta | None) -> None:
    """Move this process's clock: to an instant, by a span, or (None) back to the real time."""
    global _offset
    if to is None:
        _offset = timedelta(0)
    elif isinstance(to, timedelta):
        _offset += to
    else:
        _offset = to - datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """The same instant on the clocks of the people at the fair."""
    return instant.astimezone(SHANGHAI)
