"""Booking over HTTP: finding fairs, the form, 我的报名; who may, and what it costs."""

from datetime import timedelta

import pytest

from app.bookings.models import Enrolment
from app.bookings.services import changes, leaving, plan, reviewing, waiting
from app.core import clock
from app.employers.services import bind_recruiter
from app.fairs.models import Fair
from app.fairs.services.booths import open_booth
from app.fairs.services.staging import end_fair
from app.positions.services import create_position, withdraw_position
from tests.bookings.conftest import PEOPLE
from tests.counting import queries

FAIRS = "/api/screens/recruiter/fairs"
MINE = "/api/screens/recruiter/enrolments"


@pytest.fixture
def firm(hall):
    return hall.firm("远航科技")


@pytest.fixture
def client(login, firm):
    return login(firm.account)


def names(answer):
    return [fair["name"] for fair in answer.json["items"]]


def form(firm, place_id=None, **changes):
    body = {"place_id": place_id, "position_ids": [firm.position.id], "interviewers": PEOPLE}
    return body | changes


@pytest.mark.spec("B06", "B07", "B10", "C09")
def test_an_employer_registers_from_the_list_of_fairs_to_the_hall(hall, firm, client):
    place, *_ = hall.plan()
    (listed,) = client.get(FAIRS).json["items"]
    assert (listed["booking"], listed["mine"], listed["admitted"]) == ("open", [], 0)
    screen = client.get(f"{FAIRS}/{hall.fair.id}/booking").json
    assert screen["employer"]["name"] == "远航科技" and screen["enrolment"] is None
    assert [one["state"] for one in screen["plan"]] == ["free"] * 4
    started = client.post(
        f"/api/fairs/{hall.fair.id}/enrolments", json={"employer_id": firm.employer.id}
    )
    number = started.json["id"]
    saved = client.put(f"/api/enrolments/{number}", json=form(firm, place))
    assert saved.json["place"]["number"] == "A01" and saved.json["may"]["edit"]
    sent = client.post(f"/api/enrolments/{number}/submit").json
    assert (sent["status"], sent["may"]["enter"]) == ("pending", False)
    assert sent["interviewers"] == PEOPLE
    reviewing.approve_enrolment(number)
    (mine,) = client.get(MINE).json["items"]
    assert (mine["status"], mine["booth_number"], mine["may"]["enter"]) == ("approved", "A01", True)
    hall_page = client.get(f"/api/screens/recruiter/booths/{mine['booth_id']}/hall")
    assert hall_page.status_code == 200 and hall_page.json["booth"]["number"] == "A01"


@pytest.mark.spec("B03", "B04")
def test_fairs_are_found_by_level_mode_and_name(hall, factory, client):
    hall.set(name="江海大学春季双选会")
    factory.fair(name="全省联合双选会", level="provincial", mode="recorded")
    factory.fair(name="线下专场", level="provincial", mode="offline")
    factory.fair(name="尚未发布", announced=False)
    end_fair(factory.fair(name="已经结束").id)
    assert len(names(client.get(FAIRS))) == 3
    assert names(client.get(FAIRS, query_string={"level": "school"})) == ["江海大学春季双选会"]
    offline = client.get(FAIRS, query_string={"level": "provincial", "mode": "offline"})
    assert names(offline) == ["线下专场"]
    assert names(client.get(FAIRS, query_string={"q": "联合"})) == ["全省联合双选会"]
    assert names(client.get(FAIRS, query_string={"q": "100%"})) == []
    assert client.get(FAIRS, query_string={"level": "city"}).status_code == 422


@pytest.mark.spec("B05")
def test_without_the_switch_there_is_nothing_to_book_and_the_reason_is_told(hall, firm, client):
    hall.set(takes_bookings=False)
    (listed,) = client.get(FAIRS).json["items"]
    assert listed["booking"] == "switched_off"
    refused = client.post(
        f"/api/fairs/{hall.fair.id}/enrolments", json={"employer_id": firm.employer.id}
    )
    assert refused.status_code == 409
    assert (refused.json["type"], refused.json["why"]) == (
        "/problems/booking-closed",
        "switched_off",
    )


@pytest.mark.spec("B01")
def test_list_tells_when_enrolment_opens_and_closes(hall, client):
    opens = clock.now().replace(second=0, microsecond=0) + timedelta(hours=1)
    hall.set(bookings_open_at=opens, bookings_close_at=opens + timedelta(hours=2))
    (listed,) = client.get(FAIRS).json["items"]
    assert listed["booking"] == "not_yet"
    assert listed["bookings_open_at"].startswith(opens.strftime("%Y-%m-%dT%H:%M"))


def test_list_of_fairs_goes_on_page_by_page(factory, client):
    now = clock.now()
    for number in range(24):
        starts = now + timedelta(days=3, hours=number // 2)
        factory.fair(
            name=f"第{number}场", starts_at=starts, doors_open_at=starts,
            entry_closes_at=starts, ends_at=starts + timedelta(hours=8),
        )  # fmt: skip
    first = client.get(FAIRS)
    rest = client.get(FAIRS, query_string={"cursor": first.json["next_cursor"]})
    assert len(names(first)) == 20 and rest.json["next_cursor"] is None
    assert len(set(names(first) + names(rest))) == 25
    assert client.get(FAIRS, query_string={"cursor": "bm9wZQ"}).status_code == 422


@pytest.mark.spec("C06")
def test_form_shows_why_a_position_cannot_come(hall, firm, client):
    create_position(employer_id=firm.employer.id, title="草稿岗", salary_min=5000, salary_max=6000)
    shown = client.get(f"{FAIRS}/{hall.fair.id}/booking").json["positions"]
    assert [(one["title"], one["is_approved"]) for one in shown] == [
        ("草稿岗", False), (firm.position.title, True),
    ]  # fmt: skip
    withdraw_position(firm.position.id)
    started = client.post(
        f"/api/fairs/{hall.fair.id}/enrolments", json={"employer_id": firm.employer.id}
    )
    refused = client.put(f"/api/enrolments/{started.json['id']}", json=form(firm))
    assert (refused.status_code, refused.json["titles"]) == (422, [firm.position.title])


@pytest.mark.spec("C09")
@pytest.mark.parametrize(
    "wrong",
    [
        {"interviewers": [{"name": "", "title": "经理"}]},
        {"interviewers": [{"name": "周敏", "phone": "电话"}]},
        {"interviewers": [{"name": "周" * 21}]},
        {"interviewers": PEOPLE * 21},
        {"position_ids": ["一"]},
        {"position_ids": [0]},
        {"place_id": "A01"},
    ],
)
def test_a_form_that_is_filled_in_wrongly_is_refused_field_by_field(hall, firm, client, wrong):
    row = hall.draft(firm)
    answer = client.put(f"/api/enrolments/{row.id}", json=form(firm, **wrong))
    assert answer.status_code == 422 and answer.json["errors"]
    assert Enrolment.get_by_id(row.id).interviewers == PEOPLE


@pytest.mark.spec("B09", "B10")
def test_my_enrolments_show_the_change_and_what_was_answered(hall, firm, client):
    row = hall.approved(firm)
    other = hall.factory.position(firm.employer, "前端工程师")
    wanted = {"position_ids": [other.id], "interviewers": PEOPLE, "note": "换岗位"}
    asked = client.post(f"/api/enrolments/{row.id}/changes", json=wanted).json
    assert (asked["change"]["status"], asked["may"]["change"]) == ("pending", False)
    assert [one["title"] for one in asked["change"]["positions"]] == ["前端工程师"]
    recalled = client.post(f"/api/enrolments/{row.id}/changes/recall").json
    assert (recalled["change"]["status"], recalled["may"]["change"]) == ("recalled", True)
    client.post(f"/api/enrolments/{row.id}/changes", json=wanted)
    changes.deny_change(row.id, "已截止")
    (shown,) = client.get(MINE).json["items"]
    assert (shown["change"]["status"], shown["change"]["answer"]) == ("declined", "已截止")


@pytest.mark.spec("B08", "B10")
def test_my_enrolments_tell_the_reason_and_the_place_on_the_wait_list(hall, firm, client):
    hall.set(most_employers=1)
    hall.approved(hall.firm())
    ahead, row = hall.submitted(hall.firm()), hall.submitted(firm)
    waiting.wait_list(ahead.id)
    waiting.wait_list(row.id, "名额已满")
    (shown,) = client.get(MINE).json["items"]
    assert (shown["status"], shown["rank"], shown["answer"]) == ("waitlisted", 2, "名额已满")


@pytest.mark.spec("B13")
def test_disqualified_employer_reads_why_and_cannot_register_again(hall, firm, client):
    row = hall.approved(firm)
    leaving.disqualify_enrolment(row.id, "发布虚假岗位")
    (shown,) = client.get(MINE).json["items"]
    assert (shown["status"], shown["answer"]) == ("disqualified", "发布虚假岗位")
    assert not any(shown["may"].values())
    again = client.post(
        f"/api/fairs/{hall.fair.id}/enrolments", json={"employer_id": firm.employer.id}
    )
    assert (again.status_code, again.json["type"]) == (403, "/problems/employer-barred")


def test_repeated_submission_with_one_key_answers_alike(hall, firm, client):
    row = hall.draft(firm)
    send = {"headers": {"Idempotency-Key": "submit-once-0001"}}
    answers = [client.post(f"/api/enrolments/{row.id}/submit", **send) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert client.post(f"/api/enrolments/{row.id}/submit").status_code == 409


def test_withdrawing_over_http_closes_the_enrolment(hall, firm, client):
    row = hall.approved(firm)
    answer = client.post(f"/api/enrolments/{row.id}/withdraw", json={"reason": "行程冲突"})
    assert (answer.json["status"], answer.json["may"]["withdraw"]) == ("withdrawn", False)


@pytest.mark.spec("N01")
def test_strangers_see_and_touch_nothing_of_a_enrolment(hall, firm, login, factory):
    row = hall.submitted(firm)
    stranger, student = login(hall.firm().account), login(factory.student().account)
    assert stranger.get(MINE).json["items"] == []
    screen = stranger.get(f"{FAIRS}/{hall.fair.id}/booking").json
    assert screen["employer"]["id"] != firm.employer.id and screen["enrolment"] is None
    foreign = {"query_string": {"employer_id": firm.employer.id}}
    assert stranger.get(f"{FAIRS}/{hall.fair.id}/booking", **foreign).status_code == 403
    for path, body in (
        (f"/api/fairs/{hall.fair.id}/enrolments", {"employer_id": firm.employer.id}),
        (f"/api/enrolments/{row.id}/submit", None),
        (f"/api/enrolments/{row.id}/withdraw", {}),
        (f"/api/enrolments/{row.id}/changes", {"position_ids": [1], "interviewers": PEOPLE}),
        (f"/api/enrolments/{row.id}/changes/recall", None),
    ):
        refused = stranger.post(path, json=body) if body is not None else stranger.post(path)
        assert (refused.status_code, refused.json["type"]) == (
            403,
            "/problems/not-your-employer",
        ), path
        assert student.post(path, json=body or {}).status_code == 403
    assert stranger.post("/api/enrolments/999999/submit").status_code == 404
    assert Enrolment.get_by_id(row.id).status == Enrolment.Status.PENDING


@pytest.mark.spec("N01")
def test_a_revoked_recruiter_sees_nothing_any_more(hall, firm, client, factory):
    row = hall.draft(firm)
    factory.revoke(firm.account)
    assert client.get(MINE).json["items"] == []
    assert client.get(f"{FAIRS}/{hall.fair.id}/booking").status_code == 403
    assert client.put(f"/api/enrolments/{row.id}", json=form(firm)).status_code == 403


def test_who_acts_for_two_employers_books_for_either(hall, firm, client):
    second = hall.firm("百川医药")
    bind_recruiter(firm.account, second.employer.id, name="周敏", title="")
    hall.submitted(second)
    open_booth(fair_id=hall.fair.id, employer_id=firm.employer.id, number="T1")
    (listed,) = client.get(FAIRS).json["items"]
    mine = {one["employer"]["name"]: (one["status"], one["booth_status"]) for one in listed["mine"]}
    assert mine == {"远航科技": (None, "open"), "百川医药": ("pending", None)}
    chosen = {"query_string": {"employer_id": second.employer.id}}
    screen = client.get(f"{FAIRS}/{hall.fair.id}/booking", **chosen).json
    assert screen["enrolment"]["status"] == "pending"


def test_pages_ask_the_database_as_much_for_many_as_for_few(hall, firm, client, factory):
    def asked(path):
        client.get(path)
        with queries() as statements:
            assert client.get(path).status_code == 200
        return statements

    booking = f"{FAIRS}/{hall.fair.id}/booking"
    hall.plan(3)
    hall.submitted(firm, plan.places_at(hall.fair.id)[0].id)
    few = {path: len(asked(path)) for path in (FAIRS, booking, MINE)}
    for _ in range(6):
        fair = factory.fair(takes_bookings=True)
        Enrolment.create(
            fair=fair, employer=firm.employer, status="waitlisted", submitted_at=clock.now(),
            position_ids=[factory.position(firm.employer).id], interviewers=PEOPLE,
        )  # fmt: skip
    for place in plan.places_at(hall.fair.id)[1:]:
        hall.submitted(hall.firm(), place.id)
    many = {path: asked(path) for path in (FAIRS, booking, MINE)}
    assert len(many[FAIRS]) == few[FAIRS] <= 6, str(many[FAIRS])
    assert len(many[booking]) == few[booking] <= 14, str(many[booking])
    assert len(many[MINE]) <= few[MINE] + 1 <= 7, str(many[MINE])  # and the wait-list
    assert Fair.select().count() == 7
