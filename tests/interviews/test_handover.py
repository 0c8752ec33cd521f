"""A call goes on: on another device, with another interviewer, with a colleague beside."""

from datetime import timedelta
from functools import partial

import pytest

from app.core import clock, presence
from app.core.audit import AuditEntry
from app.interviews.call_errors import (
    ColleagueAway,
    ColleagueBusy,
    DeskNotHere,
    HandOverExpired,
    NotInvited,
)
from app.interviews.errors import NotOnCall, NotYourInterview
from app.interviews.models import Interview, Status
from app.interviews.services import (
    calls,
    desks,
    guests,
    handover,
    modes,
    moving,
    ringing,
    talk,
    timebox,
)
from app.notifications.models import Notification
from app.rtc import services as rtc
from app.rtc.errors import NotInRoom
from tests.rtc.stage import Caller


@pytest.fixture
def colleague(stand):
    """Another recruiter of the booth who is online, and the desk."""
    account = stand.factory.recruiter(stand.booth, "何川")
    presence.renew(account.id)
    return account, desks.take_desk(stand.booth.id, account.id)


def token_of(answer):
    return answer.json["url"].rsplit("=", 1)[1]


@pytest.mark.spec("E15")
@pytest.mark.parametrize("side", ["student", "recruiter"])
def test_other_device_is_the_same_person_once(stand, talking, login, anybody, side):
    account = talking.student.account if side == "student" else stand.recruiter
    shown = login(account).post(f"/api/interviews/{talking.id}/hand-over")
    assert shown.json["qr_svg"].startswith("<?xml") or "<svg" in shown.json["qr_svg"]
    taken = anybody.post(f"/api/hand-overs/{token_of(shown)}/take")
    assert taken.json["interview_id"] == talking.id
    assert taken.json["account"]["id"] == account.id
    headers = {"Authorization": f"Bearer {taken.json['access_token']}"}
    page = anybody.get(f"/api/screens/calls/{talking.id}", headers=headers)
    assert page.json["side"] == side
    again = anybody.post(f"/api/hand-overs/{token_of(shown)}/take")
    assert (again.status_code, again.json["type"]) == (404, "/problems/hand-over-expired")
    entry = AuditEntry.get(AuditEntry.action == "take_hand_over")
    assert (entry.subject, entry.actor_id) == (f"interview:{talking.id}", account.id)


def test_code_ends_after_90_seconds_with_a_newer_one_and_with_the_call(stand, talking, travel):
    old = handover.open_hand_over(talking.id, stand.recruiter.id)
    newer = handover.open_hand_over(talking.id, stand.recruiter.id)
    with pytest.raises(HandOverExpired):
        handover.take_hand_over(old.token)
    travel(timedelta(seconds=91))
    with pytest.raises(HandOverExpired):
        handover.take_hand_over(newer.token)
    last = handover.open_hand_over(talking.id, stand.recruiter.id)
    calls.hang_up(talking.id, stand.recruiter.id)
    with pytest.raises(HandOverExpired):
        handover.take_hand_over(last.token)


def test_codes_cannot_be_guessed_in_bulk(anybody):
    answers = [anybody.post(f"/api/hand-overs/{number}/take").status_code for number in range(21)]
    assert set(answers[:20]) == {404}
    assert answers[20] == 429


def test_nobody_hands_over_somebody_elses_call(stand, talking):
    stranger = stand.factory.participant(stand.fair)
    with pytest.raises(NotYourInterview):
        handover.open_hand_over(talking.id, stranger.account_id)


@pytest.mark.spec("E15")
def test_call_goes_on_with_a_colleague_on_the_same_clock(app, stand, talking, colleague, travel):
    account, desk = colleague
    room = rtc.get_room(talking.room)
    pages = [Caller(app, room, room.student_account_id), Caller(app, room, stand.recruiter.id)]
    for _ in range(4):
        for page in pages:
            page.sync(flowing=True)
        travel(timedelta(seconds=3))
    moving.move_call(talking.id, stand.recruiter.id, desk.id)
    moved = Interview.get_by_id(talking.id)
    assert (moved.status, moved.desk_id) == (Status.IN_CALL, desk.id)
    assert pages[0].sync()["open"] is False
    new = rtc.get_room(moved.room)
    assert rtc.talk_seconds(new) >= 8
    assert Caller(app, new, account.id).sync()["talk_seconds"] >= 8
    with pytest.raises(NotYourInterview):
        calls.issue_credentials(talking.id, stand.recruiter.id)
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == ticket.id, "the desk is free"


def test_call_moves_only_to_an_idle_desk_of_the_booth_whose_recruiter_is_there(
    stand, talking, colleague
):
    account, desk = colleague
    other = stand.factory.booth(stand.fair)
    elsewhere = desks.take_desk(other.id, stand.factory.recruiter(other).id)
    with pytest.raises(DeskNotHere):
        moving.move_call(talking.id, stand.recruiter.id, elsewhere.id)
    with pytest.raises(DeskNotHere):
        moving.move_call(talking.id, stand.recruiter.id, talking.desk_id)
    stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, account.id)
    with pytest.raises(ColleagueBusy):
        moving.move_call(talking.id, stand.recruiter.id, desk.id)
    ringing.cancel_ring(Interview.get(Interview.desk == desk.id).id, account.id)
    presence.leave(account.id)
    with pytest.raises(ColleagueAway):
        moving.move_call(talking.id, stand.recruiter.id, desk.id)
    with pytest.raises(NotYourInterview):
        moving.move_call(talking.id, account.id, desk.id)


def test_guest_meets_everybody_in_rooms_of_their_own_and_leaves_alone(stand, talking, colleague):
    account, desk = colleague
    with pytest.raises(NotInvited):
        guests.join_call(talking.id, account.id)
    guests.invite_guest(talking.id, stand.recruiter.id, desk.id)
    guests.join_call(talking.id, account.id)
    guests.join_call(talking.id, account.id)
    seats = {
        who: {link["seat"]: link["room"] for link in guests.links_of(talking.id, who, talking.room)}
        for who in (account.id, talking.student.account_id, stand.recruiter.id)
    }
    assert set(seats[account.id]) == {"student", "recruiter"}
    named = guests.links_of(talking.id, account.id, talking.room)
    assert {link["name"] for link in named} == {talking.student.name, stand.recruiter.name}
    (theirs,) = seats[talking.student.account_id].values()
    assert theirs == seats[account.id]["student"]
    assert calls.issue_credentials(talking.id, account.id, theirs)["side"] == "recruiter"
    assert (
        calls.issue_credentials(talking.id, talking.student.account_id, theirs)["side"] == "student"
    )
    with pytest.raises(NotInRoom):
        calls.issue_credentials(talking.id, stand.recruiter.id, theirs)
    calls.hang_up(talking.id, account.id)
    assert Interview.get_by_id(talking.id).status == Status.IN_CALL
    assert guests.links_of(talking.id, talking.student.account_id, talking.room) == []
    with pytest.raises(NotYourInterview):
        calls.issue_credentials(talking.id, account.id, theirs)


def test_guest_writes_once_inside_and_leaves_notes_time_and_mode_to_the_interviewer(
    stand, talking, colleague
):
    account, desk = colleague
    guests.invite_guest(talking.id, stand.recruiter.id, desk.id)
    with pytest.raises(NotOnCall):
        talk.say(talking.id, account.id, "大家好")
    guests.join_call(talking.id, account.id)
    assert talk.say(talking.id, account.id, "大家好")["side"] == "guest"
    for act in (
        partial(modes.switch_mode, talking.id, account.id, "text"),
        partial(calls.write_notes, talking.id, account.id, "覆盖"),
        partial(timebox.extend, talking.id, account.id),
    ):
        with pytest.raises(NotYourInterview):
            act()
    calls.hang_up(talking.id, stand.recruiter.id)
    calls.conclude(talking.id, stand.recruiter.id, "pass")
    calls.write_notes(talking.id, account.id, "复试由我负责")


@pytest.mark.spec("G02")
def test_invited_colleague_finds_the_call_in_the_inbox(stand, talking, colleague, login, travel):
    account, desk = colleague
    travel(clock.now())  # the clock stands still
    guests.invite_guest(talking.id, stand.recruiter.id, desk.id)
    guests.invite_guest(talking.id, stand.recruiter.id, desk.id)
    (told,) = login(account).get("/api/notifications").json["items"]
    assert (told["kind"], told["page"]) == (
        "guest_invited",
        f"pages-interview/call/call?id={talking.id}",
    )
    interviewer = talking.desk.recruiter.name
    assert told["body"].startswith(f"{interviewer} 邀请你协同面试")
    note = Notification.get(kind="guest_invited")
    assert (note.fair_id, note.expires_at) == (stand.fair.id, clock.now() + guests.INVITATION)


@pytest.mark.spec("G02")
def test_colleague_without_an_open_page_is_sent_the_invitation_and_may_come_later(
    stand, talking, colleague, login, travel
):
    account, desk = colleague
    presence.leave(account.id)
    client, hall = login(account), f"/api/screens/recruiter/booths/{stand.booth.id}/hall"
    path = f"/api/interviews/{talking.id}/guests"
    answer = login(stand.recruiter).post(path, json={"desk_id": desk.id})
    assert (answer.status_code, answer.json) == (200, {"reach": "none"}), "the inbox only"
    assert Notification.select().where(Notification.kind == "guest_invited").count() == 1
    travel(2 * guests.INVITATION)
    presence.renew(account.id)
    asked = {"interview_id": talking.id, "name": talking.desk.recruiter.name, "joined": False}
    assert client.get(hall).json["asked"] == asked
    assert login(stand.recruiter).get(hall).json["asked"] is None
    assert login(stand.recruiter).post(path, json={"desk_id": desk.id}).json == {"reach": "page"}
    assert client.post(f"{path}/join").status_code == 204
    assert client.get(hall).json["asked"] == asked | {"joined": True}
    calls.hang_up(talking.id, stand.recruiter.id)
    assert client.get(hall).json["asked"] is None
    assert client.post(f"{path}/join").json["type"] == "/problems/not-invited"


def test_colleague_who_declined_is_not_asked_any_more_and_may_be_asked_again(
    stand, talking, colleague, login
):
    account, desk = colleague
    guests.invite_guest(talking.id, stand.recruiter.id, desk.id)
    client = login(account)
    assert client.post(f"/api/interviews/{talking.id}/guests/leave").status_code == 204
    hall = f"/api/screens/recruiter/booths/{stand.booth.id}/hall"
    assert client.get(hall).json["asked"] is None
    assert client.get(f"/api/screens/calls/{talking.id}").status_code == 403
    guests.invite_guest(talking.id, stand.recruiter.id, desk.id)
    assert client.get(hall).json["asked"]["interview_id"] == talking.id


def test_busy_colleague_is_not_asked_into_a_call(stand, talking, colleague):
    account, desk = colleague
    stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, account.id)
    with pytest.raises(ColleagueBusy):
        guests.invite_guest(talking.id, stand.recruiter.id, desk.id)


def test_end_of_the_call_sends_its_guests_home(stand, talking, colleague, login):
    account, desk = colleague
    guests.invite_guest(talking.id, stand.recruiter.id, desk.id)
    guests.join_call(talking.id, account.id)
    page = login(account).get(f"/api/screens/calls/{talking.id}").json
    assert (page["side"], page["guests"][0]["mine"], len(page["links"])) == ("guest", True, 2)
    calls.hang_up(talking.id, talking.student.account_id)
    assert rtc.find_open_room(guests.rooms_subject(talking.id)) is None
    assert guests.list_guests(talking.id) == []
