"""Getting into a booth's line and out of it."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import InvalidTransition
from app.fairs.errors import BlockedFromFair, BoothClosed, NotInFair
from app.fairs.models import Participation
from app.fairs.services.entry import block_participant
from app.interviews.errors import (
    AlreadyInLine,
    NotATalent,
    NotYourInterview,
    OutsideApplicationHours,
    PositionNotHere,
    RejectedByYou,
    RejectedHere,
)
from app.interviews.models import Interview, Status
from app.interviews.services import closing, holds, queue
from app.interviews.services.tickets import get_ticket
from app.notifications.models import Notification, NotificationKind


def status(ticket_id: int) -> str:
    return Interview.get_by_id(ticket_id).status


@pytest.mark.spec("E01")
def test_student_applies_at_a_booth_or_at_one_of_its_positions(stand):
    position = stand.factory.position(stand.booth.employer)
    at_booth = stand.factory.participant(stand.fair)
    foreign = stand.factory.position(stand.factory.employer())
    queue.apply_for_interview(stand.booth.id, at_booth.account_id)
    student = stand.factory.participant(stand.fair)
    for elsewhere in (position.id, foreign.id):  # published, but not brought to this booth
        with pytest.raises(PositionNotHere):
            queue.apply_for_interview(stand.booth.id, student.account_id, elsewhere)


def test_second_application_at_the_same_booth_is_refused_and_names_the_first(stand):
    ticket = stand.factory.pending(stand.booth)
    with pytest.raises(AlreadyInLine) as refusal:
        queue.apply_for_interview(stand.booth.id, ticket.student.account_id)
    assert refusal.value.extensions["interview_id"] == ticket.id


def test_student_may_stand_in_many_lines_at_once(stand):
    student = stand.factory.participant(stand.fair)
    for _ in range(3):
        queue.apply_for_interview(stand.factory.booth(stand.fair).id, student.account_id)
    assert Interview.select().where(Interview.student == student).count() == 3


def test_who_has_not_entered_or_was_removed_cannot_apply(stand):
    stranger = stand.factory.student()
    with pytest.raises(NotInFair):
        queue.apply_for_interview(stand.booth.id, stranger.account_id)
    removed = stand.factory.participant(stand.fair)
    block_participant(Participation.get(student=removed).id, "违规")
    with pytest.raises(BlockedFromFair):
        queue.apply_for_interview(stand.booth.id, removed.account_id)


@pytest.mark.spec("E02")
def test_application_is_possible_on_the_fairs_day_only(stand, travel):
    student = stand.factory.participant(stand.fair)
    start = clock.local(clock.now() + timedelta(days=3)).replace(hour=9, minute=0, second=0)
    tomorrow = stand.factory.fair(
        doors_open_at=start - timedelta(hours=1),
        starts_at=start,
        ends_at=start + timedelta(hours=9),
    )
    booth = stand.factory.booth(tomorrow)
    Participation.create(fair=tomorrow, student=student)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    travel(midnight - timedelta(seconds=1))
    with pytest.raises(OutsideApplicationHours):
        queue.apply_for_interview(booth.id, student.account_id)
    travel(midnight + timedelta(seconds=1))
    stand.factory.device_check(student)
    assert queue.apply_for_interview(booth.id, student.account_id)


@pytest.mark.spec("E05")
def test_rejected_student_cannot_reenter(stand):
    ticket = stand.factory.pending(stand.booth)
    stand.reject(ticket.id, "专业不符")
    assert status(ticket.id) == Status.REJECTED
    with pytest.raises(RejectedHere):
        queue.apply_for_interview(stand.booth.id, ticket.student.account_id)
    other = stand.booth.offers.get().position_id
    with pytest.raises(RejectedHere):
        queue.apply_for_interview(stand.booth.id, ticket.student.account_id, other)
    with pytest.raises(RejectedByYou):
        queue.invite_student(stand.booth.id, stand.recruiter.id, ticket.student_id)


@pytest.mark.spec("E05")
def test_rejection_at_one_booth_does_not_close_another(stand):
    ticket = stand.factory.pending(stand.booth)
    stand.reject(ticket.id)
    other = stand.factory.booth(stand.fair)
    assert queue.apply_for_interview(other.id, ticket.student.account_id)


@pytest.mark.spec("E05", "G02")
def test_accepting_and_rejecting_tell_the_student(stand):
    accepted, rejected = stand.factory.pending(stand.booth), stand.factory.pending(stand.booth)
    queue.accept_application(accepted.id, stand.recruiter.id)
    stand.reject(rejected.id)
    kinds = {row.account_id: row.kind for row in Notification.select()}
    assert kinds[accepted.student.account_id] == NotificationKind.INTERVIEW_ACCEPTED
    assert kinds[rejected.student.account_id] == NotificationKind.INTERVIEW_REJECTED


@pytest.mark.spec("E03", "E06", "E12")
def test_invited_student_joins_the_line_at_the_moment_of_agreeing(stand, travel):
    early = stand.factory.participant(stand.fair)
    invited = queue.invite_student(
        stand.booth.id, stand.recruiter.id, early.id, message="看了你的项目，很感兴趣"
    )
    assert get_ticket(invited)["actions"] == ["agree", "decline"]
    travel(timedelta(minutes=5))
    applied = stand.factory.waiting(stand.booth, stand.recruiter)
    travel(timedelta(minutes=5))
    queue.agree_to_invitation(invited, early.account_id)
    assert stand.listed("waiting") == [applied.id, invited]
    answered = Notification.get(kind=NotificationKind.INVITATION_ANSWERED)
    assert answered.account_id == stand.recruiter.id


@pytest.mark.spec("E12")
def test_declined_invitation_is_over_and_may_be_made_again(stand):
    student = stand.factory.participant(stand.fair)
    first = queue.invite_student(stand.booth.id, stand.recruiter.id, student.id)
    queue.decline_invitation(first, student.account_id)
    assert status(first) == Status.DECLINED
    assert queue.invite_student(stand.booth.id, stand.recruiter.id, student.id) != first


def test_only_students_of_the_fair_can_be_invited(stand):
    outsider = stand.factory.student()
    with pytest.raises(NotATalent):
        queue.invite_student(stand.booth.id, stand.recruiter.id, outsider.id)


@pytest.mark.spec("E04")
def test_place_counts_who_applied_before_with_a_stable_order_for_equal_times(stand, travel):
    travel(clock.now())
    tickets = [stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(4)]
    same = tickets[0].queued_at
    Interview.update(queued_at=same).execute()
    assert [get_ticket(ticket.id)["ahead"] for ticket in tickets] == [0, 1, 2, 3]
    queue.withdraw_ticket(tickets[1].id, tickets[1].student.account_id)
    assert [get_ticket(tickets[i].id)["ahead"] for i in (0, 2, 3)] == [0, 1, 2]


def test_withdrawn_student_may_apply_again_at_the_end_of_the_line(stand):
    first = stand.factory.waiting(stand.booth, stand.recruiter)
    stand.factory.waiting(stand.booth, stand.recruiter)
    queue.withdraw_ticket(first.id, first.student.account_id)
    again = stand.factory.waiting(stand.booth, stand.recruiter, first.student)
    assert get_ticket(again.id)["ahead"] == 1


def test_nobody_acts_on_the_ticket_of_another(stand):
    ticket = stand.factory.pending(stand.booth)
    other = stand.factory.participant(stand.fair)
    with pytest.raises(NotYourInterview):
        queue.withdraw_ticket(ticket.id, other.account_id)
    with pytest.raises(InvalidTransition):
        holds.return_to_line(ticket.id, ticket.student.account_id)


@pytest.mark.spec("B13")
def test_disqualified_booth_closes_and_its_tickets_lapse(stand):
    waiting = stand.factory.waiting(stand.booth, stand.recruiter)
    closing.disqualify_booth(stand.booth.id, "发布虚假岗位")
    assert status(waiting.id) == Status.LAPSED
    told = Notification.get(kind=NotificationKind.FAIR_NOTICE)
    assert told.account_id == waiting.student.account_id
    student = stand.factory.participant(stand.fair)
    with pytest.raises(BoothClosed):
        queue.apply_for_interview(stand.booth.id, student.account_id)


def test_end_of_the_fair_lapses_who_waits_and_lets_calls_finish(stand, travel):
    waiting = stand.factory.waiting(stand.booth, stand.recruiter)
    travel(stand.fair.ends_at + timedelta(seconds=1))
    assert closing.close_ended_fairs() == 1
    assert closing.close_ended_fairs() == 0
    assert status(waiting.id) == Status.LAPSED


def test_student_who_is_removed_from_the_fair_leaves_every_line(stand):
    waiting = stand.factory.waiting(stand.booth, stand.recruiter)
    participation = Participation.get(student=waiting.student_id)
    closing.remove_participant(participation.id, "举报属实")
    assert status(waiting.id) == Status.LAPSED
    assert Participation.get_by_id(participation.id).status == Participation.Status.BLOCKED


def test_postponed_fair_keeps_the_places_and_tells_who_waits_once(stand):
    student = stand.factory.participant(stand.fair)
    tickets = [
        stand.factory.pending(booth, student)
        for booth in (stand.booth, stand.factory.booth(stand.fair))
    ]
    closing.put_off_fair(stand.fair.id, "台风")
    assert {status(ticket.id) for ticket in tickets} == {Status.PENDING}
    told = Notification.select().where(Notification.kind == NotificationKind.FAIR_NOTICE)
    assert [row.account_id for row in told] == [student.account_id]
