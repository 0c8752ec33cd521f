"""The phone number that WeChat vouches for, kept encrypted."""

import pytest

from app.accounts.models import Account
from app.core import crypto
from app.core.audit import AuditEntry
from app.core.database import db

NUMBER = "13812345678"


@pytest.fixture
def person(factory, login, wechat_sandbox):
    """Somebody with a phone, logged in; bind(code) binds it."""
    account = factory.account("林小满")
    client = login(account)
    return account, client, wechat_sandbox.create_user("林小满", phone=NUMBER)


def bind(client, code):
    return client.post("/api/me/phone", json={"code": code})


@pytest.mark.spec("A04")
def test_phone_button_binds_the_number_and_shows_it_masked(person, wechat_sandbox):
    account, client, user = person
    answer = bind(client, wechat_sandbox.phone_code(user))
    assert answer.json == {"phone_masked": "138****5678"}
    assert client.get("/api/me").json["phone_masked"] == "138****5678"
    assert Account.get_by_id(account.id).phone == NUMBER


def test_number_is_nowhere_in_the_database_in_the_clear(person, wechat_sandbox):
    account, client, user = person
    bind(client, wechat_sandbox.phone_code(user))
    for table in db.get_tables():
        rows = db.execute_sql(f'SELECT * FROM "{table}"').fetchall()
        assert NUMBER not in str(rows), table
    stored = Account.select().where(Account.phone_lookup == crypto.lookup_hash(NUMBER)).get()
    assert stored.id == account.id


def test_binding_leaves_an_audit_row_without_the_number(person, wechat_sandbox):
    account, client, user = person
    bind(client, wechat_sandbox.phone_code(user))
    entry = AuditEntry.get(AuditEntry.action == "bind_phone")
    assert (entry.subject, entry.actor_id) == (f"account:{account.id}", account.id)
    assert entry.request_id


def test_used_or_wrong_phone_code_is_refused(person, wechat_sandbox):
    account, client, user = person
    code = wechat_sandbox.phone_code(user)
    bind(client, code)
    for bad in (code, "0" * 32, wechat_sandbox.login_code(user)):
        answer = bind(client, bad)
        assert (answer.status_code, answer.json["type"]) == (422, "/problems/phone-code-refused")
    assert Account.get_by_id(account.id).phone == NUMBER


def test_nobody_binds_a_phone_without_a_login(anybody, wechat_sandbox):
    assert bind(anybody, "x").status_code == 401
