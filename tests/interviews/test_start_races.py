"""Students who call, against recruiters, the clock and each other: exactly one call."""

from collections import Counter
from datetime import timedelta

import pytest

from app.core import clock, presence
from app.interviews.models import DESK_TAKEN, Interview, Ring, Status
from app.interviews.services import calls, queue, ringing, starts
from app.interviews.services.desks import take_desk
from tests.interviews.conftest import Stand
from tests.racing import at_once

ROUNDS = 8


def refused(ends: list) -> Counter[str]:
    """Who was refused and why."""
    return Counter(type(end).__name__ for end in ends if isinstance(end, Exception))


def let_go(stand: Stand) -> None:
    """Whatever rings stops; nobody stands in line any more."""
    for ticket in Interview.select().where(Interview.status.in_(DESK_TAKEN)):
        if ticket.called_by == "student":
            starts.turn_down(ticket.id, ticket.desk.recruiter.account_id)
        else:
            ringing.cancel_ring(ticket.id, stand.recruiter.id)
    for ticket in Interview.select().where(Interview.status == Status.WAITING):
        queue.withdraw_ticket(ticket.id, ticket.student.account_id)
    clock.travel(timedelta(seconds=starts.REST_SECONDS + 1))


@pytest.mark.serial
@pytest.mark.spec("E07", "E13", "SM7")
def test_ring_next_against_start_makes_one_ring(app, manned: Stand):
    booth_id, recruiter_id = manned.booth.id, manned.recruiter.id
    for _ in range(ROUNDS):
        ticket = manned.factory.waiting(manned.booth, manned.recruiter)
        ticket_id, account_id = ticket.id, ticket.student.account_id
        ends = at_once(
            app,
            lambda: ringing.ring_next(booth_id, recruiter_id),
            lambda t=ticket_id, a=account_id: starts.start_interview(t, a),
        )
        assert len(refused(ends)) == 1, ends
        assert set(refused(ends)) <= {
            "NobodyToCall", "DeskBusy", "InvalidTransition", "DesksBusy", "AlreadyOnCall",
        }, ends  # fmt: skip
        now, (ring,) = (
            Interview.get_by_id(ticket_id),
            Ring.select().where(Ring.outcome == "ringing"),
        )
        by = "student" if isinstance(ends[0], Exception) else "recruiter"
        assert (now.status, now.called_by, ring.called_by) == (Status.RINGING, by, by)
        let_go(manned)


@pytest.mark.serial
@pytest.mark.spec("E04", "E13")
def test_students_who_call_one_desk_at_once_make_one_call(app, manned: Stand):
    for _ in range(ROUNDS):
        tickets = [manned.factory.waiting(manned.booth, manned.recruiter) for _ in range(4)]
        who = [(ticket.id, ticket.student.account_id) for ticket in tickets]
        ends = at_once(app, *[lambda t=t, a=a: starts.start_interview(t, a) for t, a in who])
        assert set(refused(ends)) <= {"NotYourTurn", "DesksBusy"}, ends
        on_call = list(Interview.select().where(Interview.status == Status.RINGING))
        assert [ticket.id for ticket in on_call] == [tickets[0].id], ends
        assert Ring.select().where(Ring.outcome == "ringing").count() == 1
        let_go(manned)


@pytest.mark.serial
@pytest.mark.spec("E04", "E13")
def test_students_and_recruiters_at_two_desks_never_share_a_desk_or_break_the_order(
    app, manned: Stand
):
    colleague = manned.factory.recruiter(manned.booth, "陈立")
    take_desk(manned.booth.id, colleague.id)
    presence.renew(colleague.id)
    for _ in range(ROUNDS):
        tickets = [manned.factory.waiting(manned.booth, manned.recruiter) for _ in range(4)]
        who = [(ticket.id, ticket.student.account_id) for ticket in tickets[:3]]
        at_once(
            app,
            *[lambda t=t, a=a: starts.start_interview(t, a) for t, a in who],
            lambda: ringing.ring_next(manned.booth.id, colleague.id),
        )
        rows = Interview.select().where(Interview.status == Status.RINGING).order_by(Interview.id)
        on_call = list(rows)
        assert [one.id for one in on_call] == [one.id for one in tickets[: len(on_call)]]
        assert 1 <= len(on_call) == len({one.desk_id for one in on_call})
        let_go(manned)


@pytest.mark.serial
@pytest.mark.spec("E13")
def test_answer_cancel_and_the_clock_end_a_call_in_one_way(app, manned: Stand):
    for _ in range(ROUNDS):
        ticket = manned.factory.waiting(manned.booth, manned.recruiter)
        ticket_id, account_id = ticket.id, ticket.student.account_id
        starts.start_interview(ticket_id, account_id)
        clock.travel(timedelta(seconds=31))
        presence.renew(account_id)
        ends = at_once(
            app,
            lambda t=ticket_id: starts.take_call(t, manned.recruiter.id),
            lambda t=ticket_id, a=account_id: starts.cancel_start(t, a),
            starts.end_unanswered_starts,  # it is not over yet: 30 s and two for the way
        )
        assert refused(ends) == {"InvalidTransition": 1} and ends[2] == 0, ends
        outcome = Ring.select().order_by(Ring.id.desc()).get().outcome
        now = Interview.get_by_id(ticket_id)
        was_answered = isinstance(ends[1], Exception)
        wanted = (Status.IN_CALL, "answered") if was_answered else (Status.WAITING, "cancelled")
        assert (now.status, outcome) == wanted
        if was_answered:
            calls.hang_up(ticket_id, account_id)
            calls.conclude(ticket_id, manned.recruiter.id, "pass")
        let_go(manned)
