"""What staff do in the middle of a fair."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from app.core import clock
from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.fairs.errors import WindowsInvalid
from app.fairs.models import Fair
from app.fairs.phases import is_live
from app.fairs.services.windows import set_windows, windows_of
from app.interviews.errors import FairOver
from app.interviews.models import Interview, Ring, Status
from app.interviews.services import closing, interventions
from app.interviews.services.calls import hang_up
from app.interviews.services.ringing import answer_ring, ring_next
from app.notifications.models import Notification, NotificationKind
from tests.racing import at_once


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


EVENING = datetime(2026, 11, 24, 8, 50, tzinfo=UTC)  # 16:50 in Shanghai
HALF_HOUR = timedelta(minutes=30)


def test_daily_hours_and_windows_that_end_with_the_fair_are_extended_with_it(factory, travel):
    travel(EVENING)
    ends_at = EVENING + timedelta(minutes=10)
    fair = factory.fair(
        starts_at=EVENING - timedelta(hours=7),
        ends_at=ends_at,
        daily_opens="09:00",
        daily_closes="17:00",
    )
    booth = factory.booth(fair)
    morning = (fair.starts_at, fair.starts_at + HALF_HOUR)
    set_windows(booth, [morning, (morning[1], ends_at)])
    interventions.extend_fair(fair.id, "人多")
    later = Fair.get_by_id(fair.id)
    assert (later.ends_at, later.daily_closes) == (ends_at + HALF_HOUR, "17:30")
    assert windows_of([booth.id])[booth.id] == [morning, (morning[1], ends_at + HALF_HOUR)]
    assert is_live(later, ends_at + timedelta(minutes=29))
    assert not is_live(later, ends_at + HALF_HOUR)


@pytest.mark.serial
@pytest.mark.parametrize("once", range(4))
def test_a_fair_that_ends_this_moment_is_extended_or_ended_and_never_both(app, stand, once):
    waiting = stand.factory.waiting(stand.booth, stand.recruiter)
    Fair.update(ends_at=clock.now()).where(Fair.id == stand.fair.id).execute()
    extended, ended = at_once(
        app,
        partial(interventions.extend_fair, stand.fair.id, "人多"),
        closing.close_ended_fairs,
    )
    fair, ticket = Fair.get_by_id(stand.fair.id), Interview.get_by_id(waiting.id)
    if isinstance(extended, FairOver):
        assert (ended, fair.status, ticket.status) == (1, Fair.Status.ENDED, Status.LAPSED)
    else:
        assert (ended, fair.status) == (0, Fair.Status.ANNOUNCED)
        assert ticket.status == Status.WAITING and fair.ends_at > clock.now()


def test_daily_hours_are_not_extended_past_midnight(factory, travel):
    travel(EVENING + timedelta(hours=7))
    fair = factory.fair(
        starts_at=EVENING,
        ends_at=EVENING + timedelta(hours=7, minutes=9),
        daily_opens="09:00",
        daily_closes="23:59",
    )
    with pytest.raises(WindowsInvalid, match="午夜"):
        interventions.extend_fair(fair.id, "人多")
    assert Fair.get_by_id(fair.id).ends_at == fair.ends_at


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
    assert Ring.get(Ring.interview == ticket.id).concluded_at is not None
    assert "未填写本场面试的结果" in told(student)[0]
    second = stand.factory.waiting(stand.booth, stand.recruiter)
    assert ring_next(stand.booth.id, stand.recruiter.id) == second.id
