"""Two at once: of reviewers, claimers, and people who submit one wins."""

import pytest

from app.core.errors import InvalidTransition
from app.employers.errors import EmployerKnown, NotThisGate, RegistrationLocked, RegistrationOpen
from app.employers.gates import Entry, Gate
from app.employers.models import Employer, GatePass, Membership, Recruiter
from app.employers.services import drafts, membership, review
from app.notifications.models import Notification, NotificationKind
from tests.factories import valid_uscc
from tests.racing import at_once

pytestmark = pytest.mark.serial


def kinds(outcomes) -> list[type]:
    return [type(one) for one in outcomes if isinstance(one, Exception)]


@pytest.mark.spec("A11")
def test_of_two_reviewers_at_a_gate_one_passes_it(app, companies, registrant, status_of):
    employer = companies.submitted(registrant, entry=Entry.PLATFORM)
    one, two = companies.staff("one"), companies.staff("two")
    outcomes = at_once(
        app,
        lambda: review.pass_gate(employer.id, Gate.PLATFORM, one),
        lambda: review.pass_gate(employer.id, Gate.PLATFORM, two),
    )
    (loser,) = kinds(outcomes)
    assert loser in (InvalidTransition, NotThisGate)
    assert GatePass.select().count() == 1 and status_of(employer) == "submitted"
    assert Employer.get_by_id(employer.id).gate == 1


@pytest.mark.spec("A11")
def test_reviewer_who_passes_and_one_who_returns_do_not_both_win(
    app, companies, registrant, status_of
):
    employer = companies.submitted(registrant)
    one, two = companies.staff("one"), companies.staff("two")
    outcomes = at_once(
        app,
        lambda: review.pass_gate(employer.id, Gate.CENTRE, one),
        lambda: review.send_back(employer.id, Gate.CENTRE, two, "缺章"),
    )
    assert len(kinds(outcomes)) == 1
    told = (NotificationKind.EMPLOYER_ADMITTED, NotificationKind.EMPLOYER_RETURNED)
    assert Notification.select().where(Notification.kind.in_(told)).count() == 1
    assert status_of(employer) in ("active", "returned")


@pytest.mark.spec("A07")
def test_of_two_claims_approved_at_once_one_makes_an_administrator(
    app, companies, registrant, factory
):
    company = companies.admitted(registrant, valid_uscc(42))
    requests = []
    for _ in range(2):
        account = factory.account()
        wish = membership.Wish(
            kind=membership.Kind.CLAIM, name="林晓雨", letter_id=factory.upload(account).id
        )
        requests.append(membership.ask_to_join(account.id, company.uscc, wish))
    first, second = requests
    outcomes = at_once(
        app,
        lambda: membership.approve_claim(first.id, "核实"),
        lambda: membership.approve_claim(second.id, "核实"),
    )
    assert kinds(outcomes) == [InvalidTransition]
    admins = (Recruiter.employer == company) & Recruiter.is_admin
    assert Recruiter.select().where(admins).count() == 1
    assert sorted(one.status for one in Membership.select()) == ["approved", "declined"]


@pytest.mark.spec("A06")
def test_double_submit_hands_it_in_once(app, companies, registrant, status_of):
    employer = companies.complete(registrant)
    submit = lambda: drafts.submit_registration(registrant.id)  # noqa: E731
    assert kinds(at_once(app, submit, submit)) == [RegistrationLocked]
    assert status_of(employer) == "submitted"


@pytest.mark.spec("A06")
def test_of_two_registrations_with_one_code_one_is_handed_in(app, companies, factory):
    accounts = [factory.account(), factory.account()]
    for account in accounts:
        companies.complete(account, valid_uscc(42))
    first, second = accounts
    outcomes = at_once(
        app,
        lambda: drafts.submit_registration(first.id),
        lambda: drafts.submit_registration(second.id),
    )
    assert kinds(outcomes) == [EmployerKnown]
    assert sorted(one.status for one in Employer.select()) == ["draft", "submitted"]


def test_two_tabs_begin_one_draft(app, companies, registrant):
    company = companies.company()
    begin = lambda: drafts.open_draft(registrant.id, company, person="周敏", title="")  # noqa: E731
    assert kinds(at_once(app, begin, begin)) == [RegistrationOpen]
    assert Employer.select().count() == 1
