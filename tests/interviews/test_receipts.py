"""The fairness receipt: every overtake explained, nobody named."""

from datetime import timedelta

import pytest

from app.core import clock, presence
from app.interviews.errors import NotYourInterview
from app.interviews.models import Interview, Overtake, Ring
from app.interviews.services import holds, queue, ringing
from app.interviews.services.receipts import receipt_of
from app.interviews.services.tickets import get_ticket


def receipt(ticket: Interview) -> dict:
    return receipt_of(ticket.id, ticket.student.account_id)


def ring_over(stand, *present: Interview) -> int:
    """Somebody of those present is rung and let go again; who."""
    for ticket in present:
        presence.renew(ticket.student.account_id)
    rung = ringing.ring_next(stand.booth.id, stand.recruiter.id)
    ringing.cancel_ring(rung, stand.recruiter.id)
    return rung


@pytest.fixture
def two(stand, travel):
    """A first ticket and a later one, some time in line."""
    tickets = [stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(2)]
    travel(timedelta(seconds=10))
    return tickets


@pytest.mark.spec("E04")
def test_every_overtake_is_explained_without_a_name(stand, two, travel):
    first, later = two
    account_id = first.student.account_id
    presence.leave(account_id)
    assert ring_over(stand, later) == later.id
    presence.renew(account_id)
    holds.hold_place(first.id, account_id)
    travel(timedelta(seconds=5))
    assert ring_over(stand, later) == later.id
    found = receipt(first)
    assert [item["because"] for item in found["items"]] == ["offline", "hold"]
    assert found["explained_percent"] == 100
    assert [item["at"] for item in found["items"]] == [
        ring.rung_at for ring in Ring.select().order_by(Ring.id)
    ]
    words = "".join(item["text"] for item in found["items"])
    assert later.student.name not in words and words.count("位置保留") == 2
    assert get_ticket(first.id)["overtakes"] == 2
    assert receipt(later) == {"items": [], "explained_percent": 100}


def test_ring_that_was_not_explained_is_counted_against_us(stand, two):
    first, later = two
    presence.leave(first.student.account_id)
    ring_over(stand, later)
    ring_over(stand, later)
    Overtake.delete().where(Overtake.ring == Ring.select().order_by(Ring.id).first()).execute()
    found = receipt(first)
    assert found["explained_percent"] == 50
    assert [item["because"] for item in found["items"]] == ["unknown", "offline"]


def test_rings_before_and_after_the_ticket_stood_in_line_are_no_overtakes(stand, travel):
    pending = stand.factory.pending(stand.booth)
    later = stand.factory.waiting(stand.booth, stand.recruiter)
    ring_over(stand, later)  # the first one is not accepted yet
    travel(timedelta(seconds=10))
    queue.accept_application(pending.id, stand.recruiter.id)
    travel(timedelta(seconds=10))
    queue.withdraw_ticket(pending.id, pending.student.account_id)
    ring_over(stand, later)
    assert receipt(pending) == {"items": [], "explained_percent": 100}


def test_place_lost_by_missed_rings_is_not_overtaken_by_those_it_fell_behind(stand, two, travel):
    first, later = two
    account_id = first.student.account_id
    for _ in range(3):
        presence.renew(account_id)
        ringing.ring_student(first.id, stand.recruiter.id)
        ringing.pass_ring(first.id, account_id)
        travel(timedelta(seconds=5))
        assert ring_over(stand, later) == later.id
        holds.return_to_line(first.id, account_id)
        travel(timedelta(seconds=5))
    assert ring_over(stand, later, first) == later.id
    found = receipt(first)
    assert [item["because"] for item in found["items"]] == ["missed"] * 3
    assert found["explained_percent"] == 100
    assert get_ticket(first.id)["overtakes"] == 3


def test_receipt_is_shown_to_its_student_only(stand, two, login):
    first, later = two
    presence.leave(first.student.account_id)
    ring_over(stand, later)
    with pytest.raises(NotYourInterview):
        receipt_of(first.id, later.student.account_id)
    path = f"/api/screens/interviews/{first.id}/receipt"
    assert login(later.student.account).get(path).status_code == 403
    answer = login(first.student.account).get(path).json
    assert answer["explained_percent"] == 100
    assert answer["items"][0]["text"].startswith("当时你的页面不在线")
    assert clock.now().date().isoformat() in answer["items"][0]["at"]
