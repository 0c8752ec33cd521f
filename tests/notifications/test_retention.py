"""Notifications are kept for three years, and not longer."""

from datetime import timedelta

import pytest

from app.core import clock
from app.notifications.models import DeliveryAttempt, Notification, Status
from app.notifications.services import retention
from tests.notifications.conftest import Cast

THREE_YEARS = timedelta(days=3 * 366)
AT_THREE = {"hour": 3, "minute": 0, "second": 0, "microsecond": 0}


@pytest.fixture
def night(travel) -> None:
    """Three in the morning at the fair's own clocks."""
    travel(clock.local(clock.now()).replace(**AT_THREE))


def told(cast: Cast, age: timedelta, status: Status = Status.SENT) -> int:
    """A notification of this age, with one delivery."""
    number = cast.tell(cast.person())
    changes = {"created_at": clock.now() - age, "status": status}
    Notification.update(changes).where(Notification.id == number).execute()
    DeliveryAttempt.create(notification=number, channel="subscribe", outcome="sent")
    return number


def kept() -> list[int]:
    rows = Notification.select(Notification.id).order_by(Notification.id).tuples()
    return [number for (number,) in rows]


def test_what_was_kept_for_three_years_goes_with_its_deliveries(cast: Cast, night) -> None:
    told(cast, THREE_YEARS + timedelta(minutes=1), Status.EXHAUSTED)
    told(cast, THREE_YEARS + timedelta(minutes=1))
    younger = told(cast, THREE_YEARS - timedelta(minutes=1))
    assert retention.forget_old_notifications() == 2
    assert kept() == [younger]
    assert [row.notification_id for row in DeliveryAttempt.select()] == [younger]
    assert retention.forget_old_notifications() == 0


def test_what_was_never_sent_stays_for_the_staff(cast: Cast, night) -> None:
    stuck = told(cast, THREE_YEARS * 2, Status.FAILED)
    assert retention.forget_old_notifications() == 0
    assert kept() == [stuck]


def test_a_piece_at_a_time_the_oldest_first(cast: Cast, night, monkeypatch) -> None:
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 2)
    numbers = [told(cast, THREE_YEARS * 2) for _ in range(5)]
    assert retention.forget_old_notifications() == 2
    assert kept() == numbers[2:]
    assert [retention.forget_old_notifications() for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize(("hour", "goes"), [(1, 0), (2, 1), (4, 1), (5, 0), (12, 0)])
def test_only_at_night(cast: Cast, travel, hour: int, goes: int) -> None:
    travel(clock.local(clock.now()).replace(**AT_THREE | {"hour": hour}))
    told(cast, THREE_YEARS * 2)
    assert retention.forget_old_notifications() == goes
