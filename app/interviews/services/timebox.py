"""The time box of a talk: shown, warned of, extended once; nothing is ever cut off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core import audit, clock
from app.core.database import atomic
from app.interviews.call_errors import AlreadyExtended
from app.interviews.errors import NotOnCall
from app.interviews.models import Interview, Needs, Status
from app.interviews.services.finding import Found, refuse_bystander, ticket_of_recruiter
from app.interviews.services.needs import needs_of
from app.interviews.services.told import tell_change


@dataclass(frozen=True)
class Box:
    """Until when a talk should be over; None when the fair and the booth set no time."""

    ends_at: datetime | None
    can_extend: bool
    extended: bool


def box_of(found: Found, needs: Needs | None) -> Box:
    """The booth's minutes or else the fair's, and what the student needs on top."""
    interview = found.interview
    minutes = found.booth.talk_minutes
    if minutes is None:
        minutes = found.fair.talk_minutes
    extended = interview.extended_at is not None
    if not minutes or interview.answered_at is None or interview.status != Status.IN_CALL:
        return Box(None, False, extended)
    if needs is not None:
        minutes += needs.extra_minutes
    if extended:
        minutes += found.fair.extension_minutes
    ends_at = interview.answered_at + timedelta(minutes=minutes)
    return Box(ends_at, not extended and found.fair.extension_minutes > 0, extended)


def box_ends_at(found: Found) -> datetime | None:
    """Until when the talk should be over."""
    return box_of(found, needs_of(found.interview.student_id)).ends_at


def extend(interview_id: int, account_id: int) -> None:
    """The one extension, by whoever interviews.

    :raises NotYourEmployer: another employer's ticket
    :raises NotYourInterview: a colleague interviews
    :raises NotOnCall: no call is on
    :raises AlreadyExtended: it was used, or the fair grants none
    """
    found = ticket_of_recruiter(interview_id, account_id)
    refuse_bystander(found, account_id)
    interview = found.interview
    if interview.status != Status.IN_CALL:
        raise NotOnCall
    if not found.fair.extension_minutes:
        raise AlreadyExtended
    first = (Interview.id == interview_id) & Interview.extended_at.is_null()
    with atomic():
        now = clock.now()
        if not Interview.update(extended_at=now).where(first).execute():
            raise AlreadyExtended
        interview.extended_at = now
        audit.record(interview, "extend", after={"minutes": found.fair.extension_minutes})
        tell_change(interview, found.booth, student_account_id=found.student_account_id)
