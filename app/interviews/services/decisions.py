"""The employer's no: it can be taken back until it is delivered, then it is final (E05)."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from app.core import audit, clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.fairs.errors import BoothClosed
from app.fairs.models import Booth, Fair
from app.fairs.phases import OPEN_PHASES, phase_of
from app.interviews.errors import FairOver, ReadmittedBefore, ReasonMissing, RejectionDelivered
from app.interviews.models import Interview, Status
from app.interviews.models.answers import Reason, reason_label
from app.interviews.services.finding import Found, find_ticket, ticket_of_recruiter
from app.interviews.services.next_best import next_step
from app.interviews.services.told import tell_change, tell_recruiters_change, tell_student
from app.notifications.models import NotificationKind
from app.notifications.services import notify

MOST_PER_TICK = 50  # the clock has other things to do in the same second


def reject_application(
    interview_id: int, account_id: int, reason: str = "", *, reason_code: str = Reason.OTHER
) -> None:
    """拒绝: the student is told when the fair's undo time is over, and not before (E05).

    *reason* is the employer's own note; of *reason_code* the student reads the label.

    :raises NotYourEmployer: another employer's ticket
    :raises InvalidTransition: not pending any more
    """
    found = ticket_of_recruiter(interview_id, account_id)
    code = Reason(reason_code)
    with atomic():
        found.interview.dismiss(reason=reason, decided_by=account_id, reason_code=code.value)
        Interview.update(reason=reason[:200]).where(Interview.id == interview_id).execute()
        if found.fair.undo_seconds > 0:
            tell_recruiters_change(found.interview, found.booth)
        else:
            _deliver(found, clock.now(), next_step(found))


def take_back(interview_id: int, account_id: int) -> None:
    """撤回: the application waits again as if nothing had happened; its student saw nothing.

    :raises NotYourEmployer: another employer's ticket
    :raises RejectionDelivered: the undo time is over
    :raises InvalidTransition: it was not rejected
    """
    found = ticket_of_recruiter(interview_id, account_id)
    if found.interview.status == Status.REJECTED:
        raise RejectionDelivered
    oldest = clock.now() - timedelta(seconds=found.fair.undo_seconds)
    with atomic():
        try:
            found.interview.take_back(
                decided_at=None,
                decided_by=None,
                reason_code="",
                only_if=Interview.decided_at > oldest,
            )
        except InvalidTransition as error:
            if Interview.get_by_id(interview_id).status in (Status.DISMISSED, Status.REJECTED):
                raise RejectionDelivered from error
            raise
        Interview.update(reason="").where(Interview.id == interview_id).execute()
        tell_recruiters_change(found.interview, found.booth)


def deliver_rejections() -> int:
    """Deliver the rejections whose undo time is over; how many.

    For the clock, every second. Each is a transaction of its own behind a guarded UPDATE: of
    two schedulers, or of the clock and a recruiter who takes it back, exactly one wins.
    """
    now = clock.now()
    delivered = 0
    for interview_id, undo_seconds in _due(now):
        with audit.acting(None, "clock"):
            found = find_ticket(interview_id)
            after = next_step(found)
            try:
                with atomic():
                    _deliver(found, now - timedelta(seconds=undo_seconds), after)
            except InvalidTransition:
                continue  # taken back, withdrawn or delivered in the meantime
        delivered += 1
    return delivered


def deliver_rejections_of(fair_id: int) -> int:
    """Deliver at once what a fair that ends still holds back; how many. Inside its command."""
    mine = (Interview.fair == fair_id) & (Interview.status == Status.DISMISSED)
    delivered = 0
    for (interview_id,) in list(Interview.select(Interview.id).where(mine).tuples()):
        try:
            _deliver(find_ticket(interview_id), clock.now(), "")
        except InvalidTransition:
            continue  # taken back or withdrawn in the meantime; nothing was written
        delivered += 1
    return delivered


def readmit(interview_id: int, reason: str) -> None:
    """恢复: staff let a rejected application wait again, once, for a written reason (E05).

    :raises ReasonMissing: no reason was written
    :raises ReadmittedBefore: it had its second chance
    :raises FairOver, BoothClosed: nobody could answer it any more
    :raises InvalidTransition: it was not rejected
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    found = find_ticket(interview_id)
    if phase_of(found.fair) not in OPEN_PHASES:
        raise FairOver
    if found.booth.status != Booth.Status.OPEN:
        raise BoothClosed
    if found.interview.readmitted_at is not None:
        raise ReadmittedBefore
    decided_by = found.interview.decided_by
    with atomic():
        found.interview.readmit(
            reason=reason,
            decided_at=None,
            decided_by=None,
            concluded_at=None,
            reason_code="",
            only_if=_never_readmitted,
        )
        Interview.update(reason="").where(Interview.id == interview_id).execute()
        tell_change(found.interview, found.booth, student_account_id=found.student_account_id)
        _tell_readmitted(found, decided_by)


def _deliver(found: Found, oldest: datetime, after: str) -> None:
    """Reject for good what was dismissed at *oldest* or before; tell its student, and what next.

    :raises InvalidTransition: not dismissed, or dismissed again later
    """
    interview = found.interview
    interview.reject(reason=interview.reason_code, only_if=Interview.decided_at <= oldest)
    tell_change(interview, found.booth, student_account_id=found.student_account_id)
    tell_student(
        interview,
        found.booth,
        NotificationKind.INTERVIEW_REJECTED,
        account_id=found.student_account_id,
        reason=_words_of(interview.reason_code),
        next=after,
    )


def _words_of(code: str) -> str:
    """A reason that says something; 其他 is left out of the sentence."""
    return "" if code in ("", Reason.OTHER) else reason_label(code)


def _due(now: datetime) -> list[tuple[int, int]]:
    """Tickets to deliver with their fair's undo seconds, the longest overdue first."""
    dismissed = Interview.status == Status.DISMISSED
    spans = list(
        Fair.select(Fair.undo_seconds).join(Interview).where(dismissed).distinct().tuples()
    )
    if not spans:
        return []
    over: list[Any] = [
        (Fair.undo_seconds == seconds) & (Interview.decided_at <= now - timedelta(seconds=seconds))
        for (seconds,) in spans
    ]
    rows: Any = (
        Interview.select(Interview.id, Fair.undo_seconds)
        .join(Fair)
        .where(dismissed & reduce(or_, over))
        .order_by(Interview.decided_at, Interview.id)
        .limit(MOST_PER_TICK)
    )
    return list(rows.tuples())


def _never_readmitted() -> Any:
    return Interview.readmitted_at.is_null()


def _tell_readmitted(found: Found, decided_by: int | None) -> None:
    employer, student = found.booth.employer.name, found.interview.student.name
    for account_id, page, text in (
        (
            found.student_account_id,
            f"pages-interview/queue/queue?fair_id={found.fair.id}&id={found.interview.id}",
            f"工作人员已恢复你在 {employer} 的面试申请，请等待单位处理",
        ),
        (
            decided_by,
            f"pages-recruiter/hall/hall?id={found.booth.id}",
            f"工作人员已恢复 {student} 的面试申请，请重新处理",
        ),
    ):
        if account_id is not None:
            notify(
                account_id,
                NotificationKind.FAIR_NOTICE,
                params={"fair": found.fair.name, "employer": employer, "text": text},
                page=page,
                subject=f"interview:{found.interview.id}",
                fair_id=found.fair.id,
            )
