"""Logging in inside WeChat's browser: there, back, and one exchange."""

from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from app.accounts.models import Account, LoginSession, WeChatIdentity
from app.accounts.services.people import open_exchange
from tests.racing import at_once

START = "/api/login/oauth"


def leave(client, page="/m/pages/fair/fair?id=7"):
    """The address that the browser is sent to."""
    answer = client.get(START, query_string={"next": page})
    assert answer.status_code == 302
    return answer.headers["Location"]


def consent(address, user):
    """WeChat's page, where the person agrees; the query that the browser brings back."""
    answer = requests.get(
        address.partition("#")[0], cookies={"sandbox_user": user.id}, allow_redirects=False
    )
    return urlsplit(answer.headers["Location"]).query


def come_back(client, query):
    return client.get(f"{START}/callback?{query}")


def exchange(client, code):
    return client.post("/api/login/exchange", json={"code": code})


def round_trip(client, user, page="/m/pages/fair/fair?id=7"):
    answer = come_back(client, consent(leave(client, page), user))
    assert answer.status_code == 302, answer.json
    target, _, fragment = answer.headers["Location"].partition("#")
    return target, parse_qs(fragment)["exchange"][0]


@pytest.mark.spec("A01", "A03")
def test_browser_leaves_returns_to_its_page_and_is_logged_in(anybody, wechat_sandbox):
    target, code = round_trip(anybody, wechat_sandbox.create_user("周敏"))
    assert target == "/m/pages/fair/fair?id=7"
    session = exchange(anybody, code)
    assert session.status_code == 200
    assert session.json["account"]["id"] == WeChatIdentity.get().account_id


@pytest.mark.spec("A01")
def test_union_id_joins_mini_program_and_browser_in_one_account(anybody, wechat_sandbox):
    user = wechat_sandbox.create_user()
    mini = anybody.post(
        "/api/login/miniprogram", json={"code": wechat_sandbox.login_code(user)}
    ).json["account"]["id"]
    _, code = round_trip(anybody, user)
    assert exchange(anybody, code).json["account"]["id"] == mini
    assert Account.select().count() == 1
    assert {one.openid for one in WeChatIdentity.select()} == {user.openid, user.service_openid}


def test_two_people_stay_two_accounts(anybody, wechat_sandbox):
    ids = set()
    for _ in range(2):
        _, code = round_trip(anybody, wechat_sandbox.create_user())
        ids.add(exchange(anybody, code).json["account"]["id"])
    assert len(ids) == 2


def test_exchange_code_is_good_once(anybody, wechat_sandbox):
    _, code = round_trip(anybody, wechat_sandbox.create_user())
    assert exchange(anybody, code).status_code == 200
    again = exchange(anybody, code)
    assert (again.status_code, again.json["type"]) == (401, "/problems/exchange-code-invalid")


@pytest.mark.serial
def test_of_simultaneous_exchanges_one_wins(app, factory):
    code = open_exchange(factory.account())
    outcomes = at_once(app, *[lambda: exchange(app.test_client(), code).status_code] * 5)
    assert sorted(outcomes) == [200, 401, 401, 401, 401]


def test_exchange_code_is_good_for_a_minute(anybody, factory, travel):
    account = factory.account()
    in_time, late = open_exchange(account), open_exchange(account)
    travel(timedelta(seconds=58))
    assert exchange(anybody, in_time).status_code == 200
    travel(timedelta(seconds=3))
    assert exchange(anybody, late).status_code == 401


def test_invented_exchange_code_is_refused(anybody):
    for code in ("x", "A" * 32, "登录"):
        assert exchange(anybody, code).status_code == 401


class Long(TimestampSigner):
    """Signs as if eleven minutes ago."""

    def get_timestamp(self) -> int:
        return super().get_timestamp() - 660


def test_forged_or_expired_state_is_refused_before_wechat_is_asked(app, anybody, wechat_sandbox):
    leave(anybody)
    nonce = anybody.get_cookie("oauth_state", path=START).value
    code = wechat_sandbox.oauth_code(wechat_sandbox.create_user())
    secret = app.config["SECRET_KEY"]
    old = URLSafeTimedSerializer(secret, salt="oauth-state", signer=Long)
    strange = URLSafeTimedSerializer("another", salt="oauth-state")
    for state in ("x", old.dumps(["/m/", nonce]), strange.dumps(["/m/", nonce])):
        answer = come_back(anybody, f"code={code}&state={quote(state)}")
        assert (answer.status_code, answer.json["type"]) == (422, "/problems/oauth-state-invalid")
    assert wechat_sandbox.calls("/sns/oauth2/access_token") == 0


def test_a_strangers_return_address_logs_nobody_in(app, anybody, wechat_sandbox):
    stranger, victim = app.test_client(), anybody
    query = consent(leave(stranger), wechat_sandbox.create_user("陌生人"))
    leave(victim)
    answer = come_back(victim, query)
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/oauth-state-invalid")
    assert come_back(app.test_client(), query).status_code == 422
    assert LoginSession.select().count() == 0


def test_wrong_code_from_wechat_is_refused(anybody):
    state = parse_qs(urlsplit(leave(anybody)).query)["state"][0]
    answer = come_back(anybody, f"code={'0' * 32}&state={quote(state)}")
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/login-code-refused")


def test_browser_that_cannot_be_logged_in_lands_on_the_login_page(anybody):
    state = parse_qs(urlsplit(leave(anybody)).query)["state"][0]
    refused = f"{START}/callback?code={'0' * 32}&state={quote(state)}"
    answer = anybody.get(refused, headers={"Accept": "text/html,*/*;q=0.8"})
    landed = urlsplit(answer.location)
    assert (answer.status_code, landed.path) == (302, "/m/pages/login/login")
    asked = parse_qs(landed.query)
    assert asked["failed"] == ["login-code-refused"]
    assert asked["next"][0].startswith("/")
    lost = anybody.get(f"{START}/callback?code=1&state=x", headers={"Accept": "text/html"})
    assert parse_qs(urlsplit(lost.location).query)["failed"] == ["oauth-state-invalid"]


@pytest.mark.parametrize(
    "page",
    [
        "/m/../admin",
        "/m/..",
        "/m/%2e%2e/admin",
        "/m/%252e%252e/admin",
        "/m/a/../../admin",
        "//evil.example/m/",
        "/m/..//evil.example",
        "/\\evil.example/m/",
        "/m/\\evil",
        "/m/..\\..\\evil",
        "/m/%5cevil",
        "https://evil.example/m/",
        "javascript:alert(1)//m/",
        "/mx/",
        "m/",
        "",
        "/m/\r\nSet-Cookie: a=b",
        "/m/\t..",
        "//[",
    ],
)
def test_login_never_leads_out_of_the_client(anybody, wechat_sandbox, page):
    target, _ = round_trip(anybody, wechat_sandbox.create_user(), page)
    assert target == "/m/"


@pytest.mark.parametrize(
    "page", ["/m/", "/m/s?scene=f.abc", "/m/pages/fair/fair?id=1&from=%2Fx", "/m/#/pages/queue"]
)
def test_pages_of_the_client_are_returned_to(anybody, wechat_sandbox, page):
    target, _ = round_trip(anybody, wechat_sandbox.create_user(), page)
    assert target == page.partition("#")[0]
