"""The product's own forecasts beside a simulated day: every promise is kept and scored."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from app.core import clock
from app.forecasts.estimate import Outlook, Place
from app.forecasts.learning import Lesson, learned_factors
from app.forecasts.models import Forecast
from app.forecasts.services.forecasting import BoothReading, forecast_booths, outlook_of
from app.interviews.services.promises import has_changed
from scripts.simulate.day import Day
from scripts.simulate.people import OPENING, Booth, Ticket
from scripts.simulate.rules import ONCE, is_free, was_seen

LOOKS = 108  # a day: every five minutes of nine hours
ROUNDS = 4  # a line is looked through in so many looks; what is overdue, at each
READ_SECONDS = 7200.0
RESTING_SECONDS = 600.0
JOINED_SECONDS, LEAST_JOINED_SECONDS = 1800.0, 300.0
FEWEST_ANSWERS = 5
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
    def made_at(self) -> datetime:
        return OPENING + timedelta(seconds=self.made)

    @property
    def low_at(self) -> datetime:
        return self.outlook.low_at

    @property
    def high_at(self) -> datetime:
        return self.outlook.high_at

    @property
    def seen_chance(self) -> int:
        return self.outlook.seen_chance

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
    _shown: dict[int, Kept] = field(default_factory=dict)  # by ticket
    _forecasts: dict[int, Forecast] = field(default_factory=dict)

    def look(self, day: Day) -> None:
        """Renew the forecasts, learn, and promise again to who waits and was told otherwise."""
        clock.travel(OPENING + timedelta(seconds=day.now))
        self._learn(day)
        booths = day.cast.booths
        taught = {booth.id: self.factors for booth in booths}
        found = forecast_booths(1, [_read(booth, day) for booth in booths], taught)
        self._forecasts = {booth.id: row for booth, row in zip(booths, found, strict=True)}
        for booth in booths:
            self._promise(booth, day)

    def greet(self, day: Day, ticket: Ticket) -> None:
        """Promise to a newcomer, from the forecast read last."""
        clock.travel(OPENING + timedelta(seconds=day.now))
        self._keep(ticket, self._outlook(ticket, [*ticket.booth.line, ticket], day), day, True)

    def _promise(self, booth: Booth, day: Day) -> None:
        line = sorted(booth.line, key=self._place)
        round_number = round(LOOKS * day.now / day.size.day)
        for ahead, ticket in enumerate(line):
            is_due = (ticket.id + round_number) % ROUNDS == 0
            if ticket.turn is None and (is_due or clock.now() > self._shown[ticket.id].high_at):
                outlook = self._outlook(ticket, line, day, ahead)
                if has_changed(self._shown[ticket.id], outlook):
                    self._keep(ticket, outlook, day, False)

    def _outlook(
        self, ticket: Ticket, line: list[Ticket], day: Day, ahead: int | None = None
    ) -> Outlook:
        if ahead is None:
            ahead = sum(self._place(one) < self._place(ticket) for one in line)
        last = len(line) - 1 if self.asks_seen else None
        place = Place(ahead, last, was_seen(ticket.student))
        forecast = self._forecasts[ticket.booth.id]
        return outlook_of(forecast, place, is_accepted=ticket.accepted <= day.now)

    def _keep(self, ticket: Ticket, outlook: Outlook, day: Day, at_applying: bool) -> None:
        kept = Kept(ticket, day.now, outlook, at_applying)
        self.promises.append(kept)
        self._shown[ticket.id] = kept

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
        morning = [one for one in known if one.made < day.size.day / 9]
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
        day.play(watcher.look, day.size.day / LOOKS, watcher.greet)
    finally:
        clock.travel(None)
    return watcher.score(day)


def _read(booth: Booth, day: Day) -> BoothReading:
    closing = OPENING + timedelta(seconds=day.size.day)
    reading = BoothReading(
        booth.id,
        day.size.box_minutes,
        [(OPENING, closing)],
        ahead=len(booth.line),
        took=booth.took,
        gone=booth.missed,
        joining=_joining(booth, day.now),
    )
    if len(booth.answers) >= FEWEST_ANSWERS:
        reading.answer_seconds = median(booth.answers)
    somebody_waits = any(is_free(ticket, day.now) for ticket in booth.line)
    for desk in booth.desks:
        recent = (seconds for at, seconds in desk.cycles if at >= day.now - READ_SECONDS)
        reading.cycles += recent
        if desk.turn_since is not None:
            reading.desks += 1
            reading.going.append(day.now - desk.turn_since)
        elif day.now >= desk.comes_at and not (
            somebody_waits and day.now - max(desk.active_at, desk.comes_at) > RESTING_SECONDS
        ):
            reading.desks += 1
            reading.idle += 1
    return reading


def _joining(booth: Booth, now: float) -> float:
    """Tickets an hour of late."""
    booth.joined = [at for at in booth.joined if at >= now - JOINED_SECONDS]
    return len(booth.joined) * 3600 / max(LEAST_JOINED_SECONDS, min(now, JOINED_SECONDS))


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
