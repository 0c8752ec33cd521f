"""What a student does with a ticket."""

from flask import g

from app.core.auth import Role, requires
from app.core.errors import InvalidTransition
from app.core.idempotency import IdempotencyKeyReused, idempotent
from app.core.presence import PresenceUnknown
from app.fairs.errors import BlockedFromFair, BoothClosed, BoothNotFound, FairNotLive, NotInFair
from app.interviews.admission_errors import (
    SlotNotOffered,
    SlotsClash,
    SlotTaken,
    UnlikelyToBeSeen,
)
from app.interviews.errors import (
    AlreadyInLine,
    AlreadyOnCall,
    CalledRecently,
    DesksBusy,
    EmployerAway,
    HoldNotAllowed,
    HoldUsed,
    InterviewNotFound,
    LineClosed,
    LinePaused,
    NotYourInterview,
    NotYourTurn,
    OutsideApplicationHours,
    OutsideWindow,
    PositionNotHere,
    QuotaReached,
    RejectedHere,
    StartNotAllowed,
)
from app.interviews.schemas import ApplyBodySchema, TicketSchema
from app.interviews.services import holds, queue, ringing, starts
from app.interviews.services.tickets import get_ticket
from app.interviews.views.blueprint import blp
from app.students.errors import DeviceUntested

MINE = (InterviewNotFound, NotYourInterview, InvalidTransition)


@blp.post("/booths/<int:booth_id>/interviews")
@requires(Role.STUDENT)
@idempotent
@blp.arguments(ApplyBodySchema)
@blp.shows(TicketSchema, 201)
@blp.problems(
    BoothNotFound,
    BoothClosed,
    NotInFair,
    BlockedFromFair,
    OutsideApplicationHours,
    DeviceUntested,
    PositionNotHere,
    AlreadyInLine,
    RejectedHere,
    LineClosed,
    LinePaused,
    QuotaReached,
    UnlikelyToBeSeen,
    SlotNotOffered,
    SlotTaken,
    SlotsClash,
    IdempotencyKeyReused,
)
def apply_for_interview(body: dict, booth_id: int) -> dict:
    """Apply for an interview at a booth, in the order of application."""
    return get_ticket(queue.apply_for_interview(booth_id, g.account_id, **body))


@blp.post("/interviews/<int:interview_id>/withdraw")
@requires(Role.STUDENT)
@idempotent
@blp.shows(TicketSchema)
@blp.problems(*MINE)
def withdraw(interview_id: int) -> dict:
    """Leave the line."""
    queue.withdraw_ticket(interview_id, g.account_id)
    return get_ticket(interview_id)


@blp.post("/interviews/<int:interview_id>/agree")
@requires(Role.STUDENT)
@idempotent
@blp.shows(TicketSchema)
@blp.problems(*MINE, DeviceUntested, QuotaReached)
def agree(interview_id: int) -> dict:
    """Agree to an invitation and join the line."""
    queue.agree_to_invitation(interview_id, g.account_id)
    return get_ticket(interview_id)


@blp.post("/interviews/<int:interview_id>/decline")
@requires(Role.STUDENT)
@idempotent
@blp.shows(TicketSchema)
@blp.problems(*MINE)
def decline(interview_id: int) -> dict:
    """Say no to an invitation."""
    queue.decline_invitation(interview_id, g.account_id)
    return get_ticket(interview_id)


@blp.post("/interviews/<int:interview_id>/return")
@requires(Role.STUDENT)
@idempotent
@blp.shows(TicketSchema)
@blp.problems(*MINE)
def return_to_line(interview_id: int) -> dict:
    """Be back after a missed ring or before a hold is over, at the same place."""
    holds.return_to_line(interview_id, g.account_id)
    return get_ticket(interview_id)


@blp.post("/interviews/<int:interview_id>/hold")
@requires(Role.STUDENT)
@idempotent
@blp.shows(TicketSchema)
@blp.problems(*MINE, HoldNotAllowed, HoldUsed)
def hold(interview_id: int) -> dict:
    """Keep my place without being called here for a while, once."""
    holds.hold_place(interview_id, g.account_id)
    return get_ticket(interview_id)


@blp.post("/interviews/<int:interview_id>/answer")
@requires(Role.STUDENT)
@idempotent
@blp.shows(TicketSchema)
@blp.problems(*MINE)
def answer(interview_id: int) -> dict:
    """Answer the ring."""
    ringing.answer_ring(interview_id, g.account_id)
    return get_ticket(interview_id)


@blp.post("/interviews/<int:interview_id>/pass-ring")
@requires(Role.STUDENT)
@idempotent
@blp.shows(TicketSchema)
@blp.problems(*MINE)
def pass_ring(interview_id: int) -> dict:
    """Not now: the place is kept."""
    ringing.pass_ring(interview_id, g.account_id)
    return get_ticket(interview_id)


@blp.post("/interviews/<int:interview_id>/start")
@requires(Role.STUDENT)
@blp.shows(TicketSchema)
@blp.problems(
    *MINE,
    StartNotAllowed,
    FairNotLive,
    BoothClosed,
    OutsideWindow,
    QuotaReached,
    AlreadyOnCall,
    EmployerAway,
    DesksBusy,
    CalledRecently,
    NotYourTurn,
    PresenceUnknown,
)
def start(interview_id: int) -> dict:
    """Call the employer when I am next: the recruiter at an idle desk answers."""
    starts.start_interview(interview_id, g.account_id)
    return get_ticket(interview_id)


@blp.post("/interviews/<int:interview_id>/cancel-start")
@requires(Role.STUDENT)
@idempotent
@blp.shows(TicketSchema)
@blp.problems(*MINE)
def cancel_start(interview_id: int) -> dict:
    """Stop calling; my place is kept."""
    starts.cancel_start(interview_id, g.account_id)
    return get_ticket(interview_id)
