"""Sitting in a video room: what a call page says to its room every four seconds."""

import asyncio
import uuid
from collections.abc import Callable

from scripts.rehearse.wire import Caller

SYNC_SECONDS = 4.0


class Talk:
    """One side of one call."""

    def __init__(
        self, caller: Caller, ticket: int, on_sync: Callable[[float], object] = lambda _asked: None
    ) -> None:
        self.caller, self.ticket, self._on_sync = caller, ticket, on_sync
        self.is_on = True

    def stop(self) -> None:
        """Leave the room."""
        self.is_on = False

    async def keep_up(self) -> None:
        """Fetch the credential, then report that media flows until the room is closed."""
        path = f"/api/interviews/{self.ticket}/credentials"
        given = await self.caller.post("credentials", path)
        if not given.ok:
            return
        page, after = f"page-{uuid.uuid4().hex[:12]}", 0
        while self.is_on:
            answer = await self.caller.post(
                "room sync",
                f"/api/rooms/{given.body['room']}/sync",
                token=given.body["sync_token"],
                client=page,
                after=after,
                signals=[],
                media={"flowing": True},
            )
            if not answer.ok or not answer.body.get("open", False):
                return
            after = answer.body["after"]
            self._on_sync(answer.asked_at)
            await asyncio.sleep(SYNC_SECONDS)
