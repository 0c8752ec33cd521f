"""The clocks of thousands of machines, played in one process.

A moment in which the player is held up makes all that was due meanwhile happen together, and
equal periods would keep it together for the rest of the play: every ten seconds a burst of two
hundred readings that no real crowd makes.
"""

import asyncio
import random

WANDERING = 0.1  # share by which a machine's timer misses its period
DRIFT = 0.3  # the clients' own spread of long waits (refresher.ts)


def wandering(seconds: float) -> float:
    """About so long."""
    return seconds * random.uniform(1 - WANDERING, 1 + WANDERING)  # noqa: S311 (a play)


async def pause(seconds: float) -> None:
    """Wait about so long."""
    await asyncio.sleep(wandering(seconds))


def own_pace() -> float:
    """What one page multiplies its long waits with, for good."""
    return random.uniform(1 - DRIFT / 2, 1 + DRIFT / 2)  # noqa: S311 (a play)
