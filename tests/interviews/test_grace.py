"""A party that is gone may come back; only when it stays away the call ends."""

from datetime import timedelta

import pytest

from app.core import clock, presence
from app.core.redis import client
from app.fairs.services.staging import update_fair
from app.interviews.models import Interview, Status
from app.interviews.services import calls
from app.interviews.services.finding import find_ticket
from app.interviews.services.grace import absence_from, end_lost_calls
from app.rtc import services as rtc
from app.rtc.models import Side
from tests.rtc.stage import Caller


@pytest.fixture
def pages(app, talking, travel):
    """The call pages of both sides on a clock that only moves when told."""
    travel(clock.now())
    room = rtc.get_room(talking.room)
    student = Caller(app, room, room.student_account_id)
    recruiter = Caller(app, room, room.recruiter_account_id)
    student.sync(flowing=True)
    recruiter.sync(flowing=True)
    return student, recruiter


def absence(ticket):
    return absence_from(find_ticket(ticket.id))


def status(ticket):
    return Interview.get_by_id(ticket.id).status


@pytest.mark.spec("E18")
def test_call_waits_for_a_lost_party_and_then_ends_owing_the_result(stand, talking, pages, travel):
    update_fair(stand.fair.id, grace_seconds=60)
    _, recruiter = pages
    for _ in range(6):
        travel(timedelta(seconds=10))
        recruiter.sync()
        assert end_lost_calls() == 0
    gone = absence(talking)
    assert gone.side is Side.STUDENT
    left = (gone.until - clock.now()).total_seconds()
    assert 11 <= left <= 13, "60 s from when the absence is noticed"
    travel(timedelta(seconds=13))
    recruiter.sync()
    assert end_lost_calls() == 1
    assert status(talking) == Status.CONCLUDING
    assert end_lost_calls() == 0


@pytest.mark.spec("E18")
@pytest.mark.parametrize("side", ["student", "recruiter"])
def test_party_that_is_back_in_time_keeps_the_call(stand, talking, pages, travel, side):
    back, other = pages if side == "student" else pages[::-1]
    travel(timedelta(seconds=55))
    other.sync()
    assert absence(talking).side.value == side
    back.sync()
    assert absence(talking) is None
    travel(timedelta(seconds=9))
    assert end_lost_calls() == 0
    assert status(talking) == Status.IN_CALL


@pytest.mark.spec("E10")
def test_clock_writes_down_how_long_calls_have_talked(talking, pages, travel):
    for _ in range(4):
        for page in pages:
            page.sync(flowing=True)
        client().hset(f"rtc:{{{talking.room}}}", "checkpoint", 10**14)  # nobody else writes it
        travel(timedelta(seconds=4))
    assert rtc.get_room(talking.room).talk_ms == 0
    assert end_lost_calls() == 0
    assert rtc.get_room(talking.room).talk_ms == 16_000
    assert status(talking) == Status.IN_CALL


def test_client_that_carries_no_media_counts_by_its_lease(stand, talking, travel):
    """Neither page syncs: a mini-program whose student talks elsewhere, a player of the API."""
    for account_id in (talking.student.account_id, stand.recruiter.id):
        presence.renew(account_id)
    travel(timedelta(seconds=600))
    assert end_lost_calls() == 0
    presence.leave(talking.student.account_id)
    travel(timedelta(seconds=5))
    assert end_lost_calls() == 0
    travel(timedelta(seconds=stand.fair.grace_seconds + 20))
    assert end_lost_calls() == 1
    assert status(talking) == Status.CONCLUDING


def test_redis_without_memory_gives_everybody_the_time_anew(talking, pages, travel):
    travel(timedelta(seconds=300))
    client().flushdb()
    assert end_lost_calls() == 0
    travel(timedelta(seconds=30))
    assert end_lost_calls() == 0
    pages[0].sync()
    pages[1].sync()
    travel(timedelta(seconds=9))
    assert absence(talking) is None


def test_both_sides_see_for_whom_the_call_waits(stand, talking, pages, travel, login):
    travel(timedelta(seconds=26))
    pages[1].sync()
    page = f"/api/screens/calls/{talking.id}"
    for account in (stand.recruiter, talking.student.account):
        shown = login(account).get(page).json
        assert shown["grace"]["side"] == "student"
        assert shown["grace_seconds"] == stand.fair.grace_seconds
    calls.hang_up(talking.id, stand.recruiter.id)
    assert login(stand.recruiter).get(page).json["grace"] is None
