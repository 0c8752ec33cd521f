"""The ladder of a ring: page, subscribe message, service account, SMS."""

import json
from collections.abc import Callable

import pytest
from flask import Flask

from app.core.redis import client
from app.interviews.models import Interview, Status
from app.interviews.services import ringing
from app.interviews.services.reach import STEPS, climb_rings, see_ring
from app.notifications import jobs
from app.notifications.models import CreditEvent, DeliveryAttempt, Notification
from app.notifications.services import sweep
from tests.counting import queries
from tests.interviews.phones import NUMBER, RINGING, Rung, ring
from tests.notifications.conftest import (
    Processes,
    cast,
    processes,
    sandbox_sms,
    state,
    texting,
    traces,
    wait_until,
)
from tests.racing import at_once

__all__ = ["cast", "processes", "ring", "texting"]
SUBSCRIBE_PATH = "/cgi-bin/message/subscribe/send"


@pytest.mark.spec("E13", "E11")
def test_ring_climbs_until_somebody_sees_it(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1, follows=True, phone=NUMBER)
    assert rung.after(2.9) == [], "the page comes first"
    assert rung.after(3) == ["subscribe"]
    assert rung.after(7.9) == ["subscribe"]
    assert rung.after(8) == ["subscribe", "template"]
    assert rung.after(13.9) == ["subscribe", "template"]
    assert rung.after(14) == ["subscribe", "template", "sms"]
    assert rung.after(29) == ["subscribe", "template", "sms"], "each step is taken once"
    assert Notification.select().where(Notification.kind == RINGING).count() == 1
    assert state(rung.told.id).status == "sent"
    assert rung.cast.credit(rung.person, RINGING) == 0


@pytest.mark.spec("E13")
def test_missed_after_the_ladder_keeps_the_place(ring: Callable[..., Rung], login) -> None:
    rung = ring(phone=NUMBER)
    assert rung.after(14) == ["sms"]
    rung.wait_for(33)
    assert (climb_rings(), ringing.expire_rings()) == (0, 1)
    ticket = Interview.get_by_id(rung.ticket.id)
    assert (ticket.status, ticket.queued_at) == (Status.HELD, rung.ticket.queued_at)
    inbox = login(rung.person.account).get("/api/notifications").json
    assert "interview_ringing" not in [one["kind"] for one in inbox["items"]], "it is over"
    assert inbox["unread"] == len(inbox["items"])


@pytest.mark.spec("E13")
def test_a_page_that_shows_the_ring_ends_the_ladder(ring: Callable[..., Rung], login) -> None:
    rung = ring(credits=1, follows=True, phone=NUMBER)
    client = login(rung.person.account)
    seen = f"/api/interviews/{rung.ticket.id}/ring-seen"
    assert login(rung.stand.recruiter).post(seen).status_code == 403
    assert client.post(seen).status_code == 204
    first = Interview.get_by_id(rung.ticket.id).ring_seen_at
    assert client.post(seen).status_code == 204
    assert Interview.get_by_id(rung.ticket.id).ring_seen_at == first
    assert rung.after(20) == []
    assert client.post("/api/interviews/999999/ring-seen").status_code == 404


def test_a_page_that_shows_the_ring_late_ends_what_is_left(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1, follows=True, phone=NUMBER)
    assert rung.after(3) == ["subscribe"]
    see_ring(rung.ticket.id, rung.person.id)
    assert rung.after(20) == ["subscribe"]


@pytest.mark.parametrize("how", ["answer", "pass", "cancel"])
def test_a_ring_that_is_over_climbs_no_more(ring: Callable[..., Rung], how: str) -> None:
    rung = ring(credits=1, follows=True, phone=NUMBER)
    {
        "answer": lambda: ringing.answer_ring(rung.ticket.id, rung.person.id),
        "pass": lambda: ringing.pass_ring(rung.ticket.id, rung.person.id),
        "cancel": lambda: ringing.cancel_ring(rung.ticket.id, rung.stand.recruiter.id),
    }[how]()
    assert rung.after(20) == []


def test_the_next_ring_has_a_ladder_of_its_own(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=2)
    assert rung.after(3) == ["subscribe"]
    see_ring(rung.ticket.id, rung.person.id)
    ringing.cancel_ring(rung.ticket.id, rung.stand.recruiter.id)
    ringing.ring_next(rung.stand.booth.id, rung.stand.recruiter.id)
    assert rung.after(3) == ["subscribe", "subscribe"]


@pytest.mark.spec("E13", "M01")
def test_without_a_credit_the_service_account_comes_at_once(ring: Callable[..., Rung]) -> None:
    rung = ring(follows=True)
    assert rung.after(3) == ["template"]
    assert rung.after(8) == ["template"], "once is enough"


def test_a_refused_message_is_followed_at_once_and_the_ledger_knows(
    ring: Callable[..., Rung],
) -> None:
    rung = ring(credits=2, follows=True)
    sandbox = rung.cast.sandbox
    sandbox.switch_off(rung.person.user, sandbox.template_id(RINGING))
    assert rung.after(3) == ["template"]
    assert traces(rung.told.id) == [("subscribe", "refused", "43101"), ("service", "sent", "")]
    (event,) = CreditEvent.select()
    assert (event.source, event.change) == (CreditEvent.Source.REFUSED, -2)
    assert rung.cast.credit(rung.person, RINGING) == 0


@pytest.mark.parametrize("fault", [{"errcode": -1}, {"drop": True}, {"http_status": 502}])
def test_a_faulty_channel_is_not_waited_for(ring: Callable[..., Rung], fault: dict) -> None:
    rung = ring(credits=1, follows=True)
    rung.cast.sandbox.fault(SUBSCRIBE_PATH, times=9, **fault)
    assert rung.after(3) == ["template"]
    assert rung.cast.credit(rung.person, RINGING) == 1


def test_the_last_channel_is_tried_again_while_the_ring_lasts(ring: Callable[..., Rung]) -> None:
    rung = ring(phone=NUMBER)
    rung.cast.sandbox.fault("/", times=1, http_status=502)
    assert rung.after(14) == []
    rung.wait_for(16.5)
    assert sweep()
    jobs.rush()
    assert rung.heard() == ["sms"]
    assert [outcome for _, outcome, _ in traces(rung.told.id)] == ["failed", "sent"]


def test_nothing_is_sent_after_the_ring(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1, phone=NUMBER)
    rung.wait_for(3)
    climb_rings()
    rung.wait_for(31)
    sweep()
    jobs.rush()
    assert rung.heard() == []
    assert state(rung.told.id).status == "exhausted"


@pytest.mark.serial
def test_a_hanging_message_does_not_hold_up_the_next_step(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1, follows=True)
    rung.cast.sandbox.fault(SUBSCRIBE_PATH, hang_seconds=3)
    rung.wait_for(3)
    climb_rings()

    def next_step() -> None:
        wait_until(lambda: state(rung.told.id).status == "sending", 5)
        rung.wait_for(8)
        climb_rings()

    at_once(rung.cast.app, jobs.rush, next_step)
    first, second = (one["channel"] for one in rung.cast.received(rung.person))
    assert (first, second) == ("template", "subscribe"), "the service account did not wait"
    assert rung.cast.credit(rung.person, RINGING) == 0, "what did arrive late is paid for"
    assert state(rung.told.id).channel == "service"


@pytest.mark.serial
@pytest.mark.spec("E13")
def test_two_clocks_take_each_step_once(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=9, follows=True, phone=NUMBER)
    app: Flask = rung.cast.app
    for seconds in (3, 8, 14):
        rung.wait_for(seconds)
        climbed = at_once(app, climb_rings, climb_rings, climb_rings)
        assert sorted(climbed) == [0, 0, 1]
        at_once(app, jobs.rush, jobs.rush)
    assert rung.heard() == ["subscribe", "template", "sms"]
    assert rung.cast.credit(rung.person, RINGING) == 8


def test_a_clock_that_comes_late_makes_up_for_it(ring: Callable[..., Rung]) -> None:
    rung = ring(phone=NUMBER)
    assert rung.after(15) == ["sms"]
    assert climb_rings() == 0


def test_climbing_reads_ringing_tickets_only(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1)
    with queries() as asked:
        assert climb_rings() == 0
    assert len(asked) == 1
    rung.wait_for(3)
    with queries() as asked:
        assert climb_rings() == 1
    assert len(asked) <= 5, str(asked)


@pytest.mark.serial
@pytest.mark.spec("E13")
def test_each_step_is_out_within_a_second_of_its_time(
    ring: Callable[..., Rung], processes: Processes
) -> None:
    settings = sandbox_sms(processes.environment["WECHAT_API_ROOT"])
    processes.environment |= {
        "SMS_PROVIDER": settings.provider,
        "SMS_ROOT": settings.root,
        "SMS_SECRET_ID": settings.secret_id,
        "SMS_SECRET_KEY": settings.secret_key,
        "SMS_APP_ID": settings.app_id,
        "SMS_SIGN_NAME": settings.sign_name,
        "SMS_TEMPLATES": json.dumps(settings.templates),
    }
    for module in (("app.schedule",), ("app.schedule",), ("app.worker", "urgent")):
        processes.start(*module)
    wait_until(lambda: bool(client().exists("schedule:leader")))
    wait_until(lambda: bool(client().smembers("rq:workers")))
    rung = ring(credits=1, follows=True, phone=NUMBER)
    wait_until(lambda: len(rung.heard()) == len(STEPS))
    attempts = DeliveryAttempt.select().where(DeliveryAttempt.notification == rung.told.id)
    began = Interview.get_by_id(rung.ticket.id).rung_at
    took = [(one.at - began).total_seconds() for one in attempts.order_by(DeliveryAttempt.id)]
    for (due, _), seconds in zip(STEPS, took, strict=True):
        assert due <= seconds < due + 1.5, f"{took}; the clock looks once a second"
    assert rung.heard() == ["subscribe", "template", "sms"]
