"""Staff steer a line, a ring or a call: it is written down why, and whom it concerns is told."""

from datetime import timedelta

import pytest

from app.core import audit, clock, presence
from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.fairs.errors import BoothClosed
from app.fairs.models import Booth
from app.fairs.services.staging import end_fair
from app.interviews.call_errors import DeskNotHere
from app.interviews.errors import FairOver, LineClosed
from app.interviews.models import Interview, Ring, Status
from app.interviews.services import calls, queue, ringing, steering
from app.interviews.services.closing import withdraw_booth
from app.interviews.services.desks import find_unfinished, take_desk
from app.notifications.models import Notification, NotificationKind
from app.rtc import services as rtc
from tests.interviews.test_told import Line
from tests.racing import at_once


@pytest.fixture(autouse=True)
def staff():
    """Somebody of staff acts."""
    with audit.acting(7, "staff:operator"):
        yield


def told(account_id: int, kind: NotificationKind = NotificationKind.FAIR_NOTICE) -> list[str]:
    mine = (Notification.account == account_id) & (Notification.kind == kind)
    return [one.params["text"] for one in Notification.select().where(mine)]


def written(action: str) -> tuple[str, str]:
    """Who did it and why."""
    entry = AuditEntry.get(AuditEntry.action == action)
    return entry.actor_role, entry.reason


def test_closed_line_refuses_newcomers_and_everybody_concerned_is_told(stand):
    waiting = stand.factory.waiting(stand.booth, stand.recruiter)
    gone = stand.factory.pending(stand.booth)
    queue.withdraw_ticket(gone.id, gone.student.account_id)
    newcomer = stand.factory.participant(stand.fair)
    page = Line(stand)
    assert steering.close_line(stand.booth.id, "现场人手不足").line_closed_at is not None
    assert page.news() == [{"booth_id": stand.booth.id}]
    page.close()
    with pytest.raises(LineClosed):
        queue.apply_for_interview(stand.booth.id, newcomer.account_id)
    in_line = NotificationKind.BOOTH_NOTICE
    assert "仍会依次面试" in told(waiting.student.account_id, in_line)[0]
    assert told(gone.student.account_id, in_line) == told(newcomer.account_id, in_line) == []
    assert told(stand.recruiter.id) == [
        f"会务人员已停止 {stand.booth.employer.name} 接受新的面试申请。原因：现场人手不足"
    ]
    assert written("close_line") == ("staff:operator", "现场人手不足")
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == waiting.id


def test_line_opens_again_and_a_stale_page_changes_nothing(stand):
    with pytest.raises(InvalidTransition):
        steering.open_line(stand.booth.id, "已到岗")
    steering.close_line(stand.booth.id, "人手不足")
    with pytest.raises(InvalidTransition):
        steering.close_line(stand.booth.id, "人手不足")
    assert steering.open_line(stand.booth.id, "已到岗").line_closed_at is None
    queue.apply_for_interview(stand.booth.id, stand.factory.participant(stand.fair).account_id)
    assert len(told(stand.recruiter.id)) == 2
    assert AuditEntry.select().where(AuditEntry.action == "open_line").count() == 1


def test_line_of_a_booth_or_fair_that_is_over_is_not_steered(stand):
    withdraw_booth(stand.booth.id)
    with pytest.raises(BoothClosed):
        steering.close_line(stand.booth.id, "x")
    other = stand.factory.booth(stand.fair)
    end_fair(stand.fair.id)
    with pytest.raises(FairOver):
        steering.close_line(other.id, "x")
    assert Booth.get_by_id(other.id).line_closed_at is None


@pytest.mark.spec("E10")
def test_stuck_ring_ends_and_frees_student_and_desk_at_the_same_place(stand):
    first, second = (stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(2))
    with pytest.raises(InvalidTransition):
        steering.stop_ring(first.id, "卡住")
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == first.id
    steering.stop_ring(first.id, "卡住")
    kept = Interview.get_by_id(first.id)
    assert (kept.status, kept.desk_id, kept.misses) == (Status.WAITING, None, 0)
    assert kept.queued_at == first.queued_at < second.queued_at
    assert Ring.get(Ring.interview == first.id).outcome == Ring.Outcome.CANCELLED
    assert rtc.find_open_room(f"interview:{first.id}") is None
    assert "位置保留" in told(stand.recruiter.id)[0]
    assert written("cancel_ring") == ("staff:operator", "卡住")
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == first.id


@pytest.mark.spec("E18")
def test_call_that_staff_end_still_owes_its_result_and_both_sides_hear_of_it(stand, talking):
    steering.break_off(talking.id, "面试官电脑死机")
    after = Interview.get_by_id(talking.id)
    assert after.status == Status.CONCLUDING
    assert rtc.find_open_room(f"interview:{talking.id}") is None
    owed = find_unfinished(take_desk(stand.booth.id, stand.recruiter.id).id)
    assert owed is not None and owed.id == talking.id
    assert "请填写面试结果" in told(stand.recruiter.id)[0]
    student = told(talking.student.account_id)[0]
    assert stand.booth.employer.name in student and "死机" not in student
    assert written("hang_up") == ("staff:operator", "面试官电脑死机")
    with pytest.raises(InvalidTransition):
        steering.break_off(talking.id, "再来一次")
    assert len(told(talking.student.account_id)) == 1
    calls.conclude(talking.id, stand.recruiter.id, "pass")


def test_ticket_goes_to_another_desk_and_back_to_every_desk(stand):
    colleague = stand.factory.recruiter(stand.booth, "何川")
    presence.renew(colleague.id)
    mine = take_desk(stand.booth.id, stand.recruiter.id)
    theirs = take_desk(stand.booth.id, colleague.id)
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    name = ticket.student.name
    steering.reassign(ticket.id, "周敏离场", theirs.id)
    assert Interview.get_by_id(ticket.id).only_desk_id == theirs.id
    assert told(colleague.id) == [f"会务人员已将 {name} 安排到您的席位"]
    assert written("transfer") == ("staff:operator", "周敏离场")
    steering.reassign(ticket.id, "周敏回来", mine.id)
    assert told(colleague.id)[1] == f"会务人员已将 {name} 改由其他席位面试"
    steering.reassign(ticket.id, "都可以", None)
    kept = Interview.get_by_id(ticket.id)
    assert (kept.only_desk_id, kept.queued_at) == (None, ticket.queued_at)
    assert ringing.ring_next(stand.booth.id, colleague.id) == ticket.id
    with pytest.raises(InvalidTransition):
        steering.reassign(ticket.id, "晚了", mine.id)


def test_ticket_goes_to_no_foreign_and_no_empty_desk(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    other = stand.factory.booth(stand.fair)
    foreign = take_desk(other.id, stand.factory.recruiter(other, "外人").id)
    gone = stand.factory.recruiter(stand.booth, "赵离")
    empty = take_desk(stand.booth.id, gone.id)
    stand.factory.revoke(gone)
    for desk in (foreign, empty):
        with pytest.raises(DeskNotHere):
            steering.reassign(ticket.id, "x", desk.id)
    assert Interview.get_by_id(ticket.id).only_desk_id is None


def test_call_is_ended_by_staff_or_by_its_student_and_never_twice(app, stand, talking):
    outcomes = at_once(
        app,
        lambda: steering.break_off(talking.id, "卡住"),
        lambda: calls.hang_up(talking.id, talking.student.account_id),
    )
    assert outcomes.count(None) == 1, outcomes
    assert sum(isinstance(one, InvalidTransition) for one in outcomes) == 1, outcomes
    assert Interview.get_by_id(talking.id).status == Status.CONCLUDING
    assert AuditEntry.select().where(AuditEntry.action == "hang_up").count() == 1


def test_ring_is_stopped_by_staff_or_by_the_clock_and_never_twice(app, stand, travel):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    travel(clock.now() + timedelta(seconds=40))
    outcomes = at_once(app, lambda: steering.stop_ring(ticket.id, "卡住"), ringing.expire_rings)
    stopped, missed = outcomes[0] is None, outcomes[1] == 1
    assert stopped != missed, outcomes
    after = Interview.get_by_id(ticket.id)
    assert after.status == (Status.WAITING if stopped else Status.HELD)
    assert rtc.find_open_room(f"interview:{ticket.id}") is None
