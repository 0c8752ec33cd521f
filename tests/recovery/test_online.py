"""Recovery ①: company's name → code by phone or mail → new password (A15)."""

from statistics import median
from time import perf_counter

import pytest

from app.accounts.models import Account, LoginSession, PasswordLogin
from app.accounts.services.people import log_in
from app.core import clock
from app.employers.models import Recruiter
from app.employers.services import revoke_recruiter
from app.notifications import jobs as notifications
from app.notifications.models import Notification
from app.recovery.models import PasswordRecovery
from app.recovery.services.companies import recovery_for
from tests.counting import queries
from tests.recovery.conftest import COMPANY, MAIL, NEW, company_of, mailed, problem, texted


@pytest.mark.spec("A15")
def test_code_to_the_reserved_phone_lets_choose_a_new_password(
    company, begin, hand, sign_in, wechat_sandbox
):
    log_in(company.account)
    began = begin()
    assert began.status_code == 201
    assert began.json["ways"] == [
        {"kind": "phone", "masked": "138****6666", "is_available": True},
        {"kind": "mail", "masked": "z***@c***.cn", "is_available": True},
    ]
    ticket = began.json["ticket"]
    assert hand.ask(ticket).json == {"minutes": 10, "resend_seconds": 60}
    proved = hand.prove(ticket, texted(wechat_sandbox))
    assert proved.json["username"] == "zhou.min"
    assert hand.choose(proved.json["reset_token"]).status_code == 204
    assert sign_in().status_code == 401
    assert sign_in(password=NEW).status_code == 200
    assert LoginSession.select().where(LoginSession.ended_at.is_null()).count() == 1


@pytest.mark.spec("A15")
def test_code_to_the_companys_mailbox_does_too(company, begin, hand, letters, wechat_sandbox):
    ticket = begin().json["ticket"]
    hand.ask(ticket, "mail")
    assert letters.letters[-1]["To"] == MAIL and wechat_sandbox.sms() == []
    proved = hand.prove(ticket, mailed(letters))
    assert hand.choose(proved.json["reset_token"]).status_code == 204


@pytest.mark.spec("A15")
@pytest.mark.parametrize(("way", "told_by"), [("phone", "mail"), ("mail", "sms")])
def test_account_is_told_by_its_other_channels(
    company, begin, hand, letters, wechat_sandbox, way, told_by
):
    ticket = begin().json["ticket"]
    hand.ask(ticket, way)
    code = texted(wechat_sandbox) if way == "phone" else mailed(letters)
    hand.choose(hand.prove(ticket, code).json["reset_token"])
    told = Notification.get(Notification.account == company.account)
    assert (told.kind, told.is_urgent) == ("account_security", True)
    notifications.rush(told.id)
    assert Notification.get_by_id(told.id).channel == told_by


@pytest.mark.spec("A15")
def test_unknown_company_gets_an_answer_of_the_same_shape(company, begin, hand, wechat_sandbox):
    known, unknown = begin(), begin("不存在的公司有限公司")
    assert (known.status_code, unknown.status_code) == (201, 201)
    assert known.json.keys() == unknown.json.keys()
    assert [way.keys() for way in unknown.json["ways"]] == [
        {"kind", "masked", "is_available"} for _ in unknown.json["ways"]
    ]
    ticket, way = unknown.json["ticket"], unknown.json["ways"][0]["kind"]
    asked = hand.ask(ticket, way)
    assert asked.json == hand.ask(known.json["ticket"]).json
    assert PasswordRecovery.get(ticket=ticket).status == "sent"
    assert len(wechat_sandbox.sms()) == 1, "only the known company's phone rings"
    wrong = [hand.prove(one, "000000") for one in (ticket, known.json["ticket"])]
    told = [{k: v for k, v in a.json.items() if k not in ("instance", "request_id")} for a in wrong]
    assert told[0] == told[1] and wrong[0].status_code == 422


@pytest.mark.spec("A15")
def test_unknown_company_costs_the_same_work(company, begin):
    counts = []
    for name in (COMPANY, "不存在的公司有限公司"):
        with queries() as asked:
            begin(name)
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0


@pytest.mark.serial
@pytest.mark.spec("A15")
def test_unknown_company_takes_as_long(company):
    """Medians of many: within a few milliseconds, of which the network hides far more."""
    spans = {COMPANY: [], "不存在的公司有限公司": []}
    for _ in range(40):
        for name, taken in spans.items():
            started = perf_counter()
            recovery_for(name)
            taken.append(perf_counter() - started)
    known, unknown = (median(taken) for taken in spans.values())
    assert abs(known - unknown) < max(0.003, 0.5 * known), (known, unknown)


def test_asking_twice_for_an_unknown_company_tells_no_more_than_once(company, begin):
    first, again = begin("某某贸易有限公司"), begin("某某贸易有限公司")
    assert first.json["ways"] == again.json["ways"]
    other = [begin(f"某某贸易有限公司{n}").json["ways"] for n in range(4)]
    assert all(ways != first.json["ways"] for ways in other)


@pytest.mark.parametrize(
    "typed",
    [
        COMPANY,
        "远航科技(杭州)有限公司",
        "远航科技（杭州)有限公司",
        " 远航科技 （杭州） 有限公司 ",
    ],
)
def test_company_is_found_however_its_brackets_are_typed(company, begin, typed):
    assert begin(typed).json["ways"][0]["masked"] == "138****6666"
    assert PasswordRecovery.get().account_id == company.account.id


def test_company_recorded_with_blanks_is_found_by_other_brackets(factory, reachable, begin):
    company_of(factory, "Yuanhang Tech （Hangzhou） Co., Ltd.")
    begin("Yuanhang Tech (Hangzhou) Co., Ltd.")
    assert PasswordRecovery.get().account_id is not None


@pytest.mark.parametrize("typed", ["远航科技（杭州）", "远航科技杭州有限公司", "远航科技%有限公司"])
def test_part_of_a_name_finds_nobody(company, begin, typed):
    assert begin(typed).status_code == 201
    assert PasswordRecovery.get().account_id is None


def test_company_written_in_wide_letters_is_found_by_narrow_ones(factory, reachable, begin):
    company_of(factory, "ＡＢＢ工程（中国）有限公司")
    begin("ABB工程(中国)有限公司")
    assert PasswordRecovery.get().account_id is not None


@pytest.mark.parametrize("why", ["revoked", "disabled", "wechat only"])
def test_account_that_cannot_sign_in_is_as_if_unknown(factory, reachable, begin, why):
    company = company_of(factory, username="zhou.min")
    if why == "revoked":
        revoke_recruiter(Recruiter.get().id)
    elif why == "disabled":
        Account.update(disabled_at=clock.now()).execute()
    else:
        PasswordLogin.delete().where(PasswordLogin.account == company.account).execute()
    begin()
    assert PasswordRecovery.get().account_id is None


def test_the_first_of_a_companys_accounts_is_its_administrators(factory, company, begin):
    second = company_of(factory, "别的公司", username="other.name", phone="13900009999").account
    Recruiter.update(employer=company.employer).where(Recruiter.account == second).execute()
    assert begin().json["ways"][0]["masked"] == "138****6666"


@pytest.mark.spec("A13", "A15")
def test_every_guess_of_a_company_costs_a_captcha(company, anybody, begin):
    body = {"company": COMPANY, "captcha_id": "none", "captcha_answer": "1"}
    assert problem(anybody.post("/api/recoveries", json=body)) == (422, "captcha-wrong")
    assert PasswordRecovery.select().count() == 0
    guesses = [begin().status_code for _ in range(20)]
    assert guesses.count(201) == 19 and guesses[-1] == 429, "with the refused one: 20 in 15 min"
