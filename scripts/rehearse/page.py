"""An open page: its socket, its pings, the readings that news causes; and how phones lose it."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from scripts.rehearse.journal import Journal
from scripts.rehearse.lines import AT_ONCE_SECONDS, PLACE_SECONDS
from scripts.rehearse.rhythm import own_pace, pause
from scripts.rehearse.wire import Caller

PING_SECONDS = 15.0
SAFETY_SECONDS = 300.0  # the page reads by itself; the gateway says when it missed something
SPREAD_SECONDS = 5.0  # within which those with something pressing look again; the crowd has turns
QUICK_SECONDS = 10.0  # while the line is cut
CALM_SECONDS = 15.0  # the same, where nothing presses; looked at every ten
FIRST_PAUSE, LONGEST_PAUSE = 0.8, 20.0
ANSWER_SECONDS = 3.0  # by then a question is asked over HTTP


class Unanswered(Exception):
    """The gateway refused a question, the line was cut, or nothing was heard."""

    @property
    def is_silence(self) -> bool:
        return str(self) == "no-answer"


class Page:
    """Keeps one connection alive until it is closed; news is a hint, the reading is the truth."""

    def __init__(
        self, caller: Caller, journal: Journal, url: str, read: Callable[[], Awaitable[None]]
    ):
        self.caller, self.journal, self.url, self._read = caller, journal, url, read
        self.topics: list[str] = []
        self.on_event: Callable[[str, dict[str, Any]], float | None] = lambda _kind, _payload: (
            AT_ONCE_SECONDS
        )
        self.presses: Callable[[], bool] = lambda: False
        self.is_open = False
        self.is_asleep = False
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._questions: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._reading: asyncio.Task[None] | None = None
        self._due: asyncio.TimerHandle | None = None
        self._due_at = 0.0
        self._read_at = 0.0
        self._again = False
        self._own_pace = own_pace()

    def open(self) -> None:
        """Connect, and stay connected."""
        self._tasks = [asyncio.create_task(self._stay()), asyncio.create_task(self._watch())]

    async def close(self) -> None:
        """Leave for good."""
        for task in [*self._tasks, *([self._reading] if self._reading else [])]:
            task.cancel()
        if self._due:
            self._due.cancel()
        if self._socket is not None:
            await self._socket.close()
        self.is_open = False

    async def listen_to(self, topics: list[str]) -> None:
        """Hear of exactly these topics."""
        if topics != self.topics:
            self.topics = topics
            await self._say(t="topics", topics=topics)

    async def ask(self, kind: str, about: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask the gateway; written into the journal as *kind*.

        :raises Unanswered: there is no line, no answer in time, or it is refused
        """
        if not self.is_open or self.is_asleep:
            raise Unanswered("line-cut")
        self._number += 1
        number, began = self._number, self.journal.now()
        heard = self._questions[number] = asyncio.get_running_loop().create_future()
        try:
            await self._say(t="ask", id=number, about=about, body=body)
            said = await asyncio.wait_for(heard, ANSWER_SECONDS)
        except TimeoutError as silence:
            raise Unanswered("no-answer") from silence
        finally:
            del self._questions[number]
        if "refused" in said:
            raise Unanswered(said["refused"])
        self.journal.call(kind, began, 200)
        return said["body"]

    def drop(self) -> None:
        """The line breaks without a word; the page connects again by itself."""
        self.journal.counts["drops"] += 1
        if self._socket is not None and self._socket._response.connection is not None:
            transport = self._socket._response.connection.transport
            if transport is not None:
                transport.abort()

    async def sleep(self, seconds: float) -> None:
        """The phone suspends the page: nothing is sent or read, the connection just hangs."""
        self.journal.counts["suspensions"] += 1
        self.is_asleep = True
        await asyncio.sleep(seconds)
        self.is_asleep = False
        self.drop()  # awake, the page replaces a line that may be dead

    def soon(self, seconds: float = AT_ONCE_SECONDS) -> None:
        """Read shortly; several hints become one reading, the nearest one decides."""
        loop = asyncio.get_running_loop()
        due_at = loop.time() + self._drifted(seconds)
        if self._due is not None and self._due_at <= due_at:
            return
        if self._due is not None:
            self._due.cancel()
        self._due_at = due_at
        self._due = loop.call_at(due_at, self._read_now)

    def _drifted(self, seconds: float) -> float:
        return seconds * self._own_pace if seconds > PLACE_SECONDS else seconds

    def note_reading(self) -> None:
        """A reading that did not wait for news: it is news enough."""
        self._read_at = self.journal.now()
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _read_now(self) -> None:
        self._due = None
        if self._reading is not None and not self._reading.done():
            self._again = True
            return
        self._reading = asyncio.create_task(self._read_on())

    async def _read_on(self) -> None:
        self._again = True
        while self._again and not self.is_asleep:
            self._again = False
            self._read_at = self.journal.now()
            await self._read()

    async def _watch(self) -> None:
        """The safety net below the socket."""
        while True:
            await pause(QUICK_SECONDS)
            if not self.is_asleep and self.journal.now() - self._read_at >= self._patience():
                self.soon()

    def _patience(self) -> float:
        if self.is_open:
            return self._drifted(SAFETY_SECONDS)
        return QUICK_SECONDS if self.presses() else CALM_SECONDS * self._own_pace

    async def _stay(self) -> None:
        rest = FIRST_PAUSE
        while True:
            began = self.journal.now()
            try:
                await self._connect()
            except (aiohttp.ClientError, TimeoutError, OSError):
                self.journal.counts["connections refused or lost"] += 1
            self.is_open = False
            rest = FIRST_PAUSE if self.journal.now() - began > 5 else min(rest * 2, LONGEST_PAUSE)
            while self.is_asleep:
                await asyncio.sleep(0.2)
            await asyncio.sleep(rest * random.uniform(0.5, 1.0))  # noqa: S311 (spreads the crowd)

    async def _connect(self) -> None:
        async with self.caller.wire.sockets.ws_connect(
            self.url, timeout=aiohttp.ClientWSTimeout(ws_close=1.0), max_msg_size=0, compress=0
        ) as socket:
            self._socket = socket
            await self._say(t="hello", token=self.caller.token, page="queue", topics=self.topics)
            pinging = asyncio.create_task(self._ping())
            try:
                async for message in socket:
                    while self.is_asleep:
                        await asyncio.sleep(0.2)
                    if message.type is aiohttp.WSMsgType.TEXT:
                        self._hear(json.loads(message.data))
            finally:
                pinging.cancel()
                self._socket, self.is_open = None, False
                for heard in self._questions.values():
                    if not heard.done():
                        heard.set_result({"refused": "line-cut"})

    def _hear(self, said: dict[str, Any]) -> None:
        kind = said.get("t")
        if kind == "welcome":
            self.is_open = True
            self._catch_up(said["catch_up_seconds"])
        elif kind == "answer":
            heard = self._questions.get(said["id"])
            if heard is not None and not heard.done():
                heard.set_result(said)
        elif kind == "bye":
            self.journal.counts[f"bye: {said.get('reason')}"] += 1
        elif kind == "event":
            self.journal.counts["events"] += 1
            payload = said.get("payload") or {}
            if said["kind"] == "resync":
                self._catch_up(payload["catch_up_seconds"])
                return
            pace = self.on_event(said["kind"], payload)
            if pace is not None:
                self.soon(pace)

    def _catch_up(self, turn_seconds: float) -> None:
        """Whatever happened meanwhile was missed; a crowd reads in turns, what presses before."""
        spread = random.uniform(0, SPREAD_SECONDS)  # noqa: S311 (a play)
        if not self._read_at:
            self.soon(0)
        else:
            self.soon(spread if self.presses() else max(spread, turn_seconds))

    async def _ping(self) -> None:
        while True:
            await pause(PING_SECONDS)
            if not self.is_asleep:
                await self._say(t="ping")

    async def _say(self, **message: Any) -> None:
        if self._socket is None or self.is_asleep:
            return
        try:
            await self._socket.send_str(json.dumps(message))
        except (aiohttp.ClientError, ConnectionError, RuntimeError):
            return  # the reader notices and connects anew
