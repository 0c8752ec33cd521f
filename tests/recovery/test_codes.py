"""The six digits and the token they are traded for: how long, how often, once (A15)."""

from datetime import timedelta

import pytest

from app.config import SmsSettings
from app.core.database import db
from app.core.redis import client
from app.notifications.models import Notification
from app.recovery.jobs import send_code
from app.recovery.models import PasswordRecovery
from app.recovery.services.codes import forget_old_recoveries
from tests.notifications.conftest import settings_of
from tests.racing import at_once
from tests.recovery.conftest import NEW, PHONE, another, problem, texted


def test_code_is_nowhere_but_in_the_message(company, begin, hand, wechat_sandbox):
    hand.ask(begin().json["ticket"])
    code = texted(wechat_sandbox)
    rows = db.execute_sql("SELECT * FROM password_recovery").fetchall()
    rows += db.execute_sql("SELECT * FROM audit_entry").fetchall()
    assert code not in [str(value) for row in rows for value in row]


@pytest.mark.spec("A15")
def test_code_may_be_tried_five_times(company, begin, hand, wechat_sandbox):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    code = texted(wechat_sandbox)
    answers = [hand.prove(ticket, another(code)) for _ in range(5)]
    assert [answer.json["tries_left"] for answer in answers] == [4, 3, 2, 1, 0]
    assert problem(hand.prove(ticket, code)) == (409, "recovery-expired")


def test_fifth_try_may_be_the_right_one(company, begin, hand, wechat_sandbox):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    code = texted(wechat_sandbox)
    for _ in range(4):
        hand.prove(ticket, another(code))
    assert hand.prove(ticket, code).status_code == 200


@pytest.mark.spec("A15")
@pytest.mark.parametrize(("seconds", "status"), [(9 * 60 + 58, 200), (10 * 60 + 1, 409)])
def test_code_is_good_for_ten_minutes(
    company, begin, hand, wechat_sandbox, travel, seconds, status
):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    travel(timedelta(seconds=seconds))
    assert hand.prove(ticket, texted(wechat_sandbox)).status_code == status


def test_code_is_used_up_by_being_right(company, begin, hand, wechat_sandbox):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    code = texted(wechat_sandbox)
    assert hand.prove(ticket, code).status_code == 200
    assert problem(hand.prove(ticket, code)) == (409, "recovery-expired")


def test_next_code_replaces_the_last_and_brings_new_tries(company, begin, hand, wechat_sandbox):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    first = texted(wechat_sandbox)
    hand.prove(ticket, another(first))
    refused = hand.ask(ticket)
    assert refused.status_code == 429 and 1 <= refused.json["retry_after"] <= 60
    client().delete(f"limit:recovery-code:{ticket}")
    assert hand.ask(ticket).status_code == 200
    second = texted(wechat_sandbox)
    if second != first:
        assert hand.prove(ticket, first).json["tries_left"] == 4
    assert hand.prove(ticket, second).status_code == 200


def test_one_company_is_sent_ten_codes_a_day(company, begin, hand):
    codes = []
    for _ in range(11):
        ticket = begin().json["ticket"]
        codes.append(hand.ask(ticket, runs=False).status_code)
    assert codes == [200] * 10 + [429]


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 409)])
def test_recovery_waits_half_an_hour(company, begin, hand, travel, minutes, status):
    ticket = begin().json["ticket"]
    travel(timedelta(minutes=minutes))
    assert hand.ask(ticket).status_code == status


@pytest.mark.parametrize(("seconds", "status"), [(14 * 60 + 58, 204), (15 * 60 + 1, 401)])
def test_new_password_is_chosen_within_a_quarter_of_an_hour(
    company, begin, hand, wechat_sandbox, travel, seconds, status
):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    token = hand.prove(ticket, texted(wechat_sandbox)).json["reset_token"]
    travel(timedelta(seconds=seconds))
    assert hand.choose(token).status_code == status


def test_weak_new_password_leaves_the_token_for_another_try(
    company, begin, hand, wechat_sandbox, sign_in
):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    token = hand.prove(ticket, texted(wechat_sandbox)).json["reset_token"]
    assert problem(hand.choose(token, "1234567890")) == (422, "password-too-weak")
    assert sign_in().status_code == 200
    assert hand.choose(token).status_code == 204
    assert problem(hand.choose(token, "another one 99")) == (401, "reset-token-invalid")


def test_new_password_voids_whatever_else_was_opened(company, begin, hand, wechat_sandbox):
    other = begin().json["ticket"]
    hand.ask(other)
    stolen = hand.prove(other, texted(wechat_sandbox)).json["reset_token"]
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    token = hand.prove(ticket, texted(wechat_sandbox)).json["reset_token"]
    assert hand.choose(token).status_code == 204
    assert problem(hand.choose(stolen, "thieves' word 1")) == (401, "reset-token-invalid")
    assert PasswordRecovery.get(ticket=other).status == "void"


def test_asker_does_not_learn_that_a_code_was_not_sent(company, begin, hand, wechat_sandbox):
    wechat_sandbox.opt_out(PHONE)
    ticket = begin().json["ticket"]
    assert hand.ask(ticket).json == {"minutes": 10, "resend_seconds": 60}
    assert PasswordRecovery.get(ticket=ticket).status == "unsent"
    client().delete(f"limit:recovery-code:{ticket}")
    assert hand.ask(ticket, "mail").status_code == 200
    assert PasswordRecovery.get(ticket=ticket).status == "sent"


def test_channel_that_the_deployment_lacks_is_said_and_refused(company, app, begin, hand):
    with settings_of(app, sms=SmsSettings()):
        began = begin()
        assert [way["is_available"] for way in began.json["ways"]] == [False, True]
        refused = hand.ask(began.json["ticket"], "phone")
    assert problem(refused) == (409, "recovery-channel-unavailable")


def test_unknown_ticket_or_token_is_refused(reachable, hand):
    assert problem(hand.ask("none")) == (404, "recovery-not-found")
    assert problem(hand.prove("none", "123456")) == (404, "recovery-not-found")
    assert problem(hand.choose("none")) == (401, "reset-token-invalid")


def test_job_that_runs_twice_sends_one_code(company, begin, hand, wechat_sandbox):
    ticket = begin().json["ticket"]
    hand.ask(ticket, runs=False)
    recovery = PasswordRecovery.get(ticket=ticket)
    send_code(recovery.id)
    send_code(recovery.id)
    assert len(wechat_sandbox.sms(PHONE)) == 1


@pytest.mark.serial
@pytest.mark.spec("A15")
def test_of_one_code_redeemed_several_times_at_once_one_wins(
    app, company, begin, hand, wechat_sandbox
):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    code = texted(wechat_sandbox)
    answers = at_once(app, *[lambda: hand.prove(ticket, code) for _ in range(4)])
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert PasswordRecovery.get(ticket=ticket).status == "proved"


@pytest.mark.serial
def test_of_two_new_passwords_at_once_one_wins(app, company, begin, hand, wechat_sandbox, sign_in):
    ticket = begin().json["ticket"]
    hand.ask(ticket)
    token = hand.prove(ticket, texted(wechat_sandbox)).json["reset_token"]
    passwords = (NEW, "other battery 88")
    answers = at_once(app, *[lambda p=p: hand.choose(token, p) for p in passwords])
    assert sorted(answer.status_code for answer in answers)[0] == 204
    assert sum(answer.status_code == 204 for answer in answers) == 1
    won = passwords[[answer.status_code for answer in answers].index(204)]
    assert sign_in(password=won).status_code == 200
    assert Notification.select().count() == 1


@pytest.mark.serial
def test_of_two_workers_at_once_one_sends(app, company, begin, hand, wechat_sandbox):
    ticket = begin().json["ticket"]
    hand.ask(ticket, runs=False)
    recovery = PasswordRecovery.get(ticket=ticket)
    outcomes = at_once(app, *[lambda: send_code(recovery.id) for _ in range(3)])
    assert outcomes == [None, None, None]
    assert len(wechat_sandbox.sms(PHONE)) == 1


def test_recoveries_are_forgotten_a_month_after_they_ended(company, begin, travel):
    begin()
    travel(timedelta(days=30))
    assert forget_old_recoveries() == 0
    travel(timedelta(hours=1))
    assert forget_old_recoveries() == 1
