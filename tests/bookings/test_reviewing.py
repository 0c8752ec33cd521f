"""Fair staff review: up to the cap, with reasons, a wait-list, and room that is made."""

from datetime import timedelta

import pytest

from app.bookings.errors import (
    EmployerBarred,
    EnrolmentOver,
    NoRoom,
    PlaceNeeded,
    PlaceTaken,
    PositionsNotApproved,
    RoomLeft,
)
from app.bookings.models import Enrolment
from app.bookings.services import fitting, leaving, plan, registering, reviewing, waiting
from app.bookings.services.finding import is_overdue
from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.fairs.errors import FairFull
from app.fairs.models import Booth
from app.fairs.services.booths import open_booth, positions_of
from app.fairs.services.capacity import admitted
from app.fairs.services.staging import end_fair
from app.interviews.services.closing import disqualify_booth
from app.positions.services import withdraw_position

Status = Enrolment.Status


def status_of(enrolment):
    return Enrolment.get_by_id(enrolment.id).status


@pytest.mark.spec("B06", "B08", "G02")
def test_approval_opens_the_booth_with_its_positions_and_tells_the_recruiters(hall, told):
    firm, (_, place, *_) = hall.firm(), hall.plan()
    enrolment = hall.approved(firm, place)
    booth = Booth.get(Booth.employer == firm.employer)
    assert enrolment.status == Status.APPROVED and enrolment.booth_id == booth.id
    assert (booth.number, booth.status) == ("A02", Booth.Status.OPEN)
    assert [one.id for one in positions_of([booth.id])[booth.id]] == [firm.position.id]
    assert told(firm.account) == ["已通过"]


def test_without_a_plan_booths_are_numbered_in_order(hall):
    open_booth(fair_id=hall.fair.id, employer_id=hall.firm().employer.id, number="002")
    numbers = [hall.approved(hall.firm()).booth.number for _ in range(3)]
    assert numbers == ["001", "003", "004"]


@pytest.mark.spec("B08")
def test_one_above_the_cap_is_refused_and_stays_in_the_review(hall):
    hall.set(most_employers=2)
    hall.approved(hall.firm())
    open_booth(fair_id=hall.fair.id, employer_id=hall.firm().employer.id, number="T1")
    third = hall.submitted(hall.firm())
    with pytest.raises(FairFull, match="最多 2 家"):
        reviewing.approve_enrolment(third.id)
    assert status_of(third) == Status.PENDING
    assert admitted(hall.fair.id) == 2
    with pytest.raises(FairFull):  # nor by hand
        open_booth(fair_id=hall.fair.id, employer_id=hall.firm().employer.id, number="T2")


@pytest.mark.spec("B08")
def test_three_hundred_are_let_in_and_the_next_is_refused(hall):
    assert hall.fair.most_employers == 300
    rows = []
    for number in range(299):
        employer = hall.factory.employer()
        rows.append({"fair": hall.fair.id, "employer": employer.id, "number": f"T{number}"})
    Booth.insert_many(rows).execute()
    last, above = hall.submitted(hall.firm()), hall.submitted(hall.firm())
    reviewing.approve_enrolment(last.id)
    with pytest.raises(FairFull):
        reviewing.approve_enrolment(above.id)
    assert (status_of(last), status_of(above)) == (Status.APPROVED, Status.PENDING)


@pytest.mark.spec("C06", "B06")
def test_a_position_that_lost_its_approval_since_stops_the_approval(hall):
    firm = hall.firm()
    enrolment = hall.submitted(firm)
    withdraw_position(firm.position.id, "修改后重新审核")
    with pytest.raises(PositionsNotApproved, match=firm.position.title):
        reviewing.approve_enrolment(enrolment.id)
    assert status_of(enrolment) == Status.PENDING and not Booth.select().exists()


@pytest.mark.spec("B08", "G02")
def test_rejected_employer_reads_the_reason_and_is_offered_ordinary_recruitment(hall, told):
    firm = hall.firm()
    enrolment = hall.submitted(firm)
    reviewing.reject_enrolment(enrolment.id, "专业与本校不匹配")
    row = Enrolment.get_by_id(enrolment.id)
    assert (row.status, row.answer) == (Status.REJECTED, "专业与本校不匹配")
    note = firm.account.notifications.get()
    assert "专业与本校不匹配" in note.params["text"] and "日常网络招聘" in note.params["text"]
    assert told(firm.account) == ["未通过"]
    again = hall.submitted(firm)  # inside the window the form may be put right
    assert again.id != enrolment.id and again.status == Status.PENDING


@pytest.mark.spec("B07", "B08")
def test_rejection_frees_the_place(hall):
    place, *_ = hall.plan()
    reviewing.reject_enrolment(hall.submitted(hall.firm(), place).id, "材料不全")
    assert hall.submitted(hall.firm(), place).status == Status.PENDING


@pytest.mark.spec("B08", "G02")
def test_wait_list_is_for_a_full_fair_and_moves_up_in_order_of_submission(hall, told):
    hall.set(most_employers=1)
    inside, first, second = hall.firm(), hall.firm(), hall.firm()
    early = hall.submitted(first)
    with pytest.raises(RoomLeft):
        waiting.wait_list(early.id)
    taken = hall.approved(inside)
    late = hall.submitted(second)
    waiting.wait_list(late.id)  # put on the list first, but submitted later
    waiting.wait_list(early.id, "专业匹配度较低")
    assert {status_of(early), status_of(late)} == {Status.WAITLISTED}
    assert told(first.account) == ["候补中"]
    leaving.withdraw_enrolment(taken.id, inside.account.id, "行程冲突")
    assert (status_of(early), status_of(late)) == (Status.PENDING, Status.WAITLISTED)
    assert told(first.account) == ["候补中", "已递补"]
    assert told(second.account) == ["候补中"]
    assert reviewing.approve_enrolment(early.id).status == Status.APPROVED


@pytest.mark.spec("B08")
def test_disqualification_and_withdrawal_by_staff_make_room_as_well(hall):
    hall.set(most_employers=2)
    inside = [hall.approved(hall.firm()) for _ in range(2)]
    rows = [hall.submitted(hall.firm()) for _ in range(2)]
    for row in rows:
        waiting.wait_list(row.id)
    leaving.disqualify_booth(inside[0].booth_id, "传销")
    assert [status_of(row) for row in rows] == [Status.PENDING, Status.WAITLISTED]
    leaving.withdraw_booth(inside[1].booth_id)
    assert [status_of(row) for row in rows] == [Status.PENDING, Status.PENDING]


@pytest.mark.spec("B08")
def test_staff_move_nobody_up_while_the_fair_is_full(hall):
    hall.set(most_employers=1)
    hall.approved(hall.firm())
    row = hall.submitted(hall.firm())
    waiting.wait_list(row.id)
    with pytest.raises(NoRoom):
        waiting.move_up(row.id)
    hall.set(most_employers=2)
    waiting.move_up(row.id, "增加名额")
    assert status_of(row) == Status.PENDING


@pytest.mark.spec("B07", "B08")
def test_on_the_wait_list_the_place_is_free_for_others_and_comes_back_if_it_still_is(hall):
    hall.set(most_employers=1)
    first, second, third = hall.plan(3)
    inside = hall.firm()
    taken = hall.approved(inside, first)
    lucky, luckless = hall.submitted(hall.firm(), second), hall.submitted(hall.firm(), third)
    waiting.wait_list(lucky.id)
    waiting.wait_list(luckless.id)
    hall.submitted(hall.firm(), third)
    leaving.withdraw_enrolment(taken.id, inside.account.id)
    hall.set(most_employers=3)
    waiting.move_up(luckless.id)
    assert Enrolment.get_by_id(lucky.id).place_id == second
    assert Enrolment.get_by_id(luckless.id).place_id is None


@pytest.mark.spec("B07")
def test_staff_give_places_also_those_they_keep_back_and_an_open_booth_moves_along(hall):
    first, second, third = hall.plan(3)
    plan.keep_back(hall.fair.id, [second], is_reserved=True)
    enrolment = hall.approved(hall.firm(), first)
    reviewing.assign_place(enrolment.id, "主办方邀请单位", str(second))
    assert Booth.get_by_id(enrolment.booth_id).number == "A02"
    other = hall.submitted(hall.firm(), third)
    with pytest.raises(PlaceTaken):
        reviewing.assign_place(other.id, "", str(second))
    draft = hall.draft(hall.firm(), first)
    with pytest.raises(InvalidTransition):
        reviewing.assign_place(draft.id, "", str(first))


def test_a_enrolment_without_place_is_not_approved_before_one_is_given(hall):
    (only,) = hall.plan(1)
    holder = hall.submitted(hall.firm(), only)
    homeless = hall.submitted(hall.firm())
    with pytest.raises(PlaceNeeded):
        reviewing.approve_enrolment(homeless.id)
    waiting.wait_list(homeless.id)  # no place is no room either
    reviewing.reject_enrolment(holder.id, "材料不全")
    waiting.move_up(homeless.id)
    reviewing.assign_place(homeless.id, "", str(only))
    assert reviewing.approve_enrolment(homeless.id).booth.number == "A01"


@pytest.mark.spec("B07")
def test_number_of_a_booth_that_left_goes_to_the_next_employer(hall):
    place, *_ = hall.plan()
    inside = hall.firm()
    gone = hall.approved(inside, place)
    leaving.withdraw_enrolment(gone.id, inside.account.id)
    heir = hall.approved(hall.firm(), place)
    assert heir.booth.number == "A01"
    assert Booth.get_by_id(gone.booth_id).number != "A01"


def test_an_employer_that_left_may_register_anew_and_gets_its_booth_back(hall):
    place, other, *_ = hall.plan()
    firm = hall.firm()
    first = hall.approved(firm, place)
    leaving.withdraw_enrolment(first.id, firm.account.id)
    again = hall.approved(firm, other)
    assert again.booth_id == first.booth_id
    assert (again.booth.number, again.booth.status) == ("A02", Booth.Status.OPEN)


def test_employer_sent_away_meanwhile_is_not_approved(hall):
    firm = hall.firm()
    enrolment = hall.submitted(firm)
    booth = open_booth(fair_id=hall.fair.id, employer_id=firm.employer.id, number="T1")
    disqualify_booth(booth.id, "歧视性条件")
    with pytest.raises(EmployerBarred):
        reviewing.approve_enrolment(enrolment.id)


def test_nothing_is_decided_twice_nor_after_the_fair(hall):
    done, late = hall.approved(hall.firm()), hall.submitted(hall.firm())
    with pytest.raises(InvalidTransition):
        reviewing.approve_enrolment(done.id)
    with pytest.raises(InvalidTransition):
        reviewing.reject_enrolment(done.id, "改主意")
    end_fair(hall.fair.id)
    with pytest.raises(EnrolmentOver):
        reviewing.approve_enrolment(late.id)
    with pytest.raises(EnrolmentOver):
        waiting.wait_list(late.id)


@pytest.mark.spec("B08")
def test_a_review_is_overdue_after_a_day_and_moving_up_begins_it_anew(hall, travel):
    row = hall.submitted(hall.firm())
    travel(timedelta(hours=23, minutes=59))
    assert not Enrolment.select().where(is_overdue()).exists()
    travel(timedelta(minutes=1))
    assert [one.id for one in Enrolment.select().where(is_overdue())] == [row.id]
    hall.set(most_employers=1)
    inside = hall.firm()
    taken = hall.approved(inside)
    waiting.wait_list(row.id)
    leaving.withdraw_enrolment(taken.id, inside.account.id)
    assert status_of(row) == Status.PENDING
    assert not Enrolment.select().where(is_overdue()).exists()


@pytest.mark.spec("B08")
def test_fit_is_reckoned_anew_when_more_students_have_come(hall, factory):
    row = hall.submitted(hall.firm(majors="软件工程"))
    assert row.fit_percent is None
    factory.student()
    assert fitting.reckon_fit(row.id).fit_percent == 100


def test_every_decision_is_written_down_with_its_reason(hall):
    row = hall.submitted(hall.firm())
    reviewing.reject_enrolment(row.id, "材料不全")
    entries = AuditEntry.select().where(AuditEntry.subject == f"enrolment:{row.id}")
    verbs = [(entry.action, entry.reason) for entry in entries.order_by(AuditEntry.id)]
    assert verbs == [("begin", ""), ("submit", ""), ("reject", "材料不全")]


def test_registering_waits_for_nobodys_room(hall):
    hall.set(most_employers=1)
    hall.approved(hall.firm())
    firm = hall.firm()
    enrolment = hall.draft(firm)
    sent = registering.submit_enrolment(enrolment.id, firm.account.id)
    assert sent.status == Status.PENDING
