"""What a recruiter sets for a booth's line."""

from flask import g

from app.core.auth import Role, requires
from app.core.errors import InvalidTransition
from app.core.idempotency import idempotent
from app.core.presence import PresenceUnknown
from app.employers.errors import EmployerNotActive, NotYourEmployer
from app.fairs.errors import BoothNotFound, BoothWindowsInvalid
from app.interviews import line_schemas as schemas
from app.interviews.call_errors import ColleagueAway, ColleagueBusy, DeskNotHere
from app.interviews.errors import (
    InterviewNotFound,
    NoticeTooSoon,
    NotOnCall,
    NotYourInterview,
    QuotaBelowTaken,
)
from app.interviews.schemas import RecruiterTicketSchema
from app.interviews.services import booth_line, transfers
from app.interviews.services.rows import get_row
from app.interviews.views.blueprint import blp


@blp.put("/booths/<int:booth_id>/line")
@requires(Role.RECRUITER)
@blp.arguments(schemas.LineBodySchema)
@blp.shows(schemas.BoothLineSchema)
@blp.problems(
    BoothNotFound,
    EmployerNotActive,
    NotYourEmployer,
    BoothWindowsInvalid,
    QuotaBelowTaken,
    NoticeTooSoon,
)
def set_line(body: dict, booth_id: int) -> dict:
    """Change rules of the booth's line; what is not sent stays as it is."""
    return booth_line.line_of(booth_line.change_line(booth_id, g.account_id, body))


@blp.post("/interviews/<int:interview_id>/transfer")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.TransferBodySchema)
@blp.shows(RecruiterTicketSchema)
@blp.problems(
    InterviewNotFound,
    EmployerNotActive,
    NotYourEmployer,
    NotYourInterview,
    InvalidTransition,
    NotOnCall,
    DeskNotHere,
    ColleagueAway,
    ColleagueBusy,
    PresenceUnknown,
)
def transfer(body: dict, interview_id: int) -> dict:
    """Give a student in line, or a call that is on, to a colleague's desk; null: to every desk."""
    transfers.transfer(interview_id, g.account_id, body["desk_id"])
    return get_row(interview_id)
