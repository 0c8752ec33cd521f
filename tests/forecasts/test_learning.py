"""Learning: a pace from talks, and how far to stretch a range from promises that were scored."""

import random

import pytest

from app.forecasts.learning import Lesson, learned_factors
from app.forecasts.pace import BOOTH_STRENGTH, Cycle, learned_cycle, learned_share, prior_cycle

FAIR = Cycle(600, 300, 0)


def test_booth_without_talks_has_the_pace_of_the_fair():
    assert learned_cycle(FAIR, [], [], BOOTH_STRENGTH).mean == 600


def test_own_talks_outweigh_the_fair_once_there_are_many():
    assert learned_cycle(FAIR, [300.0] * 2, [], BOOTH_STRENGTH).mean == pytest.approx(500)
    many = learned_cycle(FAIR, [300.0] * 60, [], BOOTH_STRENGTH)
    assert many.mean == pytest.approx(319, abs=1) and many.spread < 100


def test_talk_that_goes_on_too_long_slows_the_pace_before_it_is_over():
    usual = learned_cycle(FAIR, [600.0] * 4, [200.0], BOOTH_STRENGTH).mean
    slow = learned_cycle(FAIR, [600.0] * 4, [1800.0], BOOTH_STRENGTH).mean
    assert usual == 600 and slow > 700


def test_result_forgotten_over_lunch_does_not_count_as_a_talk_of_two_hours():
    assert learned_cycle(FAIR, [600.0] * 9 + [7200.0], [], BOOTH_STRENGTH).mean < 800


def test_time_box_sets_the_pace_before_anybody_talked():
    assert prior_cycle(10).mean < 11 * 60 < prior_cycle(15).mean < 16 * 60
    assert prior_cycle(None) == prior_cycle(0) == prior_cycle(10)


def test_share_that_shows_up_leans_on_what_is_usual():
    assert learned_share(0, 0) == pytest.approx(0.9)
    assert learned_share(40, 60) < 0.5


def lessons(factor, count, *, came=lambda waited: True):
    """Promises of 30 to 90 minutes at 80 %, whose waits were really *factor* times as long."""
    dice = random.Random(7)
    rows = []
    for _ in range(count):
        waited = factor * 3600 * dice.uniform(0.4, 1.6)
        rows.append(Lesson(1800, 5400, waited, came(waited)))
    return rows


def kept(rows, low, high):
    inside = sum(
        one.raw_low_seconds * low <= one.waited_seconds <= one.raw_high_seconds * high
        for one in rows
    )
    return inside / len(rows)


@pytest.mark.parametrize("factor", [0.6, 1.0, 1.5, 2.5])
def test_learned_ends_hold_four_in_five_whatever_the_fair_is_like(factor):
    low, high = learned_factors(lessons(factor, 400))
    fresh = lessons(factor, 400)
    assert low <= high and kept(fresh, low, high) >= 0.75


def test_few_lessons_move_little():
    low, high = learned_factors(lessons(2.5, 3))
    assert low > 0.7 and high < 1.5


def test_those_still_waiting_keep_the_morning_from_looking_fast():
    """In the first hour only short waits are over: alone they would promise everybody as much."""
    rows = [
        Lesson(1800, 5400, min(one.waited_seconds, 3000), one.waited_seconds < 3000)
        for one in lessons(1.5, 400)
    ]
    _, naive = learned_factors([one for one in rows if one.came])
    _, honest = learned_factors(rows)
    assert naive < 1.0 or honest > naive
    assert honest > 1.0


def test_nothing_scored_changes_nothing():
    assert learned_factors([]) == (1.0, 1.0)
    assert learned_factors([Lesson(600, 1200, 300, came=False)]) == (1.0, 1.0)


def test_missed_promises_widen_sooner_than_kept_ones_narrow():
    """The same few lessons, of waits twice as long and of waits half as long as promised."""
    _, wider = learned_factors([Lesson(1800, 3600, 7200, came=True)] * 15)
    _, narrower = learned_factors([Lesson(1800, 3600, 1800, came=True)] * 15)
    assert wider > 1.35 and narrower > 0.8


def test_fair_of_short_waits_learns_as_fast_as_one_of_long_waits():
    short = learned_factors([Lesson(90, 180, 600, came=True)] * 40)
    assert short[1] > 1.5
