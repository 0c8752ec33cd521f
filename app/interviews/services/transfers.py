"""Giving a student to a colleague's desk: from the line, or in the middle of a call."""

from collections.abc import Iterable
from typing import Any

from app.core import audit, presence
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.employers.models import Recruiter
from app.fairs.models import Fair
from app.fairs.phases import is_live
from app.interviews.call_errors import DeskNotHere
from app.interviews.models import IN_LINE, Desk, Interview, Status
from app.interviews.services.finding import Found, find_ticket, ticket_of_recruiter
from app.interviews.services.moving import move_call
from app.interviews.services.told import tell_change

EMPTY_DESK_SECONDS = 600


def transfer(interview_id: int, account_id: int, desk_id: int | None) -> None:
    """转给同事: only that desk calls the ticket from now on, or (None) every desk again.

    A call that is on moves to the colleague at once.

    :raises NotYourEmployer: another employer's ticket
    :raises DeskNotHere: not a desk of this booth with somebody who may sit there
    :raises InvalidTransition: not in line any more
    :raises NotYourInterview, ColleagueBusy, ColleagueAway: why a call cannot move
    """
    found = ticket_of_recruiter(interview_id, account_id)
    if found.interview.status == Status.IN_CALL:
        if desk_id is None:
            raise DeskNotHere
        move_call(interview_id, account_id, desk_id)
        return
    if desk_id is not None:
        refuse_foreign(found, desk_id)
    with atomic():
        assign(found, desk_id)


def release_orphans() -> int:
    """Give tickets back to every desk when their own has nobody any more; how many.

    Nobody: its recruiter was removed, or has had no page open for ten minutes while the fair
    is live. For the clock; safe to run twice.
    """
    given: Any = (
        Interview.select(Interview.id, Desk.id, Recruiter, Fair)
        .join(Desk, on=Interview.only_desk)
        .join(Recruiter)
        .switch(Interview)
        .join(Fair)
        .where(Interview.status.in_(IN_LINE))
        .order_by(Interview.id)
    )
    tickets = [(ticket, ticket.only_desk.recruiter) for ticket in given]
    away = _away(recruiter.account_id for ticket, recruiter in tickets if is_live(ticket.fair))
    released = 0
    for ticket, recruiter in tickets:
        if recruiter.status == Recruiter.Status.ACTIVE and recruiter.account_id not in away:
            continue
        try:
            with atomic():
                assign(find_ticket(ticket.id), None)
        except InvalidTransition:
            continue  # left the line in the meantime
        released += 1
    return released


def _away(account_ids: Iterable[int]) -> set[int]:
    """Who has been away for long; nobody while Redis does not answer."""
    try:
        return presence.away_for(account_ids, EMPTY_DESK_SECONDS)
    except presence.PresenceUnknown:
        return set()


def assign(found: Found, desk_id: int | None, reason: str = "") -> None:
    """Let one desk alone call a ticket, or (None) every desk. Inside a command.

    :raises InvalidTransition: not in line any more
    """
    interview = found.interview
    here = (Interview.id == interview.id) & Interview.status.in_(IN_LINE)
    if not Interview.update(only_desk=desk_id).where(here).execute():
        raise InvalidTransition(verb="transfer", current=interview.status)
    audit.record(
        interview,
        "transfer",
        before={"only_desk": interview.only_desk_id},
        after={"only_desk": desk_id},
        reason=reason,
    )
    tell_change(interview, found.booth, student_account_id=found.student_account_id, reordered=True)


def refuse_foreign(found: Found, desk_id: int) -> None:
    """:raises DeskNotHere: not a desk of the ticket's booth with somebody who may sit there"""
    ours = (Desk.id == desk_id) & (Desk.booth == found.booth.id)
    active = Recruiter.status == Recruiter.Status.ACTIVE
    if not Desk.select().join(Recruiter).where(ours & active).exists():
        raise DeskNotHere
