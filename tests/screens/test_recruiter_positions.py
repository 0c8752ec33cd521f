"""The desk's pages of an employer: its positions, one of them, its schools."""

import pytest

from app.employers.services.settlements import (
    apply_for_settlement,
    return_settlement,
    revoke_settlement,
)
from app.positions.services.review import return_position
from app.positions.services.writing import discard_position
from app.schools.services import create_school
from tests.counting import queries


@pytest.fixture
def employer(factory):
    return factory.employer()


@pytest.fixture
def hr(factory, employer):
    return factory.acting(employer)


@pytest.fixture
def page(employer):
    return f"/api/screens/recruiter/employers/{employer.id}"


def test_recruiter_sees_the_employers_they_act_for(factory, login, employer, hr):
    factory.employer()
    client = login(hr)
    told = client.get("/api/screens/recruiter/employers").json
    assert told == {"employers": [{"id": employer.id, "name": employer.name}]}
    factory.revoke(hr)
    assert client.get("/api/screens/recruiter/employers").json == {"employers": []}


@pytest.mark.spec("C05")
def test_all_own_positions_are_listed_with_their_counts(factory, login, employer, hr, page):
    school = factory.school()
    factory.settled(employer, school, hr)
    published = factory.reviewed(employer, hr, school_ids=[school.id])
    pending = factory.submitted(employer, hr, title="测试工程师", city="宁波")
    draft = factory.draft(employer, hr, title="产品经理")
    gone = factory.reviewed(employer, hr)
    discard_position(gone.id, employer.id, hr.id)
    factory.position(factory.employer())
    client = login(hr)
    told = client.get(f"{page}/positions").json
    assert [one["id"] for one in told["items"]] == [draft.id, pending.id, published.id]
    assert told["counts"] == {"draft": 1, "pending": 1, "published": 1, "withdrawn": 0}
    assert told["items"][2]["schools"] == [{"id": school.id, "name": school.name, "shown": True}]
    narrowed = client.get(f"{page}/positions?status=pending").json
    assert [one["id"] for one in narrowed["items"]] == [pending.id]
    assert narrowed["counts"]["draft"] == 1
    for word in ("测试", "宁波"):
        found = client.get(f"{page}/positions?q={word}").json["items"]
        assert [one["id"] for one in found] == [pending.id]
    assert client.get(f"{page}/positions?status=deleted").status_code == 422


@pytest.mark.spec("C04")
def test_ended_settlement_shows_in_the_list_and_in_the_form(factory, login, employer, hr, page):
    school, other = factory.school(), factory.school("临江学院")
    settlement = factory.settled(employer, school, hr)
    factory.settled(employer, other, hr)
    position = factory.reviewed(employer, hr, school_ids=[school.id])
    revoke_settlement(settlement.id, "资质过期")
    client = login(hr)
    row = client.get(f"{page}/positions").json["items"][0]
    assert row["schools"] == [{"id": school.id, "name": school.name, "shown": False}]
    form = client.get(f"{page}/positions/{position.id}").json
    assert form["schools"] == [
        {"id": school.id, "name": school.name, "settled": False, "shown": False},
        {"id": other.id, "name": "临江学院", "settled": True, "shown": False},
    ]
    assert form["position"]["school_ids"] == [school.id]
    fresh = client.get(f"{page}/positions/new").json
    assert fresh["position"] is None and [one["id"] for one in fresh["schools"]] == [other.id]


@pytest.mark.spec("C05")
def test_form_tells_why_a_posting_came_back(factory, login, employer, hr, page):
    position = factory.submitted(employer, hr)
    return_position(position.id, "请写明工作地址")
    told = login(hr).get(f"{page}/positions/{position.id}").json["position"]
    assert (told["status"], told["review_reason"]) == ("draft", "请写明工作地址")
    assert login(hr).get(f"{page}/positions/999999").status_code == 404


@pytest.mark.spec("C01")
def test_every_school_is_listed_with_how_one_stands_there(factory, login, employer, hr, page):
    settled, asked, returned, fresh = (
        create_school(name) for name in ("甲大学", "乙大学", "丙学院", "丁学院")
    )
    factory.settled(employer, settled, hr)
    apply_for_settlement(employer.id, asked.id, hr.id)
    refused = apply_for_settlement(employer.id, returned.id, hr.id)
    return_settlement(refused.id, "营业执照已过期")
    client = login(hr)
    told = client.get(f"{page}/schools").json
    assert [(one["name"], one["status"]) for one in told["items"]] == [
        ("甲大学", "settled"), ("乙大学", "awaiting"), ("丙学院", "open"), ("丁学院", "open"),
    ]  # fmt: skip
    assert told["items"][2]["return_reason"] == "营业执照已过期"
    assert told["counts"] == {"open": 2, "awaiting": 1, "settled": 1}
    for query, ids in (
        ("status=open", [returned.id, fresh.id]),
        ("status=settled", [settled.id]),
        ("q=学院", [returned.id, fresh.id]),
        ("q=学院&status=settled", []),
    ):
        found = client.get(f"{page}/schools?{query}").json["items"]
        assert [one["school_id"] for one in found] == ids, query


@pytest.mark.spec("C01")
def test_schools_are_read_page_by_page(login, hr, page):
    for number in range(45):
        create_school(f"第{number}大学")
    client = login(hr)
    first = client.get(f"{page}/schools").json
    rest = client.get(f"{page}/schools?cursor={first['next_cursor']}").json
    assert (len(first["items"]), len(rest["items"])) == (40, 5)
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("size", [3, 30])
def test_lists_ask_the_same_however_long_they_are(factory, login, employer, hr, page, size):
    schools = [create_school(f"第{number}大学") for number in range(3)]
    for school in schools:
        factory.settled(employer, school, hr)
    ids = [school.id for school in schools]
    for _ in range(size):
        factory.reviewed(employer, hr, school_ids=ids)
    client = login(hr)
    for path, most in (("positions", 5), ("schools", 6)):
        client.get(f"{page}/{path}")
        with queries() as asked:
            assert client.get(f"{page}/{path}").status_code == 200
        assert len(asked) <= most, str(asked)
