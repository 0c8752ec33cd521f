"""The gates of a registration, and employers that are stopped."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.audit import AuditEntry, acting
from app.core.errors import InvalidTransition
from app.employers.errors import (
    EmployerNotActive,
    GateNotYours,
    NotThisGate,
    ReasonNeeded,
    UsccUnverified,
    UsccVerified,
)
from app.employers.gates import GATES, Entry, Gate
from app.employers.models import Employer, GatePass
from app.employers.services import drafts, get_active_employer, get_recruiter, review
from app.employers.services.reading import show_registration
from app.notifications.models import Notification, NotificationKind
from tests.employers.conftest import REAL_BUT_FAILING


def told(kind: NotificationKind) -> list[int]:
    return [one.account_id for one in Notification.select().where(Notification.kind == kind)]


@pytest.mark.spec("A11")
@pytest.mark.parametrize("entry", list(Entry))
def test_every_door_leads_through_its_gates_in_order(companies, registrant, status_of, entry):
    employer = companies.submitted(registrant, entry=entry)
    staff = companies.staff()
    for gate in GATES[entry]:
        assert status_of(employer) == "submitted"
        with pytest.raises(EmployerNotActive):
            get_recruiter(registrant.id, employer.id)
        review.pass_gate(employer.id, gate, staff)
    assert status_of(employer) == "active"
    assert get_recruiter(registrant.id, employer.id).is_admin
    passed = [(one.gate, one.staff.username) for one in GatePass.select().order_by(GatePass.id)]
    assert passed == [(gate, "reviewer") for gate in GATES[entry]]
    assert told(NotificationKind.EMPLOYER_ADMITTED) == [registrant.id]


@pytest.mark.spec("A11")
def test_default_gates_are_those_of_the_two_documents():
    assert GATES == {
        Entry.CENTRE: (Gate.CENTRE,),
        Entry.PLATFORM: (Gate.PLATFORM, Gate.SCHOOL),
        Entry.SCHOOL: (Gate.PLATFORM, Gate.SCHOOL),
    }


@pytest.mark.spec("A11")
def test_later_gate_does_not_open_before_the_first(companies, registrant, status_of):
    employer = companies.submitted(registrant, entry=Entry.PLATFORM)
    with pytest.raises(NotThisGate):
        review.pass_gate(employer.id, Gate.SCHOOL, companies.staff())
    review.pass_gate(employer.id, Gate.PLATFORM, companies.staff())
    with pytest.raises(NotThisGate):  # the page of a colleague that was open since before
        review.pass_gate(employer.id, Gate.PLATFORM, companies.staff("other"))
    assert status_of(employer) == "submitted"
    states = [one["state"] for one in show_registration(registrant.id)["gates"]]
    assert states == ["passed", "here"]


def test_viewer_passes_no_gate(companies, registrant):
    employer = companies.submitted(registrant)
    with pytest.raises(GateNotYours):
        review.pass_gate(employer.id, Gate.CENTRE, companies.staff("looker", "viewer"))


@pytest.mark.spec("A11")
def test_returned_registration_says_why_and_begins_anew(companies, registrant, status_of):
    employer = companies.submitted(registrant, entry=Entry.PLATFORM)
    review.pass_gate(employer.id, Gate.PLATFORM, companies.staff())
    with pytest.raises(ReasonNeeded):
        review.send_back(employer.id, Gate.SCHOOL, companies.staff(), "  ")
    review.send_back(employer.id, Gate.SCHOOL, companies.staff(), "授权书没有盖章")
    shown = show_registration(registrant.id)
    assert (shown["status"], shown["reason"], shown["can_edit"]) == (
        "returned",
        "授权书没有盖章",
        True,
    )
    assert told(NotificationKind.EMPLOYER_RETURNED) == [registrant.id]
    entry = AuditEntry.get(AuditEntry.action == "send_back")
    assert entry.reason == "授权书没有盖章"
    drafts.save_certification(registrant.id, {"address": "文一路 1 号"})
    drafts.submit_registration(registrant.id)
    again = show_registration(registrant.id)
    assert [one["state"] for one in again["gates"]] == ["here", "ahead"] and again["reason"] == ""
    for gate in GATES[Entry.PLATFORM]:
        review.pass_gate(employer.id, gate, companies.staff())
    assert status_of(employer) == "active"


@pytest.mark.spec("A06")
def test_failing_code_passes_no_gate_until_staff_vouch_for_it(companies, registrant, status_of):
    employer = companies.submitted(registrant, REAL_BUT_FAILING, is_sure=True)
    with pytest.raises(UsccUnverified):
        review.pass_gate(employer.id, Gate.CENTRE, companies.staff())
    with pytest.raises(ReasonNeeded):
        review.vouch_for_code(employer.id, "")
    with acting(7, "staff:operator"):
        review.vouch_for_code(employer.id, "公示系统可查")
    entry = AuditEntry.get(AuditEntry.action == "vouch")
    assert (entry.reason, entry.actor_id, entry.after) == (
        "公示系统可查",
        7,
        {"uscc": REAL_BUT_FAILING},
    )
    review.pass_gate(employer.id, Gate.CENTRE, companies.staff())
    assert status_of(employer) == "active"
    with pytest.raises(UsccVerified):
        review.vouch_for_code(employer.id, "再次")


@pytest.mark.spec("A06")
def test_corrected_code_needs_another_look(companies, registrant):
    employer = companies.draft(registrant, REAL_BUT_FAILING, is_sure=True)
    review.vouch_for_code(employer.id, "公示系统可查")
    drafts.save_company(registrant.id, companies.company("91350211M0000XUF47", is_sure=True))
    assert not Employer.get_by_id(employer.id).uscc_override


@pytest.mark.spec("A12")
def test_review_is_overdue_at_24_hours(companies, registrant, travel):
    employer = companies.submitted(registrant)
    start = employer.submitted_at
    travel(start + timedelta(hours=24) - timedelta(seconds=1))
    fresh = Employer.get_by_id(employer.id)
    late = Employer.select().where(review.waits_too_long(clock.now()))
    assert not review.is_overdue(fresh, clock.now()) and not list(late)
    assert not show_registration(registrant.id)["is_overdue"]
    travel(start + timedelta(hours=24))
    assert review.is_overdue(fresh, clock.now())
    late = Employer.select().where(review.waits_too_long(clock.now()))
    assert [one.id for one in late] == [employer.id]
    assert show_registration(registrant.id)["is_overdue"]
    review.pass_gate(employer.id, Gate.CENTRE, companies.staff())
    assert not list(Employer.select().where(review.waits_too_long(clock.now())))


@pytest.mark.spec("N03")
def test_suspended_employer_cannot_act_until_restored(companies, registrant, factory):
    employer = companies.admitted(registrant)
    with pytest.raises(ReasonNeeded):
        review.suspend_employer(employer.id, "")
    review.suspend_employer(employer.id, "发布虚假岗位")
    for act in (
        lambda: get_recruiter(registrant.id, employer.id),
        lambda: get_active_employer(employer.id),
        lambda: factory.booth(employer=employer),
    ):
        with pytest.raises(EmployerNotActive):
            act()
    assert told(NotificationKind.EMPLOYER_SUSPENDED) == [registrant.id]
    assert AuditEntry.get(AuditEntry.action == "suspend").reason == "发布虚假岗位"
    with pytest.raises(InvalidTransition):
        review.suspend_employer(employer.id, "再次")
    review.restore_employer(employer.id)
    assert get_recruiter(registrant.id, employer.id)
    assert told(NotificationKind.EMPLOYER_RESTORED) == [registrant.id]


def test_what_staff_record_is_active_at_once(factory):
    assert factory.employer().status == "active"
