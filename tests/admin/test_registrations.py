"""单位审核: the queue of registrations, what a reviewer sees and does, and claims."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import Account, StaffUser
from app.employers.gates import Entry, Gate
from app.employers.models import Employer, GatePass, Membership, Recruiter
from app.employers.services import membership, review
from app.schools.models import Duty, School
from app.schools.services import appoint, create_school
from tests.admin.conftest import QUICK_HASH, Browser, Role, audit_of, text_of
from tests.employers.conftest import DETAILS, REAL_BUT_FAILING, Companies
from tests.factories import Factory, valid_uscc

PLACE = "/admin/registrations"


@pytest.fixture
def companies(factory: Factory) -> Companies:
    return Companies(factory)


@pytest.fixture
def applicant(factory: Factory) -> Account:
    return factory.account("周敏")


@pytest.fixture
def at_school(app: Flask) -> Callable[..., Browser]:
    """A browser at which somebody with a duty at a school is signed in."""

    def make(school: School, duty: Duty, username: str) -> Browser:
        staff = StaffUser.create(
            username=username, name=username, password_hash=QUICK_HASH, role=Role.VIEWER,
            is_platform=False,
        )  # fmt: skip
        appoint(staff.id, school.id, duty)
        browser = Browser(app.test_client(), staff)
        assert browser.sign_in(username).status_code == 302
        browser.get("/admin/")
        return browser

    return make


def status_of(employer: Employer) -> str:
    return Employer.get_by_id(employer.id).status


@pytest.mark.spec("A11")
def test_reviewer_sees_everything_and_lets_it_through_gate_by_gate(
    signed_in: Callable[..., Browser], companies: Companies, applicant: Account
) -> None:
    employer = companies.submitted(applicant, entry=Entry.PLATFORM)
    browser = signed_in()
    page = text_of(browser.get(f"{PLACE}/details/?id={employer.id}"))
    for word in (employer.name, employer.uscc, DETAILS["phone"], "浙江省 杭州 文三路 100 号", "周敏",
                 "营业执照", "账号授权书", "视频双选会", "江海大学", "平台审核"):  # fmt: skip
        assert word in page, word
    assert "/api/files/" in page and "pass_platform" in page and "pass_school" not in page
    assert browser.post(f"{PLACE}/{employer.id}/pass_platform").status_code == 302
    assert status_of(employer) == "submitted"
    page = text_of(browser.get(f"{PLACE}/details/?id={employer.id}"))
    assert "pass_school" in page and "operator 甲" in page
    assert browser.post(f"{PLACE}/{employer.id}/pass_school").status_code == 302
    assert status_of(employer) == "active"
    assert [one.staff_id for one in GatePass.select()] == [browser.staff.id] * 2
    (entry,) = audit_of(f"employer:{employer.id}", "admit")
    assert (entry.actor_id, entry.reason) == (browser.staff.id, "学校审核")


@pytest.mark.spec("A11")
def test_old_page_never_passes_a_later_gate(
    signed_in: Callable[..., Browser], companies: Companies, applicant: Account
) -> None:
    employer = companies.submitted(applicant, entry=Entry.PLATFORM)
    first, second = signed_in(), signed_in(Role.ADMIN)
    first.post(f"{PLACE}/{employer.id}/pass_platform")
    late = second.post(f"{PLACE}/{employer.id}/pass_platform")
    assert late.status_code == 409 and "已不在这一审核环节" in text_of(late)
    assert GatePass.select().count() == 1


@pytest.mark.spec("A11")
def test_return_wants_a_reason(
    signed_in: Callable[..., Browser], companies: Companies, applicant: Account
) -> None:
    employer = companies.submitted(applicant)
    browser = signed_in()
    assert browser.post(f"{PLACE}/{employer.id}/return_centre").status_code == 422
    browser.post(f"{PLACE}/{employer.id}/return_centre", reason="执照模糊")
    assert status_of(employer) == "returned"
    assert "执照模糊" in text_of(browser.get(f"{PLACE}/details/?id={employer.id}"))


@pytest.mark.spec("A06")
def test_failing_code_is_shown_and_vouched_for(
    signed_in: Callable[..., Browser], companies: Companies, applicant: Account
) -> None:
    employer = companies.submitted(applicant, REAL_BUT_FAILING, is_sure=True)
    browser = signed_in()
    assert "校验位不符，待核对" in text_of(browser.get(f"{PLACE}/details/?id={employer.id}"))
    blocked = browser.post(f"{PLACE}/{employer.id}/pass_centre")
    assert blocked.status_code == 409 and "请先核对代码并放行" in text_of(blocked)
    browser.post(f"{PLACE}/{employer.id}/vouch", reason="公示系统可查")
    assert "校验位不符，已放行" in text_of(browser.get(f"{PLACE}/details/?id={employer.id}"))
    assert audit_of(f"employer:{employer.id}", "vouch")[0].reason == "公示系统可查"
    assert browser.post(f"{PLACE}/{employer.id}/pass_centre").status_code == 302


@pytest.mark.spec("A06")
def test_staff_record_a_failing_code_only_with_their_word(
    signed_in: Callable[..., Browser],
) -> None:
    browser = signed_in()
    browser.get("/admin/employers/new/")
    form = {"name": "厦门某单位", "code": REAL_BUT_FAILING}
    assert "统一社会信用代码不正确" in text_of(browser.post("/admin/employers/new/", **form))
    browser.post("/admin/employers/new/", **form, vouch="证照一致")
    employer = Employer.get(Employer.uscc == REAL_BUT_FAILING)
    assert (employer.status, employer.uscc_override) == ("active", True)
    assert audit_of(f"employer:{employer.id}", "create")[0].reason == "证照一致"


@pytest.mark.spec("A12")
def test_overdue_reviews_are_counted_and_found(
    signed_in: Callable[..., Browser],
    companies: Companies,
    factory: Factory,
    travel: Callable[[timedelta], None],
) -> None:
    late = companies.submitted(factory.account("早"))
    travel(timedelta(hours=23))
    fresh = companies.submitted(factory.account("晚"))
    viewer = signed_in(Role.VIEWER)
    assert "已超过 24 小时未审核完" not in text_of(viewer.get("/admin/"))
    travel(timedelta(hours=1))
    viewer = signed_in(Role.VIEWER, "another")  # nobody stays signed in for a day
    page = text_of(viewer.get("/admin/"))
    assert f'<a href="{PLACE}/?late=yes"><b>1</b> 份注册申请已超过 24 小时未审核完</a>' in page
    listed = text_of(viewer.get(f"{PLACE}/?late=yes"))
    assert late.name in listed and fresh.name not in listed and "已超 24 小时" in listed
    both = text_of(viewer.get(f"{PLACE}/?status=submitted"))
    assert late.name in both and fresh.name in both


def test_queue_is_narrowed_by_gate(
    signed_in: Callable[..., Browser], companies: Companies, factory: Factory
) -> None:
    centre = companies.submitted(factory.account(), entry=Entry.CENTRE)
    platform = companies.submitted(factory.account(), entry=Entry.PLATFORM)
    school = companies.submitted(factory.account(), entry=Entry.SCHOOL)
    review.pass_gate(school.id, review.Gate.PLATFORM, companies.staff())
    browser = signed_in()
    for gate, shown in (("centre", centre), ("platform", platform), ("school", school)):
        page = text_of(browser.get(f"{PLACE}/?gate={gate}"))
        names = {one.name for one in (centre, platform, school) if one.name in page}
        assert names == {shown.name}, gate


@pytest.mark.spec("N03")
def test_viewer_reviews_nothing(
    signed_in: Callable[..., Browser], companies: Companies, applicant: Account
) -> None:
    employer = companies.submitted(applicant)
    viewer = signed_in(Role.VIEWER)
    page = text_of(viewer.get(f"{PLACE}/details/?id={employer.id}"))
    assert "pass_centre" not in page
    assert viewer.post(f"{PLACE}/{employer.id}/pass_centre").status_code == 403
    assert status_of(employer) == "submitted"


@pytest.mark.spec("N03")
def test_suspension_and_its_end(signed_in: Callable[..., Browser], factory: Factory) -> None:
    employer, browser = factory.employer(), signed_in()
    assert browser.post(f"/admin/employers/{employer.id}/suspend").status_code == 422
    browser.post(f"/admin/employers/{employer.id}/suspend", reason="发布虚假岗位")
    assert status_of(employer) == "suspended"
    assert audit_of(f"employer:{employer.id}", "suspend")[0].reason == "发布虚假岗位"
    browser.post(f"/admin/employers/{employer.id}/restore")
    assert status_of(employer) == "active"


@pytest.mark.spec("A07")
def test_claim_is_answered_by_staff_with_the_letter_before_them(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    employer, account = factory.employer(), factory.account("林晓雨")
    wish = membership.Wish(
        kind=membership.Kind.CLAIM, name="林晓雨", letter_id=factory.upload(account).id
    )
    claim = membership.ask_to_join(account.id, employer.uscc, wish)
    browser = signed_in()
    assert "份单位管理员申请待处理" in text_of(browser.get("/admin/"))
    assert "查看授权书" in text_of(browser.get(f"/admin/memberships/details/?id={claim.id}"))
    assert browser.post(f"/admin/memberships/{claim.id}/approve").status_code == 422
    browser.post(f"/admin/memberships/{claim.id}/approve", reason="电话核实")
    assert Membership.get_by_id(claim.id).status == "approved"
    assert Recruiter.get(Recruiter.account == account).is_admin
    assert "管理员" in text_of(browser.get("/admin/recruiters/"))


def test_join_request_offers_staff_no_answer(
    signed_in: Callable[..., Browser], companies: Companies, applicant: Account, factory: Factory
) -> None:
    companies.admitted(applicant, valid_uscc(42))
    wish = membership.Wish(kind=membership.Kind.JOIN, name="林晓雨")
    request = membership.ask_to_join(factory.account().id, valid_uscc(42), wish)
    browser = signed_in()
    page = text_of(browser.get(f"/admin/memberships/details/?id={request.id}"))
    assert "/approve" not in page
    assert (
        browser.post(f"/admin/memberships/{request.id}/approve", reason="代为").status_code == 404
    )


def test_staff_make_a_member_the_administrator(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    booth = factory.booth()
    factory.recruiter(booth)
    row, browser = Recruiter.get(), signed_in()
    browser.post(f"/admin/recruiters/{row.id}/make_admin", reason="单位来函")
    assert Recruiter.get().is_admin
    assert audit_of(f"recruiter:{row.id}", "make_admin")[0].reason == "单位来函"


def test_position_form_offers_admitted_employers_only(
    signed_in: Callable[..., Browser], companies: Companies, applicant: Account, factory: Factory
) -> None:
    waiting, active = companies.submitted(applicant), factory.employer()
    page = text_of(signed_in().get("/admin/positions/new/"))
    assert active.name in page and waiting.name not in page


@pytest.mark.spec("A11", "A21")
def test_school_decides_at_its_own_gate_on_those_that_want_to_settle_there(
    at_school: Callable[..., Browser], companies: Companies, applicant: Account, factory: Factory
) -> None:
    here, there = factory.school(), create_school("滨海大学", "滨海")
    employer = companies.submitted(applicant, entry=Entry.SCHOOL)
    reviewer = at_school(here, Duty.REVIEWER, "qianjin")
    foreign = at_school(there, Duty.ADMINISTRATOR, "linghu")
    helper = at_school(here, Duty.FAIR_STAFF, "huiwu")
    place = f"{PLACE}/{employer.id}"
    assert reviewer.post(f"{place}/pass_platform").status_code in (403, 409)
    assert "份注册申请待审核" not in text_of(reviewer.get("/admin/"))
    review.pass_gate(employer.id, Gate.PLATFORM, companies.staff())
    assert "份注册申请待审核" in text_of(reviewer.get("/admin/"))
    assert foreign.get(f"{PLACE}/details/?id={employer.id}").status_code == 404
    assert foreign.post(f"{place}/pass_school").status_code in (403, 404)
    assert helper.get(f"{PLACE}/").status_code == 403
    assert helper.post(f"{place}/pass_school").status_code == 403
    page = text_of(reviewer.get(f"{PLACE}/details/?id={employer.id}"))
    assert "pass_school" in page and "/suspend" not in page and "/vouch" not in page
    assert reviewer.post(f"{place}/suspend", reason="试一试").status_code == 403
    assert status_of(employer) == "submitted"
    assert reviewer.post(f"{place}/pass_school").status_code == 302
    assert status_of(employer) == "active"


@pytest.mark.spec("A11", "A21")
def test_centre_decides_at_its_gate_and_for_the_universities_under_it(
    at_school: Callable[..., Browser], companies: Companies, factory: Factory
) -> None:
    centre = create_school("江海省就业中心", "省中心")
    School.update(kind=School.Kind.CENTRE).where(School.id == centre.id).execute()
    under = factory.school()
    School.update(centre=centre).where(School.id == under.id).execute()
    at_centre = companies.submitted(factory.account(), entry=Entry.CENTRE)
    at_university = companies.submitted(factory.account(), entry=Entry.SCHOOL)
    review.pass_gate(at_university.id, Gate.PLATFORM, companies.staff())
    university = at_school(under, Duty.REVIEWER, "qianjin")
    assert university.post(f"{PLACE}/{at_centre.id}/pass_centre").status_code in (403, 409)
    browser = at_school(centre, Duty.REVIEWER, "zhongxin")
    assert browser.post(f"{PLACE}/{at_centre.id}/pass_centre").status_code == 302
    assert browser.post(f"{PLACE}/{at_university.id}/pass_school").status_code == 302
    assert status_of(at_centre) == status_of(at_university) == "active"
