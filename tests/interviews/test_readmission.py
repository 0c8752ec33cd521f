"""Staff override a rejection, once and in writing."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.audit import AuditEntry
from app.interviews.errors import FairOver, ReadmittedBefore, ReasonMissing, RejectedHere
from app.interviews.models import Interview, Status
from app.interviews.services import decisions, queue
from app.interviews.services.rows import get_row
from app.notifications.models import Notification, NotificationKind

NOTICES = Notification.kind == NotificationKind.FAIR_NOTICE


def status(ticket_id: int) -> str:
    return Interview.get_by_id(ticket_id).status


@pytest.mark.spec("E05")
def test_delivered_rejection_is_a_result_with_its_time_until_it_is_overridden(stand, travel):
    ticket = stand.factory.pending(stand.booth)
    travel(clock.now())  # the clock stands still
    decisions.reject_application(ticket.id, stand.recruiter.id)
    assert get_row(ticket.id)["result_at"] is None, "it can be taken back still"
    travel(timedelta(seconds=stand.fair.undo_seconds))
    decisions.deliver_rejections()
    assert get_row(ticket.id)["result_at"] == clock.now()
    decisions.readmit(ticket.id, "单位来电说明误操作")
    assert get_row(ticket.id)["result_at"] is None


@pytest.mark.spec("E05")
def test_staff_readmit_a_rejected_student_once_with_a_written_reason(stand):
    ticket = stand.factory.pending(stand.booth)
    stand.reject(ticket.id)
    with pytest.raises(ReasonMissing):
        decisions.readmit(ticket.id, "  ")
    decisions.readmit(ticket.id, "单位来电说明误操作")
    assert status(ticket.id) == Status.PENDING
    told = {row.account_id for row in Notification.select().where(NOTICES)}
    entry = AuditEntry.get(AuditEntry.action == "readmit")
    assert (entry.subject, entry.reason) == (f"interview:{ticket.id}", "单位来电说明误操作")
    assert told == {
        ticket.student.account_id,
        stand.recruiter.id,
    }
    stand.reject(ticket.id)
    with pytest.raises(ReadmittedBefore):
        decisions.readmit(ticket.id, "再来一次")
    assert status(ticket.id) == Status.REJECTED
    with pytest.raises(RejectedHere):
        queue.apply_for_interview(stand.booth.id, ticket.student.account_id)


def test_nobody_is_readmitted_to_a_fair_that_is_over(stand, travel):
    ticket = stand.factory.pending(stand.booth)
    stand.reject(ticket.id)
    travel(stand.fair.ends_at)
    with pytest.raises(FairOver):
        decisions.readmit(ticket.id, "误操作")
