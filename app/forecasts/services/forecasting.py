"""Forecasts of a fair's booths: renewed from what was read of their talks, read for a promise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.core import clock
from app.core.database import atomic
from app.core.prepared import Prepared, bind
from app.forecasts import hours as opening
from app.forecasts.estimate import Outlook, Pace, Place, estimate, guaranteed, pace_error
from app.forecasts.hours import Span
from app.forecasts.models import Forecast
from app.forecasts.pace import (
    BOOTH_STRENGTH,
    FAIR_STRENGTH,
    Cycle,
    learned_cycle,
    learned_share,
    prior_cycle,
)

MOST_PROGRESS = 0.95  # of a talk that has gone on longer than usual
MINUTE = timedelta(minutes=1)
TAUGHT = ("low_factor", "high_factor")  # by another clock chore
RENEWED = [
    item for item in Forecast._meta.sorted_fields if item.name not in ("id", "booth", *TAUGHT)
]


@dataclass
class BoothReading:
    """What was read of one booth; spans in seconds."""

    booth_id: int
    talk_minutes: int | None  # the time box; 0 or None: there is none
    hours: list[Span]
    late_until: datetime | None = None
    ahead: int = 0  # who would stand before a newcomer
    desks: int = 0  # that are there and call
    idle: int = 0
    cycles: list[float] = field(default_factory=list)  # from one turn to the next at a desk
    going: list[float] = field(default_factory=list)  # how long the present turns have gone on
    took: int = 0  # tickets that took their turn
    gone: int = 0  # tickets that left before
    answer_seconds: float = 0.0
    joining: float = 0.0  # new tickets an hour
    quota_left: int | None = None


def renew(fair_id: int, readings: Sequence[BoothReading]) -> int:
    """Write the forecast of every booth read; how many. Two statements, however many there are."""
    if not readings:
        return 0
    known = Forecast.select(Forecast.booth, Forecast.low_factor, Forecast.high_factor)
    of_fair = known.where(Forecast.fair == fair_id).tuples()
    factors = {booth_id: (low, high) for booth_id, low, high in of_fair}
    rows = [row.__data__ for row in forecast_booths(fair_id, readings, factors)]
    write = Forecast.insert_many(rows).on_conflict(
        conflict_target=[Forecast.booth], preserve=RENEWED
    )
    with atomic():
        write.execute()
    return len(rows)


def forecast_booths(
    fair_id: int,
    readings: Sequence[BoothReading],
    factors: Mapping[int, tuple[float, float]],
) -> list[Forecast]:
    """The forecasts of the booths read, not written; *factors* as taught, by booth."""
    usual = next(iter(factors.values()), (1.0, 1.0))
    fair = _fair_cycle(readings)
    share = learned_share(sum(one.took for one in readings), sum(one.gone for one in readings))
    return [
        _forecast(fair_id, reading, (fair, share), factors.get(reading.booth_id, usual))
        for reading in readings
    ]


def outlook_of(
    forecast: Forecast, place: Place | int, *, is_accepted: bool, slot_at: datetime | None = None
) -> Outlook:
    """What may be promised at a place, or for a guaranteed slot; ends to the minute.

    The lower end is rounded down and the upper one up, as pages show them; a slot's promise
    ends with the booth's hours at the latest.
    """
    now = clock.now()
    whole = opening.unpack(forecast.hours)
    begins = max(now, forecast.late_until) if forecast.late_until else now
    hours, pace = opening.left(whole, begins), pace_of(forecast)
    if slot_at is None:
        found = estimate(pace, hours, place, now, is_accepted=is_accepted)
    else:
        found = guaranteed(pace, hours, slot_at, now)
    late = opening.seconds_between(whole, now, max(begins, slot_at or begins))
    closes_at = whole[-1][1] if whole else now
    last = (found.high_at - timedelta(microseconds=1)).replace(second=0, microsecond=0) + MINUTE
    return replace(
        found,
        low_at=found.low_at.replace(second=0, microsecond=0),
        high_at=last if slot_at is None else min(last, max(closes_at, found.low_at)),
        closes_at=closes_at,
        raw_low_seconds=late + found.raw_low_seconds,
        raw_high_seconds=late + found.raw_high_seconds,
    )


def pace_of(forecast: Forecast) -> Pace:
    """The pace a forecast holds."""
    return Pace(
        cycle_seconds=forecast.cycle_seconds,
        spread_seconds=forecast.spread_seconds,
        desks=forecast.desks,
        show_share=forecast.show_share,
        pace_error=forecast.pace_error,
        joining=forecast.joining,
        progress=forecast.progress,
        idle=forecast.idle,
        answer_seconds=forecast.answer_seconds,
        quota_left=forecast.quota_left,
        low_factor=forecast.low_factor,
        high_factor=forecast.high_factor,
    )


def list_forecasts(booth_ids: Sequence[int]) -> dict[int, Forecast]:
    """The forecasts of some booths, in one query."""
    rows = Forecast.select().where(Forecast.booth.in_(list(booth_ids)))
    return {row.booth_id: row for row in rows}


def write_factors(fair_id: int, low_factor: float, high_factor: float) -> None:
    """Let every forecast of the fair know what its promises taught."""
    _TEACH.write(fair_id=fair_id, low_factor=low_factor, high_factor=high_factor)


_TEACH = Prepared(
    lambda: Forecast.update(
        {
            Forecast.low_factor: bind("low_factor"),
            Forecast.high_factor: bind("high_factor"),
        }
    ).where(Forecast.fair == bind("fair_id"))
)


def _fair_cycle(readings: Sequence[BoothReading]) -> Cycle:
    """The fair's pace over all booths, each measured by its own time box."""
    shares: list[float] = []
    going: list[float] = []
    for reading in readings:
        usual = prior_cycle(reading.talk_minutes).mean
        shares += [seconds / usual for seconds in reading.cycles]
        going += [seconds / usual for seconds in reading.going]
    unit = prior_cycle(None)
    return learned_cycle(
        unit, [one * unit.mean for one in shares], [one * unit.mean for one in going], FAIR_STRENGTH
    )


def _booth_cycle(reading: BoothReading, fair: Cycle) -> Cycle:
    scale = prior_cycle(reading.talk_minutes).mean / prior_cycle(None).mean
    before = Cycle(fair.mean * scale, fair.spread * scale, 0)
    return learned_cycle(before, reading.cycles, reading.going, BOOTH_STRENGTH)


def _forecast(
    fair_id: int,
    reading: BoothReading,
    fair: tuple[Cycle, float],
    factors: tuple[float, float],
) -> Forecast:
    fair_cycle, fair_share = fair
    now, cycle = clock.now(), _booth_cycle(reading, fair_cycle)
    low_factor, high_factor = factors
    row = Forecast(
        booth=reading.booth_id,
        fair=fair_id,
        desks=reading.desks,
        cycle_seconds=cycle.mean,
        spread_seconds=cycle.spread,
        show_share=learned_share(reading.took, reading.gone, fair_share),
        samples=int(cycle.samples),
        pace_error=pace_error(
            int(cycle.samples), int(fair_cycle.samples), cycle.spread / max(1.0, cycle.mean)
        ),
        joining=reading.joining,
        idle=reading.idle,
        progress=_progress(reading, cycle),
        answer_seconds=reading.answer_seconds,
        quota_left=reading.quota_left,
        hours=opening.pack(reading.hours),
        late_until=reading.late_until,
        ahead=reading.ahead,
        low_factor=low_factor,
        high_factor=high_factor,
        at=now,
    )
    _tell_newcomers(row, now)
    return row


def _progress(reading: BoothReading, cycle: Cycle) -> float:
    """How much further than half through their turns the desks are; an idle one is through."""
    through = [min(MOST_PROGRESS, seconds / cycle.mean) for seconds in reading.going]
    return sum(through) + reading.idle - (len(through) + reading.idle) / 2


def _tell_newcomers(row: Forecast, now: datetime) -> None:
    outlook = outlook_of(row, row.ahead, is_accepted=False)
    row.seen_chance = outlook.seen_chance
    row.low_seconds = max(0, int((outlook.low_at - now).total_seconds()))
    row.high_seconds = max(0, int((outlook.high_at - now).total_seconds()))
