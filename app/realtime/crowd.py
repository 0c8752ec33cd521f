"""When each of a crowd that missed something may read again.

A gateway that comes back is met by all its pages within seconds, and each of them has to read
its screen anew: six thousand readings at once filled the machine so that it did not come back.
Whoever is alone reads at once; a crowd is let through at a pace that leaves room for the calls
that are on. Pages with something pressing (a ring, a call, a place near the head) do not wait.
"""

import time
from collections.abc import Callable

READINGS_PER_SECOND = 80.0


class Crowd:
    """Hands out turns, one after the other."""

    def __init__(self, now: Callable[[], float] = time.monotonic):
        self._now = now
        self._next_at = 0.0

    def turn(self) -> float:
        """In how many seconds the next page is to read; 0 for who comes alone."""
        now = self._now()
        at = max(self._next_at, now)
        self._next_at = at + 1 / READINGS_PER_SECOND
        return round(at - now, 1)
