"""Giving a WeChat to an account that signs in by password, by scanning (A06 ⑤)."""

import pytest

from app.accounts.models import Account, LoginSession, WeChatIdentity
from app.accounts.services.passwords import open_password_account
from app.accounts.services.people import log_in
from app.core.audit import AuditEntry
from tests.racing import at_once


@pytest.fixture
def owner(app):
    """Somebody who registered with name and password."""
    return open_password_account(
        username="zhoumin", password="correct horse 42", name="周敏", phone="", email=""
    )


def wechat_account(openid="o-1"):
    """A phone that has just signed in for the first time."""
    account = Account.create()
    WeChatIdentity.create(account=account, appid="wx-service", openid=openid)
    log_in(account)
    return account


@pytest.fixture
def code(owner, login):
    answer = login(owner).post("/api/me/wechat/codes", json={"device": "Chrome"})
    assert answer.status_code == 201, answer.json
    return answer.json


def touch(phone, code, verb):
    return phone.post(f"/api/login/codes/{code['ticket']}/{verb}")


def identity_of(account):
    return WeChatIdentity.get_or_none(WeChatIdentity.account == account)


@pytest.mark.spec("A06")
def test_scanned_wechat_belongs_to_the_desks_account(anybody, login, owner, code):
    fresh = wechat_account()
    phone = login(fresh)
    seen = touch(phone, code, "scan").json
    assert seen["binds_to"] == "周敏" and identity_of(owner) is None
    assert touch(phone, code, "confirm").status_code == 200
    assert identity_of(owner).openid == "o-1" and identity_of(fresh) is None
    assert LoginSession.get(LoginSession.account == fresh).ended_at is not None
    assert AuditEntry.get(AuditEntry.action == "bind_wechat").subject == f"account:{owner.id}"
    claim = anybody.post(
        f"/api/login/codes/{code['ticket']}/claim", json={"secret": code["secret"]}
    )
    assert claim.json == {"status": "claimed", "session": None}


def test_binding_code_lets_nobody_in(anybody, login, owner, code):
    phone = login(wechat_account())
    touch(phone, code, "scan")
    touch(phone, code, "confirm")
    path = f"/api/login/codes/{code['ticket']}/claim"
    for _ in range(2):
        assert anybody.post(path, json={"secret": code["secret"]}).json["session"] is None


@pytest.mark.spec("A06")
def test_wechat_of_somebody_who_uses_it_stays_theirs(factory, login, owner, code):
    student = factory.student()
    WeChatIdentity.create(account=student.account, appid="wx-service", openid="o-2")
    phone = login(student.account)
    touch(phone, code, "scan")
    answer = touch(phone, code, "confirm")
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/we-chat-elsewhere")
    assert identity_of(student.account).openid == "o-2" and identity_of(owner) is None


def test_refused_scan_binds_nothing(login, owner, code):
    phone = login(wechat_account())
    touch(phone, code, "scan")
    assert touch(phone, code, "refuse").status_code == 200
    assert identity_of(owner) is None


def test_bound_account_needs_no_second_wechat(login, owner, code):
    phone = login(wechat_account())
    touch(phone, code, "scan")
    touch(phone, code, "confirm")
    answer = login(owner).post("/api/me/wechat/codes", json={})
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/we-chat-bound")


@pytest.mark.serial
def test_of_two_phones_that_confirm_two_codes_one_is_bound(app, login, owner):
    codes = [login(owner).post("/api/me/wechat/codes", json={}).json for _ in range(2)]
    phones = [login(wechat_account(f"o-{n}")) for n in range(2)]
    for phone, one in zip(phones, codes, strict=True):
        touch(phone, one, "scan")
    answers = at_once(
        app,
        lambda: touch(phones[0], codes[0], "confirm").status_code,
        lambda: touch(phones[1], codes[1], "confirm").status_code,
    )
    assert sorted(answers) == [200, 409]
    assert WeChatIdentity.select().where(WeChatIdentity.account == owner).count() == 1
