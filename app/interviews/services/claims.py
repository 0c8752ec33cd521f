"""Claiming: a desk and a student are taken for a ring together, or nobody is.

Whoever calls, the recruiter or the student (E13), the same indexes have the last word.
"""

from datetime import timedelta

from peewee import IntegrityError

from app.core import clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.core.events import publish_to_accounts
from app.fairs.errors import BoothClosed, FairNotLive
from app.fairs.models import Booth
from app.fairs.phases import is_live
from app.interviews.errors import DeskBusy, QuotaReached
from app.interviews.models import CalledBy, Desk, Interview
from app.interviews.services.desks import find_unfinished
from app.interviews.services.line import Turn, may_be_rung
from app.interviews.services.quota import count_called
from app.interviews.services.rings import enter_ring
from app.interviews.services.told import tell_change
from app.rtc import services as rtc

RING_SECONDS = 30
REST_SECONDS = 120  # of a desk from students' calls, after one that it did not answer
GRACE_SECONDS = 2  # an answer on its way when the ring runs out still counts


def refuse_closed_booth(booth: Booth) -> None:
    """Before a ring, whoever calls.

    :raises BoothClosed, FairNotLive: calls are not possible now
    """
    if booth.status != Booth.Status.OPEN:
        raise BoothClosed
    if not is_live(booth.fair):
        raise FairNotLive(starts_at=booth.fair.starts_at, ends_at=booth.fair.ends_at)


def refuse_beyond_quota(booth: Booth) -> None:
    """Before a ring, whoever calls.

    :raises QuotaReached: the booth has had all its interviews
    """
    if booth.quota is not None and count_called(booth.id) >= booth.quota:
        raise QuotaReached(quota=booth.quota)


def claim(turn: Turn, desk: Desk, booth: Booth, called_by: CalledBy = CalledBy.RECRUITER) -> bool:
    """Take desk and student in one transaction; False when somebody else was faster.

    The guard refuses a busy student, the partial unique indexes refuse what
    slips past it between two transactions. The turn of a student who calls has come only when
    the desk answers.

    :raises DeskBusy: the desk has been taken meanwhile
    """
    ticket = turn.ticket
    is_own = called_by == CalledBy.STUDENT
    student_account_id = ticket.student.account_id
    recruiter_account_id = desk.recruiter.account_id
    came = {} if is_own else {"turn_at": ticket.turn_at or clock.now()}
    try:
        with atomic():
            room = rtc.create_room(
                subject=f"interview:{ticket.id}",
                student_account_id=student_account_id,
                recruiter_account_id=recruiter_account_id,
            )
            (ticket.start if is_own else ticket.ring)(
                desk=desk.id,
                room=room.name,
                called_by=called_by,
                ring_seen_at=None,
                ring_step=0,
                only_if=may_be_rung,
                **came,
            )
            enter_ring(turn, desk, booth, called_by)
            tell_change(ticket, booth, student_account_id=student_account_id)
            _let_it_ring(ticket, booth, recruiter_account_id if is_own else student_account_id)
        return True
    except (IntegrityError, InvalidTransition):
        owed = find_unfinished(desk.id)
        if owed is not None:
            raise DeskBusy(interview_id=owed.id, status=owed.status) from None
        return False


def _let_it_ring(ticket: Interview, booth: Booth, called_account_id: int) -> None:
    is_own = ticket.called_by == CalledBy.STUDENT
    publish_to_accounts(
        [called_account_id],
        "interview.calling" if is_own else "interview.ringing",
        interview_id=ticket.id,
        booth_id=booth.id,
        expires_at=(ticket.rung_at + timedelta(seconds=RING_SECONDS)).isoformat(),
        employer_name=booth.employer.name,
        **({"student_name": ticket.student.name} if is_own else {}),
    )
