"""A fair's windows, to the second, on the clocks of the people at the fair."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import SHANGHAI
from app.fairs.errors import WindowsInvalid
from app.fairs.models import Fair
from app.fairs.phases import Phase, is_live, may_apply, may_enter, phase_of
from app.fairs.services.staging import update_fair


def at(text: str) -> datetime:
    """``05-20 09:00:00`` in Shanghai."""
    return datetime.fromisoformat(f"2027-{text}").replace(tzinfo=SHANGHAI)


def fair(**changes) -> Fair:
    """A three-day fair, not stored."""
    return Fair(
        **{
            "status": Fair.Status.ANNOUNCED,
            "entry_opens_at": at("05-10 00:00:00"),
            "entry_closes_at": at("05-22 12:00:00"),
            "doors_open_at": at("05-20 08:00:00"),
            "starts_at": at("05-20 09:00:00"),
            "ends_at": at("05-22 18:00:00"),
        }
        | changes
    )


@pytest.mark.spec("E07")
@pytest.mark.parametrize(
    ("instant", "phase"),
    [
        ("05-20 07:59:59", Phase.UPCOMING),
        ("05-20 08:00:00", Phase.DOORS_OPEN),
        ("05-20 08:59:59", Phase.DOORS_OPEN),
        ("05-20 09:00:00", Phase.LIVE),
        ("05-21 03:00:00", Phase.LIVE),
        ("05-22 17:59:59", Phase.LIVE),
        ("05-22 18:00:00", Phase.ENDED),
    ],
)
def test_phase_turns_to_the_second(instant, phase):
    assert phase_of(fair(), at(instant)) == phase
    assert is_live(fair(), at(instant)) == (phase == Phase.LIVE)


@pytest.mark.spec("E07")
@pytest.mark.parametrize(
    ("instant", "phase"),
    [
        ("05-20 09:00:00", Phase.PAUSED),
        ("05-20 09:29:59", Phase.PAUSED),
        ("05-20 09:30:00", Phase.LIVE),
        ("05-20 16:59:59", Phase.LIVE),
        ("05-20 17:00:00", Phase.PAUSED),
        ("05-21 00:00:00", Phase.PAUSED),
        ("05-21 09:30:00", Phase.LIVE),
        ("05-22 18:00:00", Phase.ENDED),
    ],
)
def test_daily_hours_pause_the_fair_overnight(instant, phase):
    assert phase_of(fair(daily_opens="09:30", daily_closes="17:00"), at(instant)) == phase


@pytest.mark.spec("E02")
@pytest.mark.parametrize(
    ("instant", "allowed"),
    [
        ("05-19 23:59:59", False),
        ("05-20 00:00:00", True),
        ("05-20 08:30:00", True),
        ("05-21 02:00:00", True),
        ("05-22 17:59:59", True),
        ("05-22 18:00:00", False),
    ],
)
def test_applications_are_taken_on_the_fairs_days_only(instant, allowed):
    assert may_apply(fair(), at(instant)) is allowed


@pytest.mark.spec("E02")
def test_fair_may_allow_applications_ahead():
    ahead = fair(can_apply_ahead=True)
    assert may_apply(ahead, at("05-01 00:00:00"))
    assert not may_apply(ahead, at("05-22 18:00:00"))


@pytest.mark.parametrize(
    ("instant", "allowed"),
    [
        ("05-09 23:59:59", False),
        ("05-10 00:00:00", True),
        ("05-22 11:59:59", True),
        ("05-22 12:00:00", False),
    ],
)
def test_entry_window_is_to_the_second(instant, allowed):
    assert may_enter(fair(), at(instant)) is allowed


@pytest.mark.parametrize("status", [s for s in Fair.Status if s != Fair.Status.ANNOUNCED])
def test_only_an_announced_fair_is_open_for_anything(status):
    shut = fair(status=status)
    for instant in (at("05-15 00:00:00"), at("05-20 10:00:00")):
        assert not (is_live(shut, instant) or may_apply(shut, instant) or may_enter(shut, instant))


@given(st.integers(-(10**6), 10**6))
def test_whenever_calls_are_possible_so_are_applications(seconds):
    instant = at("05-20 09:00:00") + timedelta(seconds=seconds)
    for one in (fair(), fair(daily_opens="09:30", daily_closes="17:00")):
        assert not is_live(one, instant) or may_apply(one, instant)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"entry_opens_at": "entry_closes_at"}, "报名进场的开始时间应早于截止时间"),
        ({"ends_at": "starts_at"}, "候场时间 ≤ 开始时间 < 结束时间"),
        ({"doors_open_at": "ends_at"}, "候场时间 ≤ 开始时间 < 结束时间"),
        ({"daily_opens": "09:00", "daily_closes": ""}, "每日时段"),
        ({"daily_opens": "18:00", "daily_closes": "09:00"}, "开始早于结束"),
        ({"daily_opens": "9:00", "daily_closes": "18:00"}, "每日时段"),
        ({"daily_opens": "０９:00", "daily_closes": "18:00"}, "每日时段"),
        ({"daily_opens": "09:00", "daily_closes": "18:00\n"}, "每日时段"),
        ({"daily_opens": "09:00", "daily_closes": "24:00"}, "每日时段"),
        ({"threshold": 100}, "0 至 99"),
        ({"threshold": -1}, "0 至 99"),
    ],
)
def test_windows_that_contradict_each_other_are_refused_in_words(factory, changes, word):
    made = factory.fair()
    values = {
        key: getattr(made, value) if value in Fair._meta.fields else value
        for key, value in changes.items()
    }
    with pytest.raises(WindowsInvalid) as refusal:
        update_fair(made.id, **values)
    assert word in refusal.value.detail
    kept = Fair.get_by_id(made.id)
    assert all(getattr(kept, key) == getattr(made, key) for key in changes)


def test_every_contradiction_is_named_at_once(factory):
    made = factory.fair()
    with pytest.raises(WindowsInvalid) as refusal:
        update_fair(made.id, threshold=100, daily_opens="x", ends_at=made.starts_at)
    assert refusal.value.detail.count("；") == 2
