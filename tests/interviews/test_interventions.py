"""What staff do in the middle of a fair."""

from datetime import timedelta

import pytest

from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.fairs.models import Fair
from app.interviews.models import Interview, Status
from app.interviews.services import interventions
from app.interviews.services.calls import hang_up
from app.interviews.services.ringing import answer_ring, ring_next
from app.notifications.models import Notification, NotificationKind


def told(account_id: int) -> list[str]:
    mine = (Notification.account == account_id) & (
        Notification.kind == NotificationKind.FAIR_NOTICE
    )
    return [notice.params["text"] for notice in Notification.select().where(mine)]


@pytest.mark.spec("G02")
def test_broadcast_reaches_everybody_who_has_entered_and_nobody_else(stand):
    inside = [stand.factory.participant(stand.fair) for _ in range(3)]
    outside = stand.factory.student()
    assert interventions.broadcast(stand.fair.id, "主会场改到二楼") == 3
    assert [told(student.account_id) for student in inside] == [["主会场改到二楼"]] * 3
    assert told(outside.account_id) == []
    entry = AuditEntry.get(AuditEntry.action == "broadcast")
    assert (entry.after, entry.reason) == ({"count": 3}, "主会场改到二楼")


def test_a_fair_is_extended_and_who_waits_keeps_the_place_and_is_told(stand):
    waiting = stand.factory.waiting(stand.booth, stand.recruiter)
    idle = stand.factory.participant(stand.fair)
    before = stand.fair.ends_at
    interventions.extend_fair(stand.fair.id, "人多")
    assert Fair.get_by_id(stand.fair.id).ends_at == before + timedelta(minutes=30)
    kept = Interview.get_by_id(waiting.id)
    assert (kept.status, kept.queued_at) == (Status.WAITING, waiting.queued_at)
    assert "延长至" in told(kept.student.account_id)[0]
    assert told(idle.account_id) == []


@pytest.mark.spec("E18")
def test_a_result_that_nobody_will_give_can_be_closed_by_staff(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    with pytest.raises(InvalidTransition):
        interventions.close_unjudged(ticket.id, "招聘人员离场")
    student = ticket.student.account_id
    ring_next(stand.booth.id, stand.recruiter.id)
    answer_ring(ticket.id, student)
    hang_up(ticket.id, student)
    interventions.close_unjudged(ticket.id, "招聘人员离场")
    closed = Interview.get_by_id(ticket.id)
    assert (closed.status, closed.verdict) == (Status.FINISHED, None)
    assert closed.concluded_at is not None
    second = stand.factory.waiting(stand.booth, stand.recruiter)
    assert ring_next(stand.booth.id, stand.recruiter.id) == second.id
