"""Reading a fair's booths for their forecasts: a fixed number of queries, however many booths."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from peewee import SQL, Case, fn

from app.core import clock, presence
from app.employers.models import Recruiter
from app.fairs.models import Booth, Fair
from app.fairs.services.windows import windows_of
from app.forecasts.hours import Span, booth_hours, fair_hours
from app.forecasts.services.calibration import learn
from app.forecasts.services.forecasting import BoothReading, renew
from app.interviews.models import CalledBy, Desk, Interview, Ring, Status

JOINED_MINUTES = 30  # how many join a line is counted over these
LEAST_JOINED_SECONDS = 300.0
READ_HOURS = 2  # of rings: what was the pace this morning is not the pace now
AHEAD_HOURS = 24  # a fair is read from so long before it starts
RESTING_MINUTES = 10  # a desk that lets a line wait so long is not there
LONGEST_GAP = 120.0  # seconds from a result to the next ring; longer, there was nobody to ring
ANSWERS_READ, FEWEST_ANSWERS = 300, 5
SLOWEST_ANSWER = 1800.0  # seconds; whoever applied the day before does not slow down today
TOOK = (Status.IN_CALL, Status.CONCLUDING, Status.FINISHED)
LEFT = (Status.REJECTED, Status.DISMISSED, Status.WITHDRAWN)
BEFORE_A_NEWCOMER = (Status.PENDING, Status.WAITING, Status.HELD)
CALLED = (*TOOK, Status.RINGING)


class DeskRow(NamedTuple):
    """A desk and who sits at it."""

    id: int
    booth_id: int
    account_id: int


class RingRow(NamedTuple):
    """One ring of a desk."""

    desk_id: int
    booth_id: int
    outcome: Ring.Outcome
    rung_at: datetime
    ended_at: datetime | None
    concluded_at: datetime | None


@dataclass
class DeskLog:
    """What a desk did of late; spans in seconds."""

    cycles: list[float] = field(default_factory=list)
    going: float | None = None  # how long its present turn has gone on
    active_at: datetime | None = None


def renew_forecasts() -> int:
    """Renew the forecasts of all booths of fairs that go on or start soon. For the clock."""
    return sum(renew(fair.id, read_booths(fair)) for fair in _fairs_at_hand())


def learn_from_promises() -> int:
    """Let each fair's forecasts learn from its promises; from how many. For the clock."""
    return sum(learn(fair.id) for fair in _fairs_at_hand())


def read_booths(fair: Fair) -> list[BoothReading]:
    """Every open booth of a fair.

    :raises PresenceUnknown: Redis does not answer; the forecasts stay as they are
    """
    booths = list(_booths(fair))
    spans, windows = fair_hours(fair), windows_of(booth.id for booth in booths)
    desks, logs = _desks(fair), read_rings(_rings(fair), clock.now())
    present = presence.online(desk.account_id for found in desks.values() for desk in found)
    (counts, since), answers = _counts(fair), _answers(fair)
    readings = []
    for booth in booths:
        reading = BoothReading(
            booth_id=booth.id,
            talk_minutes=booth.talk_minutes or fair.talk_minutes,
            hours=booth_hours(spans, windows[booth.id]),
            late_until=booth.late_until,
            answer_seconds=answers.get(booth.id, answers[0]),
        )
        count = counts[booth.id]
        reading.ahead = sum(count[status] for status in BEFORE_A_NEWCOMER)
        reading.took = sum(count[status] for status in TOOK)
        reading.gone = sum(count[status] for status in LEFT) + count["missed"]
        if booth.quota is not None:
            reading.quota_left = max(0, booth.quota - sum(count[status] for status in CALLED))
        reading.joining = _an_hour(count["joined"], fair)
        _seat(reading, desks[booth.id], logs, present, since.get(booth.id))
        readings.append(reading)
    return readings


def read_rings(rings: Iterable[RingRow], now: datetime) -> dict[int, DeskLog]:
    """What each desk did, from its rings in order.

    A cycle lasts from the ring that was answered to the next ring, or to the result where
    nobody was rung for a while; rings in vain before it cost their seconds.
    """
    by_desk: dict[int, list[RingRow]] = defaultdict(list)
    for ring in rings:
        by_desk[ring.desk_id].append(ring)
    return {desk_id: _log(turns, now) for desk_id, turns in by_desk.items()}


def _log(rings: list[RingRow], now: datetime) -> DeskLog:
    log, in_vain = DeskLog(), 0.0
    following = [*(ring.rung_at for ring in rings[1:]), now]
    for ring, next_at in zip(rings, following, strict=True):
        was_answered = ring.outcome == Ring.Outcome.ANSWERED
        end = ring.concluded_at if was_answered else ring.ended_at
        if end is None:
            log.going = (now - ring.rung_at).total_seconds() + in_vain
            log.active_at = now
            continue
        gap = max(0.0, (next_at - end).total_seconds())
        spent = (end - ring.rung_at).total_seconds() + (gap if gap <= LONGEST_GAP else 0.0)
        log.going, log.active_at = None, end
        if was_answered:
            log.cycles.append(spent + in_vain)
        in_vain = 0.0 if was_answered else in_vain + spent
    return log


def _seat(
    reading: BoothReading,
    desks: list[DeskRow],
    logs: dict[int, DeskLog],
    present: set[int],
    waits_since: datetime | None,
) -> None:
    """Which desks of a booth are there and call, and what they are doing.

    *waits_since*: when the first who can be called applied.
    """
    now = clock.now()
    opened_at = _opened_at(reading.hours, now)
    rested = now - timedelta(minutes=RESTING_MINUTES)
    for desk in desks:
        log = logs.get(desk.id, DeskLog())
        reading.cycles += log.cycles
        if log.going is not None:
            reading.desks += 1
            reading.going.append(log.going)
            continue
        could_call = max(filter(None, (log.active_at, opened_at, waits_since)), default=now)
        is_resting = waits_since is not None and could_call < rested
        if opened_at is None or (desk.account_id in present and not is_resting):
            reading.desks += 1
            reading.idle += 1


def _opened_at(hours: list[Span], now: datetime) -> datetime | None:
    """Since when the booth holds interviews; None while it does not."""
    return next((opens for opens, closes in hours if opens <= now < closes), None)


def _fairs_at_hand() -> list[Fair]:
    now = clock.now()
    soon = now + timedelta(hours=AHEAD_HOURS)
    at_hand = (Fair.starts_at <= soon) & (Fair.ends_at > now)
    return list(Fair.select().where((Fair.status == Fair.Status.ANNOUNCED) & at_hand))


def _booths(fair: Fair) -> Any:
    shown = Booth.select(Booth.id, Booth.talk_minutes, Booth.late_until, Booth.quota)
    return shown.where((Booth.fair == fair.id) & (Booth.status == Booth.Status.OPEN))


def _desks(fair: Fair) -> dict[int, list[DeskRow]]:
    query = Desk.select(Desk.id, Desk.booth, Recruiter.account).join(Booth).switch(Desk)
    query = query.join(Recruiter).where(
        (Booth.fair == fair.id) & (Recruiter.status == Recruiter.Status.ACTIVE)
    )
    desks: dict[int, list[DeskRow]] = defaultdict(list)
    for desk_id, booth_id, account_id in query.order_by(Desk.id).tuples():
        desks[booth_id].append(DeskRow(desk_id, booth_id, account_id))
    return desks


def _rings(fair: Fair) -> Iterable[RingRow]:
    since = clock.now() - timedelta(hours=READ_HOURS)
    # A student's call that nobody answered says nothing of what the desk was doing.
    answered = Ring.outcome == Ring.Outcome.ANSWERED
    desk_took_part = (Ring.called_by == CalledBy.RECRUITER) | answered
    query = Ring.select(
        Ring.desk, Ring.booth, Ring.outcome, Ring.rung_at, Ring.ended_at, Ring.concluded_at
    ).where((Ring.fair == fair.id) & (Ring.rung_at >= since) & Ring.desk.is_null(False))
    query = query.where(desk_took_part)
    return (RingRow(*row) for row in query.order_by(Ring.rung_at, Ring.id).tuples())


def _counts(fair: Fair) -> tuple[dict[int, dict[str, int]], dict[int, datetime]]:
    """How many tickets of each booth stand where, and since when the first of them waits.

    ``missed``: missed a ring and stay away; ``joined``: applied of late.
    """
    lately = Interview.created_at >= clock.now() - timedelta(minutes=JOINED_MINUTES)
    is_missed = (Interview.status == Status.HELD) & Interview.held_until.is_null()
    query = (
        Interview.select(
            Interview.booth,
            Interview.status,
            is_missed.alias("missed"),
            fn.COUNT(Interview.id),
            fn.MIN(Interview.queued_at),
            fn.SUM(Case(None, [(lately, 1)], 0)),
        )
        .where(Interview.fair == fair.id)
        .group_by(Interview.booth, Interview.status, SQL("missed"))
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    since: dict[int, datetime] = {}
    for booth_id, status, missed, tickets, first, joined in query.tuples():
        counts[booth_id][status] += tickets
        counts[booth_id]["joined"] += joined
        if missed:
            counts[booth_id]["missed"] += tickets
        if status == Status.WAITING:
            since[booth_id] = first
    return counts, since


def _an_hour(joined: int, fair: Fair) -> float:
    """New tickets an hour, from those of late."""
    since = (clock.now() - fair.starts_at).total_seconds()
    return joined * 3600 / min(JOINED_MINUTES * 60, max(LEAST_JOINED_SECONDS, since))


def _answers(fair: Fair) -> dict[int, float]:
    """Seconds until an application is accepted, of late: by booth, and of the fair under 0."""
    accepted = Interview.decided_at.is_null(False) & (Interview.status != Status.REJECTED)
    query = Interview.select(Interview.booth, Interview.created_at, Interview.decided_at).where(
        (Interview.fair == fair.id) & (Interview.origin == Interview.Origin.APPLICATION) & accepted
    )
    spans: dict[int, list[float]] = defaultdict(list)
    newest = query.order_by(Interview.decided_at.desc()).limit(ANSWERS_READ)
    for booth_id, created_at, decided_at in newest.tuples():
        seconds = min(SLOWEST_ANSWER, (decided_at - created_at).total_seconds())
        spans[booth_id].append(seconds)
        spans[0].append(seconds)
    known = {key: median(one) for key, one in spans.items() if len(one) >= FEWEST_ANSWERS}
    return {0: 0.0} | known
