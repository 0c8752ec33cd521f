"""Whether a booth takes one more: its line is open, and not all of its interviews are taken."""

from collections import Counter
from collections.abc import Iterable

from peewee import fn

from app.core.database import locked
from app.core.prepared import Prepared, bind
from app.fairs.models import Booth
from app.interviews.errors import LineClosed, LinePaused, QuotaReached
from app.interviews.models import DESK_TAKEN, IN_LINE, UNDECIDED, Interview, Status

CALLED = (*DESK_TAKEN, Status.FINISHED)
TAKEN = (*IN_LINE, *CALLED)  # accepted, and not left again
_CALLED = Prepared(
    lambda: (
        Interview.select(fn.COUNT(Interview.id))
        .where((Interview.booth == bind("booth_id")) & Interview.status.in_(CALLED))
        .tuples()
    )
)
_BY_STATUS = Prepared(
    lambda: (
        Interview.select(Interview.status, fn.COUNT(Interview.id))
        .where(Interview.booth == bind("booth_id"))
        .group_by(Interview.status)
        .tuples()
    )
)


def refuse_closed_line(booth: Booth) -> None:
    """Before an application.

    :raises LineClosed: its recruiters take no more; who is in line is still seen
    :raises LinePaused: the fair paused it, too many applications are unanswered
    """
    if booth.line_closed_at is not None:
        raise LineClosed
    if booth.paused_at is not None:
        raise LinePaused


def count_called(booth_id: int) -> int:
    """How many students the booth has called into an interview so far."""
    return _CALLED.first(booth_id=booth_id)[0]


def count_by_status(booth_id: int) -> Counter[Interview.Status]:
    """How many tickets of the booth stand in each status."""
    return Counter(dict(_BY_STATUS.all(booth_id=booth_id)))


def count_taken(booth_id: int) -> int:
    """How many of the booth's interviews are held or promised: accepted and not left again."""
    return total(count_by_status(booth_id), TAKEN)


def count_reserved(booth_id: int, *, but: int = 0) -> int:
    """How many guaranteed slots are booked by applications that nobody has answered yet.

    They are promised: whoever is accepted meanwhile must leave them their interviews. *but*
    leaves one ticket out.
    """
    booked = Interview.status.in_(UNDECIDED) & Interview.slot_at.is_null(False)
    here = (Interview.booth == booth_id) & (Interview.id != but)
    return Interview.select().where(here & booked).count()


def total(counts: Counter[Interview.Status], statuses: Iterable[Interview.Status]) -> int:
    """How many tickets stand in any of these statuses."""
    return sum(counts[status] for status in statuses)


def refuse_over_quota(booth: Booth, ticket_id: int = 0) -> None:
    """Inside the command that would take one more of the booth's interviews, for this ticket.

    :raises QuotaReached: all are taken; ``quota`` says how many there are
    """
    if booth.quota is None:
        return
    list(locked(Booth.select(Booth.id).where(Booth.id == booth.id)))  # of two at once one waits
    if count_taken(booth.id) + count_reserved(booth.id, but=ticket_id) >= booth.quota:
        raise QuotaReached(quota=booth.quota)
