"""The product's own forecasts beside a simulated day: every promise is kept and scored."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core import clock
from app.forecasts.estimate import Outlook
from app.forecasts.learning import Lesson, learned_factors
from app.forecasts.models import Forecast
from app.forecasts.services.forecasting import BoothReading, forecast_booths, outlook_of
from scripts.simulate.day import Day
from scripts.simulate.people import OPENING, Booth, Ticket
from scripts.simulate.rules import ONCE, was_seen

RENEW_SECONDS = 300.0
PROMISE_AGAIN_SECONDS = 600.0
READ_SECONDS = 7200.0
RESTING_SECONDS = 600.0
LESSONS = 600
BAR = 20  # percent: the default below which a fair offers something else


@dataclass
class Kept:
    """A promise and how it went, in seconds of the day."""

    ticket: Ticket
    made: float
    outlook: Outlook
    at_applying: bool

    @property
    def low(self) -> float:
        return _seconds(self.outlook.low_at)

    @property
    def high(self) -> float:
        return _seconds(self.outlook.high_at)


@dataclass
class Score:
    """Percentages of what could be scored; ``width`` in minutes, the median."""

    promises: int
    kept: float
    kept_early: float  # of those made in the first hour
    early: float
    late: float
    width: float
    flagged: float  # of the tickets never served: promised less than the bar at applying
    flags_right: float  # of the tickets promised less than the bar: never served


@dataclass
class Watcher:
    """Looks at a day every five minutes; the clock does so every ten seconds in the product."""

    asks_seen: bool = False  # the school wants everyone seen once
    promises: list[Kept] = field(default_factory=list)
    factors: tuple[float, float] = (1.0, 1.0)
    _promised_at: dict[int, float] = field(default_factory=dict)

    def look(self, day: Day) -> None:
        """Renew the forecasts, promise to newcomers and again to who waits, and learn."""
        clock.travel(OPENING + timedelta(seconds=day.now))
        self._learn(day)
        readings = [_read(booth, day) for booth in day.cast.booths]
        taught = {booth.id: self.factors for booth in day.cast.booths}
        for booth, forecast in zip(
            day.cast.booths, forecast_booths(1, readings, taught), strict=True
        ):
            self._promise(booth, forecast, day.now)

    def _promise(self, booth: Booth, forecast: Forecast, now: float) -> None:
        for ahead, ticket in enumerate(sorted(booth.line, key=self._place)):
            made = self._promised_at.get(ticket.id)
            if ticket.turn is None and (made is None or now - made >= PROMISE_AGAIN_SECONDS):
                outlook = outlook_of(forecast, ahead, is_accepted=True)
                self.promises.append(Kept(ticket, now, outlook, made is None))
                self._promised_at[ticket.id] = now

    def _place(self, ticket: Ticket) -> tuple[bool, float, int]:
        return self.asks_seen and was_seen(ticket.student), *ticket.age

    def _learn(self, day: Day) -> None:
        oldest = day.now - 3 * 3600
        lately = [
            one for one in self.promises if one.ticket.turn is None or one.ticket.turn >= oldest
        ]
        stride = max(1, len(lately) // LESSONS)
        self.factors = learned_factors(
            _lesson(one, day.now) for one in lately if one.ticket.id % stride == 0
        )

    def score(self, day: Day) -> Score:
        """How the promises went."""
        known = [one for one in self.promises if one.ticket.turn is not None or one.high <= day.now]
        kept = [one for one in known if _is_kept(one)]
        morning = [one for one in known if one.made < 3600]
        first = [one for one in self.promises if one.at_applying]
        lost = [one for one in first if one.ticket.talked is None]
        flagged = [one for one in first if one.outlook.seen_chance < BAR]
        came = [one for one in known if one.ticket.turn is not None]
        widths = sorted(one.high - one.low for one in self.promises)
        return Score(
            promises=len(known),
            kept=_percent(len(kept), len(known)),
            kept_early=_percent(sum(map(_is_kept, morning)), len(morning)),
            early=_percent(sum((one.ticket.turn or 0) < one.low for one in came), len(known)),
            late=_percent(sum(_turn(one) > one.high for one in known), len(known)),
            width=widths[len(widths) // 2] / 60 if widths else 0.0,
            flagged=_percent(sum(one.outlook.seen_chance < BAR for one in lost), len(lost)),
            flags_right=_percent(sum(one.ticket.talked is None for one in flagged), len(flagged)),
        )


def watch(day: Day) -> Score:
    """Play a day with the forecasts looking on; the clock is put back afterwards."""
    watcher = Watcher(day.rule is ONCE)
    try:
        day.play(watcher.look, RENEW_SECONDS)
    finally:
        clock.travel(None)
    return watcher.score(day)


def _read(booth: Booth, day: Day) -> BoothReading:
    closing = OPENING + timedelta(seconds=day.size.day)
    reading = BoothReading(booth.id, 10, [(OPENING, closing)], ahead=len(booth.line))
    somebody_waits = any(not ticket.student.is_busy for ticket in booth.line)
    for desk in booth.desks:
        recent = (seconds for at, seconds in desk.cycles if at >= day.now - READ_SECONDS)
        reading.cycles += recent
        if desk.turn_since is not None:
            reading.desks += 1
            reading.going.append(day.now - desk.turn_since)
        elif not (somebody_waits and day.now - desk.active_at > RESTING_SECONDS):
            reading.desks += 1
            reading.idle += 1
    return reading


def _lesson(one: Kept, now: float) -> Lesson:
    turn = one.ticket.turn
    outlook = one.outlook
    return Lesson(
        outlook.raw_low_seconds,
        outlook.raw_high_seconds,
        (now if turn is None else turn) - one.made,
        turn is not None,
        0.0 if turn is None else now - turn,
    )


def _is_kept(one: Kept) -> bool:
    return one.low <= _turn(one) <= one.high


def _turn(one: Kept) -> float:
    return float("inf") if one.ticket.turn is None else one.ticket.turn


def _seconds(at: datetime) -> float:
    return (at - OPENING).total_seconds()


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
