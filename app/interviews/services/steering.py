"""What staff do to one line, one ring or one call while a fair goes on, each for a written reason.

Whoever it concerns is told: the pages by events, and who would wonder by a notification.
"""

from typing import Any

from app.core import audit, clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.core.events import publish_to_topic
from app.employers.models import Recruiter
from app.employers.services import account_ids_of
from app.fairs.errors import BoothClosed
from app.fairs.models import Booth
from app.fairs.phases import OPEN_PHASES, phase_of
from app.fairs.services.booths import get_booth
from app.interviews.errors import FairOver
from app.interviews.models import Desk, Interview, Ring
from app.interviews.services.booth_line import CLOSED_TEXT, tell_line
from app.interviews.services.calls import end_call
from app.interviews.services.finding import Found, desk_account_id, find_ticket
from app.interviews.services.ringing import close_room_of
from app.interviews.services.rings import close_ring
from app.interviews.services.told import HALL_PAGE, QUEUE_PAGE, tell_change
from app.interviews.services.transfers import assign, refuse_foreign
from app.notifications.models import NotificationKind
from app.notifications.services import notify, notify_many


def steered_booth(booth_id: int) -> Booth:
    """A booth whose line staff may still steer.

    :raises BoothNotFound: no such booth
    :raises BoothClosed: it takes part no longer
    :raises FairOver: the fair is over, put off or not announced
    """
    booth = get_booth(booth_id)
    if booth.status != Booth.Status.OPEN:
        raise BoothClosed
    if phase_of(booth.fair) not in OPEN_PHASES:
        raise FairOver
    return booth


def close_line(booth_id: int, reason: str) -> Booth:
    """停止新申请: nobody applies any more; who is in line is told that they are still seen.

    The same switch as at the desk, so that recruiters can open the line again; they read why.

    :raises BoothNotFound, BoothClosed, FairOver: no line to close
    :raises InvalidTransition: it is closed already
    """
    booth = steered_booth(booth_id)
    _switch(booth, closed=True, reason=reason)
    return get_booth(booth_id)


def open_line(booth_id: int, reason: str) -> Booth:
    """恢复新申请: a line that was closed, by its recruiters or by staff, takes applications again.

    :raises BoothNotFound, BoothClosed, FairOver: no line to open
    :raises InvalidTransition: it is open
    """
    booth = steered_booth(booth_id)
    _switch(booth, closed=False, reason=reason)
    return get_booth(booth_id)


def stop_ring(interview_id: int, reason: str) -> None:
    """取消呼叫: end a ring that got stuck; student and desk are free, the place is kept.

    :raises InterviewNotFound: no such ticket
    :raises InvalidTransition: not ringing any more
    """
    found = find_ticket(interview_id)
    interviewer = desk_account_id(found.interview)
    with atomic():
        found.interview.cancel_ring(desk=None, reason=reason)
        close_ring(interview_id, Ring.Outcome.CANCELLED)
        close_room_of(Interview.get_by_id(interview_id))
        tell_change(found.interview, found.booth, student_account_id=found.student_account_id)
        text = f"会务人员已取消对 {found.interview.student.name} 的呼叫，该同学的位置保留"
        _tell(found, interviewer, text, page=f"{HALL_PAGE}?id={found.booth.id}")


def break_off(interview_id: int, reason: str) -> None:
    """结束通话: end a call that got stuck; its result is owed as after hanging up (E18).

    :raises InterviewNotFound: no such ticket
    :raises InvalidTransition: no call is on any more
    """
    found = find_ticket(interview_id)
    student, employer = found.interview.student.name, found.booth.employer.name
    with atomic():
        end_call(found, reason=reason)
        # Read again: a moment ago the call may have gone to a colleague.
        interviewer = desk_account_id(Interview.get_by_id(interview_id))
        _tell(
            found,
            found.student_account_id,
            f"会务人员已结束你与 {employer} 的通话，结果由用人单位填写",
            page=f"{QUEUE_PAGE}?fair_id={found.fair.id}&id={interview_id}",
        )
        text = f"会务人员已结束与 {student} 的通话，请填写面试结果"
        _tell(found, interviewer, text, page=f"{HALL_PAGE}?id={found.booth.id}")


def reassign(interview_id: int, reason: str, desk_id: int | None) -> None:
    """改派席位: only that desk calls the ticket from now on, or (None) every desk of its booth.

    :raises InterviewNotFound: no such ticket
    :raises DeskNotHere: not a desk of this booth with somebody who may sit there
    :raises InvalidTransition: not in line any more
    """
    found = find_ticket(interview_id)
    if desk_id is not None:
        refuse_foreign(found, desk_id)
    student, before = found.interview.student.name, found.interview.only_desk_id
    page = f"{HALL_PAGE}?id={found.booth.id}"
    with atomic():
        assign(found, desk_id, reason)
        if desk_id is not None:
            _tell(found, _account_at(desk_id), f"会务人员已将 {student} 安排到您的席位", page=page)
        if before is not None and before != desk_id:
            _tell(found, _account_at(before), f"会务人员已将 {student} 改由其他席位面试", page=page)


def _switch(booth: Booth, *, closed: bool, reason: str) -> None:
    """Set the line's switch where it stands the other way."""
    verb = "close_line" if closed else "open_line"
    as_read = (Booth.id == booth.id) & Booth.line_closed_at.is_null(closed)
    with atomic():
        since = clock.now() if closed else None
        if not Booth.update(line_closed_at=since).where(as_read).execute():
            raise InvalidTransition(verb=verb, current="closed" if closed else "open")
        audit.record(
            booth, verb, before={"closed": not closed}, after={"closed": closed}, reason=reason
        )
        if closed:
            tell_line(booth, CLOSED_TEXT)  # who waits need not fear for the place
        _tell_recruiters(booth, "停止" if closed else "恢复", reason)
        publish_to_topic(f"booth:{booth.id}", "queue.changed", booth_id=booth.id)
        publish_to_topic(f"fair:{booth.fair_id}", "board.changed", booth_id=booth.id)


def _tell_recruiters(booth: Booth, did: str, reason: str) -> None:
    employer = booth.employer.name
    notify_many(
        account_ids_of(booth.employer_id),
        NotificationKind.FAIR_NOTICE,
        params={
            "fair": booth.fair.name,
            "employer": employer,
            "text": f"会务人员已{did} {employer} 接受新的面试申请。原因：{reason}",
        },
        page=f"{HALL_PAGE}?id={booth.id}",
        subject=f"booth:{booth.id}",
        fair_id=booth.fair_id,
    )


def _tell(found: Found, account_id: int | None, text: str, *, page: str) -> None:
    """Write one person; nobody where a desk has nobody any more."""
    if account_id is None:
        return
    notify(
        account_id,
        NotificationKind.FAIR_NOTICE,
        params={"fair": found.fair.name, "employer": found.booth.employer.name, "text": text},
        page=page,
        subject=f"interview:{found.interview.id}",
        fair_id=found.fair.id,
    )


def _account_at(desk_id: int) -> int | None:
    """Who may sit at a desk."""
    active = Recruiter.status == Recruiter.Status.ACTIVE
    seat: Any = Recruiter.select(Recruiter.account).join(Desk).where((Desk.id == desk_id) & active)
    row = seat.tuples().first()
    return row[0] if row else None
