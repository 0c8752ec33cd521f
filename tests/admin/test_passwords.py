"""Appeals under review, and resets by staff (A16, A17)."""

import re
from datetime import timedelta

import pytest

from app.accounts.models import LoginSession
from app.accounts.services.people import log_in
from app.employers.models import Recruiter
from app.recovery.models import PasswordAppeal, PasswordRecovery
from tests.admin.conftest import Role, audit_of, text_of
from tests.counting import queries
from tests.recovery.appeals import APPEAL_PHONE, REASON, Applicant
from tests.recovery.conftest import (
    COMPANY,
    NEW,
    Hand,
    company,
    company_of,
    letters,
    mailroom,
    problem,
    reachable,
    run_worker,
    sign_in,
    texted,
)

__all__ = ["company", "letters", "mailroom", "reachable", "sign_in"]
SPOKEN = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def hand(anybody):
    return Hand(anybody)


@pytest.fixture
def recruiter(company):
    return Recruiter.get(Recruiter.account == company.account)


def reset(browser, recruiter, reason="电话核实为本人"):
    return browser.post(f"/admin/recruiters/{recruiter.id}/reset_password", reason=reason)


def code_shown(browser, recruiter) -> str:
    """The code on the page that follows."""
    found = SPOKEN.search(text_of(browser.get(f"/admin/recruiters/details/?id={recruiter.id}")))
    assert found
    return found[0]


@pytest.mark.spec("A17")
def test_staff_hand_out_a_code_that_lets_choose_a_password_once(
    signed_in, recruiter, company, hand, sign_in
):
    log_in(company.account)
    browser = signed_in(Role.OPERATOR)
    assert reset(browser, recruiter).status_code == 302
    code = code_shown(browser, recruiter)
    assert problem(sign_in()) == (409, "password-outdated")
    assert LoginSession.select().where(LoginSession.ended_at.is_null()).count() == 0
    looked = hand.client.post("/api/password-resets/look", json={"reset_token": code.lower()})
    assert looked.json["username"] == "zhou.min"
    typed = code.lower().replace("-", " ")
    assert hand.choose(typed).status_code == 204
    assert sign_in(password=NEW).status_code == 200
    assert problem(hand.choose(code, "other battery 88")) == (401, "reset-token-invalid")


@pytest.mark.spec("A17")
def test_reset_needs_a_reason_and_is_written_down(signed_in, recruiter, company, sign_in):
    browser = signed_in(Role.OPERATOR)
    assert reset(browser, recruiter, reason=" ").status_code == 422
    assert sign_in().status_code == 200
    reset(browser, recruiter)
    (row,) = audit_of(f"account:{company.account.id}", "grant_reset")
    assert (row.reason, row.actor_id) == ("电话核实为本人", browser.staff.id)


def test_code_is_shown_once_and_kept_as_a_hash(signed_in, recruiter):
    browser = signed_in(Role.OPERATOR)
    reset(browser, recruiter)
    code = code_shown(browser, recruiter)
    again = text_of(browser.get(f"/admin/recruiters/details/?id={recruiter.id}"))
    assert SPOKEN.search(again) is None
    assert code.replace("-", "") not in (PasswordRecovery.get().reset_hash or "")


@pytest.mark.spec("A17")
@pytest.mark.parametrize(("hours", "status"), [(23.9, 204), (24.1, 401)])
def test_code_of_staff_is_good_for_a_day(signed_in, recruiter, hand, travel, hours, status):
    browser = signed_in(Role.OPERATOR)
    reset(browser, recruiter)
    code = code_shown(browser, recruiter)
    travel(timedelta(hours=hours))
    assert hand.choose(code).status_code == status


def test_newer_code_voids_the_older(signed_in, recruiter, hand):
    browser = signed_in(Role.OPERATOR)
    reset(browser, recruiter)
    older = code_shown(browser, recruiter)
    reset(browser, recruiter)
    newer = code_shown(browser, recruiter)
    assert problem(hand.choose(older)) == (401, "reset-token-invalid")
    assert hand.choose(newer).status_code == 204


def test_viewers_reset_nothing(signed_in, recruiter, sign_in):
    browser = signed_in(Role.VIEWER)
    assert reset(browser, recruiter).status_code == 403
    assert "重设密码" not in text_of(browser.get(f"/admin/recruiters/details/?id={recruiter.id}"))
    assert sign_in().status_code == 200


def test_who_signs_in_by_wechat_only_has_nothing_to_reset(signed_in, factory):
    account = factory.recruiter(factory.booth())
    recruiter = Recruiter.get(Recruiter.account == account)
    browser = signed_in(Role.OPERATOR)
    assert "重设密码" not in text_of(browser.get(f"/admin/recruiters/details/?id={recruiter.id}"))
    assert reset(browser, recruiter).status_code == 409
    assert PasswordRecovery.select().count() == 0


def test_list_of_recruiters_asks_no_query_for_each(signed_in, factory, reachable):
    browser = signed_in(Role.OPERATOR)
    counts = []
    for number in range(2):
        for more in range(1 + 4 * number):
            company_of(factory, f"公司{number}{more}", username=f"name.{number}{more}")
        with queries() as asked:
            page = text_of(browser.get("/admin/recruiters/"))
        assert f"name.{number}0" in page
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.fixture
def applicant(anybody, company):
    person = Applicant(anybody, company.employer.uscc)
    person.open()
    person.submit()
    return person


@pytest.fixture
def appeal(applicant):
    return PasswordAppeal.get()


@pytest.mark.spec("A16", "K01")
def test_reviewer_sees_the_statement_beside_what_must_agree(signed_in, appeal):
    page = text_of(signed_in(Role.OPERATOR).get(f"/admin/appeals/details/?id={appeal.id}"))
    assert "公章与执照名称" in page and "书面原因与填写原因" in page
    assert page.count("一致</span>") == 3 and "不一致" not in page
    assert COMPANY in page and REASON in page and APPEAL_PHONE in page
    address = re.search(r'src="(/api/files/[^"]+)"', page)
    assert address
    shown = signed_in(Role.OPERATOR, "second").client.get(address[1])
    assert (shown.status_code, shown.content_type) == (200, "image/jpeg")


@pytest.mark.spec("A16")
def test_reviewer_sees_what_does_not_agree(signed_in, appeal):
    PasswordAppeal.update(company_name="远航有限公司").execute()
    page = text_of(signed_in(Role.OPERATOR).get(f"/admin/appeals/details/?id={appeal.id}"))
    assert page.count("不一致") == 1


@pytest.mark.spec("A16", "K01")
def test_approval_sends_the_code_to_the_appeals_phone(
    signed_in, appeal, applicant, hand, wechat_sandbox, sign_in
):
    browser = signed_in(Role.OPERATOR)
    assert browser.post(f"/admin/appeals/{appeal.id}/approve").status_code == 302
    run_worker()
    ticket = applicant.look().json["ticket"]
    token = hand.prove(ticket, texted(wechat_sandbox, APPEAL_PHONE)).json["reset_token"]
    assert hand.choose(token).status_code == 204
    (row,) = audit_of(f"passwordappeal:{appeal.id}", "approve")
    assert row.actor_id == browser.staff.id


@pytest.mark.spec("A16", "K01")
def test_rejection_needs_a_reason_which_the_applicant_reads(signed_in, appeal, applicant):
    browser = signed_in(Role.OPERATOR)
    assert browser.post(f"/admin/appeals/{appeal.id}/reject", reason="").status_code == 422
    assert (
        browser.post(f"/admin/appeals/{appeal.id}/reject", reason="公章不清晰").status_code == 302
    )
    assert applicant.look().json["rejected_reason"] == "公章不清晰"


def test_viewers_decide_nothing(signed_in, appeal):
    browser = signed_in(Role.VIEWER)
    for verb in ("approve", "reject"):
        assert browser.post(f"/admin/appeals/{appeal.id}/{verb}", reason="不行").status_code == 403
    assert PasswordAppeal.get().status == "pending"


def test_appeal_without_an_account_cannot_be_approved_and_says_so(signed_in, appeal, company):
    company.account.delete_instance()
    browser = signed_in(Role.OPERATOR)
    assert "没有账号" in text_of(browser.get(f"/admin/appeals/details/?id={appeal.id}"))
    refused = browser.post(f"/admin/appeals/{appeal.id}/approve")
    assert refused.status_code == 409 and "没有可重设密码的账号" in text_of(refused)


@pytest.mark.spec("A12", "K01")
@pytest.mark.parametrize(("minutes", "late"), [(24 * 60 - 1, False), (24 * 60, True)])
def test_appeal_is_overdue_after_a_day(signed_in, appeal, travel, minutes, late):
    handed_in = appeal.submitted_at
    browser = signed_in(Role.OPERATOR)
    travel(handed_in + timedelta(minutes=minutes))
    browser.sign_in(browser.staff.username)
    assert ("已超 24 小时</span>" in text_of(browser.get("/admin/appeals/"))) == late
    assert (COMPANY in text_of(browser.get("/admin/appeals/?late=late"))) == late
    assert ("份密码申诉已超 24 小时未审核" in text_of(browser.get("/admin/"))) == late


def test_first_page_counts_what_waits(signed_in, appeal):
    assert "份密码申诉待审核" in text_of(signed_in(Role.OPERATOR).get("/admin/"))
