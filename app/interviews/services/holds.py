"""Holding a place: a hold that was asked for, or one after a missed ring, and coming back."""

from datetime import timedelta
from typing import Any

from app.core import audit, clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.fairs.models import Fair
from app.interviews.errors import HoldNotAllowed, HoldUsed
from app.interviews.models import Interview, Status
from app.interviews.services.finding import Found, find_ticket, ticket_of_student
from app.interviews.services.told import tell_change

MOST_PER_TICK = 500


def hold_place(interview_id: int, account_id: int) -> None:
    """稍候: "I am next at another booth": nobody calls me here for a while, my place is kept.

    Once per ticket, for the fair's ``hold_seconds``; ends by itself or by coming back.

    :raises NotYourInterview: somebody else's
    :raises HoldNotAllowed: this fair grants no holds
    :raises HoldUsed: it was granted before
    :raises InvalidTransition: the ticket does not wait; it may be ringing by now
    """
    found = ticket_of_student(interview_id, account_id)
    if found.fair.hold_seconds <= 0:
        raise HoldNotAllowed
    if found.interview.hold_used:
        raise HoldUsed
    until = clock.now() + timedelta(seconds=found.fair.hold_seconds)
    with atomic():
        found.interview.hold(held_until=until, hold_used=True, only_if=_was_never_held)
        tell_change(found.interview, found.booth, student_account_id=account_id)


def return_to_line(interview_id: int, account_id: int) -> None:
    """A student is back, after a missed ring or before a hold is over, at the same place.

    After the fair's ``misses_kept`` missed rings: behind those who are there.

    :raises NotYourInterview: somebody else's
    :raises InvalidTransition: the ticket is not held
    """
    _come_back(ticket_of_student(interview_id, account_id))


def end_due_holds() -> int:
    """Bring back the places whose hold is over; how many. For the clock; safe to run twice."""
    due = (Interview.status == Status.HELD) & (Interview.held_until <= clock.now())
    rows = Interview.select(Interview.id).where(due).order_by(Interview.held_until)
    ended = 0
    for (interview_id,) in list(rows.limit(MOST_PER_TICK).tuples()):
        with audit.acting(None, "clock"):
            try:
                _come_back(find_ticket(interview_id))
            except InvalidTransition:
                continue  # back or gone in the meantime
        ended += 1
    return ended


def falls_behind(misses: int, misses_kept: int) -> bool:
    """Whether a return after so many missed rings is behind those who are there; 0 kept: never."""
    return 0 < misses_kept <= misses


def _come_back(found: Found) -> None:
    ticket, queued_at = found.interview, found.interview.queued_at
    with atomic():
        if ticket.held_until is not None:
            ticket.come_back(held_until=None, ready_told_at=None, only_if=_is_held_by_wish)
        elif falls_behind(ticket.misses, found.fair.misses_kept):
            _come_back_behind(ticket, found.fair)
        else:
            ticket.come_back(ready_told_at=None, only_if=_has_missed)
        tell_change(
            ticket,
            found.booth,
            student_account_id=found.student_account_id,
            reordered=ticket.queued_at != queued_at,
        )


def _come_back_behind(ticket: Interview, fair: Fair) -> None:
    """The place is lost to those who are there; a slot that was not used is gone with it."""
    before, now = ticket.queued_at, clock.now()
    reason = f"未接听 {ticket.misses} 次（保留位置至第 {fair.misses_kept} 次）"
    ticket.come_back(
        queued_at=now, slot_at=None, ready_told_at=None, only_if=_has_missed, reason=reason
    )
    audit.record(
        ticket,
        "fall_behind",
        before={"queued_at": before.isoformat()},
        after={"queued_at": now.isoformat()},
        reason=reason,
    )


def _was_never_held() -> Any:
    return Interview.hold_used == False  # noqa: E712  # written into SQL


def _is_held_by_wish() -> Any:
    return Interview.held_until.is_null(False)


def _has_missed() -> Any:
    return Interview.held_until.is_null()
