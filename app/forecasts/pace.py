"""A booth's pace from its own talks, leaning on the fair's while they are few."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

PRIOR_TALK_MINUTES = 10  # where no time box is set
PRIOR_OF_BOX = 0.85  # of the time box a talk usually takes
PRIOR_RESULT_SECONDS = 60.0  # from the talk's end to the next ring
PRIOR_VARIATION = 0.5  # spread of a cycle as a share of its mean
FAIR_STRENGTH, BOOTH_STRENGTH = 10.0, 4.0  # a prior counts as so many talks
SHOW_SHARE, SHOW_STRENGTH = 0.9, 10.0
SHORTEST_CYCLE, LONGEST_CYCLES = 20.0, 4.0  # a forgotten result says nothing of the pace


@dataclass(frozen=True)
class Cycle:
    """Mean and spread of the time from one turn to the next at a desk, in seconds."""

    mean: float
    spread: float
    samples: float


def prior_cycle(talk_minutes: int | None) -> Cycle:
    """What the time box says before anybody has talked."""
    box = (talk_minutes or PRIOR_TALK_MINUTES) * 60.0
    mean = PRIOR_OF_BOX * box + PRIOR_RESULT_SECONDS
    return Cycle(mean, PRIOR_VARIATION * mean, 0)


def learned_cycle(
    before: Cycle, seen: Sequence[float], still_going: Sequence[float], strength: float
) -> Cycle:
    """The cycle after *seen* ones and those *still_going* for so long, starting from *before*.

    A cycle still going counts with what it exceeds the mean by: left out, the long ones
    would be missing whenever it is early in the day.
    """
    longest = LONGEST_CYCLES * before.mean
    used = [min(longest, max(SHORTEST_CYCLE, seconds)) for seconds in seen]
    weight = len(used) + strength
    mean = (sum(used) + strength * before.mean) / weight
    over = sum(min(longest, age) - mean for age in still_going if age > mean)
    mean += over / weight
    squares = sum((seconds - mean) ** 2 for seconds in used)
    spread = math.sqrt((squares + strength * before.spread**2) / weight)
    return Cycle(mean, spread, len(used))


def learned_share(took: int, gone: int, before: float = SHOW_SHARE) -> float:
    """Of those who stand in a line, who take their turn and do not leave before."""
    return (took + SHOW_STRENGTH * before) / (took + gone + SHOW_STRENGTH)
