"""自主发起: the student who is next calls; the recruiter at an idle desk answers."""

from datetime import timedelta

import pytest

from app.core import clock, presence
from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.fairs.errors import FairNotLive
from app.fairs.models import Booth, BoothWindow, Fair
from app.interviews.errors import (
    AlreadyOnCall,
    CalledRecently,
    DesksBusy,
    EmployerAway,
    ForAnotherDesk,
    NotYourInterview,
    NotYourTurn,
    OutsideWindow,
    QuotaReached,
    StartNotAllowed,
)
from app.interviews.models import CalledBy, Interview, Ring, Status
from app.interviews.services import calls, guests, holds, ringing, starts, transfers
from app.interviews.services.desks import take_desk
from app.interviews.services.tickets import get_ticket
from tests.interviews.conftest import Stand


def sit_down(stand: Stand, name: str) -> tuple[int, int]:
    """One more recruiter at the booth, with an open page; the account and the desk."""
    account = stand.factory.recruiter(stand.booth, name)
    presence.renew(account.id)
    return account.id, take_desk(stand.booth.id, account.id).id


def call(ticket: Interview) -> Interview:
    """The ticket's student calls."""
    starts.start_interview(ticket.id, ticket.student.account_id)
    return Interview.get_by_id(ticket.id)


@pytest.fixture
def first(manned: Stand) -> Interview:
    return manned.factory.waiting(manned.booth, manned.recruiter)


@pytest.mark.spec("E13", "SM7")
def test_who_is_next_calls_and_the_recruiter_at_the_desk_answers(manned, first, login):
    hers, his = login(first.student.account), login(manned.recruiter)
    path = f"/api/interviews/{first.id}"
    assert "start" in hers.get("/api/screens/my-interviews").json["tickets"][0]["actions"]
    ticket = hers.post(f"{path}/start").json
    assert (ticket["status"], ticket["called_by"]) == ("ringing", "student")
    assert ticket["actions"] == ["cancel-start"] and ticket["ring_expires_at"]
    assert hers.post(f"{path}/start").json == ticket, "a second tap is harmless"
    hall = his.get(f"/api/screens/recruiter/booths/{manned.booth.id}/hall").json
    assert (hall["desk"]["state"], hall["desk"]["interview_id"]) == ("ringing", first.id)
    assert [row["called_by"] for row in hall["waiting"]] == ["student"]
    assert his.post(f"{path}/credentials", json={}).status_code == 200
    row = his.post(f"{path}/take-call").json
    assert (row["status"], row["misses"]) == ("in_call", 0)
    assert hers.get("/api/screens/my-interviews").json["active"]["status"] == "in_call"
    ring = Ring.get(Ring.interview == first.id)
    assert (ring.called_by, ring.outcome, ring.because) == ("student", "answered", "order")
    moves = AuditEntry.select().where(AuditEntry.subject == f"interview:{first.id}")
    assert [(one.action, one.actor_role) for one in moves.order_by(AuditEntry.id)][-2:] == [
        ("start", "student"), ("answer", "recruiter"),
    ]  # fmt: skip
    assert his.post(f"{path}/hang-up").status_code == 204
    assert his.post(f"{path}/conclude", json={"verdict": "pass"}).status_code == 200


@pytest.mark.spec("E04", "E13")
def test_who_is_not_next_waits(manned, first):
    second = manned.factory.waiting(manned.booth, manned.recruiter)
    with pytest.raises(NotYourTurn):
        call(second)
    assert "start" not in get_ticket(second.id)["actions"]
    presence.leave(first.student.account_id)
    assert call(second).status == Status.RINGING, "who stands before is not there"
    (ring,) = Ring.select()
    assert ring.passed_over == {"offline": [first.id]}


def away(stand: Stand, ticket: Interview) -> None:
    presence.leave(stand.recruiter.id)


def outside(stand: Stand, ticket: Interview) -> None:
    opens = clock.now() + timedelta(hours=1)
    BoothWindow.create(booth=stand.booth, opens_at=opens, closes_at=opens + timedelta(hours=1))


def over(stand: Stand, ticket: Interview) -> None:
    Fair.update(ends_at=clock.now()).execute()


def full(stand: Stand, ticket: Interview) -> None:
    Booth.update(quota=0).where(Booth.id == stand.booth.id).execute()


def elsewhere(stand: Stand, ticket: Interview) -> None:
    booth = stand.factory.booth(stand.fair)
    recruiter = stand.factory.recruiter(booth, "陈立")
    stand.factory.waiting(booth, recruiter, ticket.student)
    ringing.ring_next(booth.id, recruiter.id)


def switched_off(stand: Stand, ticket: Interview) -> None:
    Fair.update(students_may_start=False).execute()


@pytest.mark.spec("E13")
@pytest.mark.parametrize(
    ("happens", "refusal"),
    [
        (away, EmployerAway),
        (outside, OutsideWindow),
        (over, FairNotLive),
        (full, QuotaReached),
        (elsewhere, AlreadyOnCall),
        (switched_off, StartNotAllowed),
    ],
)
def test_nobody_calls_where_no_call_is_possible(manned, first, happens, refusal):
    happens(manned, first)
    with pytest.raises(refusal):
        call(first)
    assert Interview.get_by_id(first.id).status == Status.WAITING
    assert not Ring.select().where(Ring.called_by == CalledBy.STUDENT).exists()
    if happens not in (outside, full, elsewhere):  # what a look at the ticket does not tell
        assert "start" not in get_ticket(first.id)["actions"]


@pytest.mark.spec("E10", "E13")
def test_a_desk_that_owes_a_result_or_sits_in_with_a_colleague_is_not_idle(manned, first):
    second = manned.factory.waiting(manned.booth, manned.recruiter)
    ringing.ring_next(manned.booth.id, manned.recruiter.id)
    ringing.answer_ring(first.id, first.student.account_id)
    account_id, desk_id = sit_down(manned, "陈立")
    guests.invite_guest(first.id, manned.recruiter.id, desk_id)
    guests.join_call(first.id, account_id)
    with pytest.raises(DesksBusy):
        call(second)
    guests.leave_call(first.id, account_id)
    assert call(second).desk_id == desk_id
    starts.cancel_start(second.id, second.student.account_id)
    presence.leave(account_id)
    calls.hang_up(first.id, manned.recruiter.id)
    with pytest.raises(DesksBusy):
        call(second)
    assert "start" not in get_ticket(second.id)["actions"]


@pytest.mark.spec("E13")
def test_only_the_ticket_that_waits_can_call_and_only_its_student(manned, first):
    with pytest.raises(NotYourInterview):
        starts.start_interview(first.id, manned.recruiter.id)
    holds.hold_place(first.id, first.student.account_id)
    with pytest.raises(InvalidTransition):
        call(first)
    holds.return_to_line(first.id, first.student.account_id)
    ringing.ring_next(manned.booth.id, manned.recruiter.id)
    with pytest.raises(InvalidTransition):
        call(first)
    assert Ring.select().count() == 1


@pytest.mark.spec("E13", "SM7")
def test_a_call_that_nobody_answers_costs_nothing_and_its_desk_rests(manned, first, travel):
    promised = get_ticket(first.id)["promise"]
    desk_id = call(first).desk_id
    travel(timedelta(seconds=29))
    assert starts.end_unanswered_starts() == 0
    travel(timedelta(seconds=4))
    assert (ringing.expire_rings(), starts.end_unanswered_starts()) == (0, 1)
    assert starts.end_unanswered_starts() == 0
    presence.renew(first.student.account_id)
    presence.renew(manned.recruiter.id)
    ticket = get_ticket(first.id)
    assert (ticket["status"], ticket["misses"], ticket["ahead"]) == (Status.WAITING, 0, 0)
    assert ticket["queued_at"] == first.queued_at and ticket["promise"] == promised
    assert Interview.get_by_id(first.id).turn_at is None, "nobody was there whose turn it could be"
    ring = Ring.get()
    assert (ring.outcome, ring.desk_id) == ("unanswered", desk_id)
    assert "start" not in ticket["actions"]
    with pytest.raises(CalledRecently) as refusal:
        call(first)
    assert 110 < refusal.value.extensions["retry_after"] <= 120
    other, other_desk = sit_down(manned, "陈立")
    assert "start" in get_ticket(first.id)["actions"]
    assert call(first).desk_id == other_desk, "another desk may be tried at once"
    starts.turn_down(first.id, other)
    assert Ring.select().where(Ring.outcome == "turned_down").count() == 1
    travel(timedelta(seconds=121))
    for account_id in (first.student.account_id, manned.recruiter.id):
        presence.renew(account_id)
    assert call(first).desk_id == desk_id


def test_a_resting_desk_may_ring_itself(manned, first):
    call(first)
    starts.turn_down(first.id, manned.recruiter.id)
    assert ringing.ring_next(manned.booth.id, manned.recruiter.id) == first.id
    ringing.answer_ring(first.id, first.student.account_id)
    assert Interview.get_by_id(first.id).called_by == CalledBy.RECRUITER


@pytest.mark.spec("E13")
def test_each_side_has_its_own_ways_out_of_a_students_call(manned, first):
    account_id = first.student.account_id
    colleague, _ = sit_down(manned, "陈立")
    call(first)
    for wrong in (ringing.answer_ring, ringing.pass_ring):
        with pytest.raises(InvalidTransition):
            wrong(first.id, account_id)
    with pytest.raises(InvalidTransition):
        ringing.cancel_ring(first.id, manned.recruiter.id)
    for act in (starts.take_call, starts.turn_down):
        with pytest.raises(ForAnotherDesk):
            act(first.id, colleague)
    calls.hang_up(first.id, account_id)
    assert [ring.outcome for ring in Ring.select()] == ["cancelled"]
    presence.leave(manned.recruiter.id)
    call(first)
    calls.hang_up(first.id, colleague)
    ticket = Interview.get_by_id(first.id)
    assert (ticket.status, ticket.misses, ticket.desk_id) == (Status.WAITING, 0, None)
    with pytest.raises(InvalidTransition):
        starts.take_call(first.id, colleague)


def test_a_recruiters_ring_is_not_answered_for_the_student(manned, first):
    ringing.ring_next(manned.booth.id, manned.recruiter.id)
    for act in (starts.take_call, starts.turn_down):
        with pytest.raises(InvalidTransition):
            act(first.id, manned.recruiter.id)
    with pytest.raises(InvalidTransition):
        starts.cancel_start(first.id, first.student.account_id)


def test_an_answer_after_the_thirty_seconds_is_refused(manned, first, travel):
    call(first)
    travel(timedelta(seconds=33))
    with pytest.raises(InvalidTransition):
        starts.take_call(first.id, manned.recruiter.id)


def test_a_ticket_given_to_a_desk_calls_that_desk_only(manned, first):
    colleague, desk_id = sit_down(manned, "陈立")
    transfers.transfer(first.id, manned.recruiter.id, desk_id)
    presence.leave(colleague)
    with pytest.raises(EmployerAway):
        call(first)
    presence.renew(colleague)
    assert call(first).desk_id == desk_id
