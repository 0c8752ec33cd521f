"""A provider's notices are network logs: six months."""

from datetime import timedelta

import pytest

from app.core import clock
from app.rtc.models import ProviderName, RtcEvent
from app.rtc.services import retention

SIX_MONTHS = timedelta(days=184)


@pytest.fixture
def at_hour(travel):
    """Go to an hour of the day at the fair's own clocks."""
    today = clock.local(clock.now()).replace(minute=0, second=0, microsecond=0)
    return lambda hour: travel(today.replace(hour=hour))


def notice(name: str, age: timedelta) -> None:
    RtcEvent.create(
        notice_id=name,
        provider=ProviderName.AGORA,
        room_name="iv_1",
        event_type=103,
        received_at=clock.now() - age,
        payload={"clientSeq": 1},
    )


def kept() -> list[str]:
    return [row.notice_id for row in RtcEvent.select().order_by(RtcEvent.id)]


def test_notices_of_half_a_year_ago_go_at_night_a_piece_at_a_time(app, at_hour, monkeypatch):
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 2)
    at_hour(3)
    for name in ("a", "b", "c"):
        notice(name, SIX_MONTHS + timedelta(minutes=1))
    notice("young", SIX_MONTHS - timedelta(minutes=1))
    assert retention.forget_old_notices() == 2
    assert kept() == ["c", "young"]
    assert [retention.forget_old_notices() for _ in range(2)] == [1, 0]
    assert kept() == ["young"]


def test_day_belongs_to_the_fairs(app, at_hour):
    at_hour(12)
    notice("a", SIX_MONTHS * 2)
    assert retention.forget_old_notices() == 0
    assert kept() == ["a"]
