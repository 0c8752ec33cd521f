"""Impatient thumbs: an application that is tapped twice at the same instant."""

import asyncio
import random
import uuid
from typing import Any

from scripts.rehearse.wire import Answer, Caller


async def tap(
    caller: Caller, dice: random.Random, path: str, body: dict[str, Any], *, twice: float
) -> list[Answer]:
    """Apply at *path*, once or (a share of *twice*) two times: with one key, or with two."""
    if dice.random() >= twice:
        return [await caller.post("apply", path, **body)]
    key = str(uuid.uuid4())
    other = key if dice.random() < 0.5 else str(uuid.uuid4())
    caller.wire.journal.counts["double taps"] += 1
    both = await asyncio.gather(
        caller.post("apply", path, key=key, **body),
        caller.post("apply", path, key=other, **body),
    )
    return list(both)
