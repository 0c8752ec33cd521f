"""What a recruiter does at a booth."""

from flask import g

from app.core.auth import Role, requires
from app.core.errors import InvalidTransition
from app.core.idempotency import IdempotencyKeyReused, idempotent
from app.core.presence import PresenceUnknown
from app.employers.errors import EmployerNotActive, NotYourEmployer
from app.fairs.errors import BoothClosed, BoothNotFound, FairNotLive
from app.interviews import schemas
from app.interviews.errors import (
    AlreadyInLine,
    DeskBusy,
    ForAnotherDesk,
    InterviewNotFound,
    NobodyToCall,
    NotATalent,
    NotNeeded,
    NotNextInLine,
    NotPassed,
    NudgedRecently,
    OutsideApplicationHours,
    OutsideWindow,
    PositionNotHere,
    QuotaReached,
    RejectedByYou,
    RejectionDelivered,
    StudentAway,
    StudentBusy,
    StudentOffline,
    VerdictNotAllowed,
)
from app.interviews.services import calls, decisions, desks, queue, ringing, rounds, starts
from app.interviews.services.rows import get_row
from app.interviews.views.blueprint import blp

OURS = (InterviewNotFound, EmployerNotActive, NotYourEmployer, InvalidTransition)
RING = (
    BoothNotFound,
    EmployerNotActive,
    NotYourEmployer,
    BoothClosed,
    FairNotLive,
    OutsideWindow,
    QuotaReached,
    DeskBusy,
    PresenceUnknown,
)


@blp.post("/booths/<int:booth_id>/desk")
@requires(Role.RECRUITER)
@blp.shows(schemas.DeskSchema)
@blp.problems(BoothNotFound, EmployerNotActive, NotYourEmployer)
def take_desk(booth_id: int) -> dict:
    """Take my desk at a booth."""
    desk = desks.take_desk(booth_id, g.account_id)
    return {"desk_id": desk.id, "label": desk.label}


@blp.post("/booths/<int:booth_id>/invitations")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.InviteBodySchema)
@blp.shows(schemas.RecruiterTicketSchema, 201)
@blp.problems(
    BoothNotFound,
    EmployerNotActive,
    NotYourEmployer,
    NotATalent,
    BoothClosed,
    OutsideApplicationHours,
    PositionNotHere,
    AlreadyInLine,
    RejectedByYou,
    IdempotencyKeyReused,
)
def invite(body: dict, booth_id: int) -> dict:
    """Invite a student of the fair to an interview."""
    student_id = body.pop("student_id")
    return get_row(queue.invite_student(booth_id, g.account_id, student_id, **body))


@blp.post("/booths/<int:booth_id>/ring-next")
@requires(Role.RECRUITER)
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*RING, NobodyToCall)
def ring_next(booth_id: int) -> dict:
    """Call the next student who is online and free."""
    return get_row(ringing.ring_next(booth_id, g.account_id))


@blp.post("/interviews/<int:interview_id>/ring")
@requires(Role.RECRUITER)
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*RING, *OURS, StudentBusy, StudentOffline, StudentAway, NotNextInLine, ForAnotherDesk)
def ring(interview_id: int) -> dict:
    """Call this student, who must be next."""
    ringing.ring_student(interview_id, g.account_id)
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/cancel-ring")
@requires(Role.RECRUITER)
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*OURS)
def cancel_ring(interview_id: int) -> dict:
    """Stop ringing; the student keeps the place."""
    ringing.cancel_ring(interview_id, g.account_id)
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/take-call")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*OURS, ForAnotherDesk)
def take_call(interview_id: int) -> dict:
    """Answer the student who calls my desk."""
    starts.take_call(interview_id, g.account_id)
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/turn-down")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*OURS, ForAnotherDesk)
def turn_down(interview_id: int) -> dict:
    """Not now: the student who calls my desk keeps the place."""
    starts.turn_down(interview_id, g.account_id)
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/accept")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*OURS, QuotaReached)
def accept(interview_id: int) -> dict:
    """Accept an application into the line."""
    queue.accept_application(interview_id, g.account_id)
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/reject")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.RejectBodySchema)
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*OURS)
def reject(body: dict, interview_id: int) -> dict:
    """Reject an application: told to its student when it can no longer be taken back."""
    decisions.reject_application(interview_id, g.account_id, **body)
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/take-back")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*OURS, RejectionDelivered)
def take_back(interview_id: int) -> dict:
    """Take a rejection back before its student is told."""
    decisions.take_back(interview_id, g.account_id)
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/second-round")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.SecondRoundBodySchema)
@blp.shows(schemas.RecruiterTicketSchema, 201)
@blp.problems(
    InterviewNotFound,
    EmployerNotActive,
    NotYourEmployer,
    NotPassed,
    AlreadyInLine,
    RejectedByYou,
    NotATalent,
    BoothClosed,
    OutsideApplicationHours,
    IdempotencyKeyReused,
)
def invite_to_second_round(body: dict, interview_id: int) -> dict:
    """Invite a student who passed to the next round; the new ticket."""
    return get_row(rounds.invite_to_next_round(interview_id, g.account_id, body["message"]))


@blp.put("/interviews/<int:interview_id>/notes")
@requires(Role.RECRUITER)
@blp.arguments(schemas.NotesBodySchema)
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(InterviewNotFound, EmployerNotActive, NotYourEmployer)
def write_notes(body: dict, interview_id: int) -> dict:
    """Keep what I type while talking."""
    calls.write_notes(interview_id, g.account_id, body["notes"])
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/conclude")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.ConcludeBodySchema)
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*OURS, VerdictNotAllowed)
def conclude(body: dict, interview_id: int) -> dict:
    """Give the result; then the next call may start."""
    calls.conclude(interview_id, g.account_id, body["verdict"], body["remark"])
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/nudge")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(*OURS, NotNeeded, NudgedRecently)
def nudge(interview_id: int) -> dict:
    """Remind a student who is away."""
    calls.nudge(interview_id, g.account_id)
    return get_row(interview_id)
