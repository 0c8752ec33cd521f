"""When a booth holds interviews, and how much of that time lies between two instants."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from app.core import clock
from app.fairs.models import Fair

Span = tuple[datetime, datetime]
MOST_DAYS = 31


def fair_hours(fair: Fair) -> list[Span]:
    """The spans in which a fair is live: from start to end, day by day where hours are set."""
    if not (fair.daily_opens and fair.daily_closes):
        return _shared((fair.starts_at, fair.ends_at), [(fair.starts_at, fair.ends_at)])
    whole, days = (fair.starts_at, fair.ends_at), []
    midnight = clock.local(fair.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(MOST_DAYS):
        days.append((_at(midnight, fair.daily_opens), _at(midnight, fair.daily_closes)))
        midnight += timedelta(days=1)
    return _shared(whole, days)


def booth_hours(fair_spans: Sequence[Span], windows: Iterable[Span]) -> list[Span]:
    """The windows of a booth as far as the fair is live then; without windows: all of it."""
    spans = [span for window in sorted(windows) for span in _shared(window, fair_spans)]
    return _joined(spans) if spans or windows else list(fair_spans)


def left(hours: Sequence[Span], start: datetime) -> list[Span]:
    """What of the hours is still to come at *start*."""
    return [(max(opens, start), closes) for opens, closes in hours if closes > start]


def seconds_between(hours: Sequence[Span], start: datetime, end: datetime) -> float:
    """How many seconds of the hours lie between two instants.

    The time after the last closing counts as well: a turn that comes too late is late.
    """
    inside = sum(
        (min(b, end) - max(a, start)).total_seconds() for a, b in _touched(hours, start, end)
    )
    if hours and end > hours[-1][1]:
        inside += (end - max(start, hours[-1][1])).total_seconds()
    return inside


def after(hours: Sequence[Span], start: datetime, seconds: float) -> datetime:
    """The instant at which so many seconds of the hours have passed since *start*.

    Seconds that the hours no longer hold run on after the last closing.
    """
    ends = start
    for opens, closes in left(hours, start):
        span = (closes - opens).total_seconds()
        if seconds <= span:
            return opens + timedelta(seconds=seconds)
        seconds, ends = seconds - span, closes
    return ends + timedelta(seconds=seconds)


def pack(hours: Iterable[Span]) -> list[list[int]]:
    """The hours as whole seconds since 1970, for a column."""
    return [[int(opens.timestamp()), int(closes.timestamp())] for opens, closes in hours]


def unpack(packed: Iterable[Sequence[int]]) -> list[Span]:
    """Hours from their column."""
    return [(_instant(opens), _instant(closes)) for opens, closes in packed]


def _touched(hours: Sequence[Span], start: datetime, end: datetime) -> Iterator[Span]:
    return (span for span in hours if span[0] < end and span[1] > start)


def _shared(window: Span, spans: Iterable[Span]) -> list[Span]:
    shared = ((max(window[0], a), min(window[1], b)) for a, b in spans)
    return [(a, b) for a, b in shared if a < b]


def _joined(spans: list[Span]) -> list[Span]:
    """Sorted spans, those that overlap made one."""
    joined: list[Span] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined


def _at(midnight: datetime, clock_time: str) -> datetime:
    hours, minutes = clock_time.split(":")
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
