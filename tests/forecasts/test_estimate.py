"""What may be promised: properties of every estimate, whatever the booth."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forecasts.estimate import Pace, Place, estimate, guaranteed, pace_error
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


@given(paces, lines, st.lists(st.floats(0, 14400), max_size=6).map(sorted))
def test_slots_booked_by_others_never_shorten_a_wait(pace, ahead, slots):
    alone = outlook(pace, SHORT, Place(ahead))
    behind = outlook(pace, SHORT, Place(ahead, slots=tuple(slots)))
    assert behind.low_at >= alone.low_at and behind.high_at >= alone.high_at
    assert behind.seen_chance <= alone.seen_chance


def test_slot_before_the_turn_costs_a_talk_and_one_after_it_nothing():
    pace = Pace(cycle_seconds=600, spread_seconds=100, pace_error=0.05)
    alone = outlook(pace, SHORT, Place(6))
    soon = outlook(pace, SHORT, Place(6, slots=(900.0, 1800.0)))
    assert soon.raw_high_seconds - alone.raw_high_seconds > 1100
    assert outlook(pace, SHORT, Place(6, slots=(13000.0,))) == alone


@given(paces, lines, lines, st.booleans())
def test_being_seen_once_first_only_widens_towards_the_end(pace, ahead, more, was_seen):
    once = outlook(pace, SHORT, Place(ahead, ahead + more, was_seen))
    plain = outlook(pace, SHORT, ahead)
    assert once.low_at <= plain.low_at, "those before may have a talk elsewhere"
    further = outlook(pace, SHORT, Place(ahead, ahead + more + 5, was_seen))
    assert further.high_at >= once.high_at and further.seen_chance <= once.seen_chance


@given(paces, lines, lines)
def test_whoever_was_seen_has_no_better_outlook_than_whoever_was_not(pace, ahead, more):
    unseen = outlook(pace, SHORT, Place(ahead, ahead + more))
    seen = outlook(pace, SHORT, Place(ahead, ahead + more, was_seen=True))
    assert seen.high_at >= unseen.high_at and seen.seen_chance <= unseen.seen_chance + 1


def test_empty_booth_is_given_time_to_come_back():
    there, away = outlook(Pace(desks=1), SHORT, 3), outlook(Pace(desks=0), SHORT, 3)
    assert away.low_at == there.low_at and away.high_at >= there.high_at + 15 * MINUTE


@given(paces, st.integers(0, 240))
def test_promise_of_a_slot_never_ends_past_closing(pace, minutes):
    found = guaranteed(pace, SHORT, NOON + minutes * MINUTE, NOON)
    assert found.low_at <= found.high_at <= found.closes_at


def test_pace_is_surer_the_more_talks_there_were():
    errors = [pace_error(*talks, 0.5) for talks in ((0, 0), (0, 40), (4, 40), (60, 400))]
    assert errors == sorted(errors, reverse=True) and errors[0] > 0.4 and errors[-1] < 0.1
