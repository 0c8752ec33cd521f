"""The wizard over HTTP: a company from nothing to admitted, and who is kept out on the way."""

import io

import pytest

from app.accounts.models import Account
from app.employers.gates import GATES, Entry
from app.employers.models import Employer, EmployerPaper, Recruiter
from app.employers.services import membership, review
from tests import samples
from tests.counting import queries
from tests.employers.conftest import DETAILS, REAL_BUT_FAILING
from tests.factories import valid_uscc

CODE = valid_uscc(900)


def solved(client) -> dict[str, str]:
    """A captcha as somebody who cannot see pictures answers it."""
    captcha = client.get("/api/captcha?kind=text").json
    left, _, right = captcha["question"].split()
    return {"captcha_id": captcha["id"], "captcha_answer": str(int(left) + int(right))}


def account_of(client, **changes):
    body = {
        "username": "zhoumin",
        "password": "correct horse 42",
        "name": "周敏",
        "phone": "13800006666",
        "email": "zhou@example.com",
    }
    return client.post("/api/registration/accounts", json=body | solved(client) | changes)


def opened(client, **changes):
    body = {"name": "远航科技有限公司", "code": CODE, "person": "周敏", "title": "招聘经理"}
    return client.post("/api/registration", json=body | changes)


def sent(client, purpose="paper"):
    form = {"file": (io.BytesIO(samples.jpeg()), "营业执照.jpg"), "purpose": purpose}
    answer = client.post("/api/uploads", data=form)
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def signed_in(client, session):
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {session['access_token']}"
    return client


@pytest.mark.spec("A05", "A06", "A09", "A10", "A11")
def test_company_registers_from_nothing_and_is_admitted(app, anybody, companies, factory):
    school = factory.school()
    start = anybody.get("/api/screens/registration/start").json
    assert [one["entry"] for one in start["entries"]] == ["platform", "centre", "school"]
    known = anybody.post("/api/registration/lookup", json={"code": CODE}).json
    assert known == {
        "code_fits": True, "is_known": False, "is_active": False, "name_masked": "",
        "has_admin": False,
    }  # fmt: skip
    session = account_of(anybody)
    assert session.status_code == 201, session.json
    client = signed_in(anybody, session.json)
    draft = opened(client, entry="school", school_id=school.id)
    assert draft.status_code == 201 and draft.json["status"] == "draft"

    # The browser is closed; another one signs in and finds everything as it was left.
    other = app.test_client()
    login = {"username": "zhoumin", "password": "correct horse 42"}
    client = signed_in(other, other.post("/api/login/password", json=login).json)
    client.put("/api/registration/certification", json=DETAILS)
    screen = client.get("/api/screens/registration").json
    assert screen["registration"]["certification"]["address"] == DETAILS["address"]
    assert screen["account"] == {
        "name": "周敏", "username": "zhoumin", "phone_masked": "138****6666", "has_wechat": False,
    }  # fmt: skip
    client.put("/api/registration/services", json={"services": ["video_fairs", "signing"]})
    for kind in ("authorisation_letter", "business_licence"):
        paper = client.put(f"/api/registration/papers/{kind}", json={"upload_id": sent(client)})
        assert paper.status_code == 200, paper.json
    shown = {one["kind"]: one for one in paper.json["papers"]}
    assert set(shown) == {"authorisation_letter", "business_licence", "organisation_code"}
    assert client.get(shown["organisation_code"]["url"]).status_code == 200
    handed_in = client.post("/api/registration/submit")
    assert handed_in.status_code == 200, handed_in.json
    assert handed_in.json["gates"] == [
        {"gate": "platform", "state": "here"},
        {"gate": "school", "state": "ahead"},
    ]
    for gate in GATES[Entry.SCHOOL]:
        review.pass_gate(handed_in.json["id"], gate, companies.staff())
    assert client.get("/api/screens/registration").json["registration"]["status"] == "active"


@pytest.mark.spec("A06")
def test_incomplete_registration_points_at_each_missing_field(login, registrant, companies):
    companies.draft(registrant)
    answer = login(registrant).post("/api/registration/submit")
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/registration-incomplete")
    pointers = {one["pointer"] for one in answer.json["errors"]}
    assert {"#/certification/phone", "#/papers/business_licence", "#/services"} <= pointers


@pytest.mark.spec("A09")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12345"), ("email", "not-a-mail"), ("recruiting_email", "@x"),
        ("postcode", "31001"), ("nature", "皮包公司"), ("capital", -1), ("capital", "千万"),
        ("tags", ["一", "二", "三", "四", "五", "六", "七"]), ("tags", ["双休", "双休"]),
        ("tags", ["长" * 13]), ("province", "江左"), ("address", "路" * 121),
        ("name", "改名"), ("uscc", CODE),
    ],
)  # fmt: skip
def test_field_that_cannot_be_is_refused_by_its_name(login, registrant, companies, field, value):
    companies.complete(registrant)
    answer = login(registrant).put("/api/registration/certification", json={field: value})
    assert answer.status_code == 422, answer.json
    assert answer.json["errors"][0]["pointer"].startswith(f"#/{field}")


@pytest.mark.parametrize(
    "phone", ["0571-88886666", "13800006666", "400-123-4567", "021-12345678-8001", ""]
)
def test_phones_as_companies_write_them_are_taken(login, registrant, companies, phone):
    companies.draft(registrant)
    client = login(registrant)
    answer = client.put("/api/registration/certification", json={"phone": phone})
    expected = 422 if phone.startswith("021-1") else 200  # no number begins with 1
    assert answer.status_code == expected, answer.json


@pytest.mark.spec("A06")
def test_failing_code_says_that_one_may_insist(login, registrant):
    client = login(registrant)
    answer = opened(client, code=REAL_BUT_FAILING)
    assert (answer.status_code, answer.json["can_insist"]) == (422, True)
    assert opened(client, code=REAL_BUT_FAILING, is_sure=True).status_code == 201


def test_account_needs_a_captcha_and_sound_addresses(anybody):
    wrong = account_of(anybody, captcha_answer="1")
    assert (wrong.status_code, wrong.json["type"]) == (422, "/problems/captcha-wrong")
    bad = account_of(anybody, phone="123", email="x")
    assert {one["pointer"] for one in bad.json["errors"]} == {"#/phone", "#/email"}
    assert Account.select().count() == 0
    assert account_of(anybody).status_code == 201
    taken = account_of(anybody, username="ZhouMin")
    assert (taken.status_code, taken.json["type"]) == (409, "/problems/username-taken")


@pytest.mark.spec("A07")
def test_codes_are_looked_up_not_guessed(anybody):
    answers = [
        anybody.post("/api/registration/lookup", json={"code": valid_uscc(n)}) for n in range(31)
    ]
    assert [one.status_code for one in answers[:30]] == [200] * 30
    assert answers[30].status_code == 429 and answers[30].json["retry_after"] > 0


@pytest.mark.spec("A07", "A08")
def test_colleague_joins_over_the_desk(login, registrant, companies, factory):
    companies.admitted(registrant, CODE)
    colleague = factory.account("林晓雨")
    client, admin = login(colleague), login(registrant)
    wish = {"code": CODE, "kind": "join", "name": "林晓雨", "note": "人力资源部"}
    asked = client.post("/api/memberships", json=wish)
    assert (asked.status_code, asked.json["status"]) == (201, "pending")
    (company,) = admin.get("/api/screens/members").json["companies"]
    (request,) = company["requests"]
    assert request["note"] == "人力资源部" and "phone" not in request
    answer = admin.post(f"/api/memberships/{request['id']}/approve")
    assert (answer.status_code, answer.json["status"]) == (200, "approved")
    again = admin.post(f"/api/memberships/{request['id']}/decline", json={})
    assert again.status_code == 409
    assert client.get("/api/screens/registration").json["request"]["status"] == "approved"
    (theirs,) = client.get("/api/screens/members").json["companies"]
    assert [one["is_me"] for one in theirs["members"]] == [False, True]


@pytest.mark.spec("A07", "N03")
def test_other_companys_administrator_member_and_stranger_are_refused(
    login, registrant, companies, factory
):
    companies.admitted(registrant, CODE)
    other, stranger = factory.account(), factory.account()
    companies.admitted(other, valid_uscc(901))
    wish = membership.Wish(kind=membership.Kind.JOIN, name="林晓雨")
    request = membership.ask_to_join(factory.account().id, CODE, wish)
    for who in (other, stranger):
        for path, body in (("approve", None), ("decline", {})):
            answer = login(who).post(f"/api/memberships/{request.id}/{path}", json=body)
            assert answer.status_code == 403, (path, answer.json)
            assert answer.json["type"] == "/problems/not-your-employer"
        assert login(who).post(f"/api/memberships/{request.id}/recall").status_code == 404
        companies_of = login(who).get("/api/screens/members").json["companies"]
        assert all(one["requests"] == [] for one in companies_of)
    assert login(registrant).post("/api/memberships/999999/approve").status_code == 404


@pytest.mark.spec("N03")
def test_one_applicant_never_sees_or_touches_anothers_registration(
    login, registrant, companies, factory
):
    companies.complete(registrant)
    stranger = login(factory.account())
    assert stranger.get("/api/screens/registration").json["registration"] is None
    for path in ("company", "certification", "services"):
        body = {"name": "别家公司", "code": CODE} if path == "company" else {}
        body = {"services": []} if path == "services" else body
        answer = stranger.put(f"/api/registration/{path}", json=body)
        assert (answer.status_code, answer.json["type"]) == (
            404,
            "/problems/registration-not-found",
        )
    assert stranger.post("/api/registration/submit").status_code == 404
    assert stranger.delete("/api/registration/papers/business_licence").status_code == 404
    assert EmployerPaper.select().count() == 3


@pytest.mark.spec("N03")
def test_nobody_without_a_login_gets_in(anybody):
    for method, path in (
        ("GET", "/api/screens/registration"), ("GET", "/api/screens/members"),
        ("POST", "/api/registration"), ("POST", "/api/registration/submit"),
        ("POST", "/api/memberships"), ("POST", "/api/me/wechat/codes"),
    ):  # fmt: skip
        assert anybody.open(path, method=method, json={}).status_code == 401, path


@pytest.mark.spec("A11", "N03")
@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "suspended"])
def test_recruiter_of_a_company_that_is_not_admitted_reaches_no_booth(factory, login, status):
    booth = factory.booth()
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter)
    client = login(recruiter)
    assert client.post(f"/api/booths/{booth.id}/desk").status_code == 200
    Employer.update(status=status).where(Employer.id == booth.employer_id).execute()
    for method, path in (
        ("POST", f"/api/booths/{booth.id}/desk"),
        ("POST", f"/api/booths/{booth.id}/ring-next"),
        ("GET", f"/api/screens/recruiter/booths/{booth.id}/hall"),
        ("GET", f"/api/screens/recruiter/booths/{booth.id}/talents"),
        ("GET", f"/api/screens/recruiter/interviews/{ticket.id}"),
    ):
        answer = client.open(path, method=method)
        assert answer.status_code == 403, (path, answer.json)
        assert answer.json["type"] == "/problems/employer-not-active", path
    assert client.get("/api/screens/recruiter").json["booths"] == []
    assert client.get("/api/screens/registration").status_code == 200


def test_revoked_administrator_has_lost_the_registration(login, registrant, companies, factory):
    companies.complete(registrant)
    row = Recruiter.get(Recruiter.account == registrant)
    row.revoke(is_admin=False)
    answer = login(registrant).put("/api/registration/services", json={"services": []})
    assert answer.status_code == 404


def test_members_page_asks_as_often_for_many_as_for_one(login, registrant, companies, factory):
    employer = companies.admitted(registrant, CODE)
    client = login(registrant)
    client.get("/api/screens/members")
    with queries() as few:
        client.get("/api/screens/members")
    for number in range(12):
        account = factory.account(f"同事{number}")
        Recruiter.create(account=account, employer=employer, name=account.name)
        wish = membership.Wish(kind=membership.Kind.JOIN, name="新同事")
        membership.ask_to_join(factory.account().id, CODE, wish)
    with queries() as many:
        shown = client.get("/api/screens/members").json["companies"][0]
    assert (len(shown["members"]), len(shown["requests"])) == (13, 12)
    assert len(many) == len(few) <= 3, str(many)


def test_wizard_asks_a_fixed_number(login, registrant, companies):
    companies.complete(registrant)
    client = login(registrant)
    client.get("/api/screens/registration")
    with queries() as asked:
        client.get("/api/screens/registration")
    assert len(asked) <= 7, str(asked)
