"""The second round: a new ticket for who passed."""

from datetime import timedelta

import pytest

from app.core.audit import AuditEntry
from app.employers.errors import NotYourEmployer
from app.fairs.models import Participation
from app.interviews.errors import (
    AlreadyInLine,
    NotATalent,
    NotPassed,
    OutsideApplicationHours,
    RejectedByYou,
)
from app.interviews.models import Interview, Status
from app.interviews.services import calls, closing, queue, ringing, rounds
from app.interviews.services.rows import get_row
from app.interviews.services.tickets import get_ticket
from app.notifications.models import Notification, NotificationKind
from tests.interviews.conftest import Stand
from tests.interviews.test_races import all_at_once


def talk(stand: Stand, ticket: Interview, verdict: str) -> None:
    """A call at the stand from the ring to the result."""
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == ticket.id
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    calls.hang_up(ticket.id, stand.recruiter.id)
    calls.conclude(ticket.id, stand.recruiter.id, verdict)


@pytest.fixture
def passed(stand: Stand) -> Interview:
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    talk(stand, ticket, "pass")
    return Interview.get_by_id(ticket.id)


@pytest.mark.spec("E06", "E12", "E17")
def test_who_passed_is_invited_to_the_next_round_and_the_first_result_stays(stand, passed):
    position = stand.booth.offers.get().position_id
    Interview.update(position=position).where(Interview.id == passed.id).execute()
    second = rounds.invite_to_next_round(passed.id, stand.recruiter.id, "请准备作品集")
    ticket = Interview.get_by_id(second)
    assert (ticket.status, ticket.round, ticket.position_id) == (Status.INVITED, 2, position)
    assert get_ticket(second)["actions"] == ["agree", "decline"]
    told = Notification.get(kind=NotificationKind.SECOND_ROUND)
    assert (told.account_id, told.params["message"]) == (
        passed.student.account_id,
        "请准备作品集",
    )
    queue.agree_to_invitation(second, passed.student.account_id)
    talk(stand, ticket, "fail")
    assert get_ticket(passed.id)["result"]["verdict"] == "pass"
    assert get_ticket(second)["result"]["verdict"] == "fail"
    entry = AuditEntry.get(AuditEntry.action == "invite_again")
    assert entry.after == {"status": "invited", "round": 2, "after": passed.id}


@pytest.mark.spec("E10")
def test_who_did_not_pass_or_has_no_result_yet_is_not_invited_again(stand):
    waiting = stand.factory.waiting(stand.booth, stand.recruiter)
    with pytest.raises(NotPassed):
        rounds.invite_to_next_round(waiting.id, stand.recruiter.id)
    talk(stand, waiting, "fail")
    with pytest.raises(NotPassed):
        rounds.invite_to_next_round(waiting.id, stand.recruiter.id)


def test_a_round_is_held_once_and_may_be_offered_again_after_a_no(stand, passed):
    second = rounds.invite_to_next_round(passed.id, stand.recruiter.id)
    with pytest.raises(AlreadyInLine) as refusal:
        rounds.invite_to_next_round(passed.id, stand.recruiter.id)
    assert refusal.value.extensions["interview_id"] == second
    queue.decline_invitation(second, passed.student.account_id)
    again = rounds.invite_to_next_round(passed.id, stand.recruiter.id)
    queue.agree_to_invitation(again, passed.student.account_id)
    talk(stand, Interview.get_by_id(again), "pass")
    with pytest.raises(AlreadyInLine):
        rounds.invite_to_next_round(passed.id, stand.recruiter.id)
    third = rounds.invite_to_next_round(again, stand.recruiter.id)
    assert Interview.get_by_id(third).round == 3


@pytest.mark.spec("E05")
def test_unique_rules_hold_for_further_rounds(stand, passed):
    applied = stand.factory.pending(stand.booth, passed.student)
    with pytest.raises(AlreadyInLine):
        rounds.invite_to_next_round(passed.id, stand.recruiter.id)
    stand.reject(applied.id)
    with pytest.raises(RejectedByYou):
        rounds.invite_to_next_round(passed.id, stand.recruiter.id)


def test_nobody_is_invited_to_a_round_that_cannot_be_held(stand, passed, travel):
    stranger = stand.factory.recruiter(stand.factory.booth(stand.fair))
    with pytest.raises(NotYourEmployer):
        rounds.invite_to_next_round(passed.id, stranger.id)
    participation = Participation.get(student=passed.student_id)
    closing.remove_participant(participation.id, "违规")
    with pytest.raises(NotATalent):
        rounds.invite_to_next_round(passed.id, stand.recruiter.id)
    travel(stand.fair.ends_at + timedelta(seconds=1))
    with pytest.raises(OutsideApplicationHours):
        rounds.invite_to_next_round(passed.id, stand.recruiter.id)


@pytest.mark.serial
def test_double_tap_on_the_next_round_makes_one_ticket(app, stand, passed):
    ends = all_at_once(
        app, [lambda: rounds.invite_to_next_round(passed.id, stand.recruiter.id)] * 8
    )
    assert ends == {"done": 1, AlreadyInLine.__name__: 7}


def test_api_answers_with_the_new_ticket(stand, passed, login):
    path = f"/api/interviews/{passed.id}/second-round"
    assert login(passed.student.account).post(path, json={}).status_code == 403
    answer = login(stand.recruiter).post(path, json={"message": "请来二面"})
    assert (answer.status_code, answer.json["status"]) == (201, "invited")
    assert answer.json["id"] != passed.id
    assert get_row(answer.json["id"])["message"] == "请来二面"
