"""What students and recruiters say of a talk."""

from flask import g

from app.conduct.errors import NotTalkedYet, RatingFixed, TagUnknown
from app.conduct.schemas import RatingBodySchema
from app.conduct.services import ratings
from app.core.auth import Role, requires
from app.core.idempotency import IdempotencyKeyReused, idempotent
from app.core.problems import Blueprint
from app.interviews.errors import InterviewNotFound, NotYourInterview

blp = Blueprint("conduct", __name__, url_prefix="/api", description="履约与评价")


@blp.post("/interviews/<int:interview_id>/ratings")
@requires(Role.STUDENT, Role.RECRUITER)
@idempotent
@blp.arguments(RatingBodySchema)
@blp.done
@blp.problems(
    InterviewNotFound,
    NotYourInterview,
    NotTalkedYet,
    TagUnknown,
    RatingFixed,
    IdempotencyKeyReused,
)
def rate_talk(body: dict, interview_id: int) -> None:
    """Rate the talk that I was part of."""
    ratings.rate_talk(interview_id, g.account_id, **body)
