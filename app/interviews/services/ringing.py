"""Ringing: the recruiter calls who is next, the student answers (E04, E07, E13)."""

from datetime import timedelta
from typing import Any

from app.core import audit, clock, presence
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.core.prepared import constant
from app.fairs.models import Booth
from app.fairs.services.booths import get_booth
from app.fairs.services.windows import next_opening, windows_of
from app.interviews.errors import (
    DeskBusy,
    ForAnotherDesk,
    NobodyToCall,
    NotNextInLine,
    OutsideWindow,
    StudentAway,
    StudentBusy,
    StudentOffline,
)
from app.interviews.models import ON_CALL, CalledBy, Desk, Interview, Ring, Status
from app.interviews.services.claims import (
    GRACE_SECONDS,
    RING_SECONDS,
    claim,
    refuse_beyond_quota,
    refuse_closed_booth,
)
from app.interviews.services.desks import readiness_of, take_desk
from app.interviews.services.finding import Found, ticket_of_recruiter, ticket_of_student
from app.interviews.services.line import Turn, next_callable
from app.interviews.services.rings import answer_in_book, close_ring
from app.interviews.services.told import tell_change, tell_student
from app.notifications.models import NotificationKind
from app.rtc import services as rtc
from app.rtc.models import Room
from app.students.models import Student

CLAIM_TRIES = 6


def ring_next(booth_id: int, account_id: int) -> int:
    """Call whoever is next and online and free (E04, E07). Returns the ticket's id.

    :raises NotYourEmployer: the account does not act for the booth's employer
    :raises FairNotLive, BoothClosed, OutsideWindow: calls are not possible now
    :raises QuotaReached: the booth has had all its interviews
    :raises DeskBusy: a call is on, or its result is owed (E10, E18)
    :raises NobodyToCall: nobody in line is online and free
    :raises PresenceUnknown: Redis does not answer
    """
    desk = take_desk(booth_id, account_id)
    booth = _ready_booth(desk)
    lost: set[int] = set()
    for _ in range(CLAIM_TRIES):
        turn = next_callable(desk, frozenset(lost))
        if turn is None:
            break
        if claim(turn, desk, booth):
            return turn.ticket.id
        lost.add(turn.ticket.id)  # another desk was faster; the next in line
    raise NobodyToCall


def ring_student(interview_id: int, account_id: int) -> None:
    """Call this ticket, which must be the next that can be called (E04).

    :raises StudentBusy, StudentOffline, StudentAway: why it cannot be called
    :raises NotNextInLine: an earlier one can; ``next_id`` names it
    :raises ForAnotherDesk: a colleague's desk is to call it
    :raises FairNotLive, BoothClosed, OutsideWindow, QuotaReached, DeskBusy, NotYourEmployer:
        as for the next in line
    """
    found = ticket_of_recruiter(interview_id, account_id)
    desk = take_desk(found.booth.id, account_id)
    booth = _ready_booth(desk)
    turn = next_callable(desk)
    if turn is None or turn.ticket.id != interview_id:
        raise _why_not(found, desk, turn)
    if not claim(turn, desk, booth):
        raise StudentBusy


def cancel_ring(interview_id: int, account_id: int) -> None:
    """The recruiter stops ringing; the place is kept.

    :raises InvalidTransition: not ringing any more, or it is the student who calls
    """
    found = ticket_of_recruiter(interview_id, account_id)
    with atomic():
        found.interview.cancel_ring(desk=None, only_if=is_recruiters_call)
        close_ring(interview_id, Ring.Outcome.CANCELLED)
        close_room_of(found.interview)
        tell_change(found.interview, found.booth, student_account_id=found.student_account_id)


def answer_ring(interview_id: int, account_id: int) -> None:
    """接听: the call begins (E13).

    :raises NotYourInterview: somebody else's ring
    :raises InvalidTransition: the ring is over (30 s)
    """
    found = ticket_of_student(interview_id, account_id)
    oldest = clock.now() - timedelta(seconds=RING_SECONDS + GRACE_SECONDS)
    with atomic():
        found.interview.answer(only_if=is_recruiters_call() & (Interview.rung_at > oldest))
        answer_in_book(interview_id, found.interview.answered_at)
        tell_change(found.interview, found.booth, student_account_id=account_id)


def pass_ring(interview_id: int, account_id: int) -> None:
    """暂不方便: the student cannot answer now; the place is kept, held.

    :raises InvalidTransition: not ringing any more
    """
    found = ticket_of_student(interview_id, account_id)
    _miss(found, "暂不方便接听", Ring.Outcome.PASSED)


def expire_rings() -> int:
    """Give up rings that no student answered in 30 s; how many.

    For the clock; safe to run twice.
    """
    oldest = clock.now() - timedelta(seconds=RING_SECONDS + GRACE_SECONDS)
    overdue = Interview.select(Interview.id).where(
        (Interview.status == Status.RINGING) & (Interview.rung_at <= oldest) & is_recruiters_call()
    )
    expired = 0
    for (interview_id,) in list(overdue.tuples()):
        expired += _expire(interview_id)
    return expired


def is_recruiters_call() -> Any:
    """The condition that the booth called: the student answers, and may miss it."""
    return Interview.called_by == constant(CalledBy.RECRUITER.value)


def close_room_of(interview: Interview) -> int:
    """Close the ticket's room; whole seconds talked."""
    room = Room.get_or_none(Room.name == interview.room) if interview.room else None
    if room is None:
        return 0
    rtc.close_room(room)
    return Room.get_by_id(room.id).talk_ms // 1000


def _ready_booth(desk: Desk) -> Booth:
    booth = desk.booth
    refuse_closed_booth(booth)
    ready = readiness_of(desk)
    if ready.owed_id is not None:
        raise DeskBusy(interview_id=ready.owed_id, status=ready.owed_status)
    if not ready.is_inside:
        raise OutsideWindow(opens_at=next_opening(windows_of([booth.id])[booth.id]))
    refuse_beyond_quota(booth)
    return booth


def _why_not(found: Found, desk: Desk, turn: Turn | None) -> Exception:
    interview = found.interview
    if interview.status == Status.HELD:
        return StudentAway()
    if interview.status != Status.WAITING:
        return InvalidTransition(verb="ring", current=interview.status)
    if interview.only_desk_id not in (None, desk.id):
        return ForAnotherDesk()
    on_call = (Interview.student == interview.student_id) & Interview.status.in_(ON_CALL)
    if Interview.select().where(on_call).exists():
        return StudentBusy()
    if not presence.online([found.student_account_id]):
        return StudentOffline()
    return NotNextInLine(next_id=turn.ticket.id if turn else None)


def _miss(found: Found, reason: str, outcome: Ring.Outcome) -> None:
    interview = found.interview
    with atomic():
        interview.miss(
            misses=interview.misses + 1,
            desk=None,
            held_until=None,
            reason=reason,
            only_if=is_recruiters_call,
        )
        close_ring(interview.id, outcome)
        close_room_of(interview)
        tell_change(interview, found.booth, student_account_id=found.student_account_id)
        tell_student(
            interview,
            found.booth,
            NotificationKind.INTERVIEW_MISSED,
            account_id=found.student_account_id,
        )


def _expire(interview_id: int) -> int:
    interview = (
        Interview.select(Interview, Student).join(Student).where(Interview.id == interview_id).get()
    )
    booth = get_booth(interview.booth_id)
    found = Found(interview, booth, booth.fair, interview.student.account_id)
    try:
        with audit.acting(None, "clock"):
            _miss(found, "30 秒内未接听", Ring.Outcome.MISSED)
    except InvalidTransition:
        return 0  # answered or cancelled in the meantime
    return 1
