"""The call: notes, hanging up, the result that is owed, and reminding who is away."""

from datetime import timedelta
from typing import Any

from app.core import clock, presence
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.fairs.services.staging import label_of
from app.interviews.errors import (
    NotNeeded,
    NotOnCall,
    NotYourInterview,
    NudgedRecently,
    VerdictNotAllowed,
)
from app.interviews.models import ON_CALL, CalledBy, Interview, Status
from app.interviews.services.finding import (
    Found,
    desk_account_id,
    find_ticket,
    refuse_bystander,
    ticket_of_recruiter,
)
from app.interviews.services.guests import (
    dismiss_guests,
    leave_call,
    parties_of,
    rooms_subject,
)
from app.interviews.services.ringing import cancel_ring, close_room_of, pass_ring
from app.interviews.services.rings import stamp_ring
from app.interviews.services.starts import cancel_start, turn_down
from app.interviews.services.told import tell_change, tell_student
from app.notifications.models import NotificationKind
from app.rtc import services as rtc
from app.rtc.errors import RoomNotFound

NUDGE_SECONDS = 300
# Whoever called stops calling, whoever is called says not now.
_STOPS = {
    (CalledBy.RECRUITER, "recruiter"): cancel_ring,
    (CalledBy.RECRUITER, "student"): pass_ring,
    (CalledBy.STUDENT, "student"): cancel_start,
    (CalledBy.STUDENT, "recruiter"): turn_down,
}
NUDGEABLE = (Status.WAITING, Status.HELD, Status.INVITED)


def party_of(interview_id: int, account_id: int) -> tuple[Found, str]:
    """The ticket and which side of its call the account is: ``student`` or ``recruiter``.

    :raises InterviewNotFound: no such ticket
    :raises NotYourInterview: neither the student nor the interviewer at its desk
    """
    found = find_ticket(interview_id)
    if found.student_account_id == account_id:
        return found, "student"
    if desk_account_id(found.interview) == account_id:
        return found, "recruiter"
    raise NotYourInterview


def issue_credentials(interview_id: int, account_id: int, room: str = "") -> dict[str, Any]:
    """What a client needs to enter the video room: for the two parties, while ringing or in call.

    *room* names one of the further rooms in which guests are met; its two people get in.

    :raises NotYourInterview: neither party nor guest
    :raises NotOnCall: the ring or the call is over
    :raises RoomNotFound: not a room of this call
    """
    here = parties_of(interview_id, account_id)
    interview = here.found.interview
    if interview.status not in ON_CALL:
        raise NotOnCall
    if not room or room == interview.room:
        return rtc.issue(rtc.get_room(interview.room), account_id)
    further = rtc.get_room(room)
    if further.subject != rooms_subject(interview_id):
        raise RoomNotFound
    return rtc.issue(further, account_id)


def hang_up(interview_id: int, account_id: int) -> None:
    """Whoever hangs up, the result is owed (E18); while it still rings, the ring is over.

    A guest who hangs up leaves alone.

    :raises NotYourInterview: neither party nor guest
    :raises InvalidTransition: no call is on
    """
    found, side, _ = parties_of(interview_id, account_id)
    if side == "guest":
        leave_call(interview_id, account_id)
    elif found.interview.status == Status.RINGING:
        stop = _STOPS[found.interview.called_by, side]
        stop(interview_id, account_id)
    else:
        end_call(found)


def write_notes(interview_id: int, account_id: int, notes: str) -> None:
    """面试备注: what the interviewer types while talking, up to 4,000 characters (E09).

    :raises NotYourEmployer: another employer's ticket
    :raises NotYourInterview: a colleague interviews; two who write would lose each other's words
    """
    found = ticket_of_recruiter(interview_id, account_id)
    refuse_bystander(found, account_id)
    with atomic():
        Interview.update(notes=notes).where(Interview.id == found.interview.id).execute()


def conclude(interview_id: int, account_id: int, verdict: str, remark: str = "") -> None:
    """合适/不合适 with a remark for the employer's own record; the desk is free again (E10, E17).

    :raises VerdictNotAllowed: 待定 at a fair that does not use it
    :raises InvalidTransition: no result is owed
    """
    found = ticket_of_recruiter(interview_id, account_id)
    if verdict == Interview.Verdict.HOLD and not found.fair.allows_hold:
        raise VerdictNotAllowed
    with atomic():
        found.interview.conclude(verdict=Interview.Verdict(verdict), remark=remark)
        stamp_ring(interview_id, "concluded_at")
        tell_change(found.interview, found.booth, student_account_id=found.student_account_id)
        tell_student(
            found.interview,
            found.booth,
            NotificationKind.INTERVIEW_RESULT,
            account_id=found.student_account_id,
            verdict=label_of(found.fair, verdict) or "",
        )


def nudge(interview_id: int, account_id: int) -> None:
    """Remind a student who is away, with a link back to the place in line (E11).

    :raises NotNeeded: the student is online
    :raises NudgedRecently: less than five minutes ago; ``retry_after`` seconds
    :raises InvalidTransition: the ticket is not in line
    """
    found = ticket_of_recruiter(interview_id, account_id)
    interview = found.interview
    if interview.status not in NUDGEABLE:
        raise InvalidTransition(verb="nudge", current=interview.status)
    if interview.status == Status.WAITING and presence.online_or_none([found.student_account_id]):
        raise NotNeeded
    now = clock.now()
    latest = now - timedelta(seconds=NUDGE_SECONDS)
    due = Interview.nudged_at.is_null() | (Interview.nudged_at <= latest)
    with atomic():
        mine = Interview.id == interview.id
        if not Interview.update(nudged_at=now).where(mine & due).execute():
            waited = (now - (interview.nudged_at or now)).total_seconds()
            raise NudgedRecently(retry_after=max(1, int(NUDGE_SECONDS - waited)))
        interview.nudged_at = now
        tell_change(interview, found.booth, student_account_id=found.student_account_id)
        tell_student(
            interview,
            found.booth,
            NotificationKind.INTERVIEW_NUDGE,
            account_id=found.student_account_id,
        )


def end_call(found: Found, reason: str = "") -> None:
    """End a call that is on; the result is owed from now on (E18). Also for the clock.

    :raises InvalidTransition: somebody hung up in the meantime
    """
    with atomic():
        found.interview.hang_up(reason=reason)
        # Read again: a moment ago the call may have moved into another room.
        seconds = close_room_of(Interview.get_by_id(found.interview.id))
        dismiss_guests(found.interview.id)
        Interview.update(talk_seconds=seconds).where(Interview.id == found.interview.id).execute()
        stamp_ring(found.interview.id, "ended_at")
        tell_change(found.interview, found.booth, student_account_id=found.student_account_id)
