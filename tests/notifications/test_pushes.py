"""What WeChat's message push does to the ledger, over real HTTP in both directions."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.models import WeChatIdentity
from app.core import clock
from app.notifications import jobs
from app.notifications.models import CreditEvent, Status, SubscriptionCredit
from tests.notifications.conftest import Cast, Kind, state, traces
from tests.sandbox import SandboxControl

PUSH = "/api/wechat/push"
MODES = [(mode, form) for mode in ("plain", "secure") for form in ("json", "xml")]


def popup(cast: Cast, person, *kinds: Kind, status: str = "accept", at: int = 0) -> dict:
    """The event of one popup."""
    rows = [
        {
            "TemplateId": cast.sandbox.template_id(kind),
            "SubscribeStatusString": status,
            "PopupScene": "0",
        }
        for kind in kinds
    ]
    return {
        "ToUserName": "gh_5d0f1a2b3c4d",
        "FromUserName": person.user.openid,
        "CreateTime": str(int(clock.now().timestamp()) + at),
        "MsgType": "event",
        "Event": "subscribe_msg_popup_event",
        "List": rows[0] if len(rows) == 1 else rows,
    }


def deliver_letter(client: FlaskClient, cast: Cast, message: dict, **how) -> int:
    body, query = cast.sandbox.letter(cast.sandbox.mini_appid, message, **how)
    return client.post(PUSH, data=body, query_string=query).status_code


@pytest.mark.spec("M01")
@pytest.mark.parametrize(("mode", "form"), MODES)
def test_an_accepted_popup_is_one_credit(cast: Cast, web: str, mode: str, form: str) -> None:
    person = cast.person()
    cast.sandbox.push_to(f"{web}{PUSH}", mode=mode, mini_format=form)
    template = cast.sandbox.template_id(Kind.INTERVIEW_ACCEPTED)
    other = cast.sandbox.template_id(Kind.INTERVIEW_RESULT)
    cast.sandbox.accept(person.user, template, other)
    assert {one["state"] for one in cast.sandbox.pushes()} == {"delivered"}
    assert cast.credit(person) == 1
    assert cast.credit(person, Kind.INTERVIEW_RESULT) == 1
    told = cast.tell(person)
    jobs.deliver(told)
    assert state(told).channel == "subscribe"


@pytest.mark.parametrize("mode", ["plain", "secure"])
def test_a_repeated_push_counts_once(cast: Cast, anybody: FlaskClient, mode: str) -> None:
    person = cast.person()
    cast.sandbox.push_to("http://127.0.0.1:9/unused", mode=mode)
    message = popup(cast, person, Kind.INTERVIEW_ACCEPTED)
    body, query = cast.sandbox.letter(cast.sandbox.mini_appid, message)
    for _ in range(2):  # the very same letter
        answer = anybody.post(PUSH, data=body, query_string=query)
        assert (answer.status_code, answer.text) == (200, "success")
    assert deliver_letter(anybody, cast, message) == 200  # signed anew, the same event
    assert cast.credit(person) == 1
    later = popup(cast, person, Kind.INTERVIEW_ACCEPTED, at=1)
    assert deliver_letter(anybody, cast, later) == 200
    assert cast.credit(person) == 2
    assert CreditEvent.select().count() == 2


def test_a_repeated_push_counts_once_without_redis(
    cast: Cast, anybody: FlaskClient, valkey
) -> None:
    person = cast.person()
    cast.sandbox.push_to("http://127.0.0.1:9/unused", mode="secure")
    message = popup(cast, person, Kind.INTERVIEW_ACCEPTED)
    valkey.kill()
    try:
        assert deliver_letter(anybody, cast, message) == 200
        assert deliver_letter(anybody, cast, message) == 200
    finally:
        valkey.start()
    assert cast.credit(person) == 1


def test_refusing_a_popup_takes_nothing_away(cast: Cast, anybody: FlaskClient) -> None:
    person = cast.person(credits=1)
    cast.sandbox.push_to("http://127.0.0.1:9/unused")
    refusal = popup(cast, person, Kind.INTERVIEW_ACCEPTED, status="reject")
    assert deliver_letter(anybody, cast, refusal) == 200
    assert cast.credit(person) == 1


def test_switching_a_template_off_empties_its_credit(cast: Cast, web: str) -> None:
    person = cast.person(credits=3)
    cast.sandbox.push_to(f"{web}{PUSH}")
    cast.sandbox.switch_off(person.user, cast.sandbox.template_id(Kind.INTERVIEW_ACCEPTED))
    assert {one["state"] for one in cast.sandbox.pushes()} == {"delivered"}
    assert cast.credit(person) == 0
    (event,) = CreditEvent.select()
    assert (event.change, str(event.source)) == (-3, "switched_off")


@pytest.mark.parametrize(
    "forgery",
    [{"tamper": "signature"}, {"tamper": "body"}, {"at": "old"}],
)
def test_a_forged_push_changes_nothing(cast: Cast, anybody: FlaskClient, forgery: dict) -> None:
    person = cast.person()
    cast.sandbox.push_to("http://127.0.0.1:9/unused", mode="secure")
    message = popup(cast, person, Kind.INTERVIEW_ACCEPTED)
    body, query = cast.sandbox.letter(cast.sandbox.mini_appid, message)
    if forgery.get("tamper") == "signature":
        query["msg_signature"] = "0" * 40
    if forgery.get("tamper") == "body":
        body = body.replace(b'"Encrypt": "', b'"Encrypt": "AAAA').replace(
            b'"Encrypt":"', b'"Encrypt":"AAAA'
        )
    if forgery.get("at"):
        clock.travel(timedelta(minutes=11))
    answer = anybody.post(PUSH, data=body, query_string=query)
    assert answer.status_code == 403
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "/problems/push-refused"
    assert SubscriptionCredit.select().count() == 0


def test_garbage_is_refused_and_a_strange_event_is_not(cast: Cast, anybody: FlaskClient) -> None:
    assert anybody.post(PUSH, data=b"\xff{").status_code == 403
    assert anybody.get(PUSH).status_code == 403
    cast.sandbox.push_to("http://127.0.0.1:9/unused")
    person = cast.person()
    strange = popup(cast, person, Kind.INTERVIEW_ACCEPTED) | {"Event": "debug_demo"}
    assert deliver_letter(anybody, cast, strange) == 200
    unknown = popup(cast, person, Kind.INTERVIEW_ACCEPTED) | {"FromUserName": "o" + "x" * 27}
    assert deliver_letter(anybody, cast, unknown) == 200
    assert SubscriptionCredit.select().count() == 0


def test_wechat_can_verify_our_address(cast: Cast, anybody: FlaskClient) -> None:
    cast.sandbox.push_to("http://127.0.0.1:9/unused", mode="plain")
    message = popup(cast, cast.person(), Kind.INTERVIEW_ACCEPTED)
    _, query = cast.sandbox.letter(cast.sandbox.mini_appid, message)
    answer = anybody.get(PUSH, query_string=query | {"echostr": "5837397"})
    assert (answer.status_code, answer.text) == (200, "5837397")
    assert answer.content_type.startswith("text/plain")


def test_a_message_that_did_not_arrive_goes_down_the_ladder(cast: Cast) -> None:
    person = cast.person(credits=1, follows=True)
    told = cast.tell(person)
    jobs.deliver(told)
    assert state(told).channel == "subscribe"
    jobs.bounce(state(told).message_id, "43101", "failed: user refused")
    assert state(told).status == Status.PENDING
    jobs.deliver(told)
    assert state(told).channel == "service"
    assert traces(told) == [
        ("subscribe", "sent", ""),
        ("subscribe", "bounced", "43101"),
        ("service", "sent", ""),
    ]


def test_a_failed_delivery_event_is_taken_up_later(cast: Cast, anybody: FlaskClient) -> None:
    person = cast.person(credits=1)
    told = cast.tell(person)
    jobs.deliver(told)
    cast.sandbox.push_to("http://127.0.0.1:9/unused")
    row = {
        "TemplateId": cast.sandbox.template_id(Kind.INTERVIEW_ACCEPTED),
        "MsgID": state(told).message_id,
        "ErrorCode": "0",
        "ErrorStatus": "success",
    }
    event = popup(cast, person, Kind.INTERVIEW_ACCEPTED) | {"Event": "subscribe_msg_sent_event"}
    scheduled = cast.app.extensions["queues"]["notify"].scheduled_job_registry
    assert deliver_letter(anybody, cast, event | {"List": row}) == 200
    assert scheduled.count == 0
    failed = row | {"ErrorCode": "13", "ErrorStatus": "system failed"}
    assert deliver_letter(anybody, cast, event | {"List": failed}) == 200
    assert scheduled.count == 1


@pytest.mark.spec("M01")
def test_a_follower_who_logged_in_before_is_recognised(
    cast: Cast, anybody: FlaskClient, wechat_sandbox: SandboxControl
) -> None:
    person, stranger = cast.person(), wechat_sandbox.create_user("路人")
    wechat_sandbox.follow(person.user)
    wechat_sandbox.follow(stranger)
    for openid in (person.user.service_openid, stranger.service_openid):
        jobs.learn_follower(openid)
        jobs.learn_follower(openid)
    known = WeChatIdentity.select().where(WeChatIdentity.appid == wechat_sandbox.service_appid)
    assert [(one.account_id, one.openid) for one in known] == [
        (person.id, person.user.service_openid)
    ]
    told = cast.tell(person)
    jobs.deliver(told)
    assert state(told).channel == "service"


def test_following_queues_the_question_whose_openid_it_is(cast: Cast, web: str) -> None:
    person = cast.person()
    cast.sandbox.push_to(f"{web}{PUSH}")
    cast.sandbox.follow(person.user)
    assert {one["state"] for one in cast.sandbox.pushes()} == {"delivered"}
    (job,) = cast.app.extensions["queues"]["default"].jobs
    assert list(job.args) == [person.user.service_openid]


def test_a_clients_word_about_a_popup_is_only_a_hint(cast: Cast, login) -> None:
    person = cast.person()
    template = cast.sandbox.template_id(Kind.INTERVIEW_NUDGE)
    answer = login(person.account).post(
        "/api/subscriptions", json={"results": {template: "accept", "x" * 43: "accept"}}
    )
    assert answer.status_code == 204
    (row,) = SubscriptionCredit.select()
    assert (row.template_id, row.remaining, row.hint) == (template, 0, "accept")
    bad = login(person.account).post("/api/subscriptions", json={"results": {template: "maybe"}})
    assert bad.status_code == 422


@pytest.mark.spec("M03")
def test_who_leaves_the_service_account_and_comes_back_is_known(cast: Cast, web: str) -> None:
    cast.sandbox.push_to(f"{web}{PUSH}")
    person = cast.person(follows=True)
    service = WeChatIdentity.appid == cast.sandbox.service_appid
    cast.sandbox.unfollow(person.user)
    cast.sandbox.pushes()
    assert WeChatIdentity.get(service).is_following is False
    told = cast.tell(person)
    jobs.deliver(told)
    assert cast.sandbox.calls("/cgi-bin/message/template/send") == 0, "nobody would get it"
    cast.sandbox.follow(person.user)
    cast.sandbox.pushes()
    jobs.learn_follower(person.user.service_openid)
    assert WeChatIdentity.get(service).is_following is True
    again = cast.tell(person)
    jobs.deliver(again)
    assert state(again).channel == "service"
