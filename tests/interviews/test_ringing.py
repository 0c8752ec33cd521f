"""Ringing: who may be called, by whom, when, and what becomes of an unanswered ring."""

from datetime import timedelta

import pytest

from app.core import clock, presence
from app.core.errors import InvalidTransition
from app.employers.errors import NotYourEmployer
from app.fairs.errors import FairNotLive
from app.interviews.errors import (
    DeskBusy,
    NobodyToCall,
    NotNextInLine,
    NotOnCall,
    NotYourInterview,
    StudentAway,
    StudentBusy,
    StudentOffline,
)
from app.interviews.models import Interview, Status
from app.interviews.services import calls, holds, ringing
from app.interviews.services.tickets import get_ticket
from app.notifications.models import Notification, NotificationKind


def status(ticket_id: int) -> str:
    return Interview.get_by_id(ticket_id).status


@pytest.mark.spec("E04", "E07")
def test_the_oldest_online_student_is_called(stand):
    first = stand.factory.waiting(stand.booth, stand.recruiter)
    second = stand.factory.waiting(stand.booth, stand.recruiter)
    third = stand.factory.waiting(stand.booth, stand.recruiter)
    presence.leave(first.student.account_id)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == second.id
    assert status(first.id) == status(third.id) == Status.WAITING


@pytest.mark.spec("E04")
def test_student_behind_the_next_callable_one_is_refused_with_the_next_named(stand):
    first = stand.factory.waiting(stand.booth, stand.recruiter)
    second = stand.factory.waiting(stand.booth, stand.recruiter)
    with pytest.raises(NotNextInLine) as refusal:
        ringing.ring_student(second.id, stand.recruiter.id)
    assert refusal.value.extensions["next_id"] == first.id
    ringing.ring_student(first.id, stand.recruiter.id)
    assert status(first.id) == Status.RINGING


@pytest.mark.spec("E07")
def test_nobody_is_called_before_or_after_the_live_hours(stand, travel):
    day = clock.local(clock.now() + timedelta(days=5)).replace(minute=0, second=0, microsecond=0)
    opens, closes = day.replace(hour=9), day.replace(hour=18)
    fair = stand.factory.fair(doors_open_at=day.replace(hour=8), starts_at=opens, ends_at=closes)
    booth = stand.factory.booth(fair)
    recruiter = stand.factory.recruiter(booth)
    travel(opens - timedelta(seconds=20))
    ticket = stand.factory.waiting(booth, recruiter, stand.factory.participant(fair))
    travel(opens - timedelta(seconds=1))
    with pytest.raises(FairNotLive):
        ringing.ring_next(booth.id, recruiter.id)
    travel(opens)
    assert ringing.ring_next(booth.id, recruiter.id) == ticket.id
    ringing.cancel_ring(ticket.id, recruiter.id)
    travel(closes)
    with pytest.raises(FairNotLive):
        ringing.ring_next(booth.id, recruiter.id)


def test_busy_student_keeps_the_place_and_is_skipped(stand):
    busy = stand.factory.waiting(stand.booth, stand.recruiter)
    later = stand.factory.waiting(stand.booth, stand.recruiter)
    elsewhere = stand.factory.booth(stand.fair)
    colleague = stand.factory.recruiter(elsewhere, "陈立")
    stand.factory.waiting(elsewhere, colleague, busy.student)
    other = ringing.ring_next(elsewhere.id, colleague.id)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == later.id
    assert get_ticket(busy.id)["ahead"] == 0
    ringing.cancel_ring(later.id, stand.recruiter.id)
    with pytest.raises(StudentBusy):
        ringing.ring_student(busy.id, stand.recruiter.id)
    ringing.cancel_ring(other, colleague.id)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == busy.id


@pytest.mark.spec("E10", "E18")
def test_next_call_waits_for_the_result_whoever_hung_up(stand):
    first = stand.factory.waiting(stand.booth, stand.recruiter)
    stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    ringing.answer_ring(first.id, first.student.account_id)
    calls.hang_up(first.id, first.student.account_id)
    with pytest.raises(DeskBusy) as refusal:
        ringing.ring_next(stand.booth.id, stand.recruiter.id)
    assert refusal.value.extensions["interview_id"] == first.id
    calls.conclude(first.id, stand.recruiter.id, "fail", "")
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) != first.id


def test_several_desks_of_a_booth_call_different_students(stand):
    colleague = stand.factory.recruiter(stand.booth, "陈立")
    first = stand.factory.waiting(stand.booth, stand.recruiter)
    second = stand.factory.waiting(stand.booth, stand.recruiter)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == first.id
    assert ringing.ring_next(stand.booth.id, colleague.id) == second.id


@pytest.mark.spec("E13")
def test_ring_not_answered_in_thirty_seconds_goes_back_to_its_place_as_missed(stand, travel):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    later = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    travel(timedelta(seconds=29))
    assert ringing.expire_rings() == 0
    travel(timedelta(seconds=4))
    assert ringing.expire_rings() == 1
    assert ringing.expire_rings() == 0
    held = get_ticket(ticket.id)
    assert (held["status"], held["misses"], held["ahead"]) == (Status.HELD, 1, 0)
    missed = Notification.get(kind=NotificationKind.INTERVIEW_MISSED)
    assert missed.account_id == ticket.student.account_id
    with pytest.raises(StudentAway):
        ringing.ring_student(ticket.id, stand.recruiter.id)
    presence.renew(later.student.account_id)
    presence.renew(ticket.student.account_id)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == later.id
    ringing.cancel_ring(later.id, stand.recruiter.id)
    holds.return_to_line(ticket.id, ticket.student.account_id)
    assert get_ticket(ticket.id)["ahead"] == 0
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == ticket.id


@pytest.mark.spec("E13")
def test_answer_after_the_ring_is_over_is_refused(stand, travel):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    travel(timedelta(seconds=33))
    with pytest.raises(InvalidTransition):
        ringing.answer_ring(ticket.id, ticket.student.account_id)


def test_student_who_cannot_answer_now_keeps_the_place(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    ringing.pass_ring(ticket.id, ticket.student.account_id)
    assert status(ticket.id) == Status.HELD
    with pytest.raises(NobodyToCall):
        ringing.ring_next(stand.booth.id, stand.recruiter.id)


@pytest.mark.spec("E07")
def test_offline_student_cannot_be_called(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    presence.leave(ticket.student.account_id)
    with pytest.raises(StudentOffline):
        ringing.ring_student(ticket.id, stand.recruiter.id)
    with pytest.raises(NobodyToCall):
        ringing.ring_next(stand.booth.id, stand.recruiter.id)


def test_long_line_of_absent_students_is_searched_to_its_end(stand):
    absent = [stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(20)]
    present = stand.factory.waiting(stand.booth, stand.recruiter)
    for ticket in absent:
        presence.leave(ticket.student.account_id)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == present.id


def test_recruiter_of_another_employer_may_not_ring_here(stand):
    stand.factory.waiting(stand.booth, stand.recruiter)
    stranger = stand.factory.recruiter(stand.factory.booth(stand.fair), "外人")
    with pytest.raises(NotYourEmployer):
        ringing.ring_next(stand.booth.id, stranger.id)


def test_credentials_are_for_the_two_parties_while_ringing_or_in_call(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    student_account = ticket.student.account_id
    with pytest.raises(NotOnCall):
        calls.issue_credentials(ticket.id, student_account)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    colleague = stand.factory.recruiter(stand.booth, "陈立")
    for stranger in (colleague.id, stand.factory.participant(stand.fair).account_id):
        with pytest.raises(NotYourInterview):
            calls.issue_credentials(ticket.id, stranger)
    assert calls.issue_credentials(ticket.id, student_account)["side"] == "student"
    ringing.answer_ring(ticket.id, student_account)
    assert calls.issue_credentials(ticket.id, stand.recruiter.id)["side"] == "recruiter"
    calls.hang_up(ticket.id, stand.recruiter.id)
    with pytest.raises(NotOnCall):
        calls.issue_credentials(ticket.id, student_account)
