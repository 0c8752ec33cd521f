"""Signing in by name and password, and changing the password (A13, A18)."""

from datetime import timedelta

import pytest

from app.accounts.errors import PasswordTooWeak, UsernameInvalid, UsernameTaken
from app.accounts.models import Account, LoginSession, PasswordLogin
from app.accounts.services.passwords import find_password_login, suspend_password
from app.accounts.services.people import log_in
from app.core import ratelimit
from app.core.audit import AuditEntry
from app.core.redis import client
from tests.accounts.conftest import PASSWORD, answered, opened
from tests.counting import queries
from tests.racing import at_once

WRONG = "wrong horse 42"
NEW = "fresh battery 77"


def refusal(answer):
    """What a refused person reads, without the request's own number."""
    return answer.status_code, {k: v for k, v in answer.json.items() if k != "request_id"}


@pytest.mark.spec("A13")
def test_name_and_password_let_in(sign_in):
    account = opened()
    answer = sign_in()
    assert answer.status_code == 200, answer.json
    assert answer.json["account"] == {"id": account.id, "name": "周敏", "roles": ["student"]}
    assert LoginSession.get().account_id == account.id


@pytest.mark.parametrize("typed", ["zhou.min", "Zhou.Min", " ZHOU.MIN ", "ｚｈｏｕ．ｍｉｎ"])
def test_name_is_taken_without_case_and_width(sign_in, typed):
    opened("Zhou.Min")
    assert sign_in(typed).status_code == 200


def test_password_is_taken_exactly_and_kept_salted(sign_in):
    one, other = opened(), opened("liu.jg")
    hashes = [find_password_login(account.id).password_hash for account in (one, other)]
    assert hashes[0] != hashes[1] and all(kept.startswith("scrypt:") for kept in hashes)
    for typed in (PASSWORD.upper(), PASSWORD + " ", f" {PASSWORD}"):
        assert sign_in(password=typed, address=typed).status_code == 401


@pytest.mark.spec("A13")
def test_unknown_wrong_and_closed_are_told_in_the_same_words(sign_in):
    opened()
    closed = opened("closed.one")
    Account.update(disabled_at=closed.created_at).where(Account.id == closed.id).execute()
    told = [
        refusal(sign_in("nobody.here", address="10.0.0.1")),
        refusal(sign_in(password=WRONG, address="10.0.0.2")),
        refusal(sign_in("closed.one", address="10.0.0.3")),
    ]
    assert told[0] == told[1] == told[2]
    assert told[0][0] == 401 and told[0][1]["title"] == "用户名或密码不正确"


def test_unknown_and_wrong_cost_the_same_work(sign_in):
    opened()
    counts = []
    for name, address in (("nobody.here", "10.0.0.1"), ("zhou.min", "10.0.0.2")):
        with queries() as asked:
            sign_in(name, WRONG, address=address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.spec("A13")
def test_captcha_is_asked_for_after_three_failures_of_a_name(sign_in):
    opened()
    told = [sign_in(password=WRONG, address=f"10.0.0.{n}").json for n in range(3)]
    assert [one["captcha_needed"] for one in told] == [False, False, True]
    fourth = sign_in(address="10.0.0.9")  # the right password, from elsewhere
    assert (fourth.status_code, fourth.json["type"]) == (409, "/problems/captcha-needed")
    assert fourth.json["captcha_needed"] is True
    wrong = sign_in(captcha_id="none", captcha_answer="1", address="10.0.0.9")
    assert (wrong.status_code, wrong.json["type"]) == (422, "/problems/captcha-wrong")
    assert sign_in(address="10.0.0.9", **answered()).status_code == 200
    assert sign_in(address="10.0.0.9").status_code == 200, "a success starts the count anew"


@pytest.mark.spec("A13")
def test_captcha_is_asked_for_after_three_failures_of_an_address(sign_in):
    opened()
    for number in range(3):
        sign_in(f"guess.{number}", WRONG)
    assert sign_in().json["type"] == "/problems/captcha-needed"
    assert sign_in(address="10.0.0.2").status_code == 200


def test_success_does_not_wipe_out_the_failures_of_an_address(sign_in):
    opened()
    for number in range(3):
        sign_in(f"guess.{number}", WRONG)
        if number < 2:
            assert sign_in().status_code == 200
    assert sign_in().json["type"] == "/problems/captcha-needed"


def test_failures_are_remembered_for_fifteen_minutes(sign_in):
    sign_in(password=WRONG)
    for key in ("password-tries:zhou.min", "password-tries-from:10.0.0.1"):
        assert 890 <= client().ttl(f"limit:{key}") <= 900


def test_captcha_does_not_say_whether_the_password_was_right(sign_in):
    opened()
    for _ in range(3):
        sign_in(password=WRONG)
    assert refusal(sign_in()) == refusal(sign_in(password=WRONG))


def test_nobody_locks_a_colleague_out_from_elsewhere(sign_in):
    opened()
    for number in range(80):
        sign_in(password=WRONG, address=f"10.1.{number}.1")
    assert sign_in(address="10.0.0.9", **answered()).status_code == 200


def test_one_address_can_try_a_name_ten_times_even_with_captchas(sign_in):
    opened()
    for number in range(10):
        captcha = answered() if number >= 3 else {}
        assert sign_in(password=WRONG, **captcha).status_code == 401
    refused = sign_in(**answered())
    assert refused.status_code == 429 and 1 <= refused.json["retry_after"] <= 300


def test_history_of_an_account_tells_who_came_and_who_was_turned_away(sign_in):
    account = opened()
    sign_in(password=WRONG)
    sign_in()
    rows = AuditEntry.select().where(AuditEntry.subject == f"account:{account.id}")
    told = [(row.action, row.actor_role) for row in rows.order_by(AuditEntry.id)]
    assert told[-2:] == [("password_refused", "visitor"), ("sign_in_by_password", "visitor")]


@pytest.mark.parametrize("username", ["abc", "a" * 41, "zhou min", "zhou/min", "", "周敏"])
def test_name_of_the_wrong_form_is_refused(app, username):
    with pytest.raises(UsernameInvalid):
        opened(username)


@pytest.mark.parametrize("username", ["abcd", "a" * 40, "招聘周敏", "zhou@corp.cn", "zhou_min-1"])
def test_name_of_the_right_form_is_taken(app, username):
    assert find_password_login(opened(username).id).username == username


@pytest.mark.parametrize("password", ["short 123", "1234567890123", "ZHOU.MIN.HR"])
def test_weak_password_opens_no_account(app, password):
    with pytest.raises(PasswordTooWeak):
        opened("zhou.min.hr", password=password)
    assert Account.select().count() == 0


def test_name_taken_in_another_case_is_taken(app):
    opened("zhou.min")
    with pytest.raises(UsernameTaken):
        opened("ZHOU.MIN")
    assert (Account.select().count(), PasswordLogin.select().count()) == (1, 1)


@pytest.mark.serial
def test_of_two_who_take_a_name_at_once_one_has_it(app):
    outcomes = at_once(app, *[lambda n=n: opened(["hr.one", "HR.One"][n % 2]) for n in range(4)])
    assert sum(isinstance(one, Account) for one in outcomes) == 1
    assert sum(isinstance(one, UsernameTaken) for one in outcomes) == 3
    assert (Account.select().count(), PasswordLogin.select().count()) == (1, 1)


def test_password_that_staff_have_suspended_lets_nobody_in(app, sign_in):
    account = opened()
    suspend_password(account.id)
    answer = sign_in()
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/password-outdated")
    assert sign_in(password=WRONG).status_code == 401, "whoever does not know it learns nothing"


@pytest.fixture
def devices(app, login):
    """An account with two devices: its client here, and both refresh tokens."""
    account = opened()
    here, there = log_in(account), log_in(account)
    return login(account), here["refresh_token"], there["refresh_token"]


def lives(client, refresh_token):
    return client.post("/api/login/renew", json={"refresh_token": refresh_token}).status_code == 200


def change(client, old, new, refresh_token):
    body = {"old": old, "new": new, "refresh_token": refresh_token}
    return client.put("/api/me/password", json=body)


@pytest.mark.spec("A18")
def test_changing_ones_password_signs_the_other_devices_out(devices, anybody, sign_in):
    client_here, here, there = devices
    assert change(client_here, PASSWORD, NEW, here).status_code == 204
    assert lives(anybody, here) and not lives(anybody, there)
    assert sign_in().status_code == 401
    assert sign_in(password=NEW).status_code == 200


@pytest.mark.spec("A18")
def test_old_password_must_be_right_and_the_new_one_strong(devices, anybody):
    client_here, here, there = devices
    refused = change(client_here, WRONG, NEW, here)
    assert (refused.status_code, refused.json["type"]) == (422, "/problems/old-password-wrong")
    weak = change(client_here, PASSWORD, "123456789012", here)
    assert weak.json["type"] == "/problems/password-too-weak"
    assert lives(anybody, here) and lives(anybody, there)


def test_old_password_cannot_be_guessed_without_end(devices):
    client_here, here, _ = devices
    answers = [change(client_here, WRONG, NEW, here).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


@pytest.mark.serial
def test_of_two_changes_at_once_one_counts(app, devices, sign_in):
    client_here, here, _ = devices
    outcomes = at_once(
        app,
        lambda: change(client_here, PASSWORD, NEW, here).status_code,
        lambda: change(client_here, PASSWORD, "other battery 88", here).status_code,
    )
    assert sorted(outcomes) == [204, 422]
    won = (NEW, "other battery 88")[outcomes.index(204)]
    assert sign_in(password=won).status_code == 200


@pytest.mark.spec("A18")
def test_wechat_account_sets_a_password_within_ten_minutes_of_signing_in(
    factory, login, sign_in, travel
):
    account = factory.account("周敏")
    client_here = login(account)
    refresh_token = log_in(account)["refresh_token"]
    assert client_here.get("/api/me/password").json == {"username": None, "changed_at": None}
    body = {"username": "zhou.min", "password": PASSWORD, "refresh_token": refresh_token}
    travel(timedelta(minutes=10, seconds=2))
    late = client_here.post("/api/me/password", json=body)
    assert (late.status_code, late.json["type"]) == (403, "/problems/sign-in-not-fresh")
    travel(timedelta(seconds=-10))
    assert client_here.post("/api/me/password", json=body).status_code == 204
    assert client_here.get("/api/me/password").json["username"] == "zhou.min"
    again = client_here.post("/api/me/password", json=body | {"username": "other.name"})
    assert again.json["type"] == "/problems/password-set"
    assert sign_in().json["account"]["id"] == account.id


def test_somebody_elses_sign_in_is_not_fresh_for_me(factory, login):
    mine, theirs = factory.account(), factory.account()
    token = log_in(theirs)["refresh_token"]
    body = {"username": "zhou.min", "password": PASSWORD, "refresh_token": token}
    refused = login(mine).post("/api/me/password", json=body)
    assert refused.json["type"] == "/problems/sign-in-not-fresh"


def test_account_without_a_password_has_none_to_change(factory, login):
    account = factory.account()
    refused = change(login(account), PASSWORD, NEW, log_in(account)["refresh_token"])
    assert refused.json["type"] == "/problems/password-not-set"


def test_password_pages_are_for_who_is_signed_in(anybody):
    assert anybody.get("/api/me/password").status_code == 401
    assert change(anybody, PASSWORD, NEW, "x").status_code == 401


def test_use_that_is_given_back_does_not_count_and_never_below_nothing(app):
    ratelimit.give_back("tries")
    assert ratelimit.use("tries", seconds=20) == 1
    ratelimit.give_back("tries")
    assert ratelimit.use("tries", seconds=20) == 1
