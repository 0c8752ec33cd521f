"""Who is told when a ticket moves: the student, the booth's recruiters, the pages that watch."""

from datetime import datetime

from app.core import clock
from app.core.events import publish_to_accounts, publish_to_topic
from app.employers.services import account_ids_of
from app.fairs.models import Booth
from app.interviews.models import IN_LINE, Interview
from app.interviews.services.places import find_place
from app.notifications.models import NotificationKind
from app.notifications.services import notify

QUEUE_PAGE = "pages-interview/queue/queue"
CALL_PAGE = "pages-interview/call/call"
HALL_PAGE = "pages-recruiter/hall/hall"


def tell_change(
    interview: Interview, booth: Booth, *, student_account_id: int, reordered: bool = False
) -> None:
    """Refresh the open pages of both sides; tell the line who entered it or left it.

    *reordered*: the ticket's place in the line is another one now. Who enters a line that goes
    by application is told how many stand before.
    """
    step = _step_of(interview)
    told = {"interview_id": interview.id, "status": str(interview.status), "booth_id": booth.id}
    is_plain = _goes_by_application(interview, booth) and not reordered
    place = find_place(interview) if step > 0 and is_plain else None
    ahead = {"ahead": place.ahead} if place else {}
    publish_to_accounts([student_account_id], "interview.changed", **told, **ahead)
    publish_to_accounts(account_ids_of(booth.employer_id), "interview.changed", **told)
    if step or reordered:
        is_last = place is not None and place.ahead == place.in_line - 1
        _tell_line(interview, booth, step, is_plain=is_plain, is_last=is_last)
    publish_to_topic(f"fair:{booth.fair_id}", "board.changed", booth_id=booth.id)


def _step_of(interview: Interview) -> int:
    """1: its last move brought it into the line, -1: out of it."""
    before = getattr(interview, "moved_from", interview.status)
    return (interview.status in IN_LINE) - (before in IN_LINE)


def _goes_by_application(interview: Interview, booth: Booth) -> bool:
    """Whether who stands before it is a matter of the time of application alone."""
    is_special = interview.slot_at is not None or interview.only_desk_id is not None
    return not is_special and not booth.fair.everyone_once


def _tell_line(
    interview: Interview, booth: Booth, step: int, *, is_plain: bool, is_last: bool
) -> None:
    """What lets the pages of a line, and of its booth, count by themselves.

    ``place``: its time of application, as far as the line goes by that: who applied earlier
    is not concerned. None concerns everybody. Who joins at the end is told at the door only:
    to the hundreds who stand in a line already it would mean nothing.
    """
    publish_to_topic(
        f"door:{booth.id}" if is_last else f"booth:{booth.id}",
        "queue.changed",
        booth_id=booth.id,
        step=step,
        place=interview.queued_at if is_plain else None,
        at=clock.now(),
    )


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
