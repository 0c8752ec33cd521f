"""What a student's page says of a ring."""

from flask import g

from app.core.auth import Role, requires
from app.interviews.errors import InterviewNotFound, NotYourInterview
from app.interviews.services.reach import see_ring
from app.interviews.views.blueprint import blp


@blp.post("/interviews/<int:interview_id>/ring-seen")
@requires(Role.STUDENT)
@blp.done
@blp.problems(InterviewNotFound, NotYourInterview)
def report_ring_seen(interview_id: int) -> None:
    """The page shows the ring, so that no message has to follow; saying it again is no harm."""
    see_ring(interview_id, g.account_id)
