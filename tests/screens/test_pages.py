"""The queue page, my own page, the recruiter's home and hall, the call page and the live board."""

import pytest

from app.core import presence
from app.interviews.models import Status
from app.interviews.services import calls, ringing
from app.interviews.services.decisions import reject_application
from app.interviews.services.queue import (
    accept_application,
    apply_for_interview,
    invite_student,
)
from app.screens.board import fair_board


@pytest.fixture
def stand(factory, stall):
    booth = stall()
    return booth, factory.recruiter(booth)


@pytest.mark.spec("E04")
def test_queue_page_shows_each_place_and_moves_up(factory, fair, stand, login):
    booth, recruiter = stand
    line = [factory.participant(fair) for _ in range(3)]
    tickets = [apply_for_interview(booth.id, student.account_id) for student in line]
    for ticket in reversed(tickets):  # accepted in another order than applied
        accept_application(ticket, recruiter.id)

    def places():
        pages = [login(s.account).get("/api/screens/my-interviews").json for s in line]
        return [(page["tickets"][0]["ahead"], page["tickets"][0]["in_line"]) for page in pages]

    assert places() == [(0, 3), (1, 3), (2, 3)]
    ringing.ring_next(booth.id, recruiter.id)
    assert places() == [(None, 2), (0, 2), (1, 2)]


def test_queue_page_is_of_one_fair_when_it_is_asked_for(factory, fair, me, stand, login):
    booth, _ = stand
    other = factory.booth()
    apply_for_interview(booth.id, me.account_id)
    client = login(me.account)
    assert len(client.get(f"/api/screens/my-interviews?fair_id={fair.id}").json["tickets"]) == 1
    page = client.get(f"/api/screens/my-interviews?fair_id={other.fair_id}").json
    assert (page["tickets"], page["fair"]["id"]) == ([], other.fair_id)
    assert client.get("/api/screens/my-interviews?fair_id=1000000").status_code == 404


@pytest.mark.spec("E13")
def test_polling_page_keeps_its_lease(me, login):
    presence.leave(me.account_id)
    client = login(me.account)
    client.get("/api/screens/my-interviews")
    assert presence.online([me.account_id]) == set()
    client.get("/api/screens/my-interviews?here=true")
    assert presence.online([me.account_id]) == {me.account_id}
    assert client.delete("/api/presence").status_code == 204
    assert presence.online([me.account_id]) == set()
    assert client.post("/api/presence", json={"page": "queue"}).status_code == 204
    assert presence.online([me.account_id]) == {me.account_id}


def test_own_page_says_who_i_am(factory, me, stand, login):
    booth, recruiter = stand
    page = login(me.account).get("/api/me").json
    assert (page["name"], page["student_id"], page["booths"]) == ("林小满", me.id, [])
    page = login(recruiter).get("/api/me").json
    assert (page["student_id"], page["booths"][0]["booth_id"]) == (None, booth.id)


@pytest.mark.spec("E04", "E05")
def test_recruiters_hall_sorts_tickets_into_their_lists(factory, fair, stand, login):
    booth, recruiter = stand
    pending = factory.pending(booth)
    invited = invite_student(booth.id, recruiter.id, factory.participant(fair).id)
    waiting = factory.waiting(booth, recruiter)
    rejected = factory.pending(booth)
    reject_application(rejected.id, recruiter.id, "专业不符")
    hall = login(recruiter).get(f"/api/screens/recruiter/booths/{booth.id}/hall").json
    lists = {name: [row["id"] for row in hall[name]] for name in hall["counts"]}
    assert lists == {
        "pending": [pending.id, rejected.id],  # until its student is told (E05)
        "invited": [invited],
        "waiting": [waiting.id],
        "done": [],
    }
    assert hall["counts"] == {"pending": 1, "invited": 1, "waiting": 1, "done": 0}
    assert hall["next_id"] == waiting.id and hall["pending"][1]["reason"] == "专业不符"
    assert hall["fair"]["verdicts"] == {"pass": "合适", "fail": "不合适"}
    assert "phone" not in str(hall) and "13800006666" not in str(hall)


@pytest.mark.spec("E04", "E07")
def test_hall_names_whom_the_ring_would_reach(factory, stand, login):
    booth, recruiter = stand
    first, second = (factory.waiting(booth, recruiter) for _ in range(2))
    client = login(recruiter)
    hall = f"/api/screens/recruiter/booths/{booth.id}/hall"
    presence.leave(first.student.account_id)
    page = client.get(hall).json
    assert [row["online"] for row in page["waiting"]] == [False, True]
    assert page["next_id"] == second.id
    assert client.post(f"/api/booths/{booth.id}/ring-next").json["id"] == second.id


def test_desks_of_a_booth_show_what_each_is_doing(factory, stand, login):
    booth, recruiter = stand
    colleague = factory.recruiter(booth, "钱多")
    his, hers = login(recruiter), login(colleague)
    hall = f"/api/screens/recruiter/booths/{booth.id}/hall"
    hers.get(hall)
    ticket = factory.waiting(booth, recruiter)
    his.post(f"/api/booths/{booth.id}/ring-next")
    mine, theirs = his.get(hall).json, hers.get(hall).json
    assert (mine["desk"]["state"], mine["desk"]["interview_id"]) == ("ringing", ticket.id)
    assert theirs["desk"]["state"] == "idle"
    assert [(one["name"], one["state"]) for one in theirs["colleagues"]] == [("周敏", "ringing")]


@pytest.mark.spec("E13")
def test_call_page_shows_each_side_the_other(factory, stand, login):
    booth, recruiter = stand
    ticket = factory.waiting(booth, recruiter)
    ringing.ring_next(booth.id, recruiter.id)
    pages = {
        account.id: login(account).get(f"/api/screens/calls/{ticket.id}").json
        for account in (ticket.student.account, recruiter)
    }
    his, hers = pages[recruiter.id], pages[ticket.student.account_id]
    assert (his["side"], his["peer"]["name"]) == ("recruiter", ticket.student.name)
    assert (hers["side"], hers["peer"]) == ("student", {"name": "周敏", "title": "招聘经理"})
    assert his["room"] == hers["room"] and hers["ring_expires_at"]
    assert hers["next_page"] == "queue" and his["next_page"] == "hall"


def test_recruiters_home_counts_what_waits(factory, stand, login):
    booth, recruiter = stand
    factory.pending(booth)
    factory.waiting(booth, recruiter)
    ringing.ring_next(booth.id, recruiter.id)
    factory.waiting(booth, recruiter)
    shown = login(recruiter).get("/api/screens/recruiter").json["booths"][0]
    assert (shown["pending"], shown["waiting"], shown["unfinished"]) == (1, 1, 1)


def test_board_counts_lines_desks_and_waits(factory, fair, stand, stall, travel):
    booth, recruiter = stand
    stall("没人排队的单位")
    presence.renew(recruiter.id)
    talked = factory.waiting(booth, recruiter)
    factory.pending(booth)
    ringing.ring_next(booth.id, recruiter.id)
    ringing.answer_ring(talked.id, talked.student.account_id)
    calls.hang_up(talked.id, recruiter.id)
    calls.conclude(talked.id, recruiter.id, "pass")
    factory.waiting(booth, recruiter)
    board = fair_board(fair.id)
    totals = board["totals"]
    assert {name: totals[name] for name in ("pending", "waiting", "finished", "passed")} == {
        "pending": 1, "waiting": 1, "finished": 1, "passed": 1,
    }  # fmt: skip
    assert (totals["booths"], totals["desks"], totals["desks_online"]) == (2, 1, 1)
    assert totals["registered"] == 3 and totals["longest_wait_seconds"] >= 0
    row = next(one for one in board["booths"] if one["booth_id"] == booth.id)
    assert row["desks"][0]["state"] == "idle" and Status.FINISHED in row
