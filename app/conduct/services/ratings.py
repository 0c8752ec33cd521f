"""Ratings both ways after a talk: the booth sees a mean, staff see the rest."""

from collections.abc import Sequence
from datetime import timedelta

from app.conduct.errors import NotTalkedYet, RatingFixed, TagUnknown
from app.conduct.tags import TAG_WORDS
from app.core import audit, clock
from app.core.database import atomic
from app.interviews.errors import NotYourInterview
from app.interviews.models import Rating, Status
from app.interviews.services.finding import Found, desk_account_id, find_ticket

RATEABLE = (Status.CONCLUDING, Status.FINISHED)
CHANGE_SECONDS = 600


def rate_talk(
    interview_id: int,
    account_id: int,
    stars: int,
    *,
    tags: Sequence[str] = (),
    comment: str = "",
) -> None:
    """评价: how one side found the talk, 1 to 5 stars; once, and changed within ten minutes.

    What a student writes is read by staff only: the employer sees the mean of several. What a
    recruiter says of a student is seen by staff only.

    :raises InterviewNotFound: no such ticket
    :raises NotYourInterview: neither the student nor the interviewer of this talk
    :raises NotTalkedYet: no talk took place, or it still goes on
    :raises TagUnknown: a word that this side cannot choose
    :raises RatingFixed: rated more than ten minutes ago
    """
    found = find_ticket(interview_id)
    side = _side_of(found, account_id)
    if found.interview.status not in RATEABLE:
        raise NotTalkedYet
    if not TAG_WORDS[side].keys() >= set(tags):
        raise TagUnknown(tags=sorted(TAG_WORDS[side]))
    now = clock.now()
    said = {"stars": stars, "tags": sorted(set(tags)), "comment": comment.strip()[:300]}
    row = {"interview": interview_id, "side": side, "account": account_id, "at": now}
    with atomic():
        made = Rating.insert(**row, **said).on_conflict_ignore().returning(Rating.id).tuples()
        if not list(made.execute()):
            since = now - timedelta(seconds=CHANGE_SECONDS)
            mine = (Rating.interview == interview_id) & (Rating.side == side)
            if not Rating.update(**said).where(mine & (Rating.at > since)).execute():
                raise RatingFixed
        audit.record(f"interview:{interview_id}", "rate", after={"side": side, "stars": stars})


def _side_of(found: Found, account_id: int) -> str:
    if found.student_account_id == account_id:
        return "student"
    if desk_account_id(found.interview) == account_id:
        return "recruiter"
    raise NotYourInterview
