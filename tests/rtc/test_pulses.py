"""Calls whose media flows sync together, by somebody who has no database."""

import pytest
from redis import Redis

from app.core.database import db
from app.core.redis import client
from app.rtc import services
from app.rtc.errors import (
    NotInRoom,
    RoomCredentialExpired,
    RoomTakenOver,
    RowNeeded,
    SignalsUnavailable,
)
from app.rtc.models import Room
from tests.counting import queries
from tests.rtc.stage import Caller, open_room, signal


def pulse(caller, *, flowing=True, **changes):
    report = services.SyncReport(
        token=changes.get("token", caller.token),
        client=changes.get("client", caller.name),
        after=changes.get("after", caller.after),
        signals=[],
        flowing=flowing,
    )
    account_id = changes.get("account_id", caller.account_id)
    return services.Pulse(changes.get("room", caller.room.name), account_id, report)


def beat(*callers, flowing=True):
    """One round of pulses that have to be answered."""
    answers = services.take_pulses([pulse(caller, flowing=flowing) for caller in callers])
    assert all(isinstance(answer, dict) for answer in answers), answers
    for caller, answer in zip(callers, answers, strict=True):
        caller.after = answer["after"]
    return answers


def refusal(caller, **changes):
    (answer,) = services.take_pulses([pulse(caller, **changes)])
    return type(answer)


def test_answer_is_that_of_the_sync_over_http(student, recruiter, later):
    student.sync()
    recruiter.sync()
    recruiter.sync(signal("mute", audio=True))
    (answer,) = services.take_pulses([pulse(student, flowing=False)])
    over_http = student.post().get_json()
    as_sent = {
        **answer,
        "signals": list(answer["signals"]),
        "peer_seen_at": answer["peer_seen_at"].isoformat(),
        "server_now": answer["server_now"].isoformat(),
    }
    assert as_sent == over_http
    assert [one["kind"] for one in as_sent["signals"]] == ["mute"]


@pytest.mark.spec("E10")
def test_clock_runs_by_pulses_alone(student, recruiter, later, room):
    student.sync()
    recruiter.sync()
    for _ in range(5):
        beat(student, recruiter)
        later(4)
    assert beat(student, recruiter)[0]["talk_seconds"] == 20
    assert beat(student, flowing=False)[0]["talk_seconds"] == 20
    later(10)
    assert beat(recruiter)[0]["talk_seconds"] == 20, "one side alone is no talk"
    assert services.talk_seconds(room) == 20


def test_foreign_forged_and_worn_out_seats_are_refused_and_the_others_answered(
    student, recruiter, later
):
    student.sync()
    recruiter.sync()
    asked = [
        pulse(student, token="forged"),
        pulse(student, token=recruiter.token),
        pulse(student, account_id=recruiter.account_id),
        pulse(student, room=open_room("interview:44").name),
        pulse(recruiter),
    ]
    *refused, answer = services.take_pulses(asked)
    assert [type(one) for one in refused] == [
        RoomCredentialExpired, NotInRoom, NotInRoom, RoomCredentialExpired,
    ]  # fmt: skip
    assert answer["open"] is True
    later(601)
    assert refusal(student) is RoomCredentialExpired


@pytest.mark.spec("E13")
def test_page_whose_seat_was_taken_is_refused(app, room, student):
    student.sync()
    other_tab = Caller(app, room, room.student_account_id, "page-in-another-tab")
    other_tab.sync()
    assert refusal(student) is RoomTakenOver
    beat(other_tab)


def test_closed_room_says_so(student, recruiter, room):
    student.sync()
    services.close_room(room)
    (answer,) = services.take_pulses([pulse(student)])
    assert (answer["open"], answer["signals"]) == (False, [])


def test_room_that_redis_does_not_know_is_read_over_http(app, student, recruiter, later):
    student.sync()
    client(app).flushdb()
    assert refusal(student) is RowNeeded
    assert student.sync(flowing=True)["open"]
    beat(student)


def test_room_closed_while_redis_was_away_is_noticed(student, recruiter, room, later):
    student.sync()
    services.get_room(room.name).close()  # the row only: Redis never heard of it
    for _ in range(11):
        later(4)
        beat(student)
    later(4)
    assert refusal(student) is RowNeeded
    assert student.sync()["open"] is False


def test_away_redis_refuses_all(app, student, valkey):
    student.sync()
    away = Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2)
    here, app.extensions["redis"] = app.extensions["redis"], away
    scripts = app.extensions.pop("rtc_scripts")
    try:
        answers = services.take_pulses([pulse(student), pulse(student, token="forged")])
        assert [type(one) for one in answers] == [SignalsUnavailable, RoomCredentialExpired]
    finally:
        app.extensions |= {"redis": here, "rtc_scripts": scripts}


def test_many_pulses_are_few_commands_and_no_query(app, later):
    rooms = [open_room(f"interview:{number}") for number in range(30)]
    callers = [Caller(app, one, one.student_account_id) for one in rooms]
    for caller in callers:
        caller.sync()
    redis = client(app)
    before = redis.info("stats")
    with queries() as asked:
        beat(*callers)
    after = redis.info("stats")
    assert len(asked) == 0, asked
    assert after["total_reads_processed"] - before["total_reads_processed"] <= 4
    assert services.take_pulses([]) == []


def talked(app, count, later, seconds=16):
    """Rooms whose sides have talked for so long, and what their rows say of it."""
    rooms = [open_room(f"interview:{number}") for number in range(count)]
    pages = [
        Caller(app, room, account_id)
        for room in rooms
        for account_id in (room.student_account_id, room.recruiter_account_id)
    ]
    for page in pages:
        page.sync()
    for _ in range(seconds // 4):
        beat(*pages)
        later(4)
    beat(*pages)
    return rooms


def rows(rooms):
    chosen = Room.select().where(Room.id.in_([room.id for room in rooms])).order_by(Room.id)
    return [room.talk_ms for room in chosen]


@pytest.mark.spec("E10")
def test_clocks_are_written_down_in_few_statements(app, later):
    rooms = talked(app, 8, later)
    assert rows(rooms) == [0] * 8
    with queries() as asked:
        assert services.write_talk_down(rooms) == 8
    assert len(asked) == 2, asked
    assert rows(rooms) == [16_000] * 8
    again = list(Room.select().where(Room.id.in_([room.id for room in rooms])))
    assert services.write_talk_down(again) == 0, "nothing until 15 s more were talked"
    assert services.write_talk_down([]) == 0


def test_closed_row_keeps_its_last_word(app, later):
    closed, open_one = rooms = talked(app, 2, later)
    services.close_room(closed)
    later(4)
    assert services.write_talk_down(rooms) == 1
    assert rows(rooms) == [16_000, 20_000]
    assert services.get_room(open_one.name).is_open


def test_closed_row_that_redis_never_heard_of_stays_overdue(app, later):
    (room,) = talked(app, 1, later)
    services.get_room(room.name).close()
    later(16)

    def checkpoint():
        return client(app).hget(f"rtc:{{{room.name}}}", "checkpoint")

    before = checkpoint()
    assert services.write_talk_down([services.get_room(room.name)]) == 0
    assert checkpoint() == before, "so its pages are sent to HTTP, which finds it closed"


def test_clocks_chore_keeps_pulses_from_being_overdue(app, later):
    (room,) = rooms = talked(app, 1, later)
    student = Caller(app, room, room.student_account_id)
    student.sync()
    for _ in range(20):
        later(4)
        services.write_talk_down([services.get_room(one.name) for one in rooms])
        beat(student)


def test_no_transaction_stays_open(app, later):
    services.write_talk_down(talked(app, 1, later))
    assert db.transaction_depth() == 0


def test_redis_that_has_forgotten_the_scripts_is_told_them_again(student, recruiter):
    student.sync()
    recruiter.sync()
    beat(student, recruiter)
    client().script_flush()
    first, second = beat(student, recruiter)
    assert first["open"] and second["open"]
