"""Promises: what a student is shown is kept, renewed while it is wrong, and scored."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock, presence
from app.forecasts.models import Forecast, Promise
from app.forecasts.services.calibration import calibration_of
from app.interviews.models import Interview, Ring
from app.interviews.services import calls, queue, ringing
from app.interviews.services.booth_line import change_line
from app.interviews.services.closing import close_fair
from app.interviews.services.promises import renew_promises, score_promises
from app.interviews.services.readings import (
    RingRow,
    learn_from_promises,
    read_booths,
    read_rings,
    renew_forecasts,
)
from app.interviews.services.tickets import get_ticket
from tests.counting import queries

NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)  # 09:00 at the fair
MINUTE = timedelta(minutes=1)


@pytest.fixture
def day(factory, travel):
    """A fair from nine to five."""
    travel(NINE)
    return factory.fair(starts_at=NINE - MINUTE, ends_at=NINE + timedelta(hours=8))


@pytest.fixture
def booth(factory, day):
    return factory.booth(day)


@pytest.fixture
def recruiter(factory, booth):
    account = factory.recruiter(booth)
    presence.renew(account.id)
    return account


def promises_of(ticket):
    return list(Promise.select().where(Promise.ticket_id == ticket.id).order_by(Promise.id))


def talk(ticket, recruiter, minutes=8):
    """Ring, answer, talk and give the result."""
    presence.renew(ticket.student.account_id)
    ringing.ring_student(ticket.id, recruiter.id)
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    clock.travel(minutes * MINUTE)
    calls.hang_up(ticket.id, recruiter.id)
    calls.conclude(ticket.id, recruiter.id, "pass")


@pytest.mark.spec("E04")
def test_applicant_is_shown_what_is_kept(factory, login, booth, recruiter):
    for _ in range(3):
        factory.waiting(booth, recruiter)
    renew_forecasts()
    student = factory.participant(booth.fair)
    shown = login(student.account).post(f"/api/booths/{booth.id}/interviews", json={}).json
    (kept,) = Promise.select().where(Promise.ticket_id == shown["id"])
    assert shown["promise"]["low_at"] == kept.low_at.isoformat()
    assert shown["promise"]["high_at"] == kept.high_at.isoformat()
    assert shown["promise"]["seen_chance"] == kept.seen_chance >= 95
    assert shown["promise"]["ahead"] == kept.ahead == 3
    assert kept.occasion == "apply" and kept.low_at.second == kept.high_at.second == 0
    assert NINE <= kept.low_at < NINE + 35 * MINUTE < kept.high_at


def test_invited_student_is_promised_a_wait_on_agreeing(factory, booth, recruiter):
    student = factory.participant(booth.fair)
    ticket_id = queue.invite_student(booth.id, recruiter.id, student.id)
    assert get_ticket(ticket_id)["promise"] is None
    queue.agree_to_invitation(ticket_id, student.account_id)
    assert get_ticket(ticket_id)["promise"]["ahead"] == 0


def test_booth_that_was_never_read_promises_by_its_time_box(factory, booth):
    ticket = factory.pending(booth)
    assert Forecast.select().count() == 0
    assert get_ticket(ticket.id)["promise"]["high_at"] > NINE


def test_turn_inside_the_range_keeps_the_promise(factory, booth, recruiter):
    renew_forecasts()
    ticket = factory.waiting(booth, recruiter)
    talk(ticket, recruiter)
    assert score_promises() == 1 and score_promises() == 0
    (kept,) = promises_of(ticket)
    assert kept.was_kept is True and kept.was_seen is True and kept.turn_at == NINE


def test_turn_after_the_range_breaks_it(factory, booth, recruiter):
    renew_forecasts()
    ticket = factory.waiting(booth, recruiter)
    clock.travel(timedelta(hours=3))
    talk(ticket, recruiter)
    score_promises()
    (kept,) = promises_of(ticket)
    assert kept.was_kept is False and kept.was_seen is True


def test_who_is_passed_over_while_away_has_had_the_turn(factory, booth, recruiter):
    away, ticket = factory.waiting(booth, recruiter), factory.waiting(booth, recruiter)
    presence.leave(away.student.account_id)
    talk(ticket, recruiter)
    score_promises()
    assert [one.turn_at for one in promises_of(away)] == [NINE]
    assert get_ticket(away.id)["promise"] is None, "the turn came: nothing more is promised"


def test_who_leaves_is_neither_kept_nor_broken(factory, booth, recruiter):
    ticket = factory.waiting(booth, recruiter)
    queue.withdraw_ticket(ticket.id, ticket.student.account_id)
    assert score_promises() == 1
    (kept,) = promises_of(ticket)
    assert (kept.was_kept, kept.was_seen, kept.turn_at) == (None, None, None)
    assert kept.scored_at is not None


def test_end_of_the_fair_breaks_what_it_left_waiting(factory, day, booth, recruiter):
    ticket = factory.waiting(booth, recruiter)
    clock.travel(timedelta(hours=7, minutes=50))
    late = factory.waiting(booth, recruiter)
    close_fair(day.id)
    assert score_promises() == 2
    early, last = promises_of(ticket)[0], promises_of(late)[0]
    assert early.was_kept is False and early.was_seen is False
    assert last.high_at > clock.now(), "its range reaches beyond the end"
    assert last.was_kept is None and last.was_seen is False


def test_fresh_promise_stands_and_a_wrong_one_is_renewed(factory, booth, recruiter):
    factory.waiting(booth, recruiter)
    renew_forecasts()
    ticket = factory.waiting(booth, recruiter)
    assert renew_promises() == 0
    clock.travel(promises_of(ticket)[0].high_at + MINUTE)
    renew_forecasts()
    assert renew_promises() == 2
    first, second = promises_of(ticket)
    assert second.occasion == "waiting" and second.high_at > first.high_at
    assert get_ticket(ticket.id)["promise"]["high_at"] == second.high_at


def test_old_promise_is_renewed_once_the_line_has_moved(factory, booth, recruiter):
    ahead = [factory.waiting(booth, recruiter) for _ in range(4)]
    renew_forecasts()
    ticket = factory.waiting(booth, recruiter)
    for one in ahead[:3]:
        talk(one, recruiter, minutes=4)
    renew_forecasts()
    renew_promises()
    newest = promises_of(ticket)[-1]
    assert newest.occasion == "waiting" and newest.ahead == 1


def test_running_late_moves_the_range_to_its_end(factory, booth, recruiter):
    change_line(booth.id, recruiter.id, {"late_minutes": 40})
    renew_forecasts()
    ticket = factory.pending(booth)
    assert promises_of(ticket)[0].low_at >= NINE + 40 * MINUTE


def test_window_of_the_booth_ends_its_promises(factory, day, booth, recruiter):
    opens, closes = NINE + timedelta(hours=2), NINE + timedelta(hours=3)
    change_line(booth.id, recruiter.id, {"windows": [(opens, closes)]})
    renew_forecasts()
    kept = promises_of(factory.pending(booth))[0]
    assert kept.low_at >= opens and kept.closes_at == closes


def test_where_everyone_is_seen_once_the_seen_do_not_stand_before(factory, travel):
    travel(NINE)
    fair = factory.fair(
        starts_at=NINE - MINUTE, ends_at=NINE + timedelta(hours=8), everyone_once=True
    )
    first, second = factory.booth(fair), factory.booth(fair)
    recruiter, colleague = factory.recruiter(first), factory.recruiter(second)
    ticket = factory.waiting(first, recruiter)
    talk(ticket, recruiter)
    factory.waiting(second, colleague, ticket.student)
    renew_forecasts()
    assert promises_of(factory.pending(second))[0].ahead == 0
    factory.waiting(second, colleague)
    assert promises_of(factory.pending(second))[0].ahead == 2


def test_reading_a_fair_asks_as_often_for_twenty_booths_as_for_two(factory, day):
    def grow(count):
        for _ in range(count):
            booth = factory.booth(day)
            factory.waiting(booth, factory.recruiter(booth))

    counts = []
    for more in (2, 18):
        grow(more)
        with queries() as asked:
            read = renew_forecasts()
        assert read == Forecast.select().count()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10, counts


def test_forecast_learns_the_pace_of_its_booth(factory, booth, recruiter):
    renew_forecasts()
    before = Forecast.get(Forecast.booth == booth.id)
    for _ in range(6):
        talk(factory.waiting(booth, recruiter), recruiter, minutes=3)
    renew_forecasts()
    after = Forecast.get(Forecast.booth == booth.id)
    assert after.samples == 6 and after.cycle_seconds < before.cycle_seconds * 0.65
    assert after.desks == 1 and after.idle == 1


def test_desk_that_is_away_is_not_counted(factory, booth, recruiter):
    talk(factory.waiting(booth, recruiter), recruiter)
    factory.waiting(booth, recruiter)
    (reading,) = read_booths(booth.fair)
    assert reading.desks == reading.idle == 1
    presence.leave(recruiter.id)
    (reading,) = read_booths(booth.fair)
    assert reading.desks == 0 and reading.ahead == 1


def ring(at, outcome="answered", ended=None, concluded=None):
    after = lambda seconds: None if seconds is None else NINE + timedelta(seconds=seconds)  # noqa: E731
    return RingRow(1, 1, Ring.Outcome(outcome), after(at), after(ended), after(concluded))


def test_ring_in_vain_costs_its_seconds():
    rings = [
        ring(0, "missed", ended=30),
        ring(40, concluded=500, ended=460),
        ring(520, concluded=1000, ended=990),
        ring(5000, "ringing"),
    ]
    log = read_rings(rings, NINE + timedelta(seconds=5010))[1]
    assert log.cycles == [40 + 480, 480.0], "the empty line between two calls is nobody's talk"
    assert log.going == 10


def test_calibration_counts_what_held(factory, booth, recruiter):
    for minutes in (0, 0, 200):
        renew_forecasts()
        ticket = factory.waiting(booth, recruiter)
        clock.travel(minutes * MINUTE)
        talk(ticket, recruiter)
    factory.pending(booth)
    score_promises()
    found = calibration_of(booth.fair_id)
    assert found["all"]["kept"] == 2 and found["all"]["late"] == 1 and found["all"]["open"] == 1
    assert found["all"]["kept_percent"] == pytest.approx(66.7) and found["promised_percent"] == 80
    assert found["by_occasion"]["apply"]["promises"] == 4
    assert sum(one["promises"] for one in found["by_hour"]) == 4
    assert found["by_hour"][0]["hour"].endswith("09:00:00+08:00")
    (top,) = found["reliability"]
    assert top["from_percent"] == 90 and top["seen_percent"] == 100.0 and top["promises"] == 3


def test_calibration_of_a_fair_without_promises_is_empty(day):
    found = calibration_of(day.id)
    assert found["all"]["kept_percent"] is None and found["reliability"] == []


def test_scored_promises_teach_the_forecasts(factory, booth, recruiter):
    renew_forecasts()
    tickets = [factory.waiting(booth, recruiter) for _ in range(14)]
    clock.travel(timedelta(hours=4))
    for ticket in tickets:
        talk(ticket, recruiter, minutes=2)
    score_promises()
    assert learn_from_promises() == Promise.select().count() == 14
    taught = Forecast.get(Forecast.booth == booth.id)
    assert taught.high_factor > 1.1
    renew_forecasts()
    assert Forecast.get(Forecast.booth == booth.id).high_factor == taught.high_factor
    assert Interview.select().where(Interview.turn_at.is_null()).count() == 0
