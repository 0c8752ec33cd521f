"""Soft reminders, then the pause of a line, and how it ends."""

from datetime import timedelta

import pytest
from flask import Flask

from app.conduct.errors import NotPaused, PausedBefore
from app.conduct.models import Meter
from app.conduct.services import meters, sanctions
from app.core import clock
from app.core.audit import AuditEntry
from app.fairs.models import Booth, Fair
from app.interviews.models import Interview
from app.interviews.services import decisions, queue
from app.notifications.models import Notification, NotificationKind
from app.notifications.texts import render
from tests.interviews.conftest import Stand
from tests.interviews.test_races import all_at_once

MINUTE = timedelta(minutes=1)
DUE, PAUSED = NotificationKind.ANSWERS_DUE, NotificationKind.LINE_PAUSED


def told(kind: NotificationKind) -> list[int]:
    return [row.account_id for row in Notification.select().where(Notification.kind == kind)]


def is_paused(stand: Stand) -> bool:
    return Booth.get_by_id(stand.booth.id).paused_at is not None


def tick(travel, minutes: float = 15) -> int:
    """Half of the answer time passes, and the clock looks."""
    travel(minutes * MINUTE)
    return meters.renew_meters()


@pytest.fixture
def overdue(stand: Stand, travel) -> list[Interview]:
    """Three applications that have waited for half an hour."""
    tickets = [stand.factory.pending(stand.booth) for _ in range(3)]
    travel(29 * MINUTE)
    assert meters.renew_meters() == 0
    travel(MINUTE)
    return tickets


def test_every_recruiter_is_reminded_when_answers_are_due_and_not_sooner_again(
    stand, overdue, travel
):
    colleague = stand.factory.recruiter(stand.booth, "李强")
    gone = stand.factory.recruiter(stand.booth, "赵离")
    stand.factory.revoke(gone)
    assert meters.renew_meters() == 1
    assert sorted(told(DUE)) == sorted([stand.recruiter.id, colleague.id])
    note = Notification.get(kind=DUE)
    assert "有 3 份面试申请等待时间过长" in render(note.kind, note.params)[1]
    assert note.page == f"pages-recruiter/hall/hall?id={stand.booth.id}"
    assert note.fair_id == stand.fair.id
    assert tick(travel, 14) == 0
    assert tick(travel, 1) == 1
    assert len(told(DUE)) == 4


def test_line_is_paused_after_reminders_without_any_answer(stand, overdue, travel):
    assert [meters.renew_meters(), tick(travel)] == [1, 1]
    assert not is_paused(stand)
    assert tick(travel) == 1
    assert is_paused(stand)
    assert told(PAUSED) == [stand.recruiter.id]
    entry = AuditEntry.get(AuditEntry.action == "pause_line")
    assert (entry.subject, entry.after) == (
        f"booth:{stand.booth.id}",
        {"overdue": 3, "reminders": 2},
    )
    assert tick(travel, 60) == 0, "who was paused is not pressed further"


def test_one_answer_begins_the_reminders_anew(stand, overdue, travel):
    meters.renew_meters()
    tick(travel)
    queue.accept_application(overdue[0].id, stand.recruiter.id)
    assert [tick(travel), tick(travel)] == [1, 1]
    assert not is_paused(stand)
    assert tick(travel) == 1
    assert is_paused(stand)


def test_pause_ends_by_itself_when_nothing_is_overdue(stand, overdue, travel):
    for _ in range(3):
        tick(travel)
    assert is_paused(stand)
    for ticket in overdue[:2]:
        decisions.reject_application(ticket.id, stand.recruiter.id)
    assert meters.renew_meters() == 0
    assert is_paused(stand)
    queue.accept_application(overdue[2].id, stand.recruiter.id)
    assert meters.renew_meters() == 1
    assert not is_paused(stand)
    assert told(NotificationKind.FAIR_NOTICE) == [stand.recruiter.id]
    assert meters.renew_meters() == 0


def test_staff_lift_a_pause_and_the_reminders_begin_anew(stand, overdue, travel):
    with pytest.raises(NotPaused):
        sanctions.lift_pause(stand.booth.id, "电话沟通")
    for _ in range(3):
        tick(travel)
    sanctions.lift_pause(stand.booth.id, "电话沟通")
    assert not is_paused(stand)
    assert AuditEntry.get(AuditEntry.action == "resume_line").reason == "电话沟通"
    assert meters.renew_meters() == 0
    assert [tick(travel), tick(travel)] == [1, 1]
    assert not is_paused(stand)


def test_pause_by_staff_holds_whatever_is_answered_until_staff_release_it(stand, travel):
    sanctions.pause_line(stand.booth.id, "投诉核实中")
    assert is_paused(stand)
    assert "投诉核实中" in Notification.get(account=stand.recruiter.id).params["text"]
    assert AuditEntry.get(AuditEntry.action == "pause_line").reason == "投诉核实中"
    assert tick(travel) == 0
    assert is_paused(stand), "nothing is overdue, and yet"
    with pytest.raises(PausedBefore):
        sanctions.pause_line(stand.booth.id, "又一次")
    sanctions.lift_pause(stand.booth.id, "核实完毕")
    assert not is_paused(stand)
    assert not Booth.get_by_id(stand.booth.id).paused_by_staff


def test_pause_of_the_clock_that_staff_took_over_does_not_end_by_itself(stand, overdue, travel):
    for _ in range(3):
        tick(travel)
    sanctions.pause_line(stand.booth.id, "多次未处理")
    for ticket in overdue:
        queue.accept_application(ticket.id, stand.recruiter.id)
    assert meters.renew_meters() == 0
    assert is_paused(stand)


@pytest.mark.parametrize("rule", [{"sanction_after": 0}, {"answer_minutes": 1440}])
def test_school_may_do_without_sanctions(stand, overdue, travel, rule):
    Fair.update(rule).where(Fair.id == stand.fair.id).execute()
    for _ in range(5):
        tick(travel)
    assert not is_paused(stand)


def test_nobody_is_pressed_while_the_doors_are_shut_or_the_booth_announced_a_delay(
    stand, overdue, travel
):
    Booth.update(late_until=clock.now() + 20 * MINUTE).execute()
    assert meters.renew_meters() == 0
    assert tick(travel, 21) == 1
    travel(stand.fair.ends_at)
    assert meters.renew_meters() == 0


def test_paused_line_of_an_ended_fair_is_left_alone(stand, overdue, travel):
    for _ in range(3):
        tick(travel)
    Fair.get_by_id(stand.fair.id).end()
    assert meters.renew_meters() == 0
    assert is_paused(stand)


@pytest.mark.serial
def test_racing_clocks_remind_and_pause_once(app: Flask, stand, overdue, travel):
    all_at_once(app, [meters.renew_meters] * 4)
    assert told(DUE) == [stand.recruiter.id]
    assert Meter.get().reminders == 1
    tick(travel)
    travel(15 * MINUTE)
    all_at_once(app, [meters.renew_meters] * 4)
    assert told(PAUSED) == [stand.recruiter.id]
    assert AuditEntry.select().where(AuditEntry.action == "pause_line").count() == 1
