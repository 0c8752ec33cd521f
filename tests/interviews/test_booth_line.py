"""What recruiters set for their line, and what its students see and are told."""

from datetime import timedelta

import pytest

from app.core import clock
from app.fairs.models import Booth, BoothWindow, Fair
from app.interviews.errors import LineClosed, LinePaused, QuotaReached
from app.interviews.models import Interview, Status
from app.interviews.services import queue, ringing
from app.interviews.services.tickets import get_ticket
from app.notifications.models import Notification, NotificationKind
from tests.interviews.conftest import Stand


@pytest.fixture
def desk(stand: Stand, login):
    """A client of the booth's recruiter."""
    return login(stand.recruiter)


def put(desk, stand: Stand, **body):
    return desk.put(f"/api/booths/{stand.booth.id}/line", json=body)


def screen(stand: Stand, client) -> dict:
    return client.get(f"/api/screens/booths/{stand.booth.id}").json


def notices() -> list[Notification]:
    return list(Notification.select().where(Notification.kind == NotificationKind.BOOTH_NOTICE))


def test_closed_line_takes_no_applications_and_still_calls_who_waits(stand, desk, login):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    newcomer = stand.factory.participant(stand.fair)
    assert put(desk, stand, closed=True).json["closed"]
    with pytest.raises(LineClosed):
        queue.apply_for_interview(stand.booth.id, newcomer.account_id)
    shown = screen(stand, login(newcomer.account))
    assert (shown["can_apply"], shown["closed"], shown["line"]["closed"]) == (False, True, True)
    assert "停止接受" in shown["why_not"] and shown["why_code"] == "line-closed"
    assert get_ticket(ticket.id)["line"]["closed"]
    assert [one.account_id for one in notices()] == [ticket.student.account_id]
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == ticket.id
    assert not put(desk, stand, closed=False).json["closed"]
    queue.apply_for_interview(stand.booth.id, newcomer.account_id)


def test_paused_line_takes_no_applications(stand, login):
    newcomer = stand.factory.participant(stand.fair)
    Booth.update(paused_at=clock.now()).where(Booth.id == stand.booth.id).execute()
    with pytest.raises(LinePaused):
        queue.apply_for_interview(stand.booth.id, newcomer.account_id)
    client = login(newcomer.account)
    assert screen(stand, client)["line"]["paused"]
    (item,) = client.get(f"/api/screens/fairs/{stand.fair.id}/hall").json["items"]
    assert (item["paused"], item["closed"]) == (True, False)


def test_quota_is_shown_and_the_last_place_is_the_last(stand, desk, login):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    answer = put(desk, stand, quota=1).json
    assert (answer["quota"], answer["taken"]) == (1, 1)
    newcomer = stand.factory.participant(stand.fair)
    refused = login(newcomer.account).post(f"/api/booths/{stand.booth.id}/interviews", json={})
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/quota-reached")
    assert refused.json["quota"] == 1
    shown = screen(stand, login(newcomer.account))
    assert (shown["why_code"], shown["why_not"]) == ("quota-reached", QuotaReached.title)
    queue.withdraw_ticket(ticket.id, ticket.student.account_id)
    queue.apply_for_interview(stand.booth.id, newcomer.account_id)


@pytest.mark.parametrize("code", ["line-closed", "line-paused", "quota-reached", "booth-closed"])
def test_booth_page_names_the_refusal_that_applying_meets(stand, login, code):
    client = login(stand.factory.participant(stand.fair).account)
    assert screen(stand, client)["why_code"] == ""
    stand.factory.waiting(stand.booth, stand.recruiter)
    changes = {
        "line-closed": {"line_closed_at": clock.now()},
        "line-paused": {"paused_at": clock.now()},
        "quota-reached": {"quota": 1},
        "booth-closed": {"status": Booth.Status.DISQUALIFIED},
    }
    Booth.update(changes[code]).where(Booth.id == stand.booth.id).execute()
    refused = client.post(f"/api/booths/{stand.booth.id}/interviews", json={}).json
    shown = screen(stand, client)
    assert refused["type"] == f"/problems/{shown['why_code']}" == f"/problems/{code}"
    assert shown["why_not"] == refused["title"]


def test_quota_cannot_go_below_who_was_accepted(stand, desk):
    for _ in range(2):
        stand.factory.waiting(stand.booth, stand.recruiter)
    refused = put(desk, stand, quota=1)
    assert (refused.status_code, refused.json["taken"]) == (409, 2)
    assert put(desk, stand, quota=2).status_code == 200
    with pytest.raises(QuotaReached):
        stand.factory.pending(stand.booth)
    assert put(desk, stand, quota=None).json["quota"] is None


def test_running_late_and_a_notice_reach_everybody_in_the_line_once(stand, desk):
    waiting = stand.factory.waiting(stand.booth, stand.recruiter)
    pending = stand.factory.pending(stand.booth)
    gone = stand.factory.pending(stand.booth)
    queue.withdraw_ticket(gone.id, gone.student.account_id)
    before = clock.now()
    answer = put(desk, stand, late_minutes=15, notice="面试官从高铁站赶来").json
    assert answer["notice"] == "面试官从高铁站赶来"
    told = notices()
    assert {one.account_id for one in told} == {
        waiting.student.account_id,
        pending.student.account_id,
    }
    assert "晚到" in told[0].params["text"] and "高铁站" in told[0].params["text"]
    news = get_ticket(waiting.id)["line"]
    assert news["late_until"] - before >= timedelta(minutes=15)
    assert news["notice_at"] >= before
    put(desk, stand, notice="面试官从高铁站赶来")  # said already
    assert len(notices()) == 2
    answer = put(desk, stand, late_minutes=0, notice="").json
    assert (answer["late_until"], answer["notice"], answer["notice_at"]) == (None, "", None)
    assert len(notices()) == 2


def test_second_notice_within_a_minute_is_refused(stand, desk, travel):
    stand.factory.waiting(stand.booth, stand.recruiter)
    put(desk, stand, notice="十点开始")
    refused = put(desk, stand, notice="十点半开始")
    assert (refused.status_code, refused.json["type"]) == (429, "/problems/notice-too-soon")
    assert 0 < refused.json["retry_after"] <= 60
    travel(timedelta(seconds=61))
    assert put(desk, stand, notice="十点半开始").status_code == 200


def test_windows_lie_inside_the_fair_and_apart(stand, desk, login):
    start = clock.now().replace(microsecond=0) + timedelta(minutes=5)

    def span(first: int, last: int) -> dict[str, str]:
        opens, closes = (start + timedelta(minutes=m) for m in (first, last))
        return {"opens_at": opens.isoformat(), "closes_at": closes.isoformat()}

    answer = put(desk, stand, windows=[span(60, 90), span(0, 30)])
    assert [one["opens_at"] for one in answer.json["windows"]] == [
        span(0, 30)["opens_at"],
        span(60, 90)["opens_at"],
    ]
    for bad in ([span(0, 30), span(29, 60)], [span(30, 30)], [span(0, 10_000)]):
        refused = put(desk, stand, windows=bad)
        assert (refused.status_code, refused.json["type"]) == (
            422,
            "/problems/booth-windows-invalid",
        )
    assert BoothWindow.select().count() == 2
    shown = screen(stand, login(stand.factory.participant(stand.fair).account))
    assert len(shown["line"]["windows"]) == 2
    assert put(desk, stand, windows=[]).json["windows"] == []


@pytest.mark.spec("B12")
def test_who_should_apply_is_shown_before_queuing_and_hinders_nobody(stand, desk, login):
    student = stand.factory.participant(stand.fair)  # 软件工程, 本科, 2027
    client = login(student.account)
    assert screen(stand, client)["line"]["misfits"] == []
    wanted = {"degrees": ["bachelor", "master"], "majors": ["软件类"], "graduation_years": [2027]}
    put(desk, stand, wanted=wanted)
    assert screen(stand, client)["line"]["misfits"] == []
    put(
        desk,
        stand,
        wanted={"degrees": ["doctor"], "majors": ["护理学"], "graduation_years": [2026]},
    )
    shown = screen(stand, client)
    assert shown["line"]["wanted"]["majors"] == ["护理学"]
    assert shown["line"]["misfits"] == [
        {"code": "degree", "wanted": ["doctor"], "mine": "bachelor"},
        {"code": "major", "wanted": ["护理学"], "mine": "软件工程"},
        {"code": "year", "wanted": ["2026"], "mine": "2027"},
    ]
    assert shown["can_apply"]
    answer = client.post(f"/api/booths/{stand.booth.id}/interviews", json={})
    assert answer.status_code == 201


def test_line_is_set_and_read_by_its_own_employer_only(stand, desk, login):
    stranger = login(stand.factory.recruiter(stand.factory.booth(stand.fair), "外人"))
    assert put(stranger, stand, closed=True).status_code == 403
    path = f"/api/screens/recruiter/booths/{stand.booth.id}/line"
    assert stranger.get(path).status_code == 403
    put(desk, stand, talk_minutes=20)
    answer = desk.get(path).json
    assert (answer["talk_minutes"], answer["closed"]) == (20, False)
    assert put(desk, stand, talk_minutes=None).json["talk_minutes"] is None
    assert put(desk, stand, quota=0).status_code == 422


def test_hall_shows_whose_desk_a_student_was_given_to(stand, desk, login):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    colleague = login(stand.factory.recruiter(stand.booth, "陈立"))
    theirs = colleague.post(f"/api/booths/{stand.booth.id}/desk").json["desk_id"]
    path = f"/api/interviews/{ticket.id}/transfer"
    answer = desk.post(path, json={"desk_id": theirs})
    assert answer.json["only_desk"] == {"id": theirs, "label": "陈立"}
    hall = f"/api/screens/recruiter/booths/{stand.booth.id}/hall"
    mine, others = desk.get(hall).json, colleague.get(hall).json
    assert (mine["next_id"], others["next_id"]) == (None, ticket.id)
    assert mine["colleagues"][0]["id"] == theirs
    assert desk.post(path, json={"desk_id": 999}).json["type"] == "/problems/desk-not-here"
    assert desk.post(path, json={"desk_id": None}).json["only_desk"] is None
    assert desk.get(hall).json["next_id"] == ticket.id
    queue.withdraw_ticket(ticket.id, ticket.student.account_id)
    assert desk.post(path, json={"desk_id": theirs}).status_code == 409
    assert get_ticket(ticket.id)["status"] == Status.WITHDRAWN


@pytest.mark.spec("E04")
@pytest.mark.parametrize("rule", ["window", "quota", "fair", "booth"])
def test_hall_names_nobody_as_next_whom_the_ring_would_refuse(stand, desk, rule):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    hall = f"/api/screens/recruiter/booths/{stand.booth.id}/hall"
    before = desk.get(hall).json
    assert (before["next_id"], before["held_up_by"]) == (ticket.id, None)
    if rule == "window":
        span = {"opens_at": clock.now() + timedelta(hours=1), "closes_at": stand.fair.ends_at}
        BoothWindow.create(booth=stand.booth, **span)
    elif rule == "quota":
        seen = stand.factory.waiting(stand.booth, stand.recruiter)
        Interview.update(status=Status.FINISHED).where(Interview.id == seen.id).execute()
        Booth.update(quota=1).where(Booth.id == stand.booth.id).execute()
    elif rule == "fair":
        Fair.update(status=Fair.Status.POSTPONED).where(Fair.id == stand.fair.id).execute()
    else:
        Booth.update(status=Booth.Status.DISQUALIFIED).where(Booth.id == stand.booth.id).execute()
    after = desk.get(hall).json
    assert (after["next_id"], after["held_up_by"]) == (None, rule)
    assert [row["id"] for row in after["waiting"]] == [ticket.id], "the line stands"
    refused = desk.post(f"/api/booths/{stand.booth.id}/ring-next").json["type"]
    problems = {
        "window": "outside-window",
        "quota": "quota-reached",
        "fair": "fair-not-live",
        "booth": "booth-closed",
    }
    assert refused == f"/problems/{problems[rule]}"
