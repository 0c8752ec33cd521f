"""Coming in: WeChat's code, the fair, the device test, the popup of subscriptions."""

import asyncio
import random

from scripts.rehearse.cast import Cast, Person
from scripts.rehearse.wire import Caller

TRIES = 6
AT_ONCE = 5  # templates that one popup may ask for


class Door:
    """One student at the door of the fair."""

    def __init__(self, caller: Caller, person: Person, cast: Cast) -> None:
        self.caller, self.person, self.cast = caller, person, cast

    async def come_in(self, dice: random.Random, *, refuses: float) -> bool:
        """Try like anybody: an answer that got lost has used up WeChat's code.

        *refuses*: the share of students who allow no messages.
        """
        for _ in range(TRIES):
            if await self._arrive(is_told=dice.random() >= refuses):
                return True
            self.caller.wire.journal.counts["second tries at the door"] += 1
            await asyncio.sleep(dice.uniform(1, 4))
        return False

    async def _arrive(self, *, is_told: bool) -> bool:
        wire, fair = self.caller.wire, self.cast.fair_id
        if not await self.caller.log_in(self.person.phone):
            return False
        entered = await self.caller.post("enter the fair", f"/api/fairs/{fair}/enter")
        if not entered.ok:
            return False
        await self.caller.get("fair page", f"/api/screens/fairs/{fair}")
        await self.caller.get("hall", f"/api/screens/fairs/{fair}/hall")
        if wire.has("/api/device-checks"):
            found = {"camera": "ok", "microphone": "ok", "speaker": "ok", "browser": "WeChat 8"}
            await self.caller.post("device test", "/api/device-checks", **found)
        if is_told:
            results = dict.fromkeys(self.cast.templates[:AT_ONCE], "accept")
            await wire.play(f"/users/{self.person.phone}/subscriptions", results=results, times=2)
        return True
