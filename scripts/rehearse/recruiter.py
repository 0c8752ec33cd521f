"""A recruiter's day: sit down, let applications in, ring the next, talk, give the result."""

import asyncio
import math
import time
from datetime import datetime
from typing import Any

from scripts.rehearse.cast import Cast, Person
from scripts.rehearse.journal import Journal
from scripts.rehearse.lines import AT_ONCE_SECONDS, HINTS
from scripts.rehearse.page import Page
from scripts.rehearse.plan import Plan
from scripts.rehearse.rhythm import wandering
from scripts.rehearse.sightings import Act
from scripts.rehearse.talk import Talk
from scripts.rehearse.wire import Caller, Wire

LOOK_SECONDS = 10.0  # the desk reads its hall so often beside the news: nobody tells who is online
HALL_NEWS_SECONDS = 3.0  # the desks' rule for news that is not of their own call
BUSY_NEWS_SECONDS = 60.0  # while they ring, talk or write a result
TALKING_LOOK_SECONDS = 60.0
GOODBYE_SECONDS = 10.0  # of a talk that the end of the fair cuts short
EMPTY_LOOK_SECONDS = 60.0  # an empty line: what comes is told by events
READ_SECONDS = 4.0  # of a résumé, before an application is answered
MOST_COLLEAGUES = 3  # at one booth
CODES = ("position_filled", "major_mismatch", "skills_mismatch", "other")
SPREAD = 0.45  # of a talk's logarithm


class Recruiter:
    """One interviewer at one desk."""

    def __init__(self, number: int, person: Person, *, cast: Cast, plan: Plan, wire: Wire) -> None:
        self.person, self.cast, self.plan = person, cast, plan
        self.share = number % MOST_COLLEAGUES
        self.booth = person.subject_id
        self.journal: Journal = wire.journal
        self.caller = Caller(wire)
        self.dice = plan.dice("recruiter", number)
        self.hall: dict[str, Any] = {}
        self.page: Page | None = None
        self.is_closing = False
        self._news = asyncio.Event()
        self._read_hall = asyncio.Event()
        self._answering: set[int] = set()
        self._gate: asyncio.Task[None] | None = None

    async def live(self, realtime_url: str) -> None:
        """Come in time or late, work until the fair closes and nothing is owed."""
        await asyncio.sleep(self._comes_at())
        while not await self._arrive():
            await asyncio.sleep(2)
        self.page = Page(self.caller, self.journal, realtime_url, self._read)
        self.page.topics = [f"booth:{self.booth}"]
        self.page.on_event = self._hear
        self.page.presses = lambda: True
        self.page.open()
        self._gate = asyncio.create_task(self._keep_the_gate())
        while not (self.is_closing and self._state() == "idle"):
            await self._work()

    async def leave(self) -> None:
        """Close the page."""
        if self._gate:
            self._gate.cancel()
        if self.page:
            await self.page.close()

    def _comes_at(self) -> float:
        if self.dice.random() < self.plan.habits.late:
            return self.dice.uniform(0.03, 0.15) * self.plan.play_seconds
        return self.dice.uniform(0, 2)

    def _hear(self, kind: str, payload: dict[str, Any]) -> float | None:
        """What happens to my own call is read at once, the rest of the hall a little later."""
        if kind not in HINTS:
            return None
        mine = bool(self.hall) and payload.get("interview_id") == self.hall["desk"]["interview_id"]
        if mine:
            return AT_ONCE_SECONDS
        return HALL_NEWS_SECONDS if self._state() == "idle" else BUSY_NEWS_SECONDS

    def _state(self) -> str:
        return str(self.hall["desk"]["state"]) if self.hall else "unknown"

    async def _arrive(self) -> bool:
        if not await self.caller.log_in(self.person.phone):
            return False
        await self.caller.get("recruiter's booths", "/api/screens/recruiter")
        await self._read()
        return bool(self.hall)

    async def _read(self) -> None:
        path = f"/api/screens/recruiter/booths/{self.booth}/hall"
        if self.page:
            self.page.note_reading()
        answer = await self.caller.get("recruiter's hall", path)
        if answer.ok:
            self.hall = answer.body
            self._news.set()
            self._read_hall.set()

    async def _look(self, seconds: float) -> None:
        """Wait for news of the hall, at most so long; then the hall is read anew."""
        self._news.clear()
        try:
            await asyncio.wait_for(self._news.wait(), wandering(seconds))
        except TimeoutError:
            await self._read()

    async def _work(self) -> None:
        """Whatever the desk's state asks for next."""
        state = self._state()
        if state == "idle":
            await self._ring_next()
        elif state == "ringing":
            await self._let_it_ring()
        elif state == "in_call":
            await self._interview(self.hall["desk"]["interview_id"])
        elif state == "concluding":
            await self._conclude(self.hall["desk"]["interview_id"])
        else:
            await self._look(2)

    async def _ring_next(self) -> None:
        if self.is_closing or self.hall["next_id"] is None:  # the desk's button is grey
            nobody_in_line = not self.hall["counts"]["waiting"]
            await self._look(EMPTY_LOOK_SECONDS if nobody_in_line else LOOK_SECONDS)
            return
        answer = await self.caller.post("ring next", f"/api/booths/{self.booth}/ring-next")
        if answer.ok:
            row = answer.body
            self.journal.confirmed(row["id"], "ring")
            ids = (row["id"], row["student"]["id"], self.booth)
            self.journal.saw(Act.RUNG, *ids, asked_at=answer.asked_at)
            waited = time.time() - datetime.fromisoformat(row["queued_at"]).timestamp()
            self.journal.waits.add(self.journal.now(), waited)
            self.journal.counts["rings"] += 1
            self.hall["desk"] |= {"state": "ringing", "interview_id": row["id"]}
            return
        self.journal.counts[f"ringing: {answer.problem or answer.status}"] += 1
        await self._look(min(LOOK_SECONDS, self.plan.spoken(30) + 0.5))

    async def _let_it_ring(self) -> None:
        """Wait for the student; lose patience now and then."""
        ticket = self.hall["desk"]["interview_id"]
        row = self._row(ticket)
        if row and row["called_by"] == "student":
            await self._be_called(row)
        elif self.dice.random() < 0.03:
            await asyncio.sleep(3)
            row = self._row(ticket)
            if row:
                self.journal.saw(Act.ENDING, ticket, row["student"]["id"], self.booth)
                path = f"/api/interviews/{ticket}/cancel-ring"
                answer = await self.caller.post("cancel a ring", path)
                self.journal.counts["rings cancelled"] += answer.ok
                await self._read()
                return
        for _ in range(6):
            await self._look(LOOK_SECONDS)
            if self._state() != "ringing":
                return

    async def _be_called(self, row: dict[str, Any]) -> None:
        """A student calls: answered after a moment; or not now; or nobody is at the desk."""
        habits, chance = self.plan.habits, self.dice.random()
        ids = (row["id"], row["student"]["id"], self.booth)
        path = f"/api/interviews/{row['id']}"
        await asyncio.sleep(self.dice.uniform(0.5, 4 if self.plan.speed < 60 else 1.5))
        if chance < habits.takes_calls:
            answer = await self.caller.post("take a call", f"{path}/take-call")
            if answer.ok:
                self.journal.counts["students' calls answered"] += 1
                self.journal.confirmed(row["id"], "answer")
                self.journal.saw(Act.ANSWERED, *ids, asked_at=answer.asked_at)
        elif chance < habits.takes_calls + habits.turns_down:
            self.journal.saw(Act.ENDING, *ids)
            await self.caller.post("turn a call down", f"{path}/turn-down")
        else:
            return
        await self._read()

    def _row(self, ticket: int) -> dict[str, Any] | None:
        rows = self.hall.get("waiting", [])
        return next((row for row in rows if row["id"] == ticket), None)

    async def _interview(self, ticket: int) -> None:
        talk = Talk(self.caller, ticket, self.page)
        syncing = asyncio.create_task(talk.keep_up())
        mean = math.log(self.plan.talk_seconds) - SPREAD**2 / 2
        until = self.journal.now() + self.dice.lognormvariate(mean, SPREAD)
        while self.journal.now() < until and self._state() == "in_call":
            if self.is_closing:  # the fair is over: a word of thanks, and goodbye
                until = min(until, self.journal.now() + GOODBYE_SECONDS)
            await self._look(max(0.1, min(TALKING_LOOK_SECONDS, until - self.journal.now())))
        talk.stop()
        syncing.cancel()
        if self._state() != "in_call":
            return
        row = self._row(ticket)
        if row:
            self.journal.saw(Act.ENDING, ticket, row["student"]["id"], self.booth)
        answer = await self.caller.post("hang up", f"/api/interviews/{ticket}/hang-up")
        if answer.ok:
            self.journal.confirmed(ticket, "hang_up")
        await self._read()

    async def _conclude(self, ticket: int) -> None:
        await asyncio.sleep(self.plan.verdict_seconds * self.dice.uniform(0.5, 1.5))
        verdict = "pass" if self.dice.random() < 0.45 else "fail"
        path = f"/api/interviews/{ticket}/conclude"
        answer = await self.caller.post("conclude", path, verdict=verdict, remark="沟通顺畅")
        if answer.ok:
            self.journal.confirmed(ticket, "conclude")
            self.journal.counts["interviews"] += 1
        await self._read()

    async def _keep_the_gate(self) -> None:
        """Answer applications beside the talks, in their order."""
        while not self.is_closing:
            rows = [r for r in self.hall.get("pending", []) if r["id"] not in self._answering]
            if not rows:
                self._read_hall.clear()
                await self._read_hall.wait()
                continue
            await asyncio.sleep(self.plan.spoken(READ_SECONDS * self.dice.uniform(0.5, 1.5)))
            row = next((r for r in rows if self._is_mine(r)), rows[0])
            self._answering.add(row["id"])
            if self.dice.random() < self.plan.habits.rejects:
                await self._reject(row)
            else:
                await self._accept(row)
            if self._state() == "idle" and self.hall["next_id"] is None:  # whom may it ring now?
                await self._read()

    def _is_mine(self, row: dict[str, Any]) -> bool:
        """Colleagues of a booth share the applications out instead of all taking the first."""
        return row["id"] % MOST_COLLEAGUES == self.share

    async def _accept(self, row: dict[str, Any]) -> None:
        ids = (row["id"], row["student"]["id"], self.booth)
        self.journal.saw(Act.ACCEPTING, *ids, queued_at=row["queued_at"])
        answer = await self.caller.post("accept", f"/api/interviews/{row['id']}/accept")
        if answer.ok:
            self.journal.confirmed(row["id"], "accept")

    async def _reject(self, row: dict[str, Any]) -> None:
        body = {"reason": "与岗位要求有差距", "reason_code": self.dice.choice(CODES)}
        path = f"/api/interviews/{row['id']}"
        has_undo = self.caller.wire.has("/api/interviews/{interview_id}/take-back")
        if not has_undo:
            del body["reason_code"]
        answer = await self.caller.post("reject", f"{path}/reject", **body)
        if not answer.ok:
            return
        self.journal.confirmed(row["id"], "dismiss" if has_undo else "reject")
        self.journal.counts["rejections"] += 1
        if has_undo and self.dice.random() < self.plan.habits.takes_back:
            await asyncio.sleep(self.dice.uniform(0.5, 2))
            back = await self.caller.post("take back", f"{path}/take-back")
            if back.ok:
                self.journal.confirmed(row["id"], "take_back")
                self.journal.counts["rejections taken back"] += 1
                self._answering.discard(row["id"])
