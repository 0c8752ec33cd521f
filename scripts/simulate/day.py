"""One simulated fair day under one rule."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scripts.simulate.people import Cast, Desk, Size, Student, Ticket, draw
from scripts.simulate.rules import Rule, move_to_last

RING_SECONDS = 30.0  # a ring that nobody answers
ANSWER_SECONDS = 6.0
NOBODY_FREE_SECONDS = 60.0  # a recruiter who rang everybody in vain tries again after
Watch = Callable[["Day"], None]
Greet = Callable[["Day", Ticket], None]


@dataclass
class Figures:
    """What a day came to."""

    tickets: int = 0
    served: int = 0
    students: int = 0
    seen: int = 0  # students with at least one talk
    rings: int = 0
    false_rings: int = 0  # at a student who was being rung or in a call
    overtakes: int = 0  # earlier applicants still in line, summed over calls
    waited: float = 0.0  # seconds from application to talk, summed


class Day:
    """The events of a day in order of time."""

    def __init__(self, size: Size, seed: int, rule: Rule):
        self.size, self.rule, self.now = size, rule, 0.0
        self.cast: Cast = draw(size, seed)
        self.figures = Figures(len(self.cast.tickets), students=len(self.cast.students))
        self._events: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._number = 0
        self._greet: Greet | None = None
        for ticket in self.cast.tickets:
            self._at(ticket.applied, self._apply, ticket)
        for booth in self.cast.booths:
            for desk in booth.desks:
                self._at(desk.back_at(0.0), self._call, desk, set())

    def play(
        self, watch: Watch | None = None, every: float = 0.0, greet: Greet | None = None
    ) -> Figures:
        """Play until closing; *watch* looks on *every* so many seconds, *greet* at who joins."""
        self._greet = greet
        if watch is not None:
            self._at(0.0, self._look, watch, every)
        while self._events and self._events[0][0] < self.size.day:
            self.now, _, act, arguments = heapq.heappop(self._events)
            act(*arguments)
        self.now = self.size.day
        self.figures.seen = sum(student.talks > 0 for student in self.cast.students)
        return self.figures

    def _at(self, when: float, act: Callable[..., None], *arguments: Any) -> None:
        self._number += 1
        heapq.heappush(self._events, (when, self._number, act, arguments))

    def _look(self, watch: Watch, every: float) -> None:
        watch(self)
        self._at(self.now + every, self._look, watch, every)

    def _apply(self, ticket: Ticket) -> None:
        if self._greet is not None:
            self._greet(self, ticket)
        ticket.booth.line.append(ticket)
        ticket.booth.joined.append(self.now)
        if ticket.accepted > self.now:
            self._at(ticket.accepted, self._accept, ticket)
        else:
            self._wake(ticket)

    def _accept(self, ticket: Ticket) -> None:
        ticket.booth.answers.append(self.now - ticket.applied)
        self._wake(ticket)

    def _wake(self, ticket: Ticket) -> None:
        for desk in ticket.booth.desks:
            if desk.is_idle:
                self._call(desk, set())

    def _call(self, desk: Desk, tried: set[int]) -> None:
        """Ring the next; *tried* were rung in vain in this round."""
        back_at = desk.back_at(self.now)
        if back_at > self.now:
            desk.is_idle = False
            self._at(back_at, self._call, desk, set())
            return
        ticket = self.rule.pick(desk, tried, self.now)
        desk.is_idle = ticket is None
        if ticket is None:
            desk.turn_since = None
            if tried:  # everybody was rung in vain
                desk.is_idle = False
                self._at(self.now + NOBODY_FREE_SECONDS, self._call, desk, set())
            return
        self.figures.rings += 1
        if ticket.student.is_busy:
            self.figures.false_rings += 1
            ticket.turn = self.now if ticket.turn is None else ticket.turn
            self.rule.in_vain(desk.booth, ticket)
            self._at(self.now + RING_SECONDS, self._call, desk, tried | {ticket.id})
            return
        if ticket.is_away and self.rule.knows:
            self._miss(desk, ticket)
            return
        self._talk(desk, ticket)

    def _miss(self, desk: Desk, ticket: Ticket) -> None:
        """A free student who does not answer has had the turn and stays away."""
        ticket.turn = self.now if ticket.turn is None else ticket.turn
        desk.booth.line.remove(ticket)
        desk.booth.missed += 1
        desk.turn_since = self.now if desk.turn_since is None else desk.turn_since
        self._at(self.now + RING_SECONDS, self._call, desk, set())

    def _talk(self, desk: Desk, ticket: Ticket) -> None:
        in_order = self.rule.in_vain is not move_to_last
        for other in desk.booth.line:
            if in_order and other is ticket:
                break
            if other.age < ticket.age:
                self.figures.overtakes += 1
                if other.turn is None and other.student.is_busy and other.accepted <= self.now:
                    other.turn = self.now  # passed over by its own absence
        desk.booth.line.remove(ticket)
        ticket.turn = self.now if ticket.turn is None else ticket.turn
        ticket.talked = self.now
        ticket.student.is_busy = True
        ticket.student.talks += 1
        desk.booth.took += 1
        desk.turn_since = self.now if desk.turn_since is None else desk.turn_since
        self.figures.served += 1
        self.figures.waited += self.now - ticket.applied
        ends = self.now + ANSWER_SECONDS + ticket.talk
        self._at(ends, self._hang_up, ticket.student)
        self._at(ends + self.size.result, self._conclude, desk)

    def _hang_up(self, student: Student) -> None:
        student.is_busy = False
        for ticket in student.tickets:
            if ticket.talked is None and ticket.applied <= self.now:
                self._wake(ticket)

    def _conclude(self, desk: Desk) -> None:
        if desk.turn_since is not None:
            desk.cycles.append((self.now, self.now - desk.turn_since))
        desk.turn_since, desk.active_at = None, self.now
        self._call(desk, set())
