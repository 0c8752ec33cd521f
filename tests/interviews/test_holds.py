"""Holds: asked for once, bounded, at the same place; and what missed rings cost."""

from datetime import timedelta

import pytest

from app.core import clock, presence
from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.fairs.models import Fair
from app.interviews.errors import HoldNotAllowed, HoldUsed, NotYourInterview, StudentAway
from app.interviews.models import Interview, Status
from app.interviews.services import holds, queue, ringing
from app.interviews.services.tickets import get_ticket
from tests.interviews.conftest import Stand


def set_rules(stand: Stand, **rules: int) -> None:
    Fair.update(rules).where(Fair.id == stand.fair.id).execute()


def miss(stand: Stand, ticket: Interview, times: int = 1) -> None:
    """Ring it and let it pass, coming back between."""
    account_id = ticket.student.account_id
    for number in range(times):
        if number:
            holds.return_to_line(ticket.id, account_id)
        presence.renew(account_id)
        ringing.ring_student(ticket.id, stand.recruiter.id)
        ringing.pass_ring(ticket.id, account_id)


@pytest.mark.spec("E04")
def test_hold_keeps_the_place_and_nobody_rings_it_until_its_time_is_over(stand, travel):
    first = stand.factory.waiting(stand.booth, stand.recruiter)
    second = stand.factory.waiting(stand.booth, stand.recruiter)
    assert "hold" in get_ticket(first.id)["actions"]
    before = clock.now()
    holds.hold_place(first.id, first.student.account_id)
    ticket = get_ticket(first.id)
    span = ticket["held_until"] - before
    assert timedelta(seconds=180) <= span < timedelta(seconds=182)
    assert (ticket["status"], ticket["ahead"]) == (Status.HELD, 0)
    with pytest.raises(StudentAway):
        ringing.ring_student(first.id, stand.recruiter.id)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == second.id
    ringing.cancel_ring(second.id, stand.recruiter.id)
    assert holds.end_due_holds() == 0
    travel(timedelta(seconds=183))
    presence.renew(first.student.account_id)
    assert (holds.end_due_holds(), holds.end_due_holds()) == (1, 0)
    ticket = get_ticket(first.id)
    assert (ticket["status"], ticket["ahead"], ticket["held_until"]) == ("waiting", 0, None)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == first.id


def test_hold_is_granted_once_per_ticket(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    account_id = ticket.student.account_id
    holds.hold_place(ticket.id, account_id)
    holds.return_to_line(ticket.id, account_id)
    assert "hold" not in get_ticket(ticket.id)["actions"]
    with pytest.raises(HoldUsed):
        holds.hold_place(ticket.id, account_id)
    assert get_ticket(ticket.id)["status"] == Status.WAITING


def test_fair_without_holds_refuses_them(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    set_rules(stand, hold_seconds=0)
    assert "hold" not in get_ticket(ticket.id)["actions"]
    with pytest.raises(HoldNotAllowed):
        holds.hold_place(ticket.id, ticket.student.account_id)


def test_only_a_waiting_ticket_can_be_held_and_only_by_its_student(stand):
    pending = stand.factory.pending(stand.booth)
    with pytest.raises(InvalidTransition):
        holds.hold_place(pending.id, pending.student.account_id)
    queue.accept_application(pending.id, stand.recruiter.id)
    with pytest.raises(NotYourInterview):
        holds.hold_place(pending.id, stand.factory.participant(stand.fair).account_id)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    with pytest.raises(InvalidTransition):
        holds.hold_place(pending.id, pending.student.account_id)


@pytest.mark.spec("E13")
def test_missed_rings_keep_the_place_until_the_fairs_number_then_it_is_behind(stand):
    often = stand.factory.waiting(stand.booth, stand.recruiter)
    later = stand.factory.waiting(stand.booth, stand.recruiter)
    account_id = often.student.account_id
    miss(stand, often, times=2)
    holds.return_to_line(often.id, account_id)
    ticket = get_ticket(often.id)
    assert (ticket["ahead"], ticket["misses"], ticket["behind_after_misses"]) == (0, 2, False)
    miss(stand, often)
    assert get_ticket(often.id)["behind_after_misses"]  # told before the student comes back
    assert get_ticket(often.id)["ahead"] == 0
    holds.return_to_line(often.id, account_id)
    ticket = get_ticket(often.id)
    assert (ticket["ahead"], ticket["behind_after_misses"]) == (1, True)
    entry = AuditEntry.get(AuditEntry.action == "fall_behind")
    assert entry.after == {"queued_at": Interview.get_by_id(often.id).queued_at.isoformat()}
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == later.id


def test_place_is_never_lost_where_the_fair_says_so(stand):
    often = stand.factory.waiting(stand.booth, stand.recruiter)
    stand.factory.waiting(stand.booth, stand.recruiter)
    set_rules(stand, misses_kept=0)
    miss(stand, often, times=5)
    holds.return_to_line(often.id, often.student.account_id)
    ticket = get_ticket(often.id)
    assert (ticket["ahead"], ticket["behind_after_misses"]) == (0, False)


def test_hold_after_missed_rings_does_not_cost_the_place_again(stand):
    often = stand.factory.waiting(stand.booth, stand.recruiter)
    miss(stand, often, times=3)
    holds.return_to_line(often.id, often.student.account_id)
    stand.factory.waiting(stand.booth, stand.recruiter)
    holds.hold_place(often.id, often.student.account_id)
    holds.return_to_line(often.id, often.student.account_id)
    assert get_ticket(often.id)["ahead"] == 0
