"""What a student's call leaves behind: no messages, the right turns, an honest pace."""

from datetime import timedelta

import pytest

from app.core import presence
from app.fairs.models import Fair
from app.interviews.models import Interview
from app.interviews.services import calls, ringing, starts
from app.interviews.services.reach import climb_rings
from app.interviews.services.readings import read_booths
from app.interviews.services.receipts import receipt_of
from app.notifications.models import Notification


def call(ticket: Interview) -> Interview:
    """The ticket's student calls."""
    starts.start_interview(ticket.id, ticket.student.account_id)
    return Interview.get_by_id(ticket.id)


@pytest.fixture
def first(manned) -> Interview:
    return manned.factory.waiting(manned.booth, manned.recruiter)


@pytest.mark.spec("E11", "E13")
def test_no_message_climbs_after_a_student_who_calls(manned, first, travel):
    call(first)
    travel(timedelta(seconds=20))
    before = Notification.select().count()
    assert climb_rings() == 0
    travel(timedelta(seconds=14))
    starts.end_unanswered_starts()
    assert Notification.select().count() == before


def test_turns_come_when_the_desk_answers_not_when_a_student_calls(manned, first, travel):
    second = manned.factory.waiting(manned.booth, manned.recruiter)
    presence.leave(first.student.account_id)
    travel(timedelta(seconds=10))
    call(second)
    turns = lambda: [Interview.get_by_id(one.id).turn_at for one in (first, second)]  # noqa: E731
    assert turns() == [None, None]
    rung_at = Interview.get_by_id(second.id).rung_at
    starts.take_call(second.id, manned.recruiter.id)
    assert turns() == [rung_at, rung_at]
    receipt = receipt_of(first.id, first.student.account_id)
    assert [item["because"] for item in receipt["items"]] == ["offline"]
    assert receipt["explained_percent"] == 100


def test_an_unanswered_call_says_nothing_of_the_desks_pace(manned, first, travel):
    call(first)
    starts.turn_down(first.id, manned.recruiter.id)
    ringing.ring_next(manned.booth.id, manned.recruiter.id)
    ringing.answer_ring(first.id, first.student.account_id)
    travel(timedelta(seconds=100))
    calls.hang_up(first.id, manned.recruiter.id)
    calls.conclude(first.id, manned.recruiter.id, "pass")
    (reading,) = read_booths(Fair.get_by_id(manned.fair.id))
    assert len(reading.cycles) == 1 and reading.cycles[0] == pytest.approx(100, abs=3)
