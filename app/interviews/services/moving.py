"""A call goes on with a colleague: same student, same clock, same notes, another desk."""

from peewee import IntegrityError

from app.core import audit
from app.core.database import atomic, locked
from app.core.events import publish_to_accounts
from app.interviews.call_errors import ColleagueBusy
from app.interviews.errors import NotOnCall, NotYourInterview
from app.interviews.models import Interview, Status
from app.interviews.services.finding import ticket_of_recruiter
from app.interviews.services.guests import dismiss_guests, free_colleague, parties_of
from app.interviews.services.told import tell_change
from app.rtc import services as rtc
from app.rtc.models import Room


def move_call(interview_id: int, account_id: int, desk_id: int) -> None:
    """Hand the call over to a colleague's idle desk of the same booth.

    The old room is closed, so that nobody of before can come back into it; the new one goes on
    with its clock. Guests leave, and may be asked again by the new interviewer.

    :raises NotYourEmployer: another employer's ticket
    :raises NotYourInterview: not the one who interviews
    :raises NotOnCall: no call is on
    :raises DeskNotHere, ColleagueBusy, ColleagueAway: why the colleague cannot take it
    """
    ticket_of_recruiter(interview_id, account_id)
    here = parties_of(interview_id, account_id)
    interview, student = here.found.interview, here.found.student_account_id
    if here.side != "recruiter":
        raise NotYourInterview
    if interview.status != Status.IN_CALL:
        raise NotOnCall
    colleague = free_colleague(here.found, desk_id)
    old = rtc.get_room(interview.room)
    same = (
        (Interview.id == interview_id)
        & (Interview.status == Status.IN_CALL)
        & (Interview.room == old.name)
    )
    try:
        with atomic():
            # The ticket before its room, as whoever hangs up does: else both wait for each other.
            if not list(locked(Interview.select(Interview.id).where(same))):
                raise NotOnCall
            dismiss_guests(interview_id)
            room = _next_room(old, colleague.account_id)
            Interview.update(desk=desk_id, room=room.name).where(same).execute()
            audit.record(
                interview, "transfer", before={"desk": interview.desk_id}, after={"desk": desk_id}
            )
            publish_to_accounts(here.account_ids, "call.moved", interview_id=interview_id)
            tell_change(interview, here.found.booth, student_account_id=student)
    except IntegrityError as error:
        raise ColleagueBusy from error  # the colleague rang somebody this very moment


def _next_room(old: Room, recruiter_account_id: int) -> Room:
    rtc.close_room(old)
    return rtc.create_room(
        subject=old.subject,
        student_account_id=old.student_account_id,
        recruiter_account_id=recruiter_account_id,
        carries_on=rtc.get_room(old.name),
    )
