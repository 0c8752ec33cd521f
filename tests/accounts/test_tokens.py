"""Access tokens that wear out, refresh tokens that turn, and leaving."""

from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from app.accounts.models import Account, LoginSession
from app.accounts.services.people import forget_ended_logins, log_in
from app.core import clock
from app.core.auth import ACCESS_TOKEN_SECONDS, issue_token
from tests.racing import at_once


@pytest.fixture
def session(factory):
    return log_in(factory.account("林小满"))


def renew(client, token):
    return client.post("/api/login/renew", json={"refresh_token": token})


def me(client, token):
    return client.get("/api/me", headers={"Authorization": f"Bearer {token}"})


class Earlier(TimestampSigner):
    """Signs as if two hours and a second ago."""

    def get_timestamp(self) -> int:
        return super().get_timestamp() - ACCESS_TOKEN_SECONDS - 1


def foreign_tokens(app, account_id):
    secret = app.config["SECRET_KEY"]
    good = issue_token(account_id, ("student",))
    expired = URLSafeTimedSerializer(secret, salt="access-token", signer=Earlier)
    strangers = URLSafeTimedSerializer("another-secret", salt="access-token")
    other_use = URLSafeTimedSerializer(secret, salt="oauth-state")
    content = [account_id, ["student", "recruiter"]]
    return {
        "missing": "",
        "garbage": "no.token.at-all",
        "cut": good[:-3],
        "changed": ("A" if good[0] != "A" else "B") + good[1:],
        "expired": expired.dumps(content),
        "of another deployment": strangers.dumps(content),
        "made for another use": other_use.dumps(content),
        "of another shape": app.extensions["token_signer"].dumps({"account": account_id}),
        "chinese": "登录".encode().decode("latin-1"),
    }


def test_forged_foreign_and_expired_tokens_are_refused_in_chinese(app, factory, anybody):
    account = factory.account()
    for name, token in foreign_tokens(app, account.id).items():
        answer = me(anybody, token)
        assert answer.status_code == 401, name
        assert answer.content_type == "application/problem+json"
        assert answer.json["type"] == "/problems/token-invalid"
        assert answer.json["title"] == "登录已失效，请重新登录"
    assert me(anybody, issue_token(account.id, ("student",))).status_code == 200


def test_worn_out_token_on_a_public_page_says_so_instead_of_showing_a_stranger(
    app, factory, anybody
):
    fair = factory.fair()
    account = factory.account()
    page = f"/api/screens/fairs/{fair.id}"
    assert anybody.get(page).json["me"] is None
    expired = foreign_tokens(app, account.id)["expired"]
    answer = anybody.get(page, headers={"Authorization": f"Bearer {expired}"})
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/token-invalid")


def test_renewing_turns_the_refresh_token_and_the_old_one_is_worth_nothing(anybody, session):
    first = renew(anybody, session["refresh_token"])
    assert first.status_code == 200
    assert first.json["refresh_token"] != session["refresh_token"]
    assert me(anybody, first.json["access_token"]).status_code == 200
    again = renew(anybody, session["refresh_token"])
    assert (again.status_code, again.json["type"]) == (401, "/problems/refresh-token-invalid")
    assert renew(anybody, first.json["refresh_token"]).status_code == 200


@pytest.mark.serial
def test_of_simultaneous_renewals_with_one_token_one_wins(app, session):
    def one():
        return renew(app.test_client(), session["refresh_token"]).status_code

    assert sorted(at_once(app, *[one] * 6)) == [200, 401, 401, 401, 401, 401]


def test_login_lasts_thirty_days_from_its_last_renewal(anybody, session, travel):
    travel(timedelta(days=29))
    token = renew(anybody, session["refresh_token"]).json["refresh_token"]
    travel(timedelta(days=29))
    token = renew(anybody, token).json["refresh_token"]
    travel(timedelta(days=30, seconds=1))
    assert renew(anybody, token).status_code == 401


def test_logging_out_ends_this_device_only(anybody, factory, login):
    account = factory.account()
    here, there = log_in(account), log_in(account)
    client = login(account)
    ended = client.delete("/api/login", json={"refresh_token": here["refresh_token"]})
    assert ended.status_code == 204
    assert renew(anybody, here["refresh_token"]).status_code == 401
    assert renew(anybody, there["refresh_token"]).status_code == 200


def test_logging_out_without_a_token_ends_every_device_of_this_account_only(
    anybody, factory, login
):
    account, other = factory.account(), factory.account()
    mine, theirs = [log_in(account), log_in(account)], log_in(other)
    assert login(account).delete("/api/login").status_code == 204
    assert [renew(anybody, one["refresh_token"]).status_code for one in mine] == [401, 401]
    assert renew(anybody, theirs["refresh_token"]).status_code == 200


def test_nobody_can_log_another_account_out(anybody, factory, login):
    theirs = log_in(factory.account())
    thief = login(factory.account())
    thief.delete("/api/login", json={"refresh_token": theirs["refresh_token"]})
    assert renew(anybody, theirs["refresh_token"]).status_code == 200


def test_closed_account_cannot_renew(anybody, session):
    Account.update(disabled_at=clock.now()).execute()
    answer = renew(anybody, session["refresh_token"])
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/account-disabled")


def test_ended_logins_are_forgotten_after_a_day_and_live_ones_kept(factory, travel):
    account = factory.account()
    live = log_in(account)
    log_in(account)
    LoginSession.update(ended_at=clock.now()).where(
        LoginSession.id == LoginSession.select().order_by(LoginSession.id.desc()).get().id
    ).execute()
    assert forget_ended_logins() == 0
    travel(timedelta(days=1, seconds=1))
    assert forget_ended_logins() == 1
    assert LoginSession.select().count() == 1 and live
