"""A further round: who passed is invited again, by a new ticket at the same booth."""

from app.core import audit, clock
from app.core.database import atomic
from app.fairs.errors import BoothClosed
from app.fairs.models import Booth, Participation
from app.fairs.phases import may_apply
from app.interviews.errors import (
    AlreadyInLine,
    NotATalent,
    NotPassed,
    OutsideApplicationHours,
    RejectedByYou,
)
from app.interviews.models import LIVE, Interview, Status
from app.interviews.services.finding import Found, ticket_of_recruiter
from app.interviews.services.told import tell_change, tell_student
from app.notifications.models import NotificationKind

UNUSED = (Status.DECLINED, Status.LAPSED, Status.WITHDRAWN)  # a round that was not held


def invite_to_next_round(interview_id: int, account_id: int, message: str = "") -> int:
    """邀请复试: a student who passed is asked to the next round, for the same position.

    The student answers it like any invitation and joins the line on agreeing (E06). Returns
    the new ticket's id.

    :raises NotYourEmployer: another employer's ticket
    :raises NotPassed: this ticket's result is not 合适, or not given
    :raises AlreadyInLine: the student has a live ticket here, or the round was held already
    :raises RejectedByYou: the booth rejected the student after that round (E05)
    :raises NotATalent: the student was removed from the fair
    :raises BoothClosed, OutsideApplicationHours: the booth or the fair is over
    """
    found = ticket_of_recruiter(interview_id, account_id)
    earlier = found.interview
    if earlier.status != Status.FINISHED or earlier.verdict != Interview.Verdict.PASS:
        raise NotPassed
    _refuse_closed(found)
    with atomic():
        _refuse_repeated(earlier)
        ticket = _insert(earlier, account_id, message)
        if ticket is None:
            raise _standing(earlier)
        audit.record(
            ticket,
            "invite_again",
            after={"status": ticket.status, "round": ticket.round, "after": earlier.id},
        )
        tell_change(ticket, found.booth, student_account_id=found.student_account_id)
        tell_student(
            ticket,
            found.booth,
            NotificationKind.SECOND_ROUND,
            account_id=found.student_account_id,
            message=ticket.message,
        )
    return ticket.id


def _refuse_closed(found: Found) -> None:
    if found.booth.status != Booth.Status.OPEN:
        raise BoothClosed
    if not may_apply(found.fair):
        raise OutsideApplicationHours(starts_at=found.fair.starts_at, ends_at=found.fair.ends_at)
    taking_part = Participation.select().where(
        (Participation.fair == found.fair.id)
        & (Participation.student == found.interview.student_id)
        & (Participation.status == Participation.Status.REGISTERED)
    )
    if not taking_part.exists():
        raise NotATalent


def _refuse_repeated(earlier: Interview) -> None:
    later = Interview.get_or_none(
        _same_place(earlier)
        & (Interview.round > earlier.round)
        & Interview.status.not_in([*UNUSED, Status.REJECTED])
    )
    if later is not None:
        raise AlreadyInLine(interview_id=later.id)


def _insert(earlier: Interview, account_id: int, message: str) -> Interview | None:
    """The next round's ticket, or None where the database refuses a second live one."""
    now = clock.now()
    row = {
        "fair": earlier.fair_id,
        "booth": earlier.booth_id,
        "student": earlier.student_id,
        "position": earlier.position_id,
        "origin": Interview.Origin.INVITATION,
        "status": Status.INVITED,
        "round": earlier.round + 1,
        "queued_at": now,
        "created_at": now,
        "message": message[:200],
        "decided_by": account_id,
    }
    made = Interview.insert(row).on_conflict_ignore().returning(Interview.id).tuples().execute()
    ids = [ticket_id for (ticket_id,) in made]
    return Interview(id=ids[0], **row) if ids else None


def _standing(earlier: Interview) -> Exception:
    ticket = Interview.get_or_none(
        _same_place(earlier) & Interview.status.in_([*LIVE, Status.REJECTED])
    )
    if ticket is not None and ticket.status == Status.REJECTED:
        return RejectedByYou()
    return AlreadyInLine(interview_id=ticket.id if ticket else None)


def _same_place(earlier: Interview) -> object:
    return (Interview.booth == earlier.booth_id) & (Interview.student == earlier.student_id)
