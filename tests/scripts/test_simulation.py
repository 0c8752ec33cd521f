"""The simulation of a fair day: our rule beside the others, on a small day."""

import itertools

import pytest

from app.core import clock
from scripts.simulate.day import Day
from scripts.simulate.people import Size, draw
from scripts.simulate.report import shares, table
from scripts.simulate.rules import BLIND, HOLD, LAST, ONCE, RULES
from scripts.simulate.watching import watch

SMALL = Size(booths=6, second_desks=1, students=150, lines=3, day=3 * 3600.0)


@pytest.fixture(scope="module")
def figures():
    """Three small days under every rule."""
    return {
        rule.name: shares([Day(SMALL, seed, rule).play() for seed in (1, 2, 3)]) for rule in RULES
    }


@pytest.mark.spec("E04")
def test_held_places_are_never_rung_in_vain(figures):
    assert figures[HOLD.name]["false_rings_percent"] == 0
    assert figures[ONCE.name]["false_rings_percent"] == 0
    assert (
        figures[LAST.name]["false_rings_percent"] > 5 < figures[BLIND.name]["false_rings_percent"]
    )


@pytest.mark.spec("E04")
def test_held_places_are_overtaken_less_than_those_moved_to_last(figures):
    hold, last = figures[HOLD.name], figures[LAST.name]
    assert hold["overtakes_per_call"] < last["overtakes_per_call"] / 2
    assert hold["served_percent"] >= last["served_percent"] - 1, "and costs no interviews"


def test_everyone_once_lets_more_students_be_seen(figures):
    assert figures[ONCE.name]["seen_percent"] > figures[HOLD.name]["seen_percent"]


def test_same_seed_is_the_same_day():
    assert Day(SMALL, 5, HOLD).play() == Day(SMALL, 5, HOLD).play()
    first, second = draw(SMALL, 5), draw(SMALL, 6)
    assert [t.applied for t in first.tickets] != [t.applied for t in second.tickets]


def test_nobody_is_in_two_calls_and_no_talk_begins_after_closing():
    day = Day(SMALL, 4, BLIND)
    day.play()
    for student in day.cast.students:
        talks = sorted(
            (t.talked, t.talked + t.talk) for t in student.tickets if t.talked is not None
        )
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(talks))
    assert all((ticket.talked or 0) < SMALL.day for ticket in day.cast.tickets)


def test_promises_of_a_simulated_day_hold():
    score = watch(Day(SMALL, 2, HOLD))
    assert score.promises > 300 and score.kept >= 75
    assert clock._journey.stands_at is None, "the clock is put back"


def test_table_has_a_row_for_every_rule(figures):
    rows = [{"lines": 3, "title": rule.title} | figures[rule.name] for rule in RULES]
    text = table(rows)
    assert all(rule.title in text for rule in RULES) and len(text.splitlines()) == 2 + len(RULES)
