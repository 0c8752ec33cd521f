"""Opening time looked back upon: what is late counts only while the booth was to be there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.forecasts.hours import Span


def due_before(hours: Sequence[Span], now: datetime, seconds: float) -> datetime | None:
    """The instant since which so many seconds of the hours have passed; None: not so many have.

    What came in at that instant or before, be it in the night before, has waited so long.
    """
    for opens, closes in reversed(hours):
        if opens >= now:
            continue
        ends = min(closes, now)
        span = (ends - opens).total_seconds()
        if seconds <= span:
            return ends - timedelta(seconds=seconds)
        seconds -= span
    return None


def seconds_within(hours: Sequence[Span], start: datetime, end: datetime) -> float:
    """How many seconds of the hours lie between two instants."""
    return sum(
        (min(closes, end) - max(opens, start)).total_seconds()
        for opens, closes in hours
        if opens < end and closes > start
    )


def is_open(hours: Sequence[Span], at: datetime) -> bool:
    """Whether the booth is to be there at an instant."""
    return any(opens <= at < closes for opens, closes in hours)


def ended_between(hours: Sequence[Span], since: datetime, now: datetime) -> list[Span]:
    """The spans that ended after *since*, up to *now*."""
    return [span for span in hours if since < span[1] <= now]
