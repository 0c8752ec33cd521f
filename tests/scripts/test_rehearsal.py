"""The rehearsal: its checkers see what is wrong, and a small fair day keeps every rule."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scripts.rehearse import charts, history
from scripts.rehearse.history import Moment, Past, RingRow, Ticket
from scripts.rehearse.plan import (
    Plan,
    arrivals,
    wanted_booths,
)
from scripts.rehearse.referee import judge
from scripts.rehearse.sightings import Act, Sighting
from scripts.rehearse.theatre import allow_open_files
from scripts.setup.console import SetupRefused

NINE = datetime(2027, 3, 20, 9, 0)
FIRST, SECOND = "2027-03-20T09:00:00+00:00", "2027-03-20T09:05:00+00:00"


def seen(
    act: Act, at: float, ticket: int = 1, student: int = 7, booth: int = 3, **more
) -> Sighting:
    return Sighting(
        act=act, at=at, asked_at=more.pop("asked_at", at - 0.1), ticket=ticket, student=student,
        booth=booth, **more,
    )  # fmt: skip


def placed(ticket: int, at: float = 0.0, queued_at: str = FIRST, **more) -> Sighting:
    return seen(Act.PLACED, at, ticket, queued_at=queued_at, **more)


def read(at: float, ahead: int, **more) -> Sighting:
    return seen(Act.READ, at, **({"queued_at": SECOND} | more), ahead=ahead)


def rules(log: list[Sighting]) -> list[str]:
    return [violation.rule for violation in judge(log)]


# -- the referee, on hand-made logs ----------------------------------------------------------------


@pytest.mark.spec("E07")
def test_two_rings_of_one_student_are_a_double_ring():
    assert rules([seen(Act.RUNG, 10), seen(Act.RUNG, 12, ticket=2, booth=4)]) == ["double_ring"]


@pytest.mark.spec("E07")
def test_a_ring_during_a_call_is_a_false_ring():
    call = [seen(Act.RUNG, 10), seen(Act.ANSWERED, 12), seen(Act.TALKING, 60)]
    ring = seen(Act.RUNG, 90, ticket=2, booth=4)
    assert rules([*call, ring]) == ["false_ring"]
    assert rules([*call, seen(Act.HEARD, 90, ticket=2, booth=4)]) == ["false_ring"]
    # Unheard of for a minute, the server may have ended the call: nothing certain can be said.
    assert rules([*call[:2], ring]) == []


def test_a_ring_after_the_call_may_have_ended_is_in_order():
    log = [seen(Act.RUNG, 10), seen(Act.ANSWERED, 12), seen(Act.ENDING, 80)]
    assert rules([*log, seen(Act.RUNG, 81, ticket=2, booth=4)]) == []


def test_a_ring_that_ran_out_leaves_the_student_free():
    assert rules([seen(Act.RUNG, 10), seen(Act.RUNG, 45, ticket=2, booth=4)]) == []


def test_a_late_confirmation_of_an_ended_ring_is_no_ring():
    log = [seen(Act.ENDING, 11), seen(Act.RUNG, 14, asked_at=10)]
    assert rules([*log, seen(Act.RUNG, 15, ticket=2, booth=4)]) == []


def test_what_the_server_may_have_done_before_the_call_ended_is_not_blamed():
    log = [seen(Act.ANSWERED, 12), seen(Act.ENDING, 80)]
    assert rules([*log, seen(Act.RUNG, 82, ticket=2, booth=4, asked_at=79)]) == []


@pytest.mark.spec("E04")
def test_a_time_of_application_that_moves_is_a_lost_place():
    log = [placed(1), seen(Act.READ, 5, queued_at=FIRST, ahead=4)]
    assert rules([*log, seen(Act.READ, 9, queued_at=SECOND, ahead=9)]) == ["lost_place"]


def test_a_place_that_a_rule_moves_is_not_lost():
    log = [placed(1), seen(Act.READ, 5, queued_at=FIRST, ahead=0)]
    assert rules([*log, seen(Act.READ, 9, queued_at=SECOND, ahead=9, may_move=True)]) == []


@pytest.mark.spec("E04")
def test_a_rank_that_worsens_by_itself_is_a_lost_place():
    assert rules([placed(1, queued_at=SECOND), read(5, 4), read(9, 5)]) == ["lost_place"]


def test_an_earlier_application_that_is_let_in_explains_a_worse_rank():
    early = seen(Act.ACCEPTING, 6, ticket=9, student=8, queued_at=FIRST)
    assert rules([placed(1, queued_at=SECOND), read(5, 4), early, read(9, 5)]) == []
    assert rules([placed(1, queued_at=SECOND), read(5, 4), early, read(9, 6)]) == ["lost_place"]


def test_a_later_application_explains_no_worse_rank():
    late = seen(Act.ACCEPTING, 6, ticket=9, student=8, queued_at="2027-03-20T09:06:00+00:00")
    assert rules([placed(1, queued_at=SECOND), read(5, 4), late, read(9, 5)]) == ["lost_place"]


def test_an_earlier_ticket_that_missed_its_ring_comes_back_before_me():
    rung = seen(Act.RUNG, 6, ticket=9, student=8)
    log = [placed(9, student=8), placed(1, queued_at=SECOND), read(5, 4), rung, read(9, 3)]
    assert rules([*log, read(40, 4)]) == []


@pytest.mark.spec("E01")
def test_a_second_live_ticket_at_a_booth_is_seen():
    assert rules([placed(1), placed(2, at=1)]) == ["two_tickets"]
    assert rules([placed(1), seen(Act.LEFT, 1), placed(2, at=2)]) == []


# -- the database's history ------------------------------------------------------------------------


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def past(*steps: tuple[int, str, str, float], rings: list[RingRow] = ()) -> Past:
    """Tickets 1, 2, 3 … of students 11, 12, 13 … at booth 5, in the order of their numbers."""
    moments = [Moment(ticket, verb, status, at(s), actor=99) for ticket, verb, status, s in steps]
    last = {moment.ticket: moment.status for moment in moments}
    tickets = {n: Ticket(n, 5, 10 + n, at(n), status) for n, status in last.items()}
    return Past(tickets, moments, list(rings))


WAITING = ((1, "accept", "waiting", 60), (2, "accept", "waiting", 60))
TALK = (
    (2, "ring", "ringing", 100), (2, "answer", "in_call", 105), (2, "hang_up", "concluding", 200),
    (2, "conclude", "finished", 210),
)  # fmt: skip


def rung(passed_over: dict[str, list[int]]) -> RingRow:
    return RingRow(2, at(100), "order", at(2), passed_over)


def test_an_overtake_without_a_reason_is_found():
    found = history.overtakes(past(*WAITING, *TALK, rings=[rung({})]))
    assert (found.count, len(found.unexplained)) == (1, 1)


def test_an_overtake_with_its_reason_is_explained():
    found = history.overtakes(past(*WAITING, *TALK, rings=[rung({"offline": [1]})]))
    assert (found.count, found.unexplained, found.by_reason) == (1, [], {"offline": 1})


@pytest.mark.parametrize("reason", ["busy", "hold"])
def test_a_reason_that_is_not_true_explains_nothing(reason):
    found = history.overtakes(past(*WAITING, *TALK, rings=[rung({reason: [1]})]))
    assert len(found.unexplained) == 1


def test_a_held_place_is_a_true_reason():
    steps = (*WAITING, (1, "hold", "held", 70), *TALK)
    found = history.overtakes(past(*steps, rings=[rung({"hold": [1]})]))
    assert (found.count, found.unexplained) == (1, [])


def test_who_came_in_later_was_not_overtaken():
    steps = ((2, "accept", "waiting", 60), *TALK, (1, "accept", "waiting", 150))
    assert history.overtakes(past(*steps)).count == 0


def test_overlapping_calls_of_a_student_and_of_a_desk_are_found():
    story = past(*WAITING, *TALK, (1, "ring", "ringing", 150), (1, "answer", "in_call", 155))
    assert len(history.double_desks(story)) == 1
    assert history.double_rings(story) == []  # two students
    story.tickets[1] = replace(story.tickets[1], student=12, booth=6)
    assert len(history.double_rings(story)) == 1


def test_calls_one_after_the_other_are_in_order():
    story = past(*WAITING, *TALK, (1, "ring", "ringing", 211), (1, "answer", "in_call", 215))
    assert history.double_desks(story) == []
    assert history.unfinished_calls(story) == ["票 1 停在 in_call"]


def test_a_rejection_is_left_by_the_staff_only():
    assert history.rejected_again(past((1, "reject", "rejected", 5), (1, "accept", "waiting", 9)))
    assert not history.rejected_again(
        past((1, "reject", "rejected", 5), (1, "readmit", "pending", 9))
    )


def test_a_ring_outside_the_fair_is_found():
    assert len(history.rings_outside(past(*TALK), at(0), at(99))) == 1
    assert history.rings_outside(past(*TALK), at(0), at(300)) == []


def test_two_tickets_of_a_student_at_a_booth_are_found_while_both_live():
    story = past((1, "apply", "pending", 1), (2, "apply", "pending", 9))
    story.tickets[2] = replace(story.tickets[2], student=11)
    assert len(history.second_tickets(story)) == 1
    left = past(
        (1, "apply", "pending", 1), (1, "withdraw", "withdrawn", 5), (2, "apply", "pending", 9)
    )
    left.tickets[2] = replace(left.tickets[2], student=11)
    assert history.second_tickets(left) == []


def test_a_confirmed_step_that_the_database_forgot_is_found():
    assert history.lost_steps(past(*TALK), [(2, "conclude")]) == []
    assert len(history.lost_steps(past(*TALK), [(2, "withdraw")])) == 1


def test_a_moved_place_is_found_unless_too_many_rings_were_missed():
    story = past(*WAITING)
    assert len(history.moved_places(story, {1: at(-5)}, misses_kept=3)) == 1
    story.tickets[1] = replace(story.tickets[1], misses=2)
    assert len(history.moved_places(story, {1: at(-5)}, misses_kept=3)) == 1
    story.tickets[1] = replace(story.tickets[1], misses=3)  # the third one costs the place
    assert history.moved_places(story, {1: at(-5)}, misses_kept=3) == []


# -- the plan --------------------------------------------------------------------------------------


def test_six_of_ten_arrive_while_the_doors_open():
    plan = Plan()
    early = sum(when <= plan.opening_seconds for when in arrivals(plan))
    assert (plan.booths, plan.students, plan.opening_seconds) == (300, 6000, 300)
    assert early / plan.students == pytest.approx(0.6, abs=0.03)


def test_lines_are_three_to_ten_and_popular_booths_are_besieged():
    plan, booths = Plan(), list(range(300))
    chosen = [wanted_booths(plan, number, booths) for number in range(2000)]
    assert {len(set(one)) for one in chosen} == set(range(3, 11))
    first = sum(booths[0] in one for one in chosen)
    last = sum(booths[-1] in one for one in chosen)
    assert first > 8 * last > 0


def test_the_same_seed_plays_the_same_people():
    assert arrivals(Plan(seed=5)) == arrivals(Plan(seed=5)) != arrivals(Plan(seed=6))


def test_a_machine_that_allows_too_few_files_says_so():
    with pytest.raises(SetupRefused, match="ulimit"):
        allow_open_files(10**9)


def test_charts_stand_by_themselves():
    picture = charts.lines("进场", {"a": [(0, 1.0), (60, 3.0)]}, "", bound=2)
    assert picture.count("<polyline") == 1 and "http" not in picture
    assert "没有数据" in charts.calibration("校准", [])


# -- a small fair day ------------------------------------------------------------------------------


@pytest.mark.serial
@pytest.mark.spec("E04", "E07")
@pytest.mark.timeout(200)
def test_a_small_fair_day_keeps_every_rule(tmp_path: Path):
    """In a process of its own: a rehearsal opens a database beside the tests'."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.rehearse", "--small", "--out", str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout[-6000:] + done.stderr[-3000:]
    assert {path.suffix for path in tmp_path.iterdir()} == {".html", ".json", ".txt"}, said
    (sheet,) = tmp_path.glob("*.json")
    figures = json.loads(sheet.read_text())
    assert [gate for gate in figures["gates"] if not gate["is_open"]] == [], said
    assert (done.returncode, figures["go"]) == (0, True)
    assert figures["aftermath"]["interviews"] > 10
    assert figures["aftermath"]["rings_recorded"] >= figures["aftermath"]["interviews"]
    assert figures["counts"]["double taps"] > 0 and figures["counts"]["drops"] > 0
    calls = {row["call"]: row["count"] for row in figures["calls"]}
    assert calls["room sync"] > 0 and calls["room sync by socket"] > 0
