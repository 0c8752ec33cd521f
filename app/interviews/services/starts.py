"""自主发起: the student who is next calls a desk that is online and idle (E13, SM7 6).

The recruiter at that desk answers. A call that is not answered costs the student neither the
place nor a miss; but the desk then rests from students' calls for two minutes, because whoever
did not answer for 30 s has stepped away or is not ready, and one student after the other would
ring there in vain. The recruiter may ring from it at any time.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from peewee import SQL, fn

from app.core import audit, clock, presence
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.core.prepared import Prepared, bind, constant
from app.employers.models import Recruiter
from app.fairs.services.windows import is_inside, next_opening, windows_of
from app.interviews.errors import (
    AlreadyOnCall,
    CalledRecently,
    DeskBusy,
    DesksBusy,
    EmployerAway,
    ForAnotherDesk,
    NotYourTurn,
    OutsideWindow,
    StartNotAllowed,
)
from app.interviews.models import (
    DESK_TAKEN,
    ON_CALL,
    CalledBy,
    Desk,
    Guest,
    Interview,
    Ring,
    Status,
)
from app.interviews.services.claims import (
    GRACE_SECONDS,
    REST_SECONDS,
    RING_SECONDS,
    claim,
    refuse_beyond_quota,
    refuse_closed_booth,
)
from app.interviews.services.finding import (
    Found,
    desk_account_id,
    find_ticket,
    ticket_of_recruiter,
    ticket_of_student,
)
from app.interviews.services.line import next_callable
from app.interviews.services.ringing import close_room_of
from app.interviews.services.rings import answer_in_book, close_ring, note_turns_passed
from app.interviews.services.told import tell_change

NOT_ANSWERED = (Ring.Outcome.UNANSWERED, Ring.Outcome.TURNED_DOWN, Ring.Outcome.CANCELLED)


def start_interview(interview_id: int, account_id: int) -> None:
    """Call the employer: the student is next, and one of its desks is online and idle.

    A second tap while it rings is harmless.

    :raises InterviewNotFound, NotYourInterview: not a ticket of the account
    :raises StartNotAllowed: at this fair only employers call
    :raises InvalidTransition: the ticket does not wait; it may be ringing by now
    :raises FairNotLive, BoothClosed, OutsideWindow, QuotaReached: no calls here now
    :raises AlreadyOnCall: the student is in another call, or being rung
    :raises EmployerAway, DesksBusy: no desk is online; none of those is idle
    :raises CalledRecently: the idle ones did not answer just now; ``retry_after`` seconds
    :raises NotYourTurn: somebody before can be called (E04)
    :raises PresenceUnknown: Redis does not answer
    """
    found = ticket_of_student(interview_id, account_id)
    ticket = found.interview
    if ticket.status == Status.RINGING and ticket.called_by == CalledBy.STUDENT:
        return
    _refuse_moved(ticket)
    _refuse_now(found)
    presence.renew(account_id)  # whoever asks is here
    was_mine = False
    for desk in _free_desks(found):
        turn = next_callable(desk)
        if turn is None or turn.ticket.id != ticket.id:
            continue
        was_mine = True
        try:
            if claim(turn, desk, found.booth, CalledBy.STUDENT):
                return
        except DeskBusy:
            continue  # it has rung somebody this very moment; the next desk
    _refuse_moved(Interview.get_by_id(ticket.id))
    _refuse_on_call(found)
    raise DesksBusy if was_mine else NotYourTurn


def cancel_start(interview_id: int, account_id: int) -> None:
    """The student stops calling; the place is kept.

    :raises InvalidTransition: the desk has answered, or the call is over
    """
    found = ticket_of_student(interview_id, account_id)
    _back_to_line(found, found.interview.cancel_start, Ring.Outcome.CANCELLED)


def take_call(interview_id: int, account_id: int) -> None:
    """接听: the recruiter whom the student calls answers; the call begins.

    :raises NotYourEmployer: another employer's ticket
    :raises ForAnotherDesk: a colleague is called
    :raises InvalidTransition: the ring is over (30 s), or the booth called
    """
    found = _called_here(interview_id, account_id)
    ticket = found.interview
    in_time = Interview.rung_at > clock.now() - timedelta(seconds=RING_SECONDS + GRACE_SECONDS)
    with atomic():
        ticket.answer(
            turn_at=ticket.turn_at or ticket.rung_at,
            only_if=is_students_call() & (Interview.desk == ticket.desk_id) & in_time,
        )
        note_turns_passed(interview_id)
        answer_in_book(interview_id, ticket.answered_at)
        tell_change(ticket, found.booth, student_account_id=found.student_account_id)


def turn_down(interview_id: int, account_id: int) -> None:
    """暂不方便: the recruiter does not answer now; the student keeps the place, no miss.

    :raises NotYourEmployer: another employer's ticket
    :raises ForAnotherDesk: a colleague is called
    :raises InvalidTransition: the ring is over, or the booth called
    """
    found = _called_here(interview_id, account_id)
    _back_to_line(found, found.interview.turn_down, Ring.Outcome.TURNED_DOWN)


def end_unanswered_starts() -> int:
    """Give up students' calls that no desk answered in 30 s; how many.

    For the clock; safe to run twice.
    """
    oldest = clock.now() - timedelta(seconds=RING_SECONDS + GRACE_SECONDS)
    ringing_now = (Interview.status == Status.RINGING) & is_students_call()
    overdue = Interview.select(Interview.id).where(ringing_now & (Interview.rung_at <= oldest))
    ended = 0
    for (interview_id,) in list(overdue.tuples()):
        found = find_ticket(interview_id)
        try:
            with audit.acting(None, "clock"):
                _back_to_line(found, found.interview.ring_out, Ring.Outcome.UNANSWERED)
        except InvalidTransition:
            continue  # answered or cancelled in the meantime
        ended += 1
    return ended


def is_students_call() -> Any:
    """The condition that the student called: the recruiter answers, and nobody misses it."""
    return Interview.called_by == constant(CalledBy.STUDENT.value)


def _refuse_moved(ticket: Interview) -> None:
    if ticket.status != Status.WAITING:
        current = Interview.told_as.get(ticket.status, ticket.status)
        raise InvalidTransition(verb="start", current=current)


def _refuse_now(found: Found) -> None:
    if not found.fair.students_may_start:
        raise StartNotAllowed
    refuse_closed_booth(found.booth)
    windows = windows_of([found.booth.id])[found.booth.id]
    if not is_inside(windows):
        raise OutsideWindow(opens_at=next_opening(windows))
    refuse_beyond_quota(found.booth)
    _refuse_on_call(found)


def _refuse_on_call(found: Found) -> None:
    mine = Interview.student == found.interview.student_id
    if Interview.select().where(mine & Interview.status.in_(ON_CALL)).exists():
        raise AlreadyOnCall


def _free_desks(found: Found) -> list[Desk]:
    """The desks that the student may call now; never none."""
    wanted = found.interview.only_desk_id
    desks = [desk for desk in _SEATS.all(booth_id=found.booth.id) if wanted in (None, desk.id)]
    present = presence.online(desk.recruiter.account_id for desk in desks)
    here = [desk for desk in desks if desk.recruiter.account_id in present]
    if not here:
        raise EmployerAway
    idle = [desk for desk in here if not desk.is_taken]
    if not idle:
        raise DesksBusy
    rest = _resting(found.booth.id)
    free = [desk for desk in idle if desk.id not in rest]
    if not free:
        raise CalledRecently(retry_after=min(rest[desk.id] for desk in idle))
    for desk in free:
        desk.booth = found.booth
    return free


def _resting(booth_id: int) -> dict[int, int]:
    """The desks that did not answer a student just now, and for how many seconds they rest."""
    now = clock.now()
    longest = timedelta(seconds=REST_SECONDS + RING_SECONDS + GRACE_SECONDS)
    rest: dict[int, int] = {}
    for desk_id, ended_at in _IN_VAIN.all(booth_id=booth_id, since=now - longest):
        left = REST_SECONDS - int((now - ended_at).total_seconds())
        if left > 0:
            rest[desk_id] = max(left, rest.get(desk_id, 0))
    return rest


def _called_here(interview_id: int, account_id: int) -> Found:
    found = ticket_of_recruiter(interview_id, account_id)
    if desk_account_id(found.interview) not in (None, account_id):
        raise ForAnotherDesk
    return found


def _back_to_line(found: Found, move: Callable[..., None], outcome: Ring.Outcome) -> None:
    ticket, room = found.interview, found.interview.room
    with atomic():
        move(desk=None, only_if=is_students_call() & (Interview.room == room))
        close_ring(ticket.id, outcome)
        close_room_of(ticket)
        tell_change(ticket, found.booth, student_account_id=found.student_account_id)


def _seats() -> Any:
    """The desks of a booth, and whether whoever sits there has a call, here or elsewhere."""
    own, other = Interview.alias(), Interview.alias()
    seat, person = Desk.alias(), Recruiter.alias()
    here = own.select(SQL("1")).where((own.desk == Desk.id) & own.status.in_(DESK_TAKEN))
    elsewhere = (
        other.select(SQL("1"))
        .join(seat, on=other.desk == seat.id)
        .join(person, on=seat.recruiter == person.id)
        .where((person.account == Recruiter.account) & other.status.in_(ON_CALL))
    )
    beside = Guest.select(SQL("1")).where(
        (Guest.recruiter == Recruiter.id) & Guest.joined_at.is_null(False) & Guest.left_at.is_null()
    )
    is_taken = fn.EXISTS(here) | fn.EXISTS(elsewhere) | fn.EXISTS(beside)
    return (
        Desk.select(Desk, Recruiter, is_taken.alias("is_taken"))
        .join(Recruiter)
        .where((Desk.booth == bind("booth_id")) & (Recruiter.status == Recruiter.Status.ACTIVE))
        .order_by(Desk.id)
    )


_SEATS = Prepared(_seats)
_IN_VAIN = Prepared(
    lambda: (
        Ring.select(Ring.desk, Ring.ended_at)
        .where(
            (Ring.booth == bind("booth_id"))
            & (Ring.rung_at >= bind("since", Ring.rung_at))
            & (Ring.called_by == CalledBy.STUDENT)
            & Ring.outcome.in_(NOT_ANSWERED)
            & Ring.desk.is_null(False)
        )
        .tuples()
    )
)
