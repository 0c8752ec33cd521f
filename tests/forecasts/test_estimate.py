"""What may be promised: properties of every estimate, whatever the booth."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forecasts.estimate import Pace, estimate, guaranteed
from app.forecasts.hours import after, booth_hours, left, seconds_between

NOON = datetime(2026, 3, 14, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SHORT = [(NOON, NOON + timedelta(hours=4))]

paces = st.builds(
    Pace,
    cycle_seconds=st.floats(60, 3600),
    spread_seconds=st.floats(1, 2400),
    desks=st.integers(0, 12),
    show_share=st.floats(0.05, 1.0),
    pace_error=st.floats(0.01, 0.6),
    joining=st.floats(0, 60),
    progress=st.floats(-3, 3),
    idle=st.integers(0, 3),
    answer_seconds=st.floats(0, 900),
    quota_left=st.none() | st.integers(0, 40),
    low_factor=st.floats(0.1, 1.2),
    high_factor=st.floats(1.2, 5.0),
)
spans = st.lists(
    st.tuples(st.integers(-300, 900), st.integers(1, 240)), min_size=0, max_size=5
).map(lambda rows: booth_hours([], []) if not rows else _joined(rows))
waiting = st.booleans()
lines = st.integers(0, 300)


def _joined(rows):
    windows = [(NOON + a * MINUTE, NOON + (a + b) * MINUTE) for a, b in rows]
    whole = [(NOON - timedelta(days=1), NOON + timedelta(days=2))]
    return booth_hours(whole, windows)


def outlook(pace, hours, ahead, accepted=True):
    return estimate(pace, left(hours, NOON), ahead, NOON, is_accepted=accepted)


@given(paces, spans, lines, waiting)
def test_ends_are_ordered_and_the_chance_is_a_percentage(pace, hours, ahead, accepted):
    found = outlook(pace, hours, ahead, accepted)
    assert NOON <= found.low_at < found.high_at
    assert 0 <= found.seen_chance <= 100
    assert 0 <= found.raw_low_seconds <= found.raw_high_seconds


@given(paces, spans, lines, st.integers(1, 50))
def test_more_people_ahead_are_never_a_shorter_wait(pace, hours, ahead, more):
    one, other = outlook(pace, hours, ahead), outlook(pace, hours, ahead + more)
    assert one.low_at <= other.low_at and one.high_at <= other.high_at
    assert one.seen_chance >= other.seen_chance


@given(paces, spans, lines, st.integers(1, 8))
def test_more_desks_are_never_a_longer_wait(pace, hours, ahead, more):
    pace = replace(pace, desks=max(1, pace.desks))
    one = outlook(pace, hours, ahead)
    other = outlook(replace(pace, desks=pace.desks + more), hours, ahead)
    assert other.low_at <= one.low_at and other.high_at <= one.high_at
    assert other.seen_chance >= one.seen_chance


@given(paces, spans, lines)
def test_what_is_still_unanswered_is_no_sooner(pace, hours, ahead):
    accepted, pending = outlook(pace, hours, ahead), outlook(pace, hours, ahead, accepted=False)
    assert pending.high_at >= accepted.high_at
    assert pending.seen_chance <= accepted.seen_chance


@given(paces, lines)
def test_more_talks_known_narrow_a_range(pace, ahead):
    few, many = replace(pace, pace_error=0.6), replace(pace, pace_error=0.05)
    known, guessed = outlook(many, SHORT, ahead), outlook(few, SHORT, ahead)
    assert known.raw_high_seconds <= guessed.raw_high_seconds
    assert known.raw_low_seconds >= guessed.raw_low_seconds


def test_range_of_a_known_booth_lies_about_the_plain_product():
    pace = Pace(cycle_seconds=600, spread_seconds=200, desks=2, pace_error=0.05)
    found = outlook(pace, [(NOON, NOON + timedelta(hours=9))], 20)
    assert found.low_at < NOON + 100 * MINUTE < found.high_at  # 20 talks of 10 min at two desks
    assert found.high_at - found.low_at < 90 * MINUTE
    assert found.seen_chance >= 99


def test_after_closing_nobody_is_promised_a_turn():
    assert outlook(Pace(), [(NOON - 60 * MINUTE, NOON)], 0).seen_chance == 0
    assert outlook(Pace(), [], 3).seen_chance == 0


def test_spent_quota_leaves_no_chance_and_a_nearly_spent_one_little():
    day = [(NOON, NOON + timedelta(hours=9))]
    assert outlook(Pace(quota_left=0), day, 0).seen_chance == 0
    assert outlook(Pace(quota_left=5, show_share=0.9), day, 4).seen_chance == 100
    assert outlook(Pace(quota_left=5, show_share=0.9), day, 12).seen_chance <= 5


def test_wait_skips_the_hours_in_which_the_booth_is_closed():
    morning, evening = (NOON, NOON + 30 * MINUTE), (NOON + 300 * MINUTE, NOON + 600 * MINUTE)
    found = outlook(Pace(spread_seconds=60, pace_error=0.05), [morning, evening], 8)
    assert found.low_at >= evening[0] and found.closes_at == evening[1]
    assert after([morning, evening], NOON, 30 * 60) == morning[1]
    assert after([morning, evening], NOON, 31 * 60) == evening[0] + MINUTE
    assert seconds_between([morning, evening], NOON, evening[0] + MINUTE) == 31 * 60


def test_idle_desk_takes_whoever_comes_first_at_once():
    found = outlook(Pace(idle=1, progress=0.5, pace_error=0.05), SHORT, 0)
    assert found.low_at == NOON and found.seen_chance >= 99


@pytest.mark.parametrize("ahead", [0, 40])
def test_guaranteed_slot_does_not_depend_on_the_line(ahead):
    slot_at = NOON + 90 * MINUTE
    found = guaranteed(Pace(pace_error=0.1), SHORT, slot_at, NOON)
    assert found.low_at == slot_at and found.high_at <= slot_at + 25 * MINUTE
    assert found.seen_chance >= 95
