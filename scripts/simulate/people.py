"""Who takes part in a simulated day: drawn from a seed, the same for every rule."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

OPENING = datetime(2026, 3, 14, 1, tzinfo=UTC)  # 09:00 at the fair


@dataclass(frozen=True)
class Size:
    """How big a day is. Spans in seconds."""

    booths: int = 48
    second_desks: int = 12  # the most popular booths have two
    students: int = 1200
    lines: int = 6  # a student applies at up to so many booths
    day: float = 9 * 3600.0
    talk: float = 510.0
    talk_variation: float = 0.45
    result: float = 42.0
    takes_breaks: bool = False  # a desk is late or has lunch without a word
    box_minutes: int = 10  # what the fair says a talk takes
    rush_share: float = 0.5  # of the students come within the first seconds
    rush: float = 25 * 60.0
    last: float = 0.85  # of the day has passed when the last student comes
    late_share: float = 0.0  # of the desks, without a word
    late: tuple[float, float] = (0.0, 0.0)
    unanswered: float = 0.0  # of rings at somebody who is free
    answer: float = 0.0  # until an application is accepted, mean


@dataclass(eq=False)
class Student:
    """Somebody with places in several lines."""

    id: int
    tickets: list["Ticket"] = field(default_factory=list)
    is_busy: bool = False
    talks: int = 0


@dataclass(eq=False)
class Ticket:
    """A place in a booth's line."""

    id: int
    student: Student
    booth: "Booth"
    applied: float
    talk: float
    accepted: float = 0.0
    is_away: bool = False  # does not answer when rung
    turn: float | None = None  # when it was first rung or passed over
    talked: float | None = None

    @property
    def age(self) -> tuple[float, int]:
        """The order of application."""
        return self.applied, self.id


@dataclass(eq=False)
class Desk:
    """An interviewer; ``away``: spans in which nobody sits there."""

    id: int
    booth: "Booth"
    away: list[tuple[float, float]]
    is_idle: bool = True
    turn_since: float | None = None
    active_at: float = 0.0
    comes_at: float = 0.0  # online from then on
    cycles: list[tuple[float, float]] = field(default_factory=list)  # when it ended, how long

    def back_at(self, now: float) -> float:
        """When somebody sits there: now, or at the end of an absence."""
        return next((end for start, end in self.away if start <= now < end), now)


@dataclass(eq=False)
class Booth:
    """A booth with its desks; the line holds who waits, in the rule's order."""

    id: int
    desks: list[Desk] = field(default_factory=list)
    line: list[Ticket] = field(default_factory=list)
    took: int = 0
    missed: int = 0
    joined: list[float] = field(default_factory=list)  # when, of late
    answers: list[float] = field(default_factory=list)  # seconds until accepted


@dataclass
class Cast:
    """Everybody, and all that will be applied for, by time."""

    booths: list[Booth]
    students: list[Student]
    tickets: list[Ticket]


def draw(size: Size, seed: int) -> Cast:
    """A day's people: popularity by Zipf's law, half of the students in the first 25 minutes."""
    dice = random.Random(seed)  # noqa: S311
    booths = [_booth(number, size, dice) for number in range(size.booths)]
    paces = [dice.uniform(0.75, 1.25) for _ in booths]
    weights = [1 / (rank + 1) ** 0.6 for rank in range(size.booths)]
    students = [Student(number) for number in range(size.students)]
    tickets: list[Ticket] = []
    for student in students:
        rush = dice.random() < size.rush_share
        start = dice.uniform(0, size.rush if rush else size.day * size.last)
        for place in _choose(dice, weights, dice.randint(max(1, size.lines - 1), size.lines)):
            start += dice.expovariate(1 / 20)
            talk = _talk(dice, size) * paces[place]
            ticket = Ticket(len(tickets), student, booths[place], start, talk)
            student.tickets.append(ticket)
            tickets.append(ticket)
    _trouble(booths, tickets, size, seed)
    return Cast(booths, students, sorted(tickets, key=lambda ticket: ticket.age))


def _trouble(booths: list[Booth], tickets: list[Ticket], size: Size, seed: int) -> None:
    """Late desks, unanswered rings and slow answers, by dice of their own: the day stays else."""
    dice = random.Random(f"trouble {seed}")  # noqa: S311
    for booth in booths:
        for desk in booth.desks:
            if dice.random() < size.late_share:
                desk.comes_at = dice.uniform(*size.late)
                desk.away.append((0.0, desk.comes_at))
    for ticket in tickets:
        ticket.is_away = dice.random() < size.unanswered
        waits = dice.expovariate(1 / size.answer) if size.answer else 0.0
        ticket.accepted = ticket.applied + waits


def _booth(number: int, size: Size, dice: random.Random) -> Booth:
    booth = Booth(number)
    for place in range(1 + (number < size.second_desks)):
        away = _absences(size, dice) if size.takes_breaks else []
        booth.desks.append(Desk(number * 10 + place, booth, away))
    return booth


def _absences(size: Size, dice: random.Random) -> list[tuple[float, float]]:
    late = (0.0, dice.uniform(120, 1200)) if dice.random() < 0.15 else (0.0, 0.0)
    lunch = size.day * dice.uniform(0.3, 0.4)
    return [late, (lunch, lunch + (dice.uniform(1200, 3600) if dice.random() < 0.7 else 0.0))]


def _talk(dice: random.Random, size: Size) -> float:
    variation = size.talk_variation
    return size.talk * dice.lognormvariate(-variation * variation / 2, variation)


def _choose(dice: random.Random, weights: list[float], count: int) -> list[int]:
    """Different booths, the popular ones rather."""
    keys = [(dice.random() ** (1 / weight), place) for place, weight in enumerate(weights)]
    return [place for _, place in sorted(keys, reverse=True)[:count]]
