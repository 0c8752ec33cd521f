"""What the promises of a fair teach about the next ones: how far to stretch their ends.

Every promise whose turn came tells how much longer the wait was than each end said. Those
still open tell that theirs is longer than the time that has passed: without them the morning
would only learn from the short waits. The ends are moved so that one tenth of the waits lies
below the lower and one tenth above the upper one (split conformal prediction, with the survival
curve of Kaplan and Meier for the open ones).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from app.forecasts.estimate import SOFTENING_SECONDS

OUTSIDE = 0.09  # on each side: one point of the ten is kept back
STRENGTH = 50.0  # a factor of 1 counts as so many scored promises, where a range gets narrower
WIDEN_STRENGTH = 15.0  # where it gets wider: a broken promise weighs more than a wide one
LOW_ENDS, HIGH_ENDS = (0.1, 1.4), (0.92, 5.0)  # how far lessons may move each end
FULL_LESSON_SECONDS = 1800.0  # short waits teach little about long ones, where there are such
FRESH_SECONDS = 3600.0  # the weight of a promise falls by e in this time


@dataclass(frozen=True)
class Lesson:
    """A promise and how it went; spans in seconds of opening time."""

    raw_low_seconds: float
    raw_high_seconds: float
    waited_seconds: float
    came: bool  # false: still waiting after that long
    age_seconds: float = 0.0  # since it was settled


def learned_factors(lessons: Iterable[Lesson]) -> tuple[float, float]:
    """By what to multiply the lower and the upper end of the next promises."""
    used = list(lessons)
    long = min(FULL_LESSON_SECONDS, median(one.raw_high_seconds for one in used)) if used else 1.0
    weights = [_weight(one, max(1.0, long)) for one in used]
    known = sum(weight for one, weight in zip(used, weights, strict=True) if one.came)
    if not known:
        return 1.0, 1.0
    lows = [_over(one, one.raw_low_seconds) for one in used]
    highs = [_over(one, one.raw_high_seconds) for one in used]
    low = _quantile(list(zip(lows, weights, used, strict=True)), OUTSIDE)
    high = _quantile(list(zip(highs, weights, used, strict=True)), 1 - OUTSIDE)
    low_trust = known / (known + (STRENGTH if low > 0 else WIDEN_STRENGTH))
    high_trust = known / (known + (STRENGTH if high < 0 else WIDEN_STRENGTH))
    low_factor = _clamped(math.exp(low_trust * low), *LOW_ENDS)
    return low_factor, max(low_factor, _clamped(math.exp(high_trust * high), *HIGH_ENDS))


def _over(lesson: Lesson, promised: float) -> float:
    waited = lesson.waited_seconds + SOFTENING_SECONDS
    return math.log(waited / (promised + SOFTENING_SECONDS))


def _quantile(scored: Sequence[tuple[float, float, Lesson]], share: float) -> float:
    """The score below which *share* of the waits lies, the open ones counted as longer."""
    ordered = sorted(scored, key=lambda one: (one[0], not one[2].came))
    at_risk = sum(weight for _, weight, _ in ordered)
    surviving, last = 1.0, ordered[0][0]
    for score, weight, lesson in ordered:
        if lesson.came:
            last = score
            surviving *= max(0.0, 1 - weight / at_risk)
            if surviving <= 1 - share:
                return score
        at_risk -= weight
    return max(last, ordered[-1][0])


def _weight(lesson: Lesson, long: float) -> float:
    """Fresh lessons count more, and those of waits as *long* as the fair's usual ones."""
    length = min(1.0, lesson.raw_high_seconds / long)
    return length * math.exp(-lesson.age_seconds / FRESH_SECONDS)


def _clamped(factor: float, least: float, most: float) -> float:
    return min(most, max(least, factor))
