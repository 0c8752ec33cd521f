"""Recovery ②: an appeal with a stamped statement, reviewed by staff (A16)."""

from datetime import timedelta

import pytest

from app.config import SmsSettings
from app.core.audit import AuditEntry
from app.files.models import Upload
from app.notifications.models import Notification
from app.recovery.errors import AppealCannotBeTold, AppealUnanswerable
from app.recovery.models import PasswordAppeal, PasswordRecovery
from app.recovery.services.appeals import approve_appeal, forget_old_drafts, reject_appeal
from tests.notifications.conftest import settings_of
from tests.racing import at_once
from tests.recovery.appeals import APPEAL_PHONE, REASON, Applicant
from tests.recovery.conftest import (
    COMPANY,
    NEW,
    PHONE,
    code_of,
    company_of,
    jpeg,
    png,
    problem,
    run_worker,
    texted,
)


@pytest.fixture
def applicant(anybody, company):
    """Somebody of the company who has lost phone and mailbox."""
    return Applicant(anybody, company.employer.uscc)


@pytest.mark.spec("A16")
def test_approved_appeal_lets_choose_a_new_password(applicant, hand, sign_in, wechat_sandbox):
    opened = applicant.open()
    assert (opened.status_code, opened.json["status"]) == (201, "draft")
    submitted = applicant.submit()
    assert (submitted.status_code, submitted.json["status"]) == (200, "pending")
    assert submitted.json["has_statement"] and submitted.json["ticket"] is None
    approve_appeal(PasswordAppeal.get().id)
    run_worker()
    state = applicant.look().json
    assert state["status"] == "approved"
    code = texted(wechat_sandbox, APPEAL_PHONE)
    proved = hand.prove(state["ticket"], code)
    assert proved.json["username"] == "zhou.min"
    assert hand.choose(proved.json["reset_token"]).status_code == 204
    assert sign_in(password=NEW).status_code == 200
    assert wechat_sandbox.sms(PHONE) == [], "the lost phone gets no code"


@pytest.mark.spec("A16")
@pytest.mark.parametrize(
    ("size", "status"), [(0, 201), (2_097_151, 201), (2_097_152, 201), (2_097_153, 413)]
)
def test_statement_has_two_megabytes_at_most(applicant, size, status):
    assert applicant.upload(jpeg(size)).status_code == status


@pytest.mark.spec("A16")
@pytest.mark.parametrize("name", ["statement.jpg", "statement.png"])
def test_statement_is_a_jpeg_by_its_content(applicant, name):
    assert problem(applicant.upload(png(), name)) == (422, "upload-type-refused")
    assert Upload.select().count() == 0


@pytest.mark.spec("A16")
def test_name_on_the_seal_must_be_the_licences(applicant):
    applicant.open()
    refused = applicant.submit(seal_name="远航科技有限公司")
    assert problem(refused) == (422, "seal-name-differs")
    assert refused.json["title"] == "公章上的单位名称与营业执照上的名称不一致"
    assert PasswordAppeal.get().status == "draft"
    assert applicant.submit(seal_name="远航科技(杭州) 有限公司").status_code == 200


@pytest.mark.spec("A16")
def test_seal_is_held_against_the_licence_and_not_against_the_form(applicant):
    applicant.open(company_name="远航科技有限公司")
    assert problem(applicant.submit(seal_name="远航科技有限公司")) == (422, "seal-name-differs")
    assert applicant.submit(seal_name=COMPANY).status_code == 200


@pytest.mark.spec("A16")
@pytest.mark.parametrize(
    ("paper", "status"),
    [
        (REASON, 200),
        ("预留手机号已停用， 邮箱无法登录。", 200),
        ("预留手机号已停用,邮箱无法登录。", 200),
        ("预留手机号已停用，邮箱无法登录", 422),
        ("预留手机号已停用。", 422),
    ],
)
def test_reason_on_paper_must_be_the_forms(applicant, paper, status):
    applicant.open()
    answer = applicant.submit(paper_reason=paper)
    assert answer.status_code == status
    if status != 200:
        assert problem(answer) == (422, "paper-reason-differs")


def test_nothing_is_handed_in_without_a_statement(applicant):
    applicant.open()
    assert problem(applicant.submit(claim="")) == (422, "statement-missing")
    assert problem(applicant.submit(claim="none")) == (404, "upload-not-found")
    paper = applicant.upload(png(), "paper.png", purpose="paper").json["claim"]
    assert problem(applicant.submit(claim=paper)) == (422, "upload-misplaced")


def test_statement_is_used_for_one_appeal(applicant, anybody):
    claim = applicant.upload(jpeg()).json["claim"]
    applicant.open()
    assert applicant.submit(claim=claim).status_code == 200
    other = Applicant(anybody, applicant.uscc)
    other.open()
    assert problem(other.submit(claim=claim)) == (404, "upload-not-found")


@pytest.mark.spec("A16")
def test_rejected_appeal_is_a_draft_again_with_its_reason(applicant):
    applicant.open()
    applicant.submit()
    assert problem(applicant.change(reason="另一个原因而已")) == (409, "appeal-not-open")
    assert problem(applicant.submit()) == (409, "appeal-not-open")
    appeal = reject_appeal(PasswordAppeal.get().id, "公章不清晰")
    state = applicant.look().json
    assert (state["status"], state["rejected_reason"]) == ("draft", "公章不清晰")
    row = AuditEntry.get((AuditEntry.action == "reject") & (AuditEntry.reason == "公章不清晰"))
    assert row.subject == f"passwordappeal:{appeal.id}"
    assert applicant.change(reason="预留信息全部失效了").status_code == 200
    first = PasswordAppeal.get().statement_id
    again = applicant.submit(paper_reason="预留信息全部失效了")
    assert (again.json["status"], again.json["rejected_reason"]) == ("pending", "")
    assert PasswordAppeal.get().statement_id != first
    assert Upload.get_or_none(Upload.id == first) is None, "the earlier statement is let go"


def test_rejected_applicant_may_keep_the_statement(applicant):
    applicant.open()
    applicant.submit()
    reject_appeal(PasswordAppeal.get().id, "请补充联系人")
    kept = PasswordAppeal.get().statement_id
    assert applicant.submit(claim="").status_code == 200
    assert PasswordAppeal.get().statement_id == kept


@pytest.mark.spec("A16")
def test_unknown_number_and_wrong_phone_are_told_alike(applicant, anybody):
    applicant.open()
    number = applicant.number
    told = []
    for body in (
        {"number": "AAAAAAAAAA", "phone_tail": "8888"},
        {"number": number, "phone_tail": "0000"},
    ):
        answer = anybody.post("/api/password-appeals/state", json=body)
        told.append({k: v for k, v in answer.json.items() if k != "request_id"})
    assert told[0] == told[1] and told[0]["status"] == 404


def test_number_may_be_typed_from_hearing(applicant, anybody):
    applicant.open()
    heard = applicant.number.lower()
    body = {"number": f"{heard[:5]}-{heard[5:]}", "phone_tail": APPEAL_PHONE[-4:]}
    assert anybody.post("/api/password-appeals/state", json=body).status_code == 200


def test_end_of_a_phone_cannot_be_tried_out(applicant, anybody):
    applicant.open()
    body = {"number": applicant.number}
    tries = [
        anybody.post("/api/password-appeals/state", json=body | {"phone_tail": f"{n:04d}"})
        for n in range(11)
    ]
    assert [answer.status_code for answer in tries] == [404] * 10 + [429]


def test_state_shows_no_number_of_a_phone(applicant):
    applicant.open()
    assert applicant.look().json["phone_masked"] == "139****8888"
    assert APPEAL_PHONE not in applicant.look().get_data(as_text=True)


def test_every_appeal_costs_a_captcha_and_a_true_code(applicant):
    assert problem(applicant.open(captcha_answer="0")) == (422, "captcha-wrong")
    assert problem(applicant.open(uscc="913301000000000012")) == (422, "uscc-invalid")
    assert applicant.open(phone="12345").status_code == 422
    assert PasswordAppeal.select().count() == 0


def test_appeal_of_a_company_without_an_account_is_not_told_so_but_cannot_be_approved(
    factory, anybody, reachable
):
    stranger = Applicant(anybody, factory.employer("无人有限公司").uscc)
    stranger.open(company_name="无人有限公司")
    assert stranger.submit(seal_name="无人有限公司").status_code == 200
    with pytest.raises(AppealUnanswerable):
        approve_appeal(PasswordAppeal.get().id)
    assert PasswordAppeal.get().status == "pending"


def test_without_sms_an_appeal_cannot_be_approved(applicant, app):
    applicant.open()
    applicant.submit()
    with settings_of(app, sms=SmsSettings()), pytest.raises(AppealCannotBeTold):
        approve_appeal(PasswordAppeal.get().id)
    assert PasswordAppeal.get().status == "pending"


@pytest.mark.spec("A16")
@pytest.mark.parametrize(("hours", "status"), [(23.9, 200), (24.1, 409)])
def test_code_of_an_appeal_is_good_for_a_day(
    applicant, hand, wechat_sandbox, travel, hours, status
):
    applicant.open()
    applicant.submit()
    approve_appeal(PasswordAppeal.get().id)
    run_worker()
    ticket = applicant.look().json["ticket"]
    travel(timedelta(hours=hours))
    assert hand.prove(ticket, texted(wechat_sandbox, APPEAL_PHONE)).status_code == status


def test_code_of_an_appeal_can_be_sent_again(applicant, hand, wechat_sandbox):
    applicant.open()
    applicant.submit()
    approve_appeal(PasswordAppeal.get().id)
    run_worker()
    ticket = applicant.look().json["ticket"]
    again = hand.ask(ticket, "phone")
    assert again.json["minutes"] in (1439, 1440)
    assert hand.prove(ticket, texted(wechat_sandbox, APPEAL_PHONE)).status_code == 200


def test_account_is_told_of_an_approval(applicant, company):
    applicant.open()
    applicant.submit()
    approve_appeal(PasswordAppeal.get().id)
    told = Notification.get(Notification.account == company.account)
    assert "密码申诉已通过" in told.params["text"]


@pytest.mark.serial
@pytest.mark.spec("A16")
def test_of_two_reviewers_at_once_one_decides(app, applicant):
    applicant.open()
    applicant.submit()
    appeal_id = PasswordAppeal.get().id
    outcomes = at_once(
        app,
        lambda: approve_appeal(appeal_id),
        lambda: approve_appeal(appeal_id),
        lambda: reject_appeal(appeal_id, "公章不清晰"),
    )
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert [code_of(one) for one in refused] == ["invalid-transition"] * 2
    live = PasswordRecovery.select().where(PasswordRecovery.status != "void").count()
    assert live == (PasswordAppeal.get().status == "approved")


@pytest.mark.serial
def test_of_two_submissions_at_once_one_counts(app, applicant):
    applicant.open()
    claims = [applicant.upload(jpeg()).json["claim"] for _ in range(2)]
    answers = at_once(app, *[lambda c=c: applicant.submit(claim=c) for c in claims])
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert Upload.select().where(Upload.attached_at.is_null(False)).count() == 1


def test_second_companys_appeal_leads_to_its_own_account(factory, company, anybody):
    other = company_of(factory, "别的有限公司", username="other.name", phone="13900009999")
    person = Applicant(anybody, other.employer.uscc)
    person.open(company_name="别的有限公司")
    person.submit(seal_name="别的有限公司")
    appeal = approve_appeal(PasswordAppeal.get(PasswordAppeal.uscc == other.employer.uscc).id)
    assert PasswordAppeal.get_by_id(appeal.id).recovery.account_id == other.account.id


def test_drafts_are_forgotten_after_a_month_with_their_statements(applicant, travel):
    applicant.open()
    applicant.submit()
    reject_appeal(PasswordAppeal.get().id, "公章不清晰")
    travel(timedelta(days=29))
    assert forget_old_drafts() == 0
    travel(timedelta(days=2))
    assert forget_old_drafts() == 1
    assert (PasswordAppeal.select().count(), Upload.select().count()) == (0, 0)
