"""Who is told when a ticket moves: the student, the booth's recruiters, the pages that watch."""

from datetime import datetime

from app.core.events import publish_to_accounts, publish_to_topic
from app.employers.services import account_ids_of
from app.fairs.models import Booth
from app.interviews.models import Interview
from app.notifications.models import NotificationKind
from app.notifications.services import notify

QUEUE_PAGE = "pages-interview/queue/queue"
CALL_PAGE = "pages-interview/call/call"
HALL_PAGE = "pages-recruiter/hall/hall"


def tell_change(interview: Interview, booth: Booth, *, student_account_id: int) -> None:
    """Refresh the open pages of both sides, and of everybody in this line."""
    accounts = [student_account_id, *account_ids_of(booth.employer_id)]
    publish_to_accounts(
        accounts,
        "interview.changed",
        interview_id=interview.id,
        status=str(interview.status),
        booth_id=booth.id,
    )
    publish_to_topic(f"booth:{booth.id}", "queue.changed", booth_id=booth.id)
    publish_to_topic(f"fair:{booth.fair_id}", "board.changed", booth_id=booth.id)


def tell_recruiters_change(interview: Interview, booth: Booth) -> None:
    """Refresh the booth's own pages for what its student must not notice yet."""
    publish_to_accounts(
        account_ids_of(booth.employer_id),
        "interview.changed",
        interview_id=interview.id,
        status=str(interview.status),
        booth_id=booth.id,
    )


def tell_student(
    interview: Interview,
    booth: Booth,
    kind: NotificationKind,
    *,
    account_id: int,
    expires_at: datetime | None = None,
    **params: str,
) -> None:
    """Write the student a notification that leads to the queue page; of no use afterwards."""
    position = interview.position.title if interview.position else ""
    notify(
        account_id,
        kind,
        params={"employer": booth.employer.name, "position": position, "booth": booth.number}
        | params,
        page=f"{QUEUE_PAGE}?fair_id={booth.fair_id}&id={interview.id}",
        subject=f"interview:{interview.id}",
        fair_id=booth.fair_id,
        expires_at=expires_at,
    )


def tell_recruiter(interview: Interview, booth: Booth, *, account_id: int, answer: str) -> None:
    """Write the recruiter who invited how the student answered."""
    notify(
        account_id,
        NotificationKind.INVITATION_ANSWERED,
        params={
            "employer": booth.employer.name,
            "position": interview.position.title if interview.position else "",
            "student": interview.student.name,
            "answer": answer,
        },
        page=f"{HALL_PAGE}?id={booth.id}",
        subject=f"interview:{interview.id}",
        fair_id=booth.fair_id,
    )
