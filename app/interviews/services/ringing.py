"""Ringing: a desk and a student are claimed together, or nobody is."""

from datetime import timedelta

from peewee import IntegrityError

from app.core import audit, clock, presence
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.core.events import publish_to_accounts
from app.fairs.errors import BoothClosed, FairNotLive
from app.fairs.models import Booth
from app.fairs.phases import is_live
from app.fairs.services.booths import get_booth
from app.fairs.services.windows import next_opening, windows_of
from app.interviews.errors import (
    DeskBusy,
    ForAnotherDesk,
    NobodyToCall,
    NotNextInLine,
    OutsideWindow,
    QuotaReached,
    StudentAway,
    StudentBusy,
    StudentOffline,
)
from app.interviews.models import ON_CALL, Desk, Interview, Ring, Status
from app.interviews.services.desks import find_unfinished, readiness_of, take_desk
from app.interviews.services.finding import Found, ticket_of_recruiter, ticket_of_student
from app.interviews.services.line import Turn, may_be_rung, next_callable
from app.interviews.services.quota import count_called
from app.interviews.services.rings import answer_in_book, close_ring, enter_ring
from app.interviews.services.told import tell_change, tell_student
from app.notifications.models import NotificationKind
from app.rtc import services as rtc
from app.rtc.models import Room
from app.students.models import Student

RING_SECONDS = 30
GRACE_SECONDS = 2  # an answer on its way when the ring runs out still counts
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
        if _claim(turn, desk, booth, account_id):
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
    if not _claim(turn, desk, booth, account_id):
        raise StudentBusy


def cancel_ring(interview_id: int, account_id: int) -> None:
    """The recruiter stops ringing; the place is kept.

    :raises InvalidTransition: not ringing any more
    """
    found = ticket_of_recruiter(interview_id, account_id)
    with atomic():
        found.interview.cancel_ring(desk=None)
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
        found.interview.answer(only_if=Interview.rung_at > oldest)
        answer_in_book(interview_id, found.interview.answered_at)
        tell_change(found.interview, found.booth, student_account_id=account_id)


def pass_ring(interview_id: int, account_id: int) -> None:
    """暂不方便: the student cannot answer now; the place is kept, held.

    :raises InvalidTransition: not ringing any more
    """
    found = ticket_of_student(interview_id, account_id)
    _miss(found, "暂不方便接听", Ring.Outcome.PASSED)


def expire_rings() -> int:
    """Give up rings that were not answered in 30 s; how many. For the clock; safe to run twice."""
    oldest = clock.now() - timedelta(seconds=RING_SECONDS + GRACE_SECONDS)
    overdue = Interview.select(Interview.id).where(
        (Interview.status == Status.RINGING) & (Interview.rung_at <= oldest)
    )
    expired = 0
    for (interview_id,) in list(overdue.tuples()):
        expired += _expire(interview_id)
    return expired


def close_room_of(interview: Interview) -> int:
    """Close the ticket's room; whole seconds talked."""
    room = Room.get_or_none(Room.name == interview.room) if interview.room else None
    if room is None:
        return 0
    rtc.close_room(room)
    return Room.get_by_id(room.id).talk_ms // 1000


def _ready_booth(desk: Desk) -> Booth:
    booth = desk.booth
    if booth.status != Booth.Status.OPEN:
        raise BoothClosed
    if not is_live(booth.fair):
        raise FairNotLive(starts_at=booth.fair.starts_at, ends_at=booth.fair.ends_at)
    ready = readiness_of(desk)
    if ready.owed_id is not None:
        raise DeskBusy(interview_id=ready.owed_id, status=ready.owed_status)
    if not ready.is_inside:
        raise OutsideWindow(opens_at=next_opening(windows_of([booth.id])[booth.id]))
    if booth.quota is not None and count_called(booth.id) >= booth.quota:
        raise QuotaReached(quota=booth.quota)
    return booth


def _claim(turn: Turn, desk: Desk, booth: Booth, account_id: int) -> bool:
    """Take desk and student in one transaction; False when another desk was faster.

    The guard refuses a busy student, the partial unique indexes refuse what
    slips past it between two transactions.
    """
    ticket = turn.ticket
    student_account_id = ticket.student.account_id
    try:
        with atomic():
            room = rtc.create_room(
                subject=f"interview:{ticket.id}",
                student_account_id=student_account_id,
                recruiter_account_id=account_id,
            )
            ticket.ring(
                desk=desk.id,
                room=room.name,
                turn_at=ticket.turn_at or clock.now(),
                ring_seen_at=None,
                ring_step=0,
                only_if=may_be_rung,
            )
            enter_ring(turn, desk, booth)
            tell_change(ticket, booth, student_account_id=student_account_id)
            publish_to_accounts(
                [student_account_id],
                "interview.ringing",
                interview_id=ticket.id,
                expires_at=(ticket.rung_at + timedelta(seconds=RING_SECONDS)).isoformat(),
                employer_name=booth.employer.name,
            )
        return True
    except (IntegrityError, InvalidTransition):
        owed = find_unfinished(desk.id)
        if owed is not None:
            raise DeskBusy(interview_id=owed.id, status=owed.status) from None
        return False


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
        interview.miss(misses=interview.misses + 1, desk=None, held_until=None, reason=reason)
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
