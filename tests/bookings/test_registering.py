"""An employer's form: place, approved positions, interviewers, handed in once."""

import pytest

from app.bookings.errors import (
    AlreadyAtFair,
    AlreadySubmitted,
    EmployerBarred,
    InterviewersNeeded,
    PlaceNeeded,
    PlaceTaken,
    PositionsNeeded,
    PositionsNotApproved,
)
from app.bookings.models import Enrolment
from app.bookings.services import plan, registering
from app.core.database import db
from app.employers.errors import NotYourEmployer
from app.fairs.services.booths import open_booth
from app.interviews.services.closing import disqualify_booth
from app.positions.services import create_position, withdraw_position
from tests.bookings.conftest import PEOPLE

Status = Enrolment.Status


def save(firm, enrolment, **changes):
    filled = {"place_id": None, "position_ids": [firm.position.id], "interviewers": PEOPLE}
    return registering.save_draft(enrolment.id, firm.account.id, **filled | changes)


@pytest.mark.spec("B06", "C09")
def test_form_goes_from_place_to_positions_to_interviewers_to_the_review(hall):
    firm, (place, *_) = hall.firm(), hall.plan()
    enrolment = hall.submitted(firm, place)
    assert enrolment.status == Status.PENDING
    assert enrolment.place.number == "A01"
    assert enrolment.position_ids == [firm.position.id]
    assert enrolment.interviewers == PEOPLE
    assert enrolment.submitted_at and enrolment.pending_since


@pytest.mark.spec("C09")
def test_interviewers_phone_numbers_are_not_readable_in_the_database(hall):
    enrolment = hall.submitted(hall.firm())
    column = "SELECT interviewers FROM enrolment WHERE id = %d" % enrolment.id  # noqa: UP031
    stored = db.execute_sql(column).fetchone()[0]
    assert "13800000000" not in stored and "周敏" not in stored


@pytest.mark.spec("B06")
def test_starting_again_finds_the_form_that_goes_on(hall):
    firm = hall.firm()
    first = hall.draft(firm)
    again = registering.start_enrolment(hall.fair.id, firm.employer.id, firm.account.id)
    assert again.id == first.id and again.position_ids == [firm.position.id]


@pytest.mark.spec("B06", "C06", "C09")
def test_a_form_without_positions_interviewers_or_place_is_not_taken(hall):
    firm, (place, *_) = hall.firm(), hall.plan()
    enrolment = registering.start_enrolment(hall.fair.id, firm.employer.id, firm.account.id)
    for filled, refusal in (
        ({"place_id": place, "position_ids": []}, PositionsNeeded),
        ({"place_id": place, "interviewers": []}, InterviewersNeeded),
        ({}, PlaceNeeded),
    ):
        save(firm, enrolment, **filled)
        with pytest.raises(refusal):
            registering.submit_enrolment(enrolment.id, firm.account.id)
    assert Enrolment.get_by_id(enrolment.id).status == Status.DRAFT


def test_where_every_place_is_taken_the_form_goes_in_without_one(hall):
    (only,) = hall.plan(1)
    hall.submitted(hall.firm(), only)
    assert hall.submitted(hall.firm()).status == Status.PENDING


@pytest.mark.spec("C06")
def test_only_own_approved_positions_can_be_chosen(hall):
    firm, other = hall.firm(), hall.firm()
    draft = create_position(
        employer_id=firm.employer.id, title="草稿岗", salary_min=5000, salary_max=6000
    )
    enrolment = registering.start_enrolment(hall.fair.id, firm.employer.id, firm.account.id)
    with pytest.raises(PositionsNotApproved, match="草稿岗"):
        save(firm, enrolment, position_ids=[firm.position.id, draft.id])
    with pytest.raises(PositionsNotApproved):
        save(firm, enrolment, position_ids=[other.position.id])


@pytest.mark.spec("B06", "C06")
def test_positions_are_checked_again_when_the_form_is_handed_in(hall):
    firm = hall.firm()
    enrolment = hall.draft(firm)
    withdraw_position(firm.position.id, "改需求")
    with pytest.raises(PositionsNotApproved, match=firm.position.title):
        registering.submit_enrolment(enrolment.id, firm.account.id)


@pytest.mark.spec("B07")
def test_a_place_is_held_from_submission_on_and_only_then(hall):
    place, *_ = hall.plan()
    first, second = hall.firm(), hall.firm()
    wish, other = hall.draft(first, place), hall.draft(second, place)
    registering.submit_enrolment(other.id, second.account.id)
    with pytest.raises(PlaceTaken):
        registering.submit_enrolment(wish.id, first.account.id)


@pytest.mark.spec("B09")
def test_after_submission_the_form_is_not_edited_any_more(hall):
    firm = hall.firm()
    enrolment = hall.submitted(firm)
    with pytest.raises(AlreadySubmitted):
        save(firm, enrolment)
    with pytest.raises(AlreadySubmitted):
        registering.submit_enrolment(enrolment.id, firm.account.id)


@pytest.mark.spec("B06")
def test_an_employer_with_a_booth_or_sent_away_starts_no_form(hall):
    guest, barred = hall.firm(), hall.firm()
    booth = open_booth(fair_id=hall.fair.id, employer_id=guest.employer.id, number="T1")
    gone = open_booth(fair_id=hall.fair.id, employer_id=barred.employer.id, number="T2")
    disqualify_booth(gone.id, "发布虚假岗位")
    with pytest.raises(AlreadyAtFair):
        registering.start_enrolment(hall.fair.id, guest.employer.id, guest.account.id)
    with pytest.raises(EmployerBarred):
        registering.start_enrolment(hall.fair.id, barred.employer.id, barred.account.id)
    assert booth.id != gone.id


def test_nobody_acts_for_another_employer_nor_after_being_revoked(hall, factory):
    firm, stranger = hall.firm(), hall.firm()
    enrolment = hall.draft(firm)
    with pytest.raises(NotYourEmployer):
        registering.start_enrolment(hall.fair.id, firm.employer.id, stranger.account.id)
    with pytest.raises(NotYourEmployer):
        registering.submit_enrolment(enrolment.id, stranger.account.id)
    factory.revoke(firm.account)
    with pytest.raises(NotYourEmployer):
        save(firm, enrolment)


@pytest.mark.spec("B08")
def test_fit_with_the_schools_majors_is_reckoned_when_the_form_is_handed_in(hall, factory):
    student = factory.student("林小满")  # 江海大学, 软件工程
    for major in ("英语", "英语", "网络工程"):
        one = factory.student()
        one.major = major
        one.save()
    stranger = factory.student()
    stranger.school_name = "远山学院"
    stranger.save()
    enrolment = hall.submitted(hall.firm(majors="计算机类、护理学"))
    assert student.school_name == hall.fair.school.name
    assert enrolment.fit_percent == 50
    assert enrolment.fit["matched"] == [["网络工程", 1], ["软件工程", 1]]
    assert enrolment.fit["unmet"] == ["护理学"]


def test_without_a_plan_nobody_chooses_a_place(hall):
    assert plan.places_at(hall.fair.id) == []
    assert hall.submitted(hall.firm()).place is None
