"""What the player saw of the fair, one line each; the referee judges nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Act(StrEnum):
    """Something that was seen to happen. Times are the player's own, in seconds."""

    PLACED = "placed"  # an application was answered with a ticket
    ACCEPTING = "accepting"  # a recruiter is about to let a ticket into the line
    RUNG = "rung"  # ringing was answered: the ticket is being rung
    HEARD = "heard"  # a student's page was told of a ring
    ANSWERED = "answered"  # answering was confirmed: the call is on
    TALKING = "talking"  # the room still takes the student's syncs
    ENDING = "ending"  # somebody is about to do what may end the ring or call, or was lost
    READ = "read"  # a student's page read a ticket that stands in line
    LEFT = "left"  # the ticket is over


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One thing seen. *asked_at* to *at* is the span in which the server did it."""

    act: Act
    at: float
    ticket: int
    student: int
    booth: int
    asked_at: float = 0.0
    queued_at: str = ""
    ahead: int | None = None
    misses: int = 0
    slot_at: str | None = None
    may_move: bool = False  # a rule moves this ticket: invited, too many misses, everyone once


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A rule of the queue that did not hold."""

    rule: str  # double_ring, false_ring, lost_place, two_tickets, …
    at: float
    text: str
    tickets: list[int] = field(default_factory=list)


def ring_of(ticket: dict[str, Any]) -> tuple[int, str, int]:
    """Which ring this is, whoever tells of it first."""
    ends = datetime.fromisoformat(ticket["ring_expires_at"]) if ticket["ring_expires_at"] else None
    return ticket["id"], "ring", round(ends.timestamp()) if ends else 0
