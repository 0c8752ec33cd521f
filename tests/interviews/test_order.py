"""The order of calls: slots, desks, everyone once, application; and when nobody is called."""

from datetime import timedelta

import pytest

from app.core import clock, presence
from app.core.redis import client
from app.fairs.models import Booth, BoothWindow, Fair
from app.interviews.errors import (
    ForAnotherDesk,
    NobodyToCall,
    NotNextInLine,
    OutsideWindow,
    QuotaReached,
)
from app.interviews.models import Interview, Ring, Status
from app.interviews.services import calls, queue, ringing
from app.interviews.services.desks import take_desk
from app.interviews.services.tickets import get_ticket
from app.interviews.services.transfers import release_orphans, transfer
from tests.interviews.conftest import Stand


def line(stand: Stand, size: int) -> list[Interview]:
    return [stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(size)]


def ring(stand: Stand, recruiter=None) -> int:
    return ringing.ring_next(stand.booth.id, (recruiter or stand.recruiter).id)


def book(ticket: Interview, at) -> None:
    Interview.update(slot_at=at).where(Interview.id == ticket.id).execute()


def places(stand: Stand, *tickets: Interview) -> list[int]:
    return [get_ticket(ticket.id)["ahead"] for ticket in tickets]


@pytest.mark.spec("E04")
def test_slot_is_called_first_from_its_time_on_and_not_before(stand, travel):
    first, second, third = line(stand, 3)
    book(third, clock.now() + timedelta(minutes=10))
    assert places(stand, first, second, third) == [0, 1, 2]
    assert ring(stand) == first.id
    ringing.cancel_ring(first.id, stand.recruiter.id)
    travel(timedelta(minutes=10))
    for ticket in (first, second, third):
        presence.renew(ticket.student.account_id)
    assert places(stand, first, second, third) == [1, 2, 0]
    assert ring(stand) == third.id
    entry = Ring.get(Ring.interview == third.id)
    assert entry.because == Ring.Because.SLOT
    assert entry.passed_over == {"slot": [first.id, second.id]}
    assert Interview.get_by_id(second.id).turn_at is None  # its turn has not come


@pytest.mark.spec("E04")
def test_assigned_ticket_is_called_by_its_desk_only_and_before_the_others(stand):
    first, second, third = line(stand, 3)
    colleague = stand.factory.recruiter(stand.booth, "陈立")
    desk = take_desk(stand.booth.id, colleague.id)
    transfer(first.id, stand.recruiter.id, desk.id)
    with pytest.raises(ForAnotherDesk):
        ringing.ring_student(first.id, stand.recruiter.id)
    assert ring(stand) == second.id
    assert Ring.get(Ring.interview == second.id).passed_over == {"assigned": [first.id]}
    transfer(third.id, stand.recruiter.id, desk.id)
    fourth = stand.factory.waiting(stand.booth, stand.recruiter)
    assert places(stand, first, third, fourth) == [0, 1, 2]
    assert ring(stand, colleague) == first.id
    assert Ring.get(Ring.interview == first.id).because == Ring.Because.ASSIGNED


@pytest.mark.spec("E04")
def test_student_given_to_a_desk_goes_before_earlier_ones_there_and_they_are_told_why(stand):
    first, second = line(stand, 2)
    transfer(second.id, stand.recruiter.id, take_desk(stand.booth.id, stand.recruiter.id).id)
    with pytest.raises(NotNextInLine):
        ringing.ring_student(first.id, stand.recruiter.id)
    assert ring(stand) == second.id
    assert Ring.get(Ring.interview == second.id).passed_over == {"desk": [first.id]}
    assert Interview.get_by_id(first.id).turn_at is None


def test_everyone_once_calls_students_without_a_talk_first_where_the_school_wants_it(stand):
    seen, fresh = line(stand, 2)
    elsewhere = stand.factory.booth(stand.fair)
    colleague = stand.factory.recruiter(elsewhere, "陈立")
    stand.factory.waiting(elsewhere, colleague, seen.student)
    talk = ringing.ring_next(elsewhere.id, colleague.id)
    ringing.answer_ring(talk, seen.student.account_id)
    calls.hang_up(talk, colleague.id)
    assert ring(stand) == seen.id  # off by default: the order of application (E04)
    ringing.cancel_ring(seen.id, stand.recruiter.id)
    Fair.update(everyone_once=True).where(Fair.id == stand.fair.id).execute()
    assert places(stand, seen, fresh) == [1, 0]
    rows = stand.tickets(everyone_once=True).lists["waiting"]
    assert [(row["id"], row["first_time"]) for row in rows] == [(fresh.id, True), (seen.id, False)]
    assert ring(stand) == fresh.id
    entry = Ring.get(Ring.interview == fresh.id)
    assert (entry.because, entry.passed_over) == ("first_time", {"first_time": [seen.id]})
    ringing.cancel_ring(fresh.id, stand.recruiter.id)
    presence.leave(fresh.student.account_id)
    assert ring(stand) == seen.id  # nobody waits for nobody


def test_ring_writes_down_why_each_earlier_one_was_not_called(stand):
    busy, held, missed, away, last = line(stand, 5)
    elsewhere = stand.factory.booth(stand.fair)
    colleague = stand.factory.recruiter(elsewhere, "陈立")
    stand.factory.waiting(elsewhere, colleague, busy.student)
    ringing.ring_next(elsewhere.id, colleague.id)
    Interview.update(status=Status.HELD, held_until=clock.now() + timedelta(minutes=3)).where(
        Interview.id == held.id
    ).execute()
    Interview.update(status=Status.HELD, misses=1).where(Interview.id == missed.id).execute()
    presence.leave(away.student.account_id)
    assert ring(stand) == last.id
    entry = Ring.get(Ring.interview == last.id)
    assert entry.passed_over == {
        "busy": [busy.id],
        "hold": [held.id],
        "missed": [missed.id],
        "offline": [away.id],
    }
    turns = Interview.select().where(Interview.turn_at.is_null(False))
    assert {one.id for one in turns if one.booth_id == stand.booth.id} == {
        *(busy.id, held.id, missed.id, away.id, last.id)
    }
    assert [get_ticket(one.id)["overtakes"] for one in (busy, away, last)] == [1, 1, 0]


def test_book_of_rings_keeps_what_came_of_each(stand, travel):
    first, second, third, fourth = line(stand, 4)
    accounts = {one.id: one.student.account_id for one in (first, second, third, fourth)}

    def ring_next() -> int:
        for account_id in accounts.values():
            presence.renew(account_id)
        return ring(stand)

    ringing.cancel_ring(ring_next(), stand.recruiter.id)
    ringing.pass_ring(ring_next(), accounts[first.id])
    assert ring_next() == second.id
    travel(timedelta(seconds=40))
    ringing.expire_rings()
    assert ring_next() == third.id
    ringing.answer_ring(third.id, accounts[third.id])
    calls.hang_up(third.id, stand.recruiter.id)
    calls.conclude(third.id, stand.recruiter.id, "pass")
    found = list(Ring.select().order_by(Ring.id))
    assert [one.outcome for one in found] == ["cancelled", "passed", "missed", "answered"]
    assert all(one.ended_at for one in found)
    assert [one.concluded_at is not None for one in found] == [False, False, False, True]
    assert found[-1].answered_at == Interview.get_by_id(third.id).answered_at


@pytest.mark.spec("E07")
def test_nobody_is_called_outside_the_booths_windows(stand, travel):
    (ticket,) = line(stand, 1)
    opens = clock.now() + timedelta(minutes=30)
    BoothWindow.create(booth=stand.booth, opens_at=opens, closes_at=opens + timedelta(minutes=60))
    with pytest.raises(OutsideWindow) as refusal:
        ring(stand)
    assert refusal.value.extensions["opens_at"] == opens
    travel(opens)
    presence.renew(ticket.student.account_id)
    assert ring(stand) == ticket.id
    ringing.cancel_ring(ticket.id, stand.recruiter.id)
    travel(opens + timedelta(minutes=60))
    with pytest.raises(OutsideWindow) as refusal:
        ringing.ring_student(ticket.id, stand.recruiter.id)
    assert refusal.value.extensions["opens_at"] is None


def test_nobody_is_accepted_or_called_beyond_the_quota(stand):
    first, second = line(stand, 2)
    late = stand.factory.pending(stand.booth)
    Booth.update(quota=2).where(Booth.id == stand.booth.id).execute()
    with pytest.raises(QuotaReached) as refusal:
        queue.accept_application(late.id, stand.recruiter.id)
    assert refusal.value.extensions["quota"] == 2
    with pytest.raises(QuotaReached):
        stand.factory.pending(stand.booth)
    queue.withdraw_ticket(second.id, second.student.account_id)
    queue.accept_application(late.id, stand.recruiter.id)
    for ticket in (first, late):
        assert ring(stand) == ticket.id
        ringing.answer_ring(ticket.id, ticket.student.account_id)
        calls.hang_up(ticket.id, stand.recruiter.id)
        calls.conclude(ticket.id, stand.recruiter.id, "fail")
    with pytest.raises(QuotaReached):
        ring(stand)


def test_ticket_of_a_desk_that_stays_empty_is_everybodys_after_ten_minutes(stand, travel):
    (ticket,) = line(stand, 1)
    colleague = stand.factory.recruiter(stand.booth, "陈立")
    transfer(ticket.id, stand.recruiter.id, take_desk(stand.booth.id, colleague.id).id)
    assert release_orphans() == 0
    travel(timedelta(minutes=8))
    presence.renew(colleague.id)
    assert release_orphans() == 0
    presence.leave(colleague.id)
    for minutes in (1, 8, 2):
        travel(timedelta(minutes=minutes))
        assert Interview.get_by_id(ticket.id).only_desk_id is not None
        released = release_orphans()
    assert released == 1
    assert 0 < client().ttl(presence.AWAY_KEY.format(colleague.id)) <= presence.AWAY_REMEMBERED
    assert ring(stand) == ticket.id


def test_ticket_of_a_recruiter_who_left_is_everybodys_again(stand):
    (ticket,) = line(stand, 1)
    colleague = stand.factory.recruiter(stand.booth, "陈立")
    transfer(ticket.id, stand.recruiter.id, take_desk(stand.booth.id, colleague.id).id)
    with pytest.raises(NobodyToCall):
        ring(stand)
    assert release_orphans() == 0
    stand.factory.revoke(colleague)
    assert (release_orphans(), release_orphans()) == (1, 0)
    assert ring(stand) == ticket.id
