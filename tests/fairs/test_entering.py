"""报名进入会场: who is let in, and when."""

from datetime import timedelta

import pytest

from app.accounts.models import Account
from app.fairs.models import Participation
from app.fairs.services.entry import block_participant, readmit_participant
from app.fairs.services.staging import cancel_fair, postpone_fair, update_fair
from app.students.services import save_section
from tests.racing import at_once


def enter(client, fair):
    return client.post(f"/api/fairs/{fair.id}/enter")


@pytest.mark.spec("D01")
@pytest.mark.parametrize(("score", "status"), [(69, 409), (70, 409), (71, 200)])
def test_seventy_points_are_refused_and_seventy_one_admitted(factory, login, seeker, score, status):
    fair = factory.fair()
    answer = enter(login(seeker(score)), fair)
    assert answer.status_code == status, answer.json
    assert Participation.select().count() == (status == 200)


@pytest.mark.spec("D01")
def test_refusal_tells_the_score_the_bar_and_what_would_help(factory, login, seeker):
    account = seeker(70)
    client = login(account)
    answer = enter(client, factory.fair())
    assert answer.json["type"] == "/problems/resume-incomplete"
    assert answer.json["title"] == "简历完整度未达到本场双选会的要求"
    assert (answer.json["completeness"], answer.json["threshold"]) == (70, 70)
    missing = answer.json["missing"]
    assert sum(item["points"] for item in missing) == 30
    assert missing[0] == {
        "section": "projects",
        "title": "项目经历",
        "field": "name",
        "points": 8,
        "text": "添加一个项目",
    }


@pytest.mark.spec("D01")
def test_doing_what_the_refusal_says_opens_the_door(factory, login, seeker):
    account, fair = seeker(70), factory.fair()
    client = login(account)
    assert enter(client, fair).status_code == 409
    save_section(account.id, "projects", [{"name": "选课助手"}], None)
    assert enter(client, fair).status_code == 200


@pytest.mark.spec("D01")
def test_threshold_is_a_setting_of_the_fair(factory, login, seeker):
    high, low = factory.fair(threshold=71), factory.fair(threshold=68)
    assert enter(login(seeker(71)), high).status_code == 409
    assert enter(login(seeker(69)), low).status_code == 200
    update_fair(high.id, threshold=70)
    assert enter(login(seeker(71)), high).status_code == 200


def test_person_without_a_resume_is_told_everything_that_is_missing(factory, login):
    answer = enter(login(factory.account()), factory.fair())
    assert answer.json["completeness"] == 0
    assert sum(item["points"] for item in answer.json["missing"]) == 100


@pytest.mark.spec("A03")
def test_after_entering_the_employers_are_there_at_once(factory, login, seeker):
    fair = factory.fair()
    booth = factory.booth(fair)
    client = login(seeker(71))
    hall = f"/api/screens/fairs/{fair.id}/hall"
    assert client.get(hall).json["type"] == "/problems/not-in-fair"
    enter(client, fair)
    assert [item["booth_id"] for item in client.get(hall).json["items"]] == [booth.id]


@pytest.mark.spec("A03")
def test_nobody_enters_without_logging_in(anybody, factory):
    assert enter(anybody, factory.fair()).status_code == 401


def test_entering_twice_is_entering_once(factory, login, seeker):
    fair, client = factory.fair(), login(seeker(71))
    first, second = enter(client, fair), enter(client, fair)
    assert first.json == second.json
    assert Participation.select().count() == 1


@pytest.mark.serial
def test_entering_many_times_at_once_is_entering_once(app, factory, login, seeker):
    fair, account = factory.fair(), seeker(71)
    answers = at_once(app, *[lambda: enter(login(account), fair).status_code] * 8)
    assert answers == [200] * 8
    assert Participation.select().count() == 1


def test_entry_window_is_to_the_second(login, seeker, day_fair, travel):
    fair, _ = day_fair
    hers, his = login(seeker(71)), login(seeker(71))
    edges = (
        (fair.entry_opens_at - timedelta(seconds=1), hers, 409),
        (fair.entry_opens_at, hers, 200),
        (fair.entry_closes_at - timedelta(seconds=5), his, 200),
    )
    for instant, client, status in edges:
        travel(instant)
        answer = enter(client, fair)
        assert answer.status_code == status, (instant, answer.json)
    late = login(seeker(71))
    travel(fair.entry_closes_at)
    answer = enter(late, fair)
    assert answer.json["type"] == "/problems/fair-not-open"
    assert answer.json["title"] == "当前不在双选会报名进场时间内"
    assert answer.json["opens_at"] and answer.json["closes_at"]


def test_who_entered_before_comes_back_after_the_window(login, seeker, day_fair, travel):
    fair, _ = day_fair
    client = login(seeker(71))
    travel(fair.entry_opens_at)
    enter(client, fair)
    travel(fair.entry_closes_at + timedelta(minutes=1))
    assert enter(client, fair).status_code == 200


@pytest.mark.parametrize("change", [cancel_fair, postpone_fair])
def test_fair_called_off_or_put_off_lets_nobody_in(factory, login, seeker, change):
    fair = factory.fair()
    change(fair.id, "天气")
    assert enter(login(seeker(71)), fair).json["type"] == "/problems/fair-not-open"


def test_draft_is_not_found(factory, login, seeker):
    draft = factory.fair(announced=False)
    client = login(seeker(71))
    assert enter(client, draft).json["type"] == "/problems/fair-not-found"
    assert client.get(f"/api/screens/fairs/{draft.id}").status_code == 404
    assert client.get(f"/api/screens/fairs/{draft.id}/hall").status_code == 404


def test_removed_student_is_kept_out_until_readmitted(factory, login, seeker):
    fair, account = factory.fair(), seeker(71)
    client = login(account)
    enter(client, fair)
    row = Participation.get()
    block_participant(row.id, "违规")
    answer = enter(client, fair)
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/blocked-from-fair")
    assert client.get(f"/api/screens/fairs/{fair.id}/hall").status_code == 403
    assert client.get(f"/api/screens/fairs/{fair.id}").json["me"]["blocked"] is True
    readmit_participant(row.id)
    assert enter(client, fair).status_code == 200


def test_home_page_says_how_far_i_am(factory, login, seeker):
    fair = factory.fair()
    client = login(seeker(70))
    mine = client.get(f"/api/screens/fairs/{fair.id}").json["me"]
    assert (mine["registered"], mine["completeness"], mine["admitted"]) == (False, 70, False)
    client = login(seeker(71))
    enter(client, fair)
    mine = client.get(f"/api/screens/fairs/{fair.id}").json["me"]
    assert (mine["registered"], mine["completeness"], mine["admitted"]) == (True, 71, True)
    lists = client.get("/api/screens/my-fairs").json
    assert [item["id"] for item in lists["items"]] == [fair.id] and lists["open"] == []
    assert Account.select().count() == 2
