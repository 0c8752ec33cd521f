"""Joining a registered company, and becoming its administrator."""

import pytest

from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.employers.errors import (
    AdministratorOnly,
    AlreadyMember,
    EmployerNotActive,
    EmployerNotFound,
    LetterNeeded,
    NoAdministrator,
    NotYourEmployer,
    ReasonNeeded,
    RecruiterNotFound,
    RequestNotFound,
    RequestPending,
    UsccInvalid,
)
from app.employers.models import Membership, Recruiter
from app.employers.services import get_recruiter, membership, review, revoke_recruiter
from app.employers.services.reading import show_companies, show_registration, show_request
from app.notifications.models import Notification, NotificationKind
from tests.factories import valid_uscc

Kind, Wish = membership.Kind, membership.Wish
CODE = valid_uscc(42)


@pytest.fixture
def company(companies, registrant):
    """An admitted company with its administrator."""
    return companies.admitted(registrant, CODE)


def asks(account, code=CODE, kind=Kind.JOIN, **more):
    return membership.ask_to_join(account.id, code, Wish(kind=kind, name="林晓雨", **more))


def claims(factory, account):
    return asks(account, kind=Kind.CLAIM, letter_id=factory.upload(account).id)


def admin_of(employer) -> list[int]:
    admins = (Recruiter.employer == employer) & Recruiter.is_admin
    return [one.account_id for one in Recruiter.select().where(admins)]


@pytest.mark.spec("A07")
def test_code_tells_no_more_than_to_recognise_the_company(company):
    known = membership.look_up(CODE.lower())
    assert (known.is_active, known.has_admin) == (True, True)
    assert known.name_masked[:2] == company.name[:2] and "****" in known.name_masked
    assert company.name not in known.name_masked
    assert membership.look_up(valid_uscc(43)).employer is None
    with pytest.raises(UsccInvalid):
        membership.look_up("远航")


@pytest.mark.spec("A07", "A08")
def test_administrator_lets_a_colleague_join_and_nothing_else_is_to_do(
    company, registrant, factory
):
    colleague = factory.account("林晓雨")
    request = asks(colleague)
    assert (
        Notification.get(Notification.kind == NotificationKind.JOIN_ASKED).account_id
        == registrant.id
    )
    (shown,) = show_companies(registrant.id)
    assert [one["name"] for one in shown["requests"]] == ["林晓雨"]
    membership.approve_join(request.id, registrant.id)
    assert not get_recruiter(colleague.id, company.id).is_admin
    assert show_request(colleague.id)["status"] == "approved"
    assert show_registration(colleague.id) is None
    (theirs,) = show_companies(colleague.id)
    assert len(theirs["members"]) == 2 and theirs["requests"] == []


@pytest.mark.spec("A07")
def test_turned_away_colleague_reads_why_and_may_ask_again(company, registrant, factory):
    colleague = factory.account()
    request = asks(colleague)
    membership.decline_join(request.id, registrant.id, "不是本单位人员")
    shown = show_request(colleague.id)
    assert (shown["status"], shown["reason"]) == ("declined", "不是本单位人员")
    with pytest.raises(NotYourEmployer):
        get_recruiter(colleague.id, company.id)
    asks(colleague)
    assert Membership.select().count() == 2


@pytest.mark.spec("A07")
def test_one_request_at_a_time_and_none_that_is_needless(company, registrant, factory):
    colleague = factory.account()
    asks(colleague)
    with pytest.raises(RequestPending):
        asks(colleague)
    with pytest.raises(AlreadyMember):
        asks(registrant)
    with pytest.raises(EmployerNotFound):
        asks(colleague, valid_uscc(44))


@pytest.mark.spec("A07")
def test_company_without_administrator_can_only_be_claimed(companies, factory):
    employer = factory.employer()
    somebody = factory.account()
    with pytest.raises(NoAdministrator):
        asks(somebody, employer.uscc)
    with pytest.raises(LetterNeeded):
        asks(somebody, employer.uscc, Kind.CLAIM)
    letter = factory.upload(somebody)
    request = asks(somebody, employer.uscc, Kind.CLAIM, letter_id=letter.id)
    with pytest.raises(ReasonNeeded):
        membership.approve_claim(request.id, " ")
    membership.approve_claim(request.id, "电话核实")
    assert admin_of(employer) == [somebody.id]
    assert AuditEntry.get(AuditEntry.action == "approve").reason == "电话核实"


@pytest.mark.spec("A07")
def test_new_administrator_takes_the_place_of_the_one_before(company, registrant, factory):
    successor, rival = factory.account(), factory.account()
    request, other = claims(factory, successor), claims(factory, rival)
    membership.approve_claim(request.id, "授权书属实")
    assert admin_of(company) == [successor.id]
    assert get_recruiter(registrant.id, company.id).is_admin is False
    shown = show_request(rival.id)
    assert (shown["status"], shown["reason"]) == ("declined", "该单位已有新的管理员")
    with pytest.raises(InvalidTransition):
        membership.approve_claim(other.id, "再次")


@pytest.mark.spec("A07")
def test_only_the_companys_own_administrator_answers(companies, company, factory):
    stranger, member = factory.account(), factory.account()
    companies.admitted(stranger, valid_uscc(45))
    request = asks(factory.account())
    membership.approve_join(asks(member).id, company.recruiters.get().account_id)
    for answer in (
        lambda who: membership.approve_join(request.id, who),
        lambda who: membership.decline_join(request.id, who, ""),
    ):
        with pytest.raises(NotYourEmployer):
            answer(stranger.id)
        with pytest.raises(AdministratorOnly):
            answer(member.id)
    assert Membership.get_by_id(request.id).status == "pending"


def test_administrator_does_not_answer_claims_nor_staff_joins(company, registrant, factory):
    claim = claims(factory, factory.account())
    with pytest.raises(RequestNotFound):
        membership.approve_join(claim.id, registrant.id)
    join = asks(factory.account())
    for answer in (membership.approve_claim, membership.decline_claim):
        with pytest.raises(RequestNotFound):
            answer(join.id, "核实")


def test_request_is_taken_back_by_its_own_account_only(company, factory):
    colleague = factory.account()
    request = asks(colleague)
    with pytest.raises(RequestNotFound):
        membership.recall_request(request.id, factory.account().id)
    membership.recall_request(request.id, colleague.id)
    assert show_request(colleague.id)["status"] == "withdrawn"
    asks(colleague)


@pytest.mark.spec("N03")
def test_suspended_or_waiting_company_is_not_joined(company, companies, registrant, factory):
    waiting = factory.account()
    companies.submitted(waiting, valid_uscc(46))
    with pytest.raises(EmployerNotActive):
        asks(factory.account(), valid_uscc(46))
    request = asks(factory.account())
    review.suspend_employer(company.id, "违规")
    with pytest.raises(EmployerNotActive):
        asks(factory.account())
    with pytest.raises(EmployerNotActive):
        membership.approve_join(request.id, registrant.id)


def test_staff_make_a_member_the_administrator(company, registrant, factory):
    member = factory.account()
    membership.approve_join(asks(member).id, registrant.id)
    row = Recruiter.get(Recruiter.account == member)
    membership.make_administrator(row.id, "原管理员离职")
    assert admin_of(company) == [member.id]
    revoke_recruiter(row.id, "离职")
    assert admin_of(company) == []
    with pytest.raises(RecruiterNotFound):
        membership.make_administrator(row.id)
