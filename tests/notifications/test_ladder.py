"""Which channel takes a notification, over real HTTP against WeChat's sandbox."""

from datetime import timedelta

import pytest

from app.core import clock
from app.notifications import jobs
from app.notifications.jobs.ladder import BACKOFF_SECONDS
from app.notifications.models import (
    CreditEvent,
    DeliveryAttempt,
    Status,
    SubscriptionCredit,
)
from app.notifications.services import sweep
from scripts.stack.templates import sandbox_templates
from tests.notifications.conftest import PAGE, Cast, Kind, Mailroom, settings_of, state, traces

SUBSCRIBE_PATH = "/cgi-bin/message/subscribe/send"


@pytest.mark.spec("E11", "M01")
def test_subscribe_message_leads_back_to_the_queue(cast: Cast) -> None:
    person = cast.person()
    cast.agree(person, kind=Kind.INTERVIEW_NUDGE)
    told = cast.tell(person, Kind.INTERVIEW_NUDGE)
    jobs.deliver(told)
    (message,) = cast.received(person)
    assert message["channel"] == "subscribe"
    assert message["page"] == PAGE
    assert message["fields"]["thing1"] == "远航科技有限公司"
    assert cast.sandbox.tap(message)["page"] == PAGE
    assert state(told).status == Status.SENT
    assert state(told).channel == "subscribe"
    assert state(told).message_id == message["id"]
    assert cast.credit(person, Kind.INTERVIEW_NUDGE) == 0


def test_without_a_credit_the_service_account_sends(cast: Cast) -> None:
    person = cast.person(follows=True)
    told = cast.tell(person)
    jobs.deliver(told)
    assert cast.sandbox.calls(SUBSCRIBE_PATH) == 0
    assert [one["channel"] for one in cast.received(person)] == ["template"]
    assert traces(told) == [("service", "sent", "")]


def test_43101_spends_no_retry_and_moves_on(cast: Cast) -> None:
    person = cast.person(follows=True, credits=2)
    cast.sandbox.switch_off(person.user, cast.sandbox.template_id(Kind.INTERVIEW_ACCEPTED))
    told = cast.tell(person)
    jobs.deliver(told)
    assert traces(told) == [("subscribe", "refused", "43101"), ("service", "sent", "")]
    assert state(told).attempts == 0
    assert cast.credit(person) == 0
    (event,) = CreditEvent.select()
    assert (event.source, event.change) == (CreditEvent.Source.REFUSED, -2)


@pytest.mark.spec("M03")
def test_who_unfollowed_gets_mail(cast: Cast, post: Mailroom) -> None:
    person = cast.person(follows=True, email="lin@example.com")
    cast.sandbox.unfollow(person.user)
    told = cast.tell(person)
    jobs.deliver(told)
    assert traces(told) == [("service", "refused", "43004"), ("mail", "sent", "")]
    (letter,) = post.letters
    assert letter["To"] == "lin@example.com"
    assert letter["Subject"] == "【双选会】面试申请已通过"
    text = letter.get_content()
    assert "远航科技有限公司 已通过你的面试申请（后端工程师）" in text
    assert f"/m/{PAGE}" in text


def test_whom_nothing_reaches_has_it_in_the_inbox(cast: Cast, login) -> None:
    person = cast.person(email="lin@example.com")  # an address, but no mail server is set
    told = cast.tell(person)
    jobs.deliver(told)
    assert state(told).status == Status.EXHAUSTED
    assert traces(told) == []
    assert [one["id"] for one in login(person.account).get("/api/notifications").json["items"]] == [
        told
    ]


@pytest.mark.parametrize("fault", [{"errcode": -1}, {"drop": True}, {"http_status": 502}])
def test_a_busy_wechat_is_asked_again_with_back_off(cast: Cast, travel, fault: dict) -> None:
    person = cast.person(credits=1)
    cast.sandbox.fault(SUBSCRIBE_PATH, times=2, **fault)
    told = cast.tell(person)
    began = clock.now()
    jobs.deliver(told)
    assert state(told).status == Status.FAILED
    pause = (state(told).next_attempt_at - began).total_seconds()
    assert BACKOFF_SECONDS[0] <= pause < BACKOFF_SECONDS[0] + 5
    assert sweep() == 0, "not before its time"
    for wait in BACKOFF_SECONDS[:2]:
        travel(timedelta(seconds=wait + 1))
        assert sweep() == 1
        jobs.deliver(told)
    assert state(told).status == Status.SENT
    assert [outcome for _, outcome, _ in traces(told)] == ["failed", "failed", "sent"]
    assert len(cast.received(person)) == 1
    assert cast.credit(person) == 0, "only the message that went out was paid for"


def test_after_the_last_back_off_the_next_channel_sends(cast: Cast, travel) -> None:
    person = cast.person(credits=1, follows=True)
    cast.sandbox.fault(SUBSCRIBE_PATH, times=99, errcode=-1)
    told = cast.tell(person)
    jobs.deliver(told)
    for pause in BACKOFF_SECONDS:
        travel(timedelta(seconds=pause + 1))
        sweep()
        jobs.deliver(told)
    assert cast.sandbox.calls(SUBSCRIBE_PATH) == len(BACKOFF_SECONDS) + 1
    assert state(told).status == Status.SENT
    assert state(told).channel == "service"
    assert state(told).tried == ["subscribe"]
    assert cast.credit(person) == 1


def test_mail_that_the_server_postpones_is_tried_again(cast: Cast, post: Mailroom, travel) -> None:
    person = cast.person(email="lin@example.com")
    post.is_busy = True
    told = cast.tell(person)
    jobs.deliver(told)
    assert state(told).status == Status.FAILED
    post.is_busy = False
    travel(timedelta(seconds=BACKOFF_SECONDS[0] + 1))
    sweep()
    jobs.deliver(told)
    assert len(post.letters) == 1


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"id": "x" * 43, "fields": {"thing1": "employer"}}, "40037"),
        ({"id": None, "fields": {"thing1": "employer", "thing9": "position"}}, "47003"),
        ({"id": None, "fields": {"amount1": "employer"}}, ""),
    ],
)
def test_wrong_settings_move_on_and_staff_can_see_it(cast: Cast, broken: dict, code: str) -> None:
    person = cast.person(follows=True)
    settings = sandbox_templates()
    template_id = broken["id"] or settings["interview_accepted"]["subscribe"]["id"]
    settings["interview_accepted"]["subscribe"] = broken | {"id": template_id}
    SubscriptionCredit.create(account=person.account, template_id=template_id, remaining=1)
    with settings_of(cast.app, wechat_templates=settings):
        told = cast.tell(person)
        jobs.deliver(told)
    assert traces(told) == [("subscribe", "misconfigured", code), ("service", "sent", "")]
    attempt = DeliveryAttempt.get(DeliveryAttempt.outcome == "misconfigured")
    assert attempt.detail


@pytest.mark.spec("G02")
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_fits_wechats_fields(cast: Cast, kind: Kind) -> None:
    person = cast.person(follows=True)
    cast.agree(person, kind=kind)
    long = "一个名字特别特别长的有限责任公司杭州第一研发分公司（筹）\n第二行"
    told = cast.tell(
        person,
        kind,
        employer=long,
        position="",
        fair=long,
        text=long,
        student="欧阳娜娜娜娜娜娜娜娜娜娜",
        answer="同意",
        verdict="合适",
        message=long,
    )
    jobs.deliver(told)
    assert traces(told) == [("subscribe", "sent", "")]
    (message,) = cast.received(person)
    assert all(message["fields"].values())
