"""The only source of the current time. Instants are aware UTC; people see Asia/Shanghai."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class _Journey:
    by: timedelta = timedelta(0)
    stands_at: datetime | None = None


_journey = _Journey()


def now() -> datetime:
    """The present instant, aware UTC (another one only while tests travel)."""
    return _journey.stands_at or datetime.now(UTC) + _journey.by


def travel(to: datetime | timedelta | None) -> None:
    """Move this process's clock: to an instant, where it stands; by a span; or (None) home."""
    if to is None:
        _journey.by, _journey.stands_at = timedelta(0), None
    elif isinstance(to, datetime):
        _journey.stands_at = to
    elif _journey.stands_at:
        _journey.stands_at += to
    else:
        _journey.by += to


def local(instant: datetime) -> datetime:
    """The same instant on the clocks of the people at the fair."""
    return instant.astimezone(SHANGHAI)
