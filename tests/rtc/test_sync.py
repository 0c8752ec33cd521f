"""Signals between the two sides and the talk clock, over HTTP."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.redis import client
from app.rtc import services
from app.rtc.services.switchboard import MEDIA_WINDOW_MS
from tests.rtc.stage import Caller, open_room, signal


def kinds(answer):
    return [one["kind"] for one in answer["signals"]]


def test_signals_reach_the_other_side_once_and_in_order(student, recruiter):
    recruiter.sync(signal("offer", epoch=1, sdp="v=0"), signal("ice", epoch=1, candidate={}))
    recruiter.sync(signal("ice", epoch=1, candidate={"candidate": "x"}))
    answer = student.sync()
    assert kinds(answer) == ["offer", "ice", "ice"]
    assert answer["signals"][0]["body"] == {"epoch": 1, "sdp": "v=0"}
    assert [one["seq"] for one in answer["signals"]] == sorted(
        {one["seq"] for one in answer["signals"]}
    )
    assert student.sync()["signals"] == []
    assert recruiter.sync()["signals"] == [], "nobody hears himself"


def test_a_lost_answer_is_handed_out_again(student, recruiter):
    recruiter.sync(signal("offer", epoch=1))
    assert kinds(student.post().get_json()) == ["offer"]
    assert kinds(student.sync()) == ["offer"]
    assert kinds(student.sync()) == []


def test_what_was_sent_before_the_other_side_came_waits(student, recruiter):
    recruiter.sync(*(signal("ice", epoch=1, number=number) for number in range(50)))
    recruiter.sync(*(signal("ice", epoch=1, number=number) for number in range(50, 70)))
    first, second = student.sync(), student.sync()
    numbers = [one["body"]["number"] for one in first["signals"] + second["signals"]]
    assert numbers == list(range(70))


def test_mailbox_is_bounded_and_keeps_the_newest(student, recruiter):
    for start in range(0, 300, 50):
        recruiter.sync(*(signal("ice", number=start + step) for step in range(50)))
    numbers = []
    while batch := student.sync()["signals"]:
        numbers += [one["body"]["number"] for one in batch]
    assert numbers == list(range(100, 300))


def test_peer_is_told_at_once(student, recruiter, app):
    pubsub = client(app).pubsub()
    pubsub.subscribe(f"rt:account:{student.account_id}")
    assert pubsub.get_message(timeout=2)["type"] == "subscribe"
    recruiter.sync(signal("offer", epoch=1))
    event = json.loads(pubsub.get_message(timeout=2)["data"])
    assert event == {"kind": "rtc.signal", "payload": {"room": recruiter.room.name}}
    recruiter.sync()
    assert pubsub.get_message(timeout=0.2) is None, "an empty sync is no news"
    pubsub.close()


def test_other_side_is_seen(student, recruiter):
    assert recruiter.sync()["peer_seen_at"] is None
    student.sync()
    assert recruiter.sync()["peer_seen_at"] is not None


@pytest.mark.spec("E13")
def test_newest_page_of_a_side_takes_the_seat(app, room, student, recruiter):
    student.sync()
    recruiter.sync(signal("offer", epoch=1))
    other_tab = Caller(app, room, room.student_account_id, "page-in-another-tab")
    assert kinds(other_tab.sync()) == ["offer"]
    assert student.refused() == (409, "room-taken-over")
    other_tab.sync()


def test_credential_of_another_room_or_person_is_refused(student, recruiter):
    elsewhere = open_room("interview:44")
    foreign = services.issue(elsewhere, elsewhere.student_account_id)["sync_token"]
    assert student.refused(token=foreign) == (403, "room-credential-expired")
    assert student.refused(token="forged") == (403, "room-credential-expired")
    assert student.refused(token=recruiter.token) == (403, "not-in-room")
    student.bearer = "nonsense"
    assert student.refused() == (401, "token-invalid")


@pytest.mark.parametrize(
    "wrong",
    [
        {"after": -1},
        {"after": "1"},
        {"client": "short"},
        {"client": "有中文的页面名称"},
        {"signals": [{"kind": "hack", "body": {}}]},
        {"signals": [{"kind": "ice", "body": []}]},
        {"signals": [{"kind": "ice", "body": {}}] * 51},
        {"signals": [{"kind": "offer", "body": {"sdp": "x" * 70_000}}]},
        {"media": {}},
        {"media": None},
    ],
)
def test_malformed_sync_is_refused_with_a_place(student, wrong):
    response = student.post(**wrong)
    assert response.status_code == 422
    assert response.get_json()["errors"][0]["pointer"].startswith("#/")


def test_closed_room_says_so_to_both(student, recruiter, room):
    recruiter.sync(signal("offer", epoch=1))
    services.close_room(room)
    answer = student.sync()
    assert (answer["open"], answer["signals"]) == (False, [])
    assert recruiter.sync()["open"] is False


def test_room_closed_while_redis_was_away_is_noticed(app, student, recruiter, room, later):
    student.sync()
    closed = services.get_room(room.name)
    closed.close()  # the row only: Redis never heard of it
    later(16)
    assert student.sync()["open"] is False
    assert recruiter.sync()["open"] is False


def talk(student, recruiter, later, seconds, step=1.0):
    """Both have media for so many seconds."""
    for _ in range(int(seconds / step)):
        student.sync(flowing=True)
        recruiter.sync(flowing=True)
        later(step)
    student.sync(flowing=True)
    return recruiter.sync(flowing=True)["talk_seconds"]


@pytest.mark.spec("E10")
def test_clock_runs_while_both_have_media(student, recruiter, later, room):
    assert talk(student, recruiter, later, 20) == 20
    assert talk(student, recruiter, later, 30, step=3) == 50
    assert services.talk_seconds(room) == 50


def test_clock_stands_while_only_one_side_has_media(student, recruiter, later):
    for _ in range(10):
        student.sync(flowing=True)
        recruiter.sync(flowing=False)
        later(1)
    assert recruiter.sync()["talk_seconds"] == 0


def test_clock_stops_at_once_when_a_side_loses_its_media(student, recruiter, later):
    assert talk(student, recruiter, later, 10) == 10
    student.sync(flowing=False)
    later(2)
    assert recruiter.sync(flowing=True)["talk_seconds"] == 10


def test_killed_page_adds_at_most_its_window(student, recruiter, later):
    assert talk(student, recruiter, later, 10) == 10
    for _ in range(30):
        later(1)
        seconds = recruiter.sync(flowing=True)["talk_seconds"]
    assert 10 <= seconds <= 10 + MEDIA_WINDOW_MS / 1000


def test_clock_goes_on_after_a_gap(student, recruiter, later):
    assert talk(student, recruiter, later, 10) == 10
    later(60)
    student.sync()
    recruiter.sync()
    assert talk(student, recruiter, later, 10) in range(20, 21 + MEDIA_WINDOW_MS // 1000)


def test_clock_is_written_down_on_the_way_and_at_the_end(student, recruiter, later, room):
    talk(student, recruiter, later, 40)
    on_the_way = services.get_room(room.name).talk_ms
    assert 20_000 <= on_the_way <= 40_000
    services.close_room(room)
    closed = services.get_room(room.name)
    assert 40_000 <= closed.talk_ms <= 41_000
    assert services.talk_seconds(closed) == 40


def test_clock_survives_redis_losing_its_memory(app, student, recruiter, later, room):
    talk(student, recruiter, later, 40)
    written = services.get_room(room.name).talk_ms
    client(app).flushdb()
    assert student.sync()["talk_seconds"] == written // 1000
    answer = recruiter.sync(signal("offer", epoch=2))
    assert answer["open"]
    assert kinds(student.sync()) == ["offer"], "signals go on above what was read before"


def test_simultaneous_syncs_lose_and_double_nothing(app, room):
    sender = Caller(app, room, room.recruiter_account_id)
    reader = Caller(app, room, room.student_account_id)

    def send(number):
        with app.app_context():
            assert sender.post(signal("ice", number=number)).status_code == 200

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(40)))
    numbers = [one["body"]["number"] for one in reader.sync()["signals"]]
    assert sorted(numbers) == list(range(40))
