"""Changes after submission: asked for and confirmed, or at once where the fair lets them."""

import pytest

from app.bookings.differences import difference
from app.bookings.errors import (
    ChangeNotFound,
    ChangePending,
    EnrolmentOver,
    InterviewersNeeded,
    NothingChanged,
    NotSubmitted,
    PositionsNeeded,
    PositionsNotApproved,
)
from app.bookings.models import Enrolment, EnrolmentChange
from app.bookings.services import changes, leaving, reviewing
from app.core.errors import InvalidTransition
from app.employers.errors import NotYourEmployer
from app.fairs.services.booths import positions_of
from app.fairs.services.staging import end_fair
from app.positions.services import withdraw_position
from tests.bookings.conftest import PEOPLE

MORE = [*PEOPLE, {"name": "王强", "title": "技术总监", "phone": ""}]
Kind = EnrolmentChange.Status


@pytest.fixture
def inside(hall):
    """An employer that is in, and a second approved position of it."""
    firm = hall.firm()
    return firm, hall.approved(firm), hall.factory.position(firm.employer, "前端工程师")


def ask(firm, row, position_ids, interviewers=PEOPLE, note=""):
    return changes.ask_change(
        row.id, firm.account.id, position_ids=position_ids, interviewers=interviewers, note=note
    )


def offered(row):
    return [one.id for one in positions_of([row.booth_id])[row.booth_id]]


@pytest.mark.spec("B09", "G02")
def test_change_waits_for_staff_and_then_holds_at_the_booth(inside, told):
    firm, row, other = inside
    ask(firm, row, [firm.position.id, other.id], MORE, "增加岗位")
    assert offered(row) == [firm.position.id]  # as it was, until staff confirm
    assert Enrolment.get_by_id(row.id).interviewers == PEOPLE
    changes.grant_change(row.id, "请准时参会")
    after = Enrolment.get_by_id(row.id)
    assert after.position_ids == sorted([firm.position.id, other.id])
    assert after.interviewers == MORE
    assert offered(row) == [firm.position.id, other.id]
    assert EnrolmentChange.get().status == Kind.CONFIRMED
    assert told(firm.account) == ["已通过", "已同意"]


@pytest.mark.spec("B09")
def test_declined_change_leaves_everything_as_it_is_and_tells_why(inside, told):
    firm, row, other = inside
    ask(firm, row, [other.id])
    changes.deny_change(row.id, "报名已截止，不再增加岗位")
    change = EnrolmentChange.get()
    assert (change.status, change.answer) == (Kind.DECLINED, "报名已截止，不再增加岗位")
    assert offered(row) == [firm.position.id]
    assert told(firm.account) == ["已通过", "未同意"]
    ask(firm, row, [other.id])  # one may ask again


@pytest.mark.spec("B09")
def test_where_the_fair_lets_changes_through_they_hold_at_once(hall, inside):
    firm, row, other = inside
    hall.set(changes_directly=True)
    ask(firm, row, [other.id], MORE)
    assert offered(row) == [other.id]
    assert EnrolmentChange.get().status == Kind.CONFIRMED


@pytest.mark.spec("B09")
def test_changes_wait_for_staff_unless_the_fair_says_otherwise(hall, inside):
    firm, row, other = inside
    assert hall.fair.changes_directly is False
    ask(firm, row, [other.id])
    assert EnrolmentChange.get().status == Kind.PENDING


@pytest.mark.spec("B09", "C06", "C09")
def test_a_change_passes_the_same_checks_as_the_form(hall, inside):
    firm, row, other = inside
    foreign = hall.firm().position
    for wanted, people, refusal in (
        ([], PEOPLE, PositionsNeeded),
        ([other.id], [], InterviewersNeeded),
        ([foreign.id], PEOPLE, PositionsNotApproved),
        ([firm.position.id], PEOPLE, NothingChanged),
    ):
        with pytest.raises(refusal):
            ask(firm, row, wanted, people)
    assert not EnrolmentChange.select().exists()


@pytest.mark.spec("B09", "C06")
def test_a_position_that_lost_its_approval_stops_the_confirmation(inside):
    firm, row, other = inside
    ask(firm, row, [other.id])
    withdraw_position(other.id, "改需求")
    with pytest.raises(PositionsNotApproved):
        changes.grant_change(row.id)
    assert EnrolmentChange.get().status == Kind.PENDING and offered(row) == [firm.position.id]


@pytest.mark.spec("B09")
def test_one_request_waits_at_a_time_and_can_be_taken_back(inside):
    firm, row, other = inside
    ask(firm, row, [other.id])
    with pytest.raises(ChangePending):
        ask(firm, row, [firm.position.id, other.id])
    changes.recall_change(row.id, firm.account.id)
    assert EnrolmentChange.get().status == Kind.RECALLED
    for late in (
        lambda: changes.recall_change(row.id, firm.account.id),
        lambda: changes.grant_change(row.id),
        lambda: changes.deny_change(row.id, "晚了"),
    ):
        with pytest.raises(ChangeNotFound):
            late()


@pytest.mark.spec("B09")
def test_what_waits_for_its_review_changes_by_request_as_well_and_gets_a_new_fit(hall, factory):
    factory.student()  # 软件工程
    firm = hall.firm(majors="英语")
    row = hall.submitted(firm)
    assert row.fit_percent == 0
    other = factory.position(firm.employer, "后端工程师")  # 计算机类
    ask(firm, row, [other.id])
    assert changes.grant_change(row.id).fit_percent == 100


@pytest.mark.spec("B09")
def test_drafts_are_edited_and_what_is_over_is_not_changed(hall, inside):
    firm, row, other = inside
    fresh, gone = hall.firm(), hall.firm()
    with pytest.raises(NotSubmitted):
        ask(fresh, hall.draft(fresh), [fresh.position.id], MORE)
    rejected = hall.submitted(gone)
    reviewing.reject_enrolment(rejected.id, "材料不全")
    with pytest.raises(InvalidTransition):
        ask(gone, rejected, [gone.position.id], MORE)
    end_fair(hall.fair.id)
    with pytest.raises(EnrolmentOver):
        ask(firm, row, [other.id])


@pytest.mark.spec("B09")
def test_a_request_goes_with_the_employer_that_leaves(inside):
    firm, row, other = inside
    ask(firm, row, [other.id])
    leaving.withdraw_enrolment(row.id, firm.account.id)
    assert EnrolmentChange.get().status == Kind.RECALLED


def test_another_employer_neither_asks_nor_takes_back(hall, inside):
    firm, row, other = inside
    stranger = hall.firm()
    ask(firm, row, [other.id])
    with pytest.raises(NotYourEmployer):
        changes.recall_change(row.id, stranger.account.id)
    with pytest.raises(NotYourEmployer):
        ask(stranger, row, [stranger.position.id])


@pytest.mark.spec("B09")
def test_difference_names_what_comes_and_what_goes_whatever_the_order():
    one, two, three = ({"name": name} for name in "甲乙丙")
    diff = difference([1, 2], [one, two], [2, 3], [two, three])
    assert (diff.positions_in, diff.positions_out) == ([3], [1])
    assert (diff.people_in, diff.people_out) == ([three], [one])
    same = difference([1, 2], [one, two], [2, 1], [two, one])
    assert not any(same)
