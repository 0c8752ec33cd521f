"""Many at once, with real threads and real connections: the database has the last word."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.core import clock, presence
from app.core.database import db
from app.fairs.models import Booth
from app.interviews.errors import AlreadyInLine
from app.interviews.models import ON_CALL, Interview, Overtake, Ring, Status
from app.interviews.services import decisions, desks, holds, queue, ringing, transfers
from tests.interviews.conftest import Stand

AT_ONCE = 50


def all_at_once(app: Flask, acts: list[Callable[[], object]]) -> Counter[str]:
    """Run the acts in as many threads, released together; how each ended, by name."""
    ends: Counter[str] = Counter()
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                act()
                ends["done"] += 1
            except Exception as error:  # the test names which ends it allows
                ends[type(error).__name__] += 1
            finally:
                if not db.is_closed():
                    db.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def statuses_of(ticket: Interview) -> list[str]:
    """Of every ticket that the student has at any booth."""
    mine = Interview.select(Interview.status).where(Interview.student == ticket.student_id)
    return [row.status for row in mine]


@pytest.mark.serial
@pytest.mark.spec("E01")
def test_fifty_simultaneous_applications_at_one_booth_make_one_ticket(app, stand: Stand):
    student = stand.factory.participant(stand.fair)
    account_id = student.account_id
    ends = all_at_once(
        app, [lambda: queue.apply_for_interview(stand.booth.id, account_id)] * AT_ONCE
    )
    assert ends == {"done": 1, AlreadyInLine.__name__: AT_ONCE - 1}
    assert Interview.select().where(Interview.student == student).count() == 1


@pytest.mark.serial
@pytest.mark.spec("E07")
def test_fifty_simultaneous_rings_for_one_student_ring_once(app, stand: Stand):
    student = stand.factory.participant(stand.fair)
    acts: list[Callable[[], object]] = []
    for number in range(AT_ONCE):
        booth = stand.factory.booth(stand.fair)
        recruiter = stand.factory.recruiter(booth, f"招聘{number}")
        stand.factory.waiting(booth, recruiter, student)
        acts.append(lambda b=booth.id, r=recruiter.id: ringing.ring_next(b, r))
    ends = all_at_once(app, acts)
    assert ends == {"done": 1, "NobodyToCall": AT_ONCE - 1}
    ringing_now = Interview.select().where(Interview.status.in_(ON_CALL))
    assert [ticket.student_id for ticket in ringing_now] == [student.id]


@pytest.mark.serial
def test_double_tap_on_ring_next_at_one_desk_rings_one_student(app, stand: Stand):
    for _ in range(5):
        stand.factory.waiting(stand.booth, stand.recruiter)
    account_id = stand.recruiter.id
    ends = all_at_once(app, [lambda: ringing.ring_next(stand.booth.id, account_id)] * 8)
    assert ends == {"done": 1, "DeskBusy": 7}
    assert Interview.select().where(Interview.status == Status.RINGING).count() == 1


@pytest.mark.serial
@pytest.mark.spec("E05")
def test_rejection_and_application_at_once_never_leave_a_live_ticket_beside_the_rejection(
    app, stand: Stand
):
    for _ in range(10):
        ticket = stand.factory.pending(stand.booth)
        account_id, ticket_id = ticket.student.account_id, ticket.id
        all_at_once(
            app,
            [
                lambda t=ticket_id: decisions.reject_application(t, stand.recruiter.id),
                *[lambda a=account_id: queue.apply_for_interview(stand.booth.id, a)] * 3,
            ],
        )
        assert statuses_of(ticket) == [Status.DISMISSED]
        clock.travel(timedelta(seconds=stand.fair.undo_seconds))
        all_at_once(
            app,
            [
                decisions.deliver_rejections,
                *[lambda a=account_id: queue.apply_for_interview(stand.booth.id, a)] * 3,
            ],
        )
        assert statuses_of(ticket) == [Status.REJECTED]


@pytest.mark.serial
def test_several_desks_calling_at_once_call_different_students_in_order(app, stand: Stand):
    tickets = [stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(6)]
    recruiters = [stand.factory.recruiter(stand.booth, f"招聘{n}") for n in range(4)]
    ends = all_at_once(
        app, [lambda r=r.id: ringing.ring_next(stand.booth.id, r) for r in recruiters]
    )
    assert ends == {"done": 4}
    rung = Interview.select().where(Interview.status == Status.RINGING).order_by(Interview.id)
    assert [ticket.id for ticket in rung] == [ticket.id for ticket in tickets[:4]]


@pytest.mark.serial
def test_hold_against_ring_ends_in_one_of_them_never_in_a_false_ring(app, stand: Stand):
    """Whoever is second is refused: a held student does not ring, a ringing one is not held."""
    ended = Counter()
    for _ in range(12):
        ticket = stand.factory.waiting(stand.booth, stand.recruiter)
        ticket_id, account_id = ticket.id, ticket.student.account_id
        ends = all_at_once(
            app,
            [
                lambda t=ticket_id, a=account_id: holds.hold_place(t, a),
                lambda: ringing.ring_next(stand.booth.id, stand.recruiter.id),
            ],
        )
        assert ends["done"] == 1 and ends.total() == 2, ends
        assert set(ends) <= {"done", "InvalidTransition", "NobodyToCall"}, ends
        now = Interview.get_by_id(ticket_id)
        rings = Ring.select().where(Ring.interview == ticket_id).count()
        assert (now.status, rings, now.hold_used) in (
            (Status.HELD, 0, True),
            (Status.RINGING, 1, False),
        )
        ended[now.status] += 1
        if now.status == Status.RINGING:
            ringing.cancel_ring(ticket_id, stand.recruiter.id)
        queue.withdraw_ticket(ticket_id, account_id)
    assert ended.total() == 12


@pytest.mark.serial
def test_transfer_against_ring_never_lets_the_wrong_desk_keep_the_ticket_from_its_own(
    app, stand: Stand
):
    colleague = stand.factory.recruiter(stand.booth, "陈立")
    theirs = desks.take_desk(stand.booth.id, colleague.id).id
    for _ in range(8):
        ticket = stand.factory.waiting(stand.booth, stand.recruiter)
        ends = all_at_once(
            app,
            [
                lambda t=ticket.id: transfers.transfer(t, stand.recruiter.id, theirs),
                lambda: ringing.ring_next(stand.booth.id, stand.recruiter.id),
            ],
        )
        assert set(ends) <= {"done", "InvalidTransition", "NobodyToCall"}, ends
        now = Interview.get_by_id(ticket.id)
        if now.status == Status.RINGING:
            assert now.only_desk_id is None
            ringing.cancel_ring(ticket.id, stand.recruiter.id)
        if now.only_desk_id == theirs:
            assert ringing.ring_next(stand.booth.id, colleague.id) == ticket.id
            ringing.cancel_ring(ticket.id, colleague.id)
        queue.withdraw_ticket(ticket.id, ticket.student.account_id)


@pytest.mark.serial
def test_desks_that_pass_over_the_same_students_do_not_wait_for_each_other(app, stand: Stand):
    """Each ring notes the turns of all who are away before it; no deadlock, none forgotten."""
    away = [stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(25)]
    for ticket in away:
        presence.leave(ticket.student.account_id)
    recruiters = [stand.factory.recruiter(stand.booth, f"招聘{n}") for n in range(5)]
    for recruiter in recruiters:
        stand.factory.waiting(stand.booth, stand.recruiter)
        desks.take_desk(stand.booth.id, recruiter.id)
    ends = all_at_once(
        app, [lambda r=r.id: ringing.ring_next(stand.booth.id, r) for r in recruiters]
    )
    assert ends == {"done": 5}
    ids = {ticket.id for ticket in away}
    rings = list(Ring.select())
    assert len(rings) == 5 and all(set(ring.passed_over["offline"]) == ids for ring in rings)
    assert Overtake.select().where(Overtake.interview.in_(ids)).count() == 5 * len(ids)
    turned = Interview.select().where(Interview.id.in_(ids) & Interview.turn_at.is_null(False))
    assert turned.count() == len(ids)


@pytest.mark.serial
def test_last_interview_of_a_quota_is_accepted_once(app, stand: Stand):
    Booth.update(quota=1).where(Booth.id == stand.booth.id).execute()
    pending = [stand.factory.pending(stand.booth) for _ in range(6)]
    acts = [lambda t=t.id: queue.accept_application(t, stand.recruiter.id) for t in pending]
    ends = all_at_once(app, acts)
    assert ends == {"done": 1, "QuotaReached": 5}
