"""A recruiter's code binds one WeChat account to a booth's employer, once."""

from datetime import timedelta

import pytest

from app.core.audit import AuditEntry, acting
from app.core.errors import InvalidTransition
from app.employers.models import Recruiter
from app.fairs.errors import CodeUnknown
from app.fairs.models import RecruiterCode
from app.fairs.services.booths import issue_recruiter_codes, revoke_recruiter_code
from tests.racing import at_once


@pytest.fixture
def booth(factory):
    return factory.booth()


@pytest.fixture
def code(booth):
    return issue_recruiter_codes(booth.id, hours=2)[0]


def redeem(client, code, name="周敏"):
    return client.post(
        f"/api/recruiter-codes/{code.token}/redeem", json={"name": name, "title": "招聘经理"}
    )


def hall(client, booth):
    return client.get(f"/api/screens/recruiter/booths/{booth.id}/hall")


@pytest.mark.spec("A05")
def test_scanning_makes_a_recruiter_of_that_booths_employer(factory, login, booth, code):
    account = factory.account()
    answer = redeem(login(account), code)
    assert answer.status_code == 200, answer.json
    assert answer.json["booth_id"] == booth.id
    assert answer.json["employer_name"] == booth.employer.name
    client = login(account)  # a renewed token carries the role
    me = client.get("/api/me").json
    assert me["roles"] == ["student", "recruiter"]
    assert [one["booth_id"] for one in me["booths"]] == [booth.id]
    assert hall(client, booth).status_code == 200


def test_token_from_before_does_not_carry_the_role(factory, login, booth, code):
    client = login(factory.account())
    redeem(client, code)
    answer = hall(client, booth)
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/role-required")


def test_code_is_good_for_one_account(factory, login, code):
    redeem(login(factory.account()), code)
    answer = redeem(login(factory.account()), code)
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/code-used")
    assert answer.json["title"] == "该二维码已被使用，请向工作人员领取新的二维码"
    assert Recruiter.select().count() == 1


def test_same_account_may_scan_its_code_again(factory, login, code):
    client = login(factory.account())
    assert redeem(client, code).json == redeem(client, code).json
    assert Recruiter.select().count() == 1


@pytest.mark.serial
def test_of_accounts_that_scan_at_once_one_is_bound_and_the_others_told_why(
    app, factory, login, code
):
    clients = [login(factory.account()) for _ in range(8)]
    answers = at_once(app, *[lambda c=c: redeem(c, code) for c in clients])
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    types = {answer.json["type"] for answer in answers if answer.status_code == 409}
    assert types == {"/problems/code-used"}
    assert Recruiter.select().count() == 1
    won = next(c for c, a in zip(clients, answers, strict=True) if a.status_code == 200)
    assert RecruiterCode.get().used_by_id == won.get("/api/me").json["id"]


@pytest.mark.serial
def test_double_tap_of_one_account_binds_once_and_both_taps_succeed(app, factory, login, code):
    account = factory.account()
    answers = at_once(app, *[lambda: redeem(login(account), code).status_code] * 5)
    assert answers == [200] * 5
    assert Recruiter.select().count() == 1


def test_expired_and_revoked_codes_say_what_they_are(factory, login, booth, code, travel):
    client = login(factory.account())
    revoked = issue_recruiter_codes(booth.id)[0]
    revoke_recruiter_code(revoked.id, "发错了")
    assert redeem(client, revoked).json["type"] == "/problems/code-revoked"
    travel(timedelta(hours=1, minutes=59, seconds=55))
    late = issue_recruiter_codes(booth.id, hours=1)[0]
    travel(timedelta(seconds=10))
    assert redeem(client, code).json["type"] == "/problems/code-expired"
    assert redeem(client, late).status_code == 200


def test_invented_code_is_unknown(factory, login):
    answer = redeem(login(factory.account()), RecruiterCode(token="AAAA"))
    assert (answer.status_code, answer.json["type"]) == (404, "/problems/code-unknown")


@pytest.mark.parametrize("name", ["", "   ", "名" * 21])
def test_recruiter_needs_a_name(factory, login, code, name):
    answer = redeem(login(factory.account()), code, name)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "#/name"
    assert RecruiterCode.get().status == "issued"


def test_revoked_recruiter_cannot_act_nor_come_back_by_the_used_code(factory, login, booth, code):
    account = factory.account()
    redeem(login(account), code)
    client = login(account)
    assert hall(client, booth).status_code == 200
    factory.revoke(account)
    answer = hall(client, booth)
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-your-employer")
    assert client.get("/api/screens/recruiter").json["booths"] == []
    answer = redeem(client, code)
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-your-employer")


def test_fresh_code_brings_a_revoked_recruiter_back(factory, login, booth, code):
    account = factory.account()
    redeem(login(account), code)
    factory.revoke(account)
    assert redeem(login(account), issue_recruiter_codes(booth.id)[0]).status_code == 200
    assert hall(login(account), booth).status_code == 200


def test_used_code_cannot_be_revoked_and_an_unknown_one_is_not_found(factory, login, code):
    redeem(login(factory.account()), code)
    with pytest.raises(InvalidTransition):
        revoke_recruiter_code(code.id)
    with pytest.raises(CodeUnknown):
        revoke_recruiter_code(10**6)


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (2, 2), (10_000, 720)])
def test_codes_last_from_one_to_seven_hundred_and_twenty_hours(booth, asked, given):
    with acting(7, "staff"):
        code = issue_recruiter_codes(booth.id, hours=asked)[0]
    lasts = code.expires_at - code.created_at
    assert abs(lasts - timedelta(hours=given)) < timedelta(seconds=5)
    entry = AuditEntry.get(AuditEntry.action == "issue_codes")
    assert entry.after == {"count": 1, "hours": given}
    assert (entry.actor_id, entry.actor_role) == (7, "staff")
