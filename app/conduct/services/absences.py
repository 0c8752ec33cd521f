"""No-shows of recruiters: hours that ended with students waiting and nobody at the desk."""

from datetime import datetime

from app.conduct.hours import ended_between
from app.conduct.services.tally import Tally
from app.forecasts.hours import Span

WATCHED_SECONDS = 300  # a longer pause of the clock proves nobody's absence


def count_absences(
    looked_at: datetime,
    seen_at: datetime | None,
    counted: Tally,
    hours: list[Span],
    now: datetime,
) -> int:
    """How many of the booth's hours ended since the clock last looked without anybody there.

    A page that was open, an answer or a ring proves that somebody was there; a clock that did
    not look until shortly before the end proves nothing.
    """
    if not counted.unserved:
        return 0
    proofs = [at for at in (seen_at, counted.last_answer_at, counted.last_ring_at) if at]
    missed = [
        opens
        for opens, closes in ended_between(hours, looked_at, now)
        if (closes - looked_at).total_seconds() <= WATCHED_SECONDS
        and not any(at >= opens for at in proofs)
    ]
    return len(missed)
