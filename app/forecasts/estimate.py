"""How long until a turn comes: a range at 80 %, and the chance that it comes in time.

Turns at a booth come about as desks become free. Over *t* seconds of opening time its desks
become free about ``desks · t / cycle`` times, spread about that; somebody's turn has come once
that number passes those ahead who really take their turn. The two ends of a range are the times
at which this is so with 10 % and with 90 %. Stated as a count, more people ahead can only
lengthen a wait and more desks can only shorten it, at every chance.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import NormalDist

from app.forecasts import hours as opening
from app.forecasts.hours import Span

TAIL = NormalDist().inv_cdf(0.9)  # 80 % lie between its two sides
PHASE_VARIANCE = 0.25  # of where in their talks the desks are, in turns
ORDER_VARIANCE = 0.25  # of each turn needed: whoever is busy elsewhere then comes later
UNKNOWN_PACE = 0.30  # how far a booth nobody knows may be from the pace assumed, as a share
DAY_DRIFT = 0.17  # how far even a known pace drifts in a day: pauses, breaks, other desks
SOFTENING_SECONDS = 60.0  # learned factors stretch a wait of a minute little, of an hour in full
SHORTEST_RANGE_SECONDS = 180.0
SLOWEST_ANSWER = 3.0  # 90 % of applications are answered within so many times the usual


@dataclass(frozen=True)
class Pace:
    """How a booth calls. Spans in seconds of its opening time."""

    cycle_seconds: float = 600.0  # from one turn to the next at one desk
    spread_seconds: float = 300.0
    desks: int = 1
    show_share: float = 1.0  # of those ahead, who take their turn, 0 to 1
    samples: float = 0.0
    progress: float = 0.0  # how much further than half through their talks the desks are, in turns
    idle: int = 0  # desks that could call now
    answer_seconds: float = 0.0  # until an application is accepted, usually
    quota_left: int | None = None  # interviews the booth will still hold
    low_factor: float = 1.0  # what the fair's scored promises taught
    high_factor: float = 1.0


@dataclass(frozen=True)
class Outlook:
    """What may be promised to somebody with so many ahead."""

    low_at: datetime
    high_at: datetime
    seen_chance: int  # percent
    closes_at: datetime
    ahead: int
    desks: int
    raw_low_seconds: float  # before what was learned; seconds of opening time
    raw_high_seconds: float


def estimate(
    pace: Pace, hours: Sequence[Span], ahead: int, now: datetime, *, is_accepted: bool = True
) -> Outlook:
    """The outlook of somebody behind *ahead* others at a booth with these hours still to come.

    Not accepted yet, the turn cannot come before the booth's usual answer.
    """
    line = _Line.of(pace, ahead)
    answer = 0.0 if is_accepted else pace.answer_seconds
    raw_low, raw_high = line.seconds(-TAIL), line.seconds(TAIL) + answer * SLOWEST_ANSWER
    low = _stretched(raw_low, pace.low_factor)
    high = max(_stretched(raw_high, pace.high_factor), low + SHORTEST_RANGE_SECONDS)
    time_left = sum((b - a).total_seconds() for a, b in opening.left(hours, now))
    chance = min(_chance_in_time(line, pace, time_left - answer), _chance_in_quota(pace, ahead))
    return Outlook(
        low_at=opening.after(hours, now, low),
        high_at=opening.after(hours, now, high),
        seen_chance=round(100 * chance),
        closes_at=hours[-1][1] if hours else now,
        ahead=ahead,
        desks=pace.desks,
        raw_low_seconds=raw_low,
        raw_high_seconds=raw_high,
    )


def guaranteed(pace: Pace, hours: Sequence[Span], slot_at: datetime, now: datetime) -> Outlook:
    """The outlook of a guaranteed slot: nobody stands before it, a desk has to become free."""
    at_slot = replace(pace, progress=0.0, idle=0, quota_left=None)
    outlook = estimate(at_slot, hours, 0, max(slot_at, now))
    return replace(outlook, low_at=min(outlook.low_at, max(slot_at, now)))


@dataclass(frozen=True)
class _Line:
    """Turns still needed, how fast they come, and the variances of their number."""

    needed: float
    rate: float  # turns a second
    steady: float  # variance a second
    drift: float  # relative error of the rate, squared
    fixed: float  # variance that does not grow

    @classmethod
    def of(cls, pace: Pace, ahead: int) -> "_Line":
        desks, cycle = max(1, pace.desks), max(1.0, pace.cycle_seconds)
        variation = pace.spread_seconds / cycle
        share = pace.show_share
        needed = 0.0 if ahead < pace.idle else max(0.0, share * ahead + 0.5 - pace.progress)
        known = pace.samples / max(0.01, variation * variation)
        return cls(
            needed=needed,
            rate=desks / cycle,
            steady=desks * variation * variation / cycle,
            drift=1 / (1 / UNKNOWN_PACE**2 + known) + DAY_DRIFT**2,
            fixed=PHASE_VARIANCE + needed * ORDER_VARIANCE,
        )

    def seconds(self, deviations: float) -> float:
        """When the turn has come with the chance that lies below so many deviations.

        Where the expected number of turns exceeds those needed by so many standard deviations:
        one quadratic equation, its later root for an optimist's zero and its earlier one else.
        """
        square = deviations * deviations
        a = self.rate**2 * (1 - square * self.drift)
        b = 2 * self.rate * self.needed + square * self.steady
        c = self.needed**2 - square * self.fixed
        if deviations < 0 and c <= 0:
            return 0.0
        root = math.sqrt(max(0.0, b * b - 4 * a * c))
        return max(0.0, (b + math.copysign(root, deviations)) / (2 * a))


def _chance_in_time(line: _Line, pace: Pace, time_left: float) -> float:
    """The chance that the turn comes in the time left, by halving the deviations."""
    if time_left <= 0:
        return 0.0
    highest = 0.98 / math.sqrt(line.drift)
    lowest, highest = -4.0, min(4.0, highest)
    for _ in range(14):
        middle = (lowest + highest) / 2
        if _stretched(line.seconds(middle), _factor(pace, middle)) <= time_left:
            lowest = middle
        else:
            highest = middle
    return NormalDist().cdf(lowest) if lowest > -4.0 else 0.0


def _chance_in_quota(pace: Pace, ahead: int) -> float:
    """The chance that fewer of those ahead take their turn than the booth will still see."""
    if pace.quota_left is None or ahead < pace.quota_left:
        return 1.0
    if pace.quota_left <= 0:
        return 0.0
    mean = ahead * pace.show_share
    deviation = math.sqrt(0.25 + mean * (1 - pace.show_share))
    return NormalDist().cdf((pace.quota_left - 0.5 - mean) / deviation)


def _factor(pace: Pace, deviations: float) -> float:
    """What was learned of the two ends, evenly in between and no further outside."""
    share = min(1.0, max(0.0, (deviations + TAIL) / (2 * TAIL)))
    return math.exp((1 - share) * math.log(pace.low_factor) + share * math.log(pace.high_factor))


def _stretched(seconds: float, factor: float) -> float:
    return max(0.0, (seconds + SOFTENING_SECONDS) * factor - SOFTENING_SECONDS)
