"""Leaving a fair, being sent away, coming back: enrolment, booth and line together."""

import pytest

from app.bookings.errors import EnrolmentOver
from app.bookings.models import Enrolment
from app.bookings.services import leaving, registering, reviewing
from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.employers.errors import NotYourEmployer
from app.fairs.errors import FairFull
from app.fairs.models import Booth
from app.fairs.services.booths import open_booth
from app.fairs.services.staging import end_fair
from app.interviews.models import Interview
from app.notifications.models import Notification, NotificationKind
from app.positions.models import Position

Status = Enrolment.Status


def row_of(enrolment):
    return Enrolment.get_by_id(enrolment.id)


@pytest.mark.spec("B13")
def test_disqualification_lapses_the_line_tells_its_students_and_shows_at_the_enrolment(
    hall, factory, told
):
    firm = hall.firm("远航科技")
    row = hall.approved(firm)
    booth = Booth.get_by_id(row.booth_id)
    tickets = [factory.pending(booth), factory.waiting(booth, firm.account)]
    leaving.disqualify_enrolment(row.id, "发布虚假岗位")
    assert (row_of(row).status, row_of(row).answer) == (Status.DISQUALIFIED, "发布虚假岗位")
    assert Booth.get_by_id(booth.id).status == Booth.Status.DISQUALIFIED
    for ticket in tickets:
        assert Interview.get_by_id(ticket.id).status == Interview.Status.LAPSED
        note = Notification.get(
            (Notification.account == ticket.student.account_id)
            & (Notification.kind == NotificationKind.FAIR_NOTICE)
        )
        assert "远航科技 已被取消参会资格" in note.params["text"]
    assert told(firm.account)[-1] == "已取消"


@pytest.mark.spec("B13")
def test_the_case_is_written_down_and_may_be_handed_to_the_authorities_once(hall):
    row = hall.approved(hall.firm())
    with pytest.raises(InvalidTransition):
        reviewing.refer_enrolment(row.id, "市人社局")
    leaving.disqualify_enrolment(row.id, "传销")
    reviewing.refer_enrolment(row.id, "移交市人社局监察支队：涉嫌传销")
    with pytest.raises(InvalidTransition):
        reviewing.refer_enrolment(row.id, "再次移交")
    assert row_of(row).referred_at is not None
    entries = AuditEntry.select().where(AuditEntry.subject == f"enrolment:{row.id}")
    told = {entry.action: entry.reason for entry in entries}
    assert told["disqualify"] == "传销" and "市人社局" in told["refer"]
    booth = AuditEntry.select().where(AuditEntry.subject == f"booth:{row.booth_id}")
    assert ("disqualify", "传销") in {(entry.action, entry.reason) for entry in booth}


@pytest.mark.spec("B13")
def test_disqualified_on_the_booths_page_is_disqualified_at_the_enrolment(hall):
    row = hall.approved(hall.firm())
    leaving.disqualify_booth(row.booth_id, "歧视性条件")
    assert row_of(row).status == Status.DISQUALIFIED


@pytest.mark.spec("B13")
def test_a_booth_without_enrolment_is_disqualified_as_before(hall):
    booth = open_booth(fair_id=hall.fair.id, employer_id=hall.firm().employer.id, number="T1")
    leaving.disqualify_booth(booth.id, "材料不实")
    assert Booth.get_by_id(booth.id).status == Booth.Status.DISQUALIFIED
    with pytest.raises(InvalidTransition):
        leaving.disqualify_booth(booth.id, "再来一次")


def test_an_employer_withdraws_in_every_stage_before_the_end(hall, factory):
    for make in (hall.draft, hall.submitted, hall.approved):
        firm = hall.firm()
        row = make(firm)
        leaving.withdraw_enrolment(row.id, firm.account.id, "行程冲突")
        assert row_of(row).status == Status.WITHDRAWN
        with pytest.raises(InvalidTransition):
            leaving.withdraw_enrolment(row.id, firm.account.id)


def test_withdrawing_closes_the_booth_and_lapses_its_line(hall, factory):
    firm = hall.firm("百川医药")
    row = hall.approved(firm)
    ticket = factory.pending(Booth.get_by_id(row.booth_id))
    leaving.withdraw_enrolment(row.id, firm.account.id)
    assert Booth.get_by_id(row.booth_id).status == Booth.Status.WITHDRAWN
    assert Interview.get_by_id(ticket.id).status == Interview.Status.LAPSED
    note = Notification.get(Notification.account == ticket.student.account_id)
    assert "百川医药 已退出" in note.params["text"]


def test_only_its_own_recruiters_withdraw_it_and_not_after_the_end(hall):
    firm, stranger = hall.firm(), hall.firm()
    row = hall.approved(firm)
    with pytest.raises(NotYourEmployer):
        leaving.withdraw_enrolment(row.id, stranger.account.id)
    end_fair(hall.fair.id)
    with pytest.raises(EnrolmentOver):
        leaving.withdraw_enrolment(row.id, firm.account.id)
    assert row_of(row).status == Status.APPROVED


def test_reopening_a_booth_brings_its_enrolment_and_place_back(hall, told):
    firm, (place, *_) = hall.firm(), hall.plan()
    row = hall.approved(firm, place)
    leaving.disqualify_booth(row.booth_id, "误判")
    leaving.reopen_booth(row.booth_id, "经核实无误")
    after = row_of(row)
    assert (after.status, after.place_id) == (Status.APPROVED, place)
    assert Booth.get_by_id(row.booth_id).status == Booth.Status.OPEN
    assert told(firm.account)[-1] == "已恢复"


def test_reopening_needs_room_and_leaves_a_taken_place_to_its_heir(hall):
    place, *_ = hall.plan()
    hall.set(most_employers=1)
    row = hall.approved(hall.firm(), place)
    leaving.disqualify_booth(row.booth_id, "误判")
    hall.approved(hall.firm(), place)
    with pytest.raises(FairFull):
        leaving.reopen_booth(row.booth_id)
    hall.set(most_employers=2)
    leaving.reopen_booth(row.booth_id)
    assert (row_of(row).status, row_of(row).place_id) == (Status.APPROVED, None)


def test_reopening_leaves_an_old_enrolment_alone_when_a_new_one_goes_on(hall):
    firm = hall.firm()
    row = hall.approved(firm)
    leaving.withdraw_enrolment(row.id, firm.account.id)
    fresh = registering.start_enrolment(hall.fair.id, firm.employer.id, firm.account.id)
    leaving.reopen_booth(row.booth_id)
    assert (row_of(row).status, row_of(fresh).status) == (Status.WITHDRAWN, Status.DRAFT)
    assert Position.select().count() == 1
