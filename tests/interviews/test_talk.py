"""Typed talk, captions, the way a call goes on, its time, and what a student needs."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import TooMany
from app.fairs.models import Booth
from app.fairs.services.staging import update_fair
from app.interviews.call_errors import AlreadyExtended
from app.interviews.errors import NotOnCall, NotYourInterview
from app.interviews.models import Interview, TalkMessage
from app.interviews.services import calls, closing, modes, talk, timebox
from app.interviews.services.finding import find_ticket
from app.interviews.services.needs import access_of, needs_of, write_needs

NEEDS = {"captions": True, "typed_talk": False, "large_type": True, "extra_minutes": 10}


def box(ticket):
    return timebox.box_of(find_ticket(ticket.id), needs_of(ticket.student_id))


@pytest.mark.spec("E15")
def test_both_sides_read_what_each_typed_in_order(stand, talking, login):
    student, recruiter = login(talking.student.account), login(stand.recruiter)
    page = f"/api/interviews/{talking.id}/talk"
    first = student.post(page, json={"text": " 我的麦克风坏了 "})
    assert (first.status_code, first.json["text"], first.json["mine"]) == (
        201,
        "我的麦克风坏了",
        True,
    )
    recruiter.post(page, json={"text": "没关系，打字聊", "is_caption": False})
    items = student.get(page).json["items"]
    assert [(one["side"], one["mine"]) for one in items] == [
        ("student", True),
        ("recruiter", False),
    ]
    assert [
        one["text"] for one in recruiter.get(f"{page}?after={items[0]['id']}").json["items"]
    ] == ["没关系，打字聊"]
    assert student.get(f"/api/screens/calls/{talking.id}").json["talk_messages"] == 2
    assert student.post(page, json={"text": "  "}).status_code == 422


def test_nobody_else_reads_or_writes_and_nobody_writes_after_the_call(stand, talking):
    stranger = stand.factory.participant(stand.fair)
    with pytest.raises(NotYourInterview):
        talk.list_talk(talking.id, stranger.account_id)
    with pytest.raises(NotYourInterview):
        talk.say(talking.id, stranger.account_id, "你好")
    talk.say(talking.id, stand.recruiter.id, "谢谢，今天就到这里")
    calls.hang_up(talking.id, stand.recruiter.id)
    with pytest.raises(NotOnCall):
        talk.say(talking.id, talking.student.account_id, "再见")
    assert len(talk.list_talk(talking.id, talking.student.account_id)) == 1


def test_talk_is_kept_until_the_fair_ends(stand, talking):
    talk.say(talking.id, stand.recruiter.id, "明天下午复试")
    closing.close_fair(stand.fair.id)
    assert talk.forget_talk() == 0, "the call still runs"
    calls.hang_up(talking.id, stand.recruiter.id)
    calls.conclude(talking.id, stand.recruiter.id, "pass")
    assert talk.forget_talk() == 1
    assert not TalkMessage.select().exists()


def test_flood_of_lines_is_refused(stand, talking):
    for number in range(talk.LINES_A_MINUTE):
        talk.say(talking.id, stand.recruiter.id, str(number))
    with pytest.raises(TooMany):
        talk.say(talking.id, stand.recruiter.id, "还有")
    talk.say(talking.id, talking.student.account_id, "另一方不受影响")


@pytest.mark.spec("E09", "E15")
def test_either_side_changes_how_the_call_goes_on_and_notes_stay(stand, talking, login):
    calls.write_notes(talking.id, stand.recruiter.id, "表达清楚")
    answer = login(talking.student.account).post(
        f"/api/interviews/{talking.id}/mode", json={"mode": "text"}
    )
    assert answer.status_code == 204
    assert login(stand.recruiter).get(f"/api/screens/calls/{talking.id}").json["mode"] == "text"
    modes.switch_mode(talking.id, stand.recruiter.id, "audio")
    row = Interview.get_by_id(talking.id)
    assert (row.mode, row.notes, row.room) == ("audio", "表达清楚", talking.room)
    calls.hang_up(talking.id, stand.recruiter.id)
    with pytest.raises(NotOnCall):
        modes.switch_mode(talking.id, stand.recruiter.id, "video")


def test_time_box_is_the_booths_or_the_fairs_and_grows_by_what_the_student_needs(stand, talking):
    update_fair(stand.fair.id, talk_minutes=8)
    assert box(talking).ends_at == talking.answered_at + timedelta(minutes=8)
    Booth.update(talk_minutes=12).where(Booth.id == stand.booth.id).execute()
    assert box(talking).ends_at == talking.answered_at + timedelta(minutes=12)
    write_needs(talking.student.account_id, **NEEDS)
    assert box(talking).ends_at == talking.answered_at + timedelta(minutes=22)
    Booth.update(talk_minutes=0).where(Booth.id == stand.booth.id).execute()
    assert box(talking).ends_at is None


def test_talk_is_extended_once_by_the_interviewer(stand, talking, login):
    update_fair(stand.fair.id, talk_minutes=8, extension_minutes=5)
    recruiter = login(stand.recruiter)
    page = f"/api/screens/calls/{talking.id}"
    assert recruiter.get(page).json["can_extend"] is True
    assert login(talking.student.account).get(page).json["can_extend"] is False
    assert recruiter.post(f"/api/interviews/{talking.id}/extend").status_code == 200
    assert box(talking).ends_at == talking.answered_at + timedelta(minutes=13)
    with pytest.raises(AlreadyExtended):
        timebox.extend(talking.id, stand.recruiter.id)
    shown = recruiter.get(page).json
    assert (shown["extended"], shown["can_extend"]) == (True, False)


def test_nothing_is_cut_off_when_the_time_is_over(stand, talking, travel):
    travel(timedelta(minutes=40))
    assert box(talking).ends_at < clock.now()
    assert Interview.get_by_id(talking.id).status == "in_call"


def test_needs_are_said_once_and_shown_as_arrangements_without_a_reason(stand, talking, login):
    student = login(talking.student.account)
    assert student.get("/api/needs").json == {
        "captions": False, "typed_talk": False, "large_type": False, "extra_minutes": 0,
    }  # fmt: skip
    assert student.put("/api/needs", json=NEEDS).json == NEEDS
    assert student.put("/api/needs", json=NEEDS | {"extra_minutes": 31}).status_code == 422
    shown = login(stand.recruiter).get(f"/api/screens/calls/{talking.id}").json["access"]
    assert shown == ["captions", "large_type", "extra_time"]
    other = stand.factory.participant(stand.fair)
    assert access_of([talking.student_id, other.id]) == {talking.student_id: shown}
