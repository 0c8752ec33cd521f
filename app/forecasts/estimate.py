"""How long until a turn comes: a range at 80 %, and the chance that it comes in time.

Turns at a booth come about as desks become free. Over *t* seconds of opening time its desks
become free about ``desks · t / cycle`` times, spread about that; somebody's turn has come once
that number passes those ahead who really take their turn. The two ends of a range are the times
at which this is so with 10 % and with 90 %. Stated as a count, more people ahead can only
lengthen a wait and more desks can only shorten it, at every chance. How wrong the pace itself
may be is a factor on top, so that a pace nobody has measured yet may be half or double.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import NormalDist

from app.forecasts import hours as opening
from app.forecasts.hours import Span

TAIL = NormalDist().inv_cdf(0.9)  # 80 % lie between its two sides
CERTAIN = 2.6  # deviations beyond which a chance is 0 or 100 in whole percent
HALVINGS = 9
PHASE_VARIANCE = 0.25  # of where in their talks the desks are, in turns
ORDER_VARIANCE = 0.25  # of each turn needed: whoever is busy elsewhere then comes later
UNKNOWN_PACE = 0.30  # how far a booth nobody knows may be from the pace of its fair, as a share
UNKNOWN_FAIR = 0.35  # and a fair at which nobody has talked yet from what its time boxes say
DAY_DRIFT = 0.17  # how far even a known pace drifts in a day: pauses, breaks, other desks
ABSENT_CYCLES = 2.0  # an empty booth is back within so many talks, with 90 %
SEEN_ELSEWHERE_CYCLES = 4.0  # after so long, a student in line has had another talk with 50 %
LEFT_ELSEWHERE = 0.15  # of those before, who are still before when most have had a talk elsewhere
LEAST_RATE = 0.5  # of a booth's turns that stay for those whom newcomers overtake
SOFTENING_SECONDS = 60.0  # learned factors stretch a wait of a minute little, of an hour in full
SHORTEST_RANGE_SECONDS = 180.0
BEYOND_SECONDS = 3600.0  # past the closing no range of an overtaken place says more
SLOWEST_ANSWER = 3.0  # 90 % of applications are answered within so many times the usual
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Pace:
    """How a booth calls. Spans in seconds of its opening time."""

    cycle_seconds: float = 600.0  # from one turn to the next at one desk
    spread_seconds: float = 300.0
    desks: int = 1
    show_share: float = 1.0  # of those ahead, who take their turn, 0 to 1
    pace_error: float = UNKNOWN_PACE  # of the cycle, as a share; without the drift of the day
    joining: float = 0.0  # new tickets an hour
    progress: float = 0.0  # how much further than half through their talks the desks are, in turns
    idle: int = 0  # desks that could call now
    answer_seconds: float = 0.0  # until an application is accepted, usually
    quota_left: int | None = None  # interviews the booth will still hold
    low_factor: float = 1.0  # what the fair's scored promises taught
    high_factor: float = 1.0


@dataclass(frozen=True)
class Place:
    """Where in a line somebody stands, and who may still step in before.

    ``last``: how many stand before once the student has had a talk, where everyone is seen once
    first; None where nobody asks. ``was_seen``: that has happened already. ``slots``: guaranteed
    slots booked by later tickets, in seconds of opening time from now, in order.
    """

    ahead: int
    last: int | None = None
    was_seen: bool = False
    slots: tuple[float, ...] = ()


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
    pace: Pace,
    hours: Sequence[Span],
    place: Place | int,
    now: datetime,
    *,
    is_accepted: bool = True,
) -> Outlook:
    """The outlook of somebody at this *place* of a booth with these hours still to come.

    A number is a place behind so many, which nobody overtakes. Not accepted yet, the turn
    cannot come before the booth's usual answer.
    """
    place = Place(place) if isinstance(place, int) else place
    line = _Once.of(pace, place) if place.last is not None else _Line.of(pace, place)
    answer = 0.0 if is_accepted else pace.answer_seconds
    raw_low, raw_high = line.seconds(-TAIL), line.seconds(TAIL) + answer * SLOWEST_ANSWER
    low = _stretched(raw_low, pace.low_factor)
    high = _stretched(raw_high, pace.high_factor)
    time_left = sum((b - a).total_seconds() for a, b in opening.left(hours, now))
    if place.last is not None:  # "perhaps never" needs no hour
        high = min(high, time_left + BEYOND_SECONDS)
    high = max(high, low + SHORTEST_RANGE_SECONDS)
    chance = line.chance(pace, time_left - answer)
    return Outlook(
        low_at=opening.after(hours, now, low),
        high_at=opening.after(hours, now, high),
        seen_chance=round(100 * min(chance, _chance_in_quota(pace, place.ahead))),
        closes_at=hours[-1][1] if hours else now,
        ahead=place.ahead,
        desks=pace.desks,
        raw_low_seconds=raw_low,
        raw_high_seconds=raw_high,
    )


def guaranteed(pace: Pace, hours: Sequence[Span], slot_at: datetime, now: datetime) -> Outlook:
    """The outlook of a guaranteed slot: nobody stands before it, a desk has to become free.

    It never ends past the closing: a slot that might not be kept by then is none.
    """
    at_slot = replace(pace, progress=0.0, idle=0, quota_left=None)
    begins = max(slot_at, now)
    outlook = estimate(at_slot, hours, 0, begins)
    low_at = min(outlook.low_at, begins)
    closes_at = max(low_at, outlook.closes_at)
    return replace(outlook, low_at=low_at, high_at=min(outlook.high_at, closes_at))


def pace_error(own: int, of_fair: int, variation: float) -> float:
    """How far a cycle may be from the truth after so many talks of the booth and of its fair.

    *variation*: the spread of a talk as a share of its mean.
    """
    square = max(0.01, variation * variation)
    fair = 1 / (1 / UNKNOWN_FAIR**2 + of_fair / square)
    return math.sqrt(1 / (1 / (UNKNOWN_PACE**2 + fair) + own / square))


@dataclass(frozen=True)
class _Line:
    """Turns still needed, how fast they come, and the variances of their number."""

    needed: float
    rate: float  # turns a second
    steady: float  # variance a second
    error: float  # of the pace, in logarithms
    late: float  # seconds until somebody calls at all, with 90 %
    joining: float  # a second, before this place
    slots: tuple[float, ...]

    @classmethod
    def of(cls, pace: Pace, place: Place, *, joining: float = 0.0) -> "_Line":
        desks, cycle = max(1, pace.desks), max(1.0, pace.cycle_seconds)
        variation = pace.spread_seconds / cycle
        needed = max(0.0, pace.show_share * place.ahead + 0.5 - pace.progress)
        return cls(
            needed=0.0 if place.ahead < pace.idle else needed,
            rate=desks / cycle,
            steady=desks * variation * variation / cycle,
            error=math.hypot(pace.pace_error, DAY_DRIFT),
            late=0.0 if pace.desks else ABSENT_CYCLES * cycle,
            joining=joining,
            slots=place.slots,
        )

    def seconds(self, deviations: float) -> float:
        """When the turn has come with the chance that lies below so many deviations.

        A booked slot that comes before it takes one turn more.
        """
        taken, found = 0, self._seconds(self.needed, deviations)
        while taken < len(self.slots) and self.slots[taken] <= found:
            taken += 1
            found = self._seconds(self.needed + taken, deviations)
        return found

    def _seconds(self, needed: float, deviations: float) -> float:
        """The noise of the count and the error of the pace, together.

        Both grow the wait by a factor; their logarithms add up as squares.
        """
        share = min(1.0, max(0.0, (deviations + TAIL) / (2 * TAIL)))
        rate = max(LEAST_RATE * self.rate, self.rate - share * self.joining)
        middle = needed / rate + SOFTENING_SECONDS
        counted = self._counted(needed, rate, deviations) + SOFTENING_SECONDS
        off = math.hypot(math.log(counted / middle), deviations * self.error)
        reached = middle * math.exp(math.copysign(off, deviations)) - SOFTENING_SECONDS
        return max(0.0, reached) + share * self.late

    def _counted(self, needed: float, rate: float, deviations: float) -> float:
        """Where the expected number of turns exceeds those needed by so many deviations.

        One quadratic equation, its later root for a pessimist and its earlier one else.
        """
        square = deviations * deviations
        fixed = PHASE_VARIANCE + needed * ORDER_VARIANCE
        b = 2 * rate * needed + square * self.steady
        c = needed**2 - square * fixed
        if deviations < 0 and c <= 0:
            return 0.0
        root = math.sqrt(max(0.0, b * b - 4 * rate * rate * c))
        return max(0.0, (b + math.copysign(root, deviations)) / (2 * rate * rate))

    def chance(self, pace: Pace, time_left: float) -> float:
        """The chance that the turn comes in the time left, by halving the deviations."""
        if time_left <= 0:
            return 0.0
        lowest, highest = -CERTAIN, CERTAIN
        if self._reached(pace, lowest) > time_left:
            return 0.0
        if self._reached(pace, highest) <= time_left:
            return 1.0
        for _ in range(HALVINGS):
            middle = (lowest + highest) / 2
            if self._reached(pace, middle) <= time_left:
                lowest = middle
            else:
                highest = middle
        return _NORMAL.cdf(lowest)

    def _reached(self, pace: Pace, deviations: float) -> float:
        return _stretched(self.seconds(deviations), _factor(pace, deviations))


@dataclass(frozen=True)
class _Once:
    """A place where everyone is seen once first: at its luckiest, and overtaken.

    Many of those before have a talk elsewhere and fall behind; but so does the student, behind
    all who have had none, also those who join later. Which it will be nobody knows: the longer
    the wait, the rather the second.
    """

    lucky: _Line
    overtaken: _Line
    stays: float  # the chance that nobody steps in before

    @classmethod
    def of(cls, pace: Pace, place: Place) -> "_Once":
        last = max(place.ahead, place.last or 0)
        joining = pace.show_share * pace.joining / 3600
        lucky = _Line.of(pace, replace(place, ahead=math.ceil(LEFT_ELSEWHERE * place.ahead)))
        waits = lucky.needed / lucky.rate / max(1.0, pace.cycle_seconds)
        stays = 1 / (1 + waits / SEEN_ELSEWHERE_CYCLES)
        return cls(
            lucky=lucky,
            overtaken=_Line.of(pace, replace(place, ahead=last), joining=joining),
            stays=stays / 2 if place.was_seen else stays,
        )

    def seconds(self, deviations: float) -> float:
        """The lower end at its luckiest, the upper one of both together."""
        share = (_NORMAL.cdf(deviations) - self.stays) / max(0.01, 1 - self.stays)
        found = self.lucky.seconds(deviations)
        if deviations < 0 or share <= 0:
            return found
        return max(found, self.overtaken.seconds(_NORMAL.inv_cdf(max(0.5, share))))

    def chance(self, pace: Pace, time_left: float) -> float:
        """Of both together."""
        lucky = self.lucky.chance(pace, time_left)
        overtaken = self.overtaken.chance(pace, time_left)
        return self.stays * lucky + (1 - self.stays) * overtaken


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
