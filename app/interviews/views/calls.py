"""What both sides of a call do."""

from flask import g

from app.core.auth import Role, requires
from app.core.errors import InvalidTransition
from app.core.idempotency import idempotent
from app.interviews.call_schemas import RoomBodySchema
from app.interviews.errors import InterviewNotFound, NotOnCall, NotYourInterview
from app.interviews.schemas import CredentialsSchema
from app.interviews.services import calls
from app.interviews.views.blueprint import blp
from app.rtc.errors import NotInRoom, RoomClosed, RoomNotFound


@blp.post("/interviews/<int:interview_id>/credentials")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(RoomBodySchema)
@blp.shows(CredentialsSchema)
@blp.problems(InterviewNotFound, NotYourInterview, NotOnCall, NotInRoom, RoomClosed, RoomNotFound)
def get_credentials(body: dict, interview_id: int) -> dict:
    """Entry to the video room, for the two parties, while ringing or in call.

    With `room` to one of the further rooms in which colleagues who sit in are met.
    """
    return calls.issue_credentials(interview_id, g.account_id, body["room"])


@blp.post("/interviews/<int:interview_id>/hang-up")
@requires(Role.STUDENT, Role.RECRUITER)
@idempotent
@blp.done
@blp.problems(InterviewNotFound, NotYourInterview, InvalidTransition)
def hang_up(interview_id: int) -> None:
    """End the call; the recruiter then owes the result."""
    calls.hang_up(interview_id, g.account_id)
