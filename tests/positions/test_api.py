"""Positions over the wire: what an employer sends and reads."""

from datetime import timedelta

import pytest

from app.positions.models import Position, today


def body(**more):
    return {
        "title": "  算法  工程师 ",
        "kind": "internship",
        "province": "浙江",
        "city": "杭州",
        "address": "滨江区江南大道 100 号",
        "salary_min": 9000,
        "salary_max": 15000,
        "months_paid": 14,
        "degree": "硕士",
        "headcount": 2,
        "majors": ["计算机科学与技术", "软件工程", "软件工程"],
        "graduation_years": [2028, 2027, 2027],
        "welfare": ["五险一金", "双休"],
        "duties": " 负责推荐算法的研究与落地。\n",
        "requirements": "熟悉机器学习，有工程能力。",
        "valid_until": f"{today() + timedelta(days=30):%Y-%m-%d}",
        "school_ids": [],
    } | more


@pytest.fixture
def client(login, hr):
    return login(hr)


@pytest.mark.spec("C03", "C05", "SM3")
def test_posting_goes_from_draft_to_review_and_back(client, employer, school):
    path = f"/api/employers/{employer.id}/positions"
    made = client.post(path, json=body(school_ids=[school.id]))
    assert made.status_code == 201
    told = made.json
    assert (told["title"], told["status"], told["version"]) == ("算法 工程师", "draft", 1)
    assert told["majors"] == ["计算机科学与技术", "软件工程"]
    assert told["graduation_years"] == [2027, 2028] and told["kind"] == "internship"
    assert told["duties"] == "负责推荐算法的研究与落地。" and told["school_ids"] == [school.id]
    one = f"{path}/{told['id']}"
    saved = client.put(one, json=body(version=1, headcount=9999)).json
    assert (saved["headcount"], saved["version"], saved["school_ids"]) == (9999, 2, [])
    assert client.post(f"{one}/submit", json={"version": 1}).status_code == 409
    assert client.post(f"{one}/submit", json={"version": 2}).json["status"] == "pending"
    refused = client.put(one, json=body(version=2))
    assert refused.json["type"] == "/problems/position-under-review"
    assert client.post(f"{one}/recall").json["status"] == "draft"
    assert client.put(f"{one}/targets", json={"school_ids": [school.id]}).json["school_ids"] == [
        school.id
    ]
    assert client.delete(one).status_code == 204
    assert client.delete(one).status_code == 404


@pytest.mark.spec("C03")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "), ("title", "岗" * 61), ("headcount", 0), ("headcount", 10_000),
        ("headcount", "3"), ("salary_min", -1), ("salary_max", 1_000_001), ("months_paid", 11),
        ("degree", "高中"), ("kind", "secret"), ("valid_until", "2027-13-01"),
        ("welfare", ["很长很长很长很长很长很长的福利"]), ("majors", ["专" * 31]),
        ("majors", [f"专业{'长' * 20}{n}" for n in range(12)]), ("graduation_years", [1999]),
        ("duties", "长" * 5001), ("school_ids", ["1"]),
    ],
)  # fmt: skip
def test_odd_fields_are_told_by_name(client, employer, field, value):
    answer = client.post(f"/api/employers/{employer.id}/positions", json=body(**{field: value}))
    assert answer.status_code == 422, answer.json
    assert any(one["pointer"].startswith(f"#/{field}") for one in answer.json["errors"])
    assert not Position.select().exists()


@pytest.mark.spec("C03")
def test_incomplete_posting_tells_each_gap(client, employer):
    path = f"/api/employers/{employer.id}/positions"
    made = client.post(path, json={"title": "测试工程师"}).json
    answer = client.post(f"{path}/{made['id']}/submit", json={"version": 1})
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/position-incomplete")
    assert {"pointer": "#/city", "detail": "请填写工作城市"} in answer.json["errors"]


@pytest.mark.spec("C10")
def test_employer_reads_which_of_its_words_may_be_trouble(client, employer):
    path = f"/api/employers/{employer.id}/positions"
    told = client.post(path, json=body(requirements="熟悉机器学习，女生优先。")).json
    (flag,) = told["flags"]
    assert (flag["word"], flag["phrase"], flag["field"]) == ("性别限制", "女生优先", "requirements")


@pytest.mark.spec("C05")
def test_command_that_is_repeated_has_one_effect(client, employer):
    path = f"/api/employers/{employer.id}/positions"
    for _ in range(2):
        answer = client.post(path, json=body(), headers={"Idempotency-Key": "once-only-1"})
        assert answer.status_code == 201
    assert Position.select().count() == 1


@pytest.mark.spec("C05")
def test_many_are_withdrawn_by_one_command(factory, client, employer, hr):
    ids = [factory.reviewed(employer, hr).id, factory.draft(employer, hr).id]
    path = f"/api/employers/{employer.id}/positions/withdraw"
    assert client.post(path, json={"ids": ids}).json == {"withdrawn": 1}
    assert client.post(path, json={"ids": []}).status_code == 422


@pytest.mark.spec("N01")
def test_revoked_recruiter_and_students_are_refused(factory, login, client, employer, hr):
    path = f"/api/employers/{employer.id}/positions"
    made = client.post(path, json=body()).json
    assert login(factory.student().account).post(path, json=body()).status_code == 403
    factory.revoke(hr)
    for method, address, sent in (
        ("post", path, body()),
        ("put", f"{path}/{made['id']}", body(version=1)),
        ("post", f"{path}/{made['id']}/submit", {"version": 1}),
        ("delete", f"{path}/{made['id']}", None),
    ):
        answer = getattr(client, method)(address, json=sent)
        assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-your-employer")
    assert Position.get().status == "draft"
