"""The live board: right numbers, few queries however many booths."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from logging import DEBUG, Handler, LogRecord, getLogger

import pytest

from app.core import clock, presence
from app.fairs.models import Booth, Fair
from app.interviews.models import Interview
from app.interviews.services import calls, ringing
from app.interviews.services.closing import disqualify_booth
from app.interviews.services.decisions import reject_application
from app.interviews.services.queue import apply_for_interview
from app.screens.board import fair_board
from app.screens.board_charts import fair_charts
from tests.admin.conftest import Browser, Role, text_of
from tests.factories import Factory


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The SQL that peewee sends inside the block."""
    sent: list[str] = []

    class Counter(Handler):
        def emit(self, record: LogRecord) -> None:
            sent.append(str(record.msg[0] if isinstance(record.msg, tuple) else record.msg))

    log, counter = getLogger("peewee"), Counter()
    level = log.level
    log.addHandler(counter)
    log.setLevel(DEBUG)
    try:
        yield sent
    finally:
        log.setLevel(level)
        log.removeHandler(counter)


def busy_booth(factory: Factory, fair: Fair) -> tuple[int, int]:
    """A booth with one each pending, waiting, rejected, in call and finished; its recruiter."""
    booth = factory.booth(fair)
    recruiter = factory.recruiter(booth)
    done = factory.waiting(booth, recruiter)
    assert ringing.ring_next(booth.id, recruiter.id) == done.id
    ringing.answer_ring(done.id, done.student.account_id)
    calls.hang_up(done.id, recruiter.id)
    calls.conclude(done.id, recruiter.id, "pass", "好")
    presence.leave(done.student.account_id)
    in_call = factory.waiting(booth, recruiter)
    assert ringing.ring_next(booth.id, recruiter.id) == in_call.id
    ringing.answer_ring(in_call.id, in_call.student.account_id)
    factory.waiting(booth, recruiter)
    factory.pending(booth)
    unwanted = factory.pending(booth)
    reject_application(unwanted.id, recruiter.id, "方向不符")
    return booth.id, recruiter.id


def test_board_counts_what_happens_at_every_booth(
    factory: Factory, travel: Callable[[timedelta], None]
) -> None:
    fair = factory.fair()
    booth_id, recruiter_id = busy_booth(factory, fair)
    presence.renew(recruiter_id)
    quiet = factory.booth(fair)
    foreign = factory.booth(factory.fair())
    factory.pending(foreign)
    travel(timedelta(minutes=7))
    board = fair_board(fair.id)
    booths = {booth["booth_id"]: booth for booth in board["booths"]}
    busy = booths[booth_id]
    wanted = {
        "pending": 1, "waiting": 1, "held": 0, "ringing": 0, "in_call": 1, "concluding": 0,
        "finished": 1, "passed": 1, "rejected": 1, "desks_online": 1,
    }  # fmt: skip
    assert {name: busy[name] for name in wanted} == wanted
    assert 7 * 60 <= busy["longest_wait_seconds"] < 8 * 60
    assert [(desk["name"], desk["state"], desk["online"]) for desk in busy["desks"]] == [
        ("周敏", "in_call", True)
    ]
    assert booths[quiet.id]["longest_wait_seconds"] == 0
    assert foreign.id not in booths
    totals = board["totals"]
    assert (totals["registered"], totals["booths"], totals["desks"]) == (5, 2, 1)
    assert {name: totals[name] for name in wanted} == wanted


def test_held_students_count_as_waiting(factory: Factory) -> None:
    booth = factory.booth()
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter)
    ringing.ring_next(booth.id, recruiter.id)
    ringing.pass_ring(ticket.id, ticket.student.account_id)
    (row,) = fair_board(booth.fair_id)["booths"]
    assert (row["waiting"], row["held"], row["ringing"]) == (1, 1, 0)


def test_disqualified_booth_is_shown_closed_and_not_counted_open(factory: Factory) -> None:
    booth = factory.booth()
    apply_for_interview(booth.id, factory.participant(booth.fair).account_id)
    disqualify_booth(booth.id, "材料不实")
    board = fair_board(booth.fair_id)
    assert board["totals"]["booths"] == 0
    assert board["booths"][0]["status"] == "disqualified"
    assert board["booths"][0]["left"] == 1


def test_board_asks_the_database_six_times_however_many_booths(factory: Factory) -> None:
    fair = factory.fair()
    busy_booth(factory, fair)
    with counted_queries() as few:
        fair_board(fair.id)
    for _ in range(4):
        busy_booth(factory, fair)
    with counted_queries() as many:
        fair_board(fair.id)
    assert len(few) == len(many) == 6


def test_board_tells_missed_rings_minutes_and_how_a_line_stands(factory: Factory) -> None:
    fair = factory.fair()
    booth_id, _ = busy_booth(factory, fair)
    now = clock.now()
    late, closed, paused = (factory.booth(fair) for _ in range(3))
    for booth, settings in (
        (late, {"late_until": now + timedelta(minutes=5)}),
        (closed, {"line_closed_at": now}),
        (paused, {"paused_at": now, "late_until": now - timedelta(minutes=5)}),
    ):
        Booth.update(settings).where(Booth.id == booth.id).execute()
    Interview.update(misses=2, talk_seconds=125).where(
        (Interview.booth == booth_id) & (Interview.status == Interview.Status.FINISHED)
    ).execute()
    board = fair_board(fair.id)
    lines = {booth["booth_id"]: booth["line"] for booth in board["booths"]}
    assert [lines[one] for one in (booth_id, late.id, closed.id, paused.id)] == [
        "open", "late", "closed", "paused",
    ]  # fmt: skip
    assert (board["totals"]["misses"], board["totals"]["talk_seconds"]) == (2, 125)


@pytest.mark.spec("E16")
def test_charts_tell_the_day_in_steps_and_minutes_as_a_meter(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair = factory.fair()
    booth_id, _ = busy_booth(factory, fair)
    Interview.update(talk_seconds=301 * 60).where(
        (Interview.booth == booth_id) & (Interview.status == Interview.Status.FINISHED)
    ).execute()
    with counted_queries() as few:
        charts = fair_charts(fair.id)
    for _ in range(3):
        busy_booth(factory, fair)
    with counted_queries() as many:
        fair_charts(fair.id)
    assert len(few) == len(many)
    steps = charts["timeline"]
    assert sum(step["rings"] for step in steps) == sum(step["answered"] for step in steps) == 2
    assert sum(step["arrivals"] for step in steps) == 5
    assert (charts["minutes"]["used"], charts["minutes"]["over"]) == (301, 1)
    assert charts["minutes"]["booths"][0]["booth_id"] == booth_id
    assert charts["promises"]["promised_percent"] == 80
    assert (charts["credits"]["students"], charts["credits"]["with_credit"]) == (5, 0)
    answer = signed_in(Role.VIEWER).client.get(f"/admin/fairs/{fair.id}/charts.json")
    assert answer.json is not None and answer.json["timeline"][0]["at"] == steps[0]["at"]


def test_steps_of_a_long_day_stay_where_they_are(
    factory: Factory, travel: Callable[[datetime | timedelta], None]
) -> None:
    opened = clock.now()
    fair = factory.fair(doors_open_at=opened, starts_at=opened, entry_opens_at=opened)
    factory.participant(fair)
    readings = []
    for minutes in (20 * 60 + 1, 3, 10):
        travel(timedelta(minutes=minutes))
        factory.participant(fair)
        readings.append(fair_charts(fair.id)["timeline"])
    first, same, later = ([step["at"] for step in steps] for steps in readings)
    assert first == same and later == [*first[1:], later[-1]]
    assert first[0] == (opened + timedelta(hours=6)).isoformat()
    assert [sum(step["arrivals"] for step in steps) for steps in readings] == [1, 2, 3]


def test_board_is_answered_as_json_and_drawn_at_once(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair = factory.fair()
    busy_booth(factory, fair)
    browser = signed_in(Role.VIEWER)
    answer = browser.client.get(f"/admin/fairs/{fair.id}/board.json")
    assert answer.json is not None
    assert answer.json["totals"]["in_call"] == 1
    assert answer.json["fair"]["phase"] == "live"
    assert '"in_call": 1' in text_of(browser.get(f"/admin/fairs/{fair.id}/board"))


def test_lists_ask_as_often_for_fifty_rows_as_for_five(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair = factory.fair()
    browser = signed_in(Role.ADMIN)
    places = (
        "booths",
        "participations",
        "students",
        "positions",
        "codes",
        "notices",
        "records",
        "fairs",
    )
    sums = []
    for more in (2, 6):
        for _ in range(more):
            factory.pending(factory.booth(fair))
        with counted_queries() as sent:
            for place in places:
                assert browser.get(f"/admin/{place}/").status_code == 200
        sums.append(len(sent))
    assert sums[0] == sums[1]
