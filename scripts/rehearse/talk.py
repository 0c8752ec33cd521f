"""Sitting in a video room: what a call page says to its room every four seconds."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scripts.rehearse.page import Page, Unanswered
from scripts.rehearse.rhythm import pause
from scripts.rehearse.wire import Caller

SYNC_SECONDS = 4.0
LINE_REST_SECONDS = 30.0  # for a line that did not answer


@dataclass
class Sitting:
    """One page in one room, and how far it has read."""

    room: str
    token: str
    name: str = field(default_factory=lambda: f"page-{uuid.uuid4().hex[:12]}")
    after: int = 0

    def word(self) -> dict[str, Any]:
        """Media flows, and nothing is to be sent."""
        said = {"token": self.token, "client": self.name, "after": self.after}
        return said | {"media": {"flowing": True}}


class Talk:
    """One side of one call."""

    def __init__(
        self,
        caller: Caller,
        ticket: int,
        page: Page | None,
        on_sync: Callable[[float], object] = lambda _asked: None,
    ) -> None:
        self.caller, self.ticket, self.page, self._on_sync = caller, ticket, page, on_sync
        self.is_on = True
        self._line_rests_until = 0.0

    def stop(self) -> None:
        """Leave the room."""
        self.is_on = False

    async def keep_up(self) -> None:
        """Fetch the credential, then report that media flows until the room is closed."""
        path = f"/api/interviews/{self.ticket}/credentials"
        given = await self.caller.post("credentials", path)
        if not given.ok:
            return
        sitting = Sitting(given.body["room"], given.body["sync_token"])
        while self.is_on:
            answer = await self._sync(sitting)
            if answer is None or not answer.get("open", False):
                return
            sitting.after = answer["after"]
            await pause(SYNC_SECONDS)

    async def _sync(self, sitting: Sitting) -> dict[str, Any] | None:
        """Over the socket when it answers, except the first; else over HTTP, at once."""
        began = self.caller.wire.journal.now()
        if sitting.after and self.page and began >= self._line_rests_until:
            try:
                body = {"room": sitting.room, **sitting.word()}
                answered = await self.page.ask("room sync by socket", "room", body)
            except Unanswered as why:
                self.caller.wire.journal.counts[f"pulses: {why}"] += 1
                if why.is_silence:
                    self._line_rests_until = began + LINE_REST_SECONDS
            else:
                self._on_sync(began)
                return answered
        path = f"/api/rooms/{sitting.room}/sync"
        posted = await self.caller.post("room sync", path, signals=[], **sitting.word())
        if not posted.ok:
            return None
        self._on_sync(posted.asked_at)
        return posted.body
