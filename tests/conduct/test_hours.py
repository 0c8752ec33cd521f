"""Opening time looked back upon."""

from datetime import UTC, datetime, timedelta

import pytest

from app.conduct.hours import due_before, ended_between, is_open, seconds_within

DAY = datetime(2026, 11, 20, tzinfo=UTC)


def at(hour: float, day: int = 0) -> datetime:
    return DAY + timedelta(days=day, hours=hour)


HOURS = [(at(9), at(12)), (at(9, 1), at(12, 1))]


@pytest.mark.parametrize(
    ("now", "minutes", "since"),
    [
        (at(10), 30, at(9.5)),
        (at(9.5), 30, at(9)),  # what came in before the doors opened has waited since then
        (at(9.25), 30, None),
        (at(20), 30, at(11.5)),  # the evening counts for nobody
        (at(9.25, 1), 30, at(11.75)),  # a quarter of an hour of each day
        (at(9.5, 1), 240, None),
        (at(10, 1), 240, at(9)),
    ],
)
def test_answers_are_due_after_so_much_opening_time(now, minutes, since):
    assert due_before(HOURS, now, minutes * 60) == since


def test_a_night_between_is_no_waiting_time():
    assert seconds_within(HOURS, at(11), at(10, 1)) == 2 * 3600
    assert seconds_within(HOURS, at(13), at(8, 1)) == 0
    assert seconds_within(HOURS, at(7), at(9.5)) == 1800


def test_hours_end_at_their_closing_instant():
    assert is_open(HOURS, at(9)) and not is_open(HOURS, at(12))
    assert ended_between(HOURS, at(11.9), at(12)) == [HOURS[0]]
    assert ended_between(HOURS, at(12), at(13)) == []
