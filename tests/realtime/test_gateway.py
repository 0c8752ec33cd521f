"""What a page may say to the gateway and what it hears."""

import json
import time

import pytest
from itsdangerous import URLSafeTimedSerializer
from simple_websocket import ConnectionClosed

from app.realtime.crowd import READINGS_PER_SECOND, Crowd
from tests.realtime.stage import Page, token_of, wait_until


def publish(redis, channel, kind, **payload):
    redis.publish(f"rt:{channel}", json.dumps({"kind": kind, "payload": payload}))


def test_welcome_names_lease_and_ping(gateway):
    page = gateway.page(1)
    welcome = page.hear()
    assert (welcome["lease_seconds"], welcome["ping_seconds"]) == (45, 15)
    assert welcome["catch_up_seconds"] == 0
    page.close()


def test_a_crowd_reads_in_turns_and_who_comes_alone_at_once():
    moment = [100.0]
    crowd = Crowd(lambda: moment[0])
    turns = [crowd.turn() for _ in range(6000)]
    assert turns[0] == 0 and turns == sorted(turns)
    assert turns[-1] == pytest.approx(6000 / READINGS_PER_SECOND, rel=0.01)
    moment[0] += turns[-1] / 2
    assert crowd.turn() == pytest.approx(turns[-1] / 2, rel=0.01)  # who comes later goes behind
    moment[0] += turns[-1]
    assert crowd.turn() == 0


def test_event_reaches_every_page_of_the_account_and_nobody_else(gateway, redis):
    phone, desk, stranger = (gateway.page(account).welcomed() for account in (11, 11, 12))
    publish(redis, "account:11", "notification.new", id=7, text="面试结果")
    for page in (phone, desk):
        assert page.hear_kind("notification.new") == {"id": 7, "text": "面试结果"}
    assert stranger.is_quiet()
    for page in (phone, desk, stranger):
        page.close()


def test_event_for_several_accounts_is_published_once(gateway, redis):
    first, second, stranger = (gateway.page(account).welcomed() for account in (31, 32, 3))
    publish(redis, "account:31,32,99", "interview.changed", interview_id=4)
    for page in (first, second):
        assert page.hear_kind("interview.changed") == {"interview_id": 4}
    assert stranger.is_quiet()
    for page in (first, second, stranger):
        page.close()


def test_topic_is_heard_from_hello_until_it_is_given_up(gateway, redis):
    page = gateway.page(21, "booth:5").welcomed()
    publish(redis, "topic:booth:5", "queue.changed", booth_id=5)
    assert page.hear_kind("queue.changed") == {"booth_id": 5}
    page.say(t="topics", topics=["booth:6"])
    page.say(t="ping")
    assert page.hear()["t"] == "pong"
    publish(redis, "topic:booth:5", "queue.changed", booth_id=5)
    publish(redis, "topic:booth:6", "queue.changed", booth_id=6)
    assert page.hear_kind("queue.changed") == {"booth_id": 6}
    page.close()


def test_long_event_arrives_whole(gateway, redis):
    page = gateway.page(22).welcomed()
    for size in (200, 70_000):
        publish(redis, "account:22", "long", text="长" * size)
        assert page.hear_kind("long")["text"] == "长" * size
    page.close()


@pytest.mark.parametrize(
    "token",
    [
        "",
        "forged",
        token_of(1, secret="somebody-elses-secret"),
        URLSafeTimedSerializer("gateway-secret-0123456789abcdefghij", salt="other").dumps([1, []]),
    ],
    ids=["none", "forged", "of another secret", "of another kind"],
)
def test_page_without_a_genuine_token_is_sent_away(gateway, token):
    page = Page(gateway.port)
    page.say(t="hello", token=token, page="hall", topics=[])
    assert page.hear() == {"t": "bye", "reason": "token"}
    assert page.end() == 4401


@pytest.mark.parametrize(
    "first",
    [
        "not json",
        "[]",
        "[" * 9000,
        json.dumps({"t": "ping"}),
        json.dumps({"t": "hello"}),
        json.dumps({"t": "hello", "token": token_of(1), "topics": ["account:1"]}),
        json.dumps({"t": "hello", "token": token_of(1), "topics": ["booth:1"] * 21}),
        json.dumps({"t": "hello", "token": token_of(1), "topics": "booth:1"}),
    ],
)
def test_page_that_does_not_speak_the_protocol_is_sent_away(gateway, first):
    page = Page(gateway.port)
    page.ws.send(first)
    assert page.hear() == {"t": "bye", "reason": "protocol"}
    assert page.end() == 1008


def test_oversized_message_ends_the_connection(gateway):
    page = gateway.page(31).welcomed()
    page.ws.send("x" * 20_000)
    assert page.end() == 1009


def test_flood_of_messages_ends_the_connection(gateway):
    page = gateway.page(32).welcomed()
    try:
        for _ in range(500):
            page.say(t="ping")
    except (ConnectionClosed, OSError):
        pass  # the gateway hung up while we were still talking
    with pytest.raises(ConnectionClosed):
        while page.hear()["t"] == "pong":
            pass
        page.end()
        raise ConnectionClosed(1008)


def test_broken_frame_does_not_stay_registered(gateway):
    page = gateway.page(33).welcomed()
    before = gateway.metric("realtime_sockets")
    page.ws.sock.sendall(b"\xff\xff\xff\xff not a frame")
    wait_until(lambda: gateway.metric("realtime_sockets") == before - 1)


def test_ninth_page_of_an_account_replaces_the_oldest(gateway):
    pages = [gateway.page(41).welcomed() for _ in range(9)]
    assert pages[0].hear() == {"t": "bye", "reason": "replaced"}
    assert pages[0].end() == 4409
    assert all(page.is_quiet(0.1) for page in pages[1:])
    for page in pages[1:]:
        page.close()


@pytest.mark.spec("E07", "E13")
def test_presence_follows_the_page(gateway, redis):
    page = gateway.page(51).welcomed()
    wait_until(lambda: redis.exists("presence:51"))
    assert 40 <= redis.ttl("presence:51") <= 45
    page.say(t="away")
    wait_until(lambda: not redis.exists("presence:51"))
    page.say(t="ping")
    assert page.hear()["t"] == "pong"
    time.sleep(0.5)
    assert not redis.exists("presence:51"), "a hidden page cannot be rung"
    page.say(t="here")
    wait_until(lambda: redis.exists("presence:51"))
    page.close()


@pytest.mark.spec("E07")
def test_account_stays_present_while_another_page_is_visible(gateway, redis):
    hidden, visible = gateway.page(52).welcomed(), gateway.page(52).welcomed()
    wait_until(lambda: redis.exists("presence:52"))
    hidden.say(t="away")
    time.sleep(0.5)
    assert redis.exists("presence:52")
    visible.say(t="away")
    wait_until(lambda: not redis.exists("presence:52"))
    hidden.close()
    visible.close()


@pytest.mark.spec("E07")
def test_lost_connection_keeps_its_lease_until_it_lapses(gateway, redis):
    page = gateway.page(53).welcomed()
    wait_until(lambda: redis.exists("presence:53"))
    page.ws.sock.close()
    time.sleep(0.5)
    # A reload or a tunnel on the train must not make a waiting student vanish.
    assert 0 < redis.ttl("presence:53") <= 45


@pytest.mark.spec("E07")
def test_ping_holds_the_lease(gateway, redis):
    page = gateway.page(54).welcomed()
    wait_until(lambda: redis.exists("presence:54"))
    redis.expire("presence:54", 3)
    page.say(t="ping")
    wait_until(lambda: redis.ttl("presence:54") > 40)
    page.close()


def test_health_and_metrics(gateway):
    assert gateway.status("/healthz") == 200
    assert gateway.status("/readyz") == 200
    assert gateway.metric("realtime_published_total") >= 0


def test_plain_http_on_the_socket_address_is_refused(gateway):
    assert gateway.status("/ws") in (400, 404, 405)
