"""Only what passed review comes to a fair, and stays away while it is reviewed again (C06)."""

from datetime import timedelta

import pytest

from app.fairs.errors import PositionNotTheirs
from app.fairs.models import BoothPosition
from app.fairs.services.booths import open_booth, positions_of, update_booth
from app.interviews.errors import PositionNotHere
from app.interviews.services.queue import apply_for_interview
from app.positions.models import today
from app.positions.services.review import approve_position, expire_positions, return_position
from app.positions.services.writing import discard_position, save_position


@pytest.fixture
def stand(factory):
    """A booth whose only position its employer wrote itself, and a recruiter of it."""
    employer = factory.employer()
    hr = factory.acting(employer)
    position = factory.reviewed(employer, hr)
    booth = open_booth(
        fair_id=factory.fair().id,
        employer_id=employer.id,
        number="A001",
        position_ids=[position.id],
    )
    return booth, position, hr


def edit(position, hr):
    return save_position(
        position.id, position.employer_id, hr.id, version=1, school_ids=[], headcount=8
    )


def at(booth):
    return [position.id for position in positions_of([booth.id])[booth.id]]


@pytest.mark.spec("C06")
def test_drafts_and_postings_under_review_cannot_be_taken_to_a_fair(factory):
    fair, employer = factory.fair(), factory.employer()
    hr = factory.acting(employer)
    for position in (factory.draft(employer, hr), factory.submitted(employer, hr)):
        with pytest.raises(PositionNotTheirs):
            open_booth(
                fair_id=fair.id, employer_id=employer.id, number="A1", position_ids=[position.id]
            )


@pytest.mark.spec("C06")
def test_posting_out_of_date_cannot_be_taken_to_a_fair(factory, travel):
    employer = factory.employer()
    hr = factory.acting(employer)
    position = factory.reviewed(employer, hr, valid_until=today())
    travel(timedelta(days=1))
    with pytest.raises(PositionNotTheirs):
        open_booth(
            fair_id=factory.fair().id,
            employer_id=employer.id,
            number="A1",
            position_ids=[position.id],
        )


@pytest.mark.spec("C05", "C06")
def test_posting_changed_after_booking_is_not_at_the_booth_until_it_is_approved_again(
    factory, stand, login
):
    booth, position, hr = stand
    student = factory.participant(booth.fair)
    hall = f"/api/screens/fairs/{booth.fair_id}/hall"
    assert at(booth) == [position.id]
    edit(position, hr)
    assert at(booth) == []
    assert login(student.account).get(hall).json["items"][0]["positions"] == []
    with pytest.raises(PositionNotHere):
        apply_for_interview(booth.id, student.account_id, position_id=position.id)
    approve_position(position.id)
    assert at(booth) == [position.id]
    assert login(student.account).get(hall).json["items"][0]["positions"][0]["headcount"] == 8


@pytest.mark.spec("C06")
def test_booth_that_is_saved_meanwhile_keeps_the_place_of_a_posting_under_review(factory, stand):
    booth, position, hr = stand
    edit(position, hr)
    other = factory.position(booth.employer, "测试工程师")
    update_booth(booth.id, position_ids=[other.id])  # the form could not offer the other one
    assert at(booth) == [other.id]
    approve_position(position.id)
    assert at(booth) == [position.id, other.id]


@pytest.mark.spec("C05", "C06")
def test_returned_expired_and_deleted_postings_leave_the_booth(factory, stand, travel):
    booth, position, hr = stand
    edit(position, hr)
    return_position(position.id, "请写明工作地址")
    assert at(booth) == []
    second = factory.reviewed(booth.employer, hr, valid_until=today())
    third = factory.reviewed(booth.employer, hr)
    update_booth(booth.id, position_ids=[second.id, third.id])
    assert at(booth) == [second.id, third.id]
    travel(timedelta(days=1))
    expire_positions()
    discard_position(third.id, booth.employer_id, hr.id)
    assert at(booth) == []
    assert BoothPosition.select().where(BoothPosition.position == third.id).exists()
