"""A student's day: log in, enter, look around, apply, wait, answer, talk, read the result."""

import asyncio
from typing import Any

from scripts.rehearse.cast import Cast, Person, Stall
from scripts.rehearse.door import Door
from scripts.rehearse.journal import Journal
from scripts.rehearse.lines import AT_ONCE_SECONDS, BOOTH_SECONDS, IN_LINE, Lines, is_told
from scripts.rehearse.page import Page
from scripts.rehearse.plan import LOOKING, Plan, wanted_booths
from scripts.rehearse.sightings import Act, ring_of
from scripts.rehearse.talk import Talk
from scripts.rehearse.thumbs import tap
from scripts.rehearse.wire import Answer, Caller, Wire

OVER = frozenset({"finished", "rejected", "declined", "lapsed", "withdrawn"})


class Student:
    """One student, from the door to the last result."""

    def __init__(self, number: int, person: Person, *, cast: Cast, plan: Plan, wire: Wire) -> None:
        self.number, self.person, self.cast, self.plan = number, person, cast, plan
        self.journal: Journal = wire.journal
        self.caller = Caller(wire)
        self.dice = plan.dice("student", number)
        self.lines = Lines(self.dice)
        self.page: Page | None = None
        self.talk: Talk | None = None
        self._done: set[tuple[int, str, int]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def live(self, realtime_url: str, arrives_at: float) -> None:
        """Come at the given second of play, and stay."""
        await asyncio.sleep(max(0.0, arrives_at - self.journal.now()))
        if not await Door(self.caller, self.person, self.cast).come_in(
            self.dice, refuses=self.plan.habits.refuses_messages
        ):
            self.journal.counts["students who could not enter"] += 1
            return
        self.journal.arrivals.append(self.journal.now())
        self.page = Page(self.caller, self.journal, realtime_url, self._read)
        self.page.on_event, self.page.presses = self._hear, self.lines.press
        self.page.open()
        self._start(self._misfortunes(self.page))
        stalls = {stall.id: stall for stall in self.cast.booths}
        for booth_id in wanted_booths(self.plan, self.number, list(stalls)):
            await self._look_at(stalls[booth_id])
            await self._apply(stalls[booth_id])
        self.lines.look_at(None)
        await self._second_thoughts()

    async def leave(self) -> None:
        """Close the page."""
        for task in self._tasks:
            task.cancel()
        if self.talk:
            self.talk.stop()
        if self.page:
            await self.page.close()

    async def _look_at(self, stall: Stall) -> None:
        """Read what a booth offers; the page follows its line."""
        self.lines.look_at(stall.id)
        await self.caller.get("booth page", f"/api/screens/booths/{stall.id}")
        await self._listen()
        seconds = self.dice.uniform(*LOOKING) / self.plan.hurry
        while seconds > BOOTH_SECONDS:
            await asyncio.sleep(BOOTH_SECONDS)
            seconds -= BOOTH_SECONDS
            if self.lines.has_moved:
                self.lines.has_moved = False
                await self.caller.get("booth page", f"/api/screens/booths/{stall.id}")
        await asyncio.sleep(seconds)

    async def _look_again(self, booth_id: int) -> None:
        """Read the booth's page again, if it is still open, for what the booth told its line."""
        if self.lines.looked_at == booth_id:
            await asyncio.sleep(self.lines.notice_pace())
        if self.lines.looked_at == booth_id:
            await self.caller.get("booth page", f"/api/screens/booths/{booth_id}")

    async def _listen(self) -> None:
        if self.page:
            await self.page.listen_to(self.lines.topics())

    async def _apply(self, stall: Stall) -> None:
        body = {"position_id": stall.position_id}
        answer = await self._tap(stall, body)
        if answer.problem == "unlikely-to-be-seen":
            answer = await self._choose(stall, body, answer)
        if answer.ok:
            self._placed(stall, answer)
        elif answer.status == 409:
            self.journal.counts[f"applying: {answer.problem}"] += 1

    async def _tap(self, stall: Stall, body: dict[str, Any]) -> Answer:
        answers = await tap(
            self.caller,
            self.dice,
            f"/api/booths/{stall.id}/interviews",
            body,
            twice=self.plan.habits.double_taps,
        )
        placed = [answer for answer in answers if answer.ok]
        if len({answer.body["id"] for answer in placed}) > 1:
            for answer in placed:  # the referee calls it two tickets
                self._placed(stall, answer)
        return placed[0] if placed else answers[0]

    async def _choose(self, stall: Stall, body: dict[str, Any], answer: Answer) -> Answer:
        """What a student does who is told that the line is too long."""
        offers = answer.body.get("offers") or []
        self.journal.counts["warned: unlikely to be seen"] += 1
        slot = next((offer for offer in offers if offer.get("kind") == "slot"), None)
        chance = self.dice.random()
        if slot and chance < 0.5:
            self.journal.counts["slots taken"] += 1
            more = {"slot_at": slot["slot_at"]}
        elif chance < 0.8:
            self.journal.counts["queued anyway"] += 1
            more = {"anyway": True}
        else:
            return answer
        return await self.caller.post("apply", f"/api/booths/{stall.id}/interviews", **body, **more)

    def _placed(self, stall: Stall, answer: Answer) -> None:
        ticket = answer.body
        self.journal.placed[ticket["id"]] = ticket["queued_at"]
        self.journal.confirmed(ticket["id"], "apply")
        self.journal.promised += bool(ticket.get("promise"))
        self.lines.tickets[ticket["id"]] = ticket
        self.journal.saw(
            Act.PLACED,
            ticket["id"],
            self.person.subject_id,
            stall.id,
            asked_at=answer.asked_at,
            queued_at=ticket["queued_at"],
            slot_at=ticket.get("slot_at"),
        )

    async def _read(self) -> None:
        """The queue page: every ticket with its place, told to the referee."""
        answer = await self.caller.get(
            "queue page", f"/api/screens/my-interviews?fair_id={self.cast.fair_id}"
        )
        if not answer.ok:
            return
        self.lines.read(answer.body["tickets"], answer.body["server_now"])
        for ticket in answer.body["tickets"]:
            self._report(ticket, answer)
            if ticket["status"] == "held" and not ticket.get("held_until"):
                self._once((ticket["id"], "return", ticket["misses"]), self._return(ticket))
            if ticket["status"] == "ringing" and ticket["called_by"] == "recruiter":
                self._once(ring_of(ticket), self._answer(ticket))
            if "start" in ticket["actions"]:
                self._once((ticket["id"], "start", 0), self._call(ticket))
            if ticket["status"] == "in_call" and ticket["called_by"] == "student":
                self._once((ticket["id"], "talk", 0), self._talk(ticket))
        await self._listen()

    def _report(self, ticket: dict[str, Any], answer: Answer) -> None:
        act = Act.READ if ticket["status"] in IN_LINE else Act.LEFT
        if ticket["status"] not in IN_LINE | OVER:
            return
        moved = ticket["misses"] > self.cast.misses_kept or ticket["origin"] == "invitation"
        self.journal.saw(
            act,
            ticket["id"],
            self.person.subject_id,
            ticket["booth"]["id"],
            asked_at=answer.asked_at,
            queued_at=ticket["queued_at"],
            ahead=ticket["ahead"],
            misses=ticket["misses"],
            may_move=bool(moved or ticket.get("behind_after_misses")),
        )

    def _hear(self, kind: str, payload: dict[str, Any]) -> float | None:
        """News: what is mine is read at once, my line's at the pace of my place in it."""
        known = self.lines.tickets.get(payload.get("interview_id", 0))
        if kind != "interview.ringing":
            pace = self.lines.hear(kind, payload)
            if kind == "interview.changed" and payload["status"] == "waiting":
                self._start(self._listen())
            if kind == "queue.changed" and is_told(payload):
                self._start(self._look_again(payload["booth_id"]))
            return pace
        self.journal.ring_heard(payload["expires_at"])
        if ticket := known:
            at = self.journal.now()
            booth = ticket["booth"]["id"]
            self.journal.saw(Act.HEARD, ticket["id"], self.person.subject_id, booth, asked_at=at)
            told = ticket | {"ring_expires_at": payload["expires_at"]}
            self._once(ring_of(told), self._answer(told))
        return AT_ONCE_SECONDS

    def _once(self, mark: tuple[int, str, int], doing: Any) -> None:
        """Start something, unless it was started for this very ring or miss."""
        if mark in self._done:
            doing.close()
            return
        self._done.add(mark)
        self._start(doing)

    async def _answer(self, ticket: dict[str, Any]) -> None:
        """Take the ring after a moment; or not now; or be away from the phone."""
        habits, chance = self.plan.habits, self.dice.random()
        self.journal.counts["rings heard"] += 1
        path = f"/api/interviews/{ticket['id']}"
        if self.caller.wire.has("/api/interviews/{interview_id}/ring-seen"):
            await self.caller.post("ring seen", f"{path}/ring-seen")
        await asyncio.sleep(self.dice.uniform(0.5, 6 if self.plan.speed < 60 else 1.5))
        ids = (ticket["id"], self.person.subject_id, ticket["booth"]["id"])
        if chance < habits.answers:
            answered = await self.caller.post("answer", f"{path}/answer")
            if answered.ok:
                self.journal.confirmed(ticket["id"], "answer")
                self.journal.saw(Act.ANSWERED, *ids, asked_at=answered.asked_at)
                self._start(self._talk(ticket))
        elif chance < habits.answers + habits.passes:
            self.journal.saw(Act.ENDING, *ids)
            await self.caller.post("pass a ring", f"{path}/pass-ring")
        else:
            self.journal.counts["rings left unanswered"] += 1
        if self.page:
            self.page.soon()

    async def _call(self, ticket: dict[str, Any]) -> None:
        """自主发起: next in line, and a desk is free; others wait to be called."""
        if self.dice.random() >= self.plan.habits.starts:
            return
        answer = await self.caller.post("start", f"/api/interviews/{ticket['id']}/start")
        if not answer.ok:
            self.journal.counts[f"calling: {answer.problem or answer.status}"] += 1
            return
        self.journal.counts["students who called"] += 1
        self.journal.confirmed(ticket["id"], "start")
        ids = (ticket["id"], self.person.subject_id, ticket["booth"]["id"])
        self.journal.saw(Act.RUNG, *ids, asked_at=answer.asked_at)

    async def _talk(self, ticket: dict[str, Any]) -> None:
        ids = (ticket["id"], self.person.subject_id, ticket["booth"]["id"])
        self.journal.interviewed.add(self.person.subject_id)
        told = lambda at: self.journal.saw(Act.TALKING, *ids, asked_at=at)  # noqa: E731
        self.talk = Talk(self.caller, ticket["id"], self.page, told)
        await self.talk.keep_up()

    async def _return(self, ticket: dict[str, Any]) -> None:
        await self._pause(5, 60)
        answer = await self.caller.post("return", f"/api/interviews/{ticket['id']}/return")
        self.journal.counts["returns"] += answer.ok

    async def _second_thoughts(self) -> None:
        """Some leave a line, some ask a booth to wait."""
        await self._pause(30, 120)
        habits = self.plan.habits
        waiting = [t for t in self.lines.tickets.values() if t["status"] == "waiting"]
        if waiting and self.dice.random() < habits.withdraws:
            ticket = self.dice.choice(waiting)
            answer = await self.caller.post("withdraw", f"/api/interviews/{ticket['id']}/withdraw")
            if answer.ok:
                self.journal.confirmed(ticket["id"], "withdraw")
        has_hold = self.caller.wire.has("/api/interviews/{interview_id}/hold")
        waiting = [t for t in waiting if "hold" in t.get("actions", [])]
        if waiting and has_hold and self.dice.random() < habits.holds:
            ticket = self.dice.choice(waiting)
            answer = await self.caller.post("hold", f"/api/interviews/{ticket['id']}/hold")
            self.journal.counts["holds"] += answer.ok

    async def _misfortunes(self, page: Page) -> None:
        """The line breaks, the phone sleeps."""
        habits = self.plan.habits
        left = self.plan.play_seconds - self.journal.now()
        if self.dice.random() < habits.drops:
            await asyncio.sleep(self.dice.uniform(1, max(2, left / 2)))
            self._lost()
            page.drop()
        if self.dice.random() < habits.suspends:
            await asyncio.sleep(self.dice.uniform(1, max(2, left / 4)))
            self._lost()
            await page.sleep(self.dice.uniform(5, min(70.0, max(6.0, left / 3))))

    def _lost(self) -> None:
        """Whoever loses the line may lose the call: the referee is certain of nothing more."""
        for ticket in self.lines.tickets.values():
            if ticket["status"] in ("ringing", "in_call", "waiting"):
                booth = ticket["booth"]["id"]
                self.journal.saw(Act.ENDING, ticket["id"], self.person.subject_id, booth)

    def _start(self, doing: Any) -> None:
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pause(self, least: float, most: float) -> None:
        await asyncio.sleep(self.plan.spoken(self.dice.uniform(least, most)))
