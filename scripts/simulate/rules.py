"""What a desk does when the next student is busy elsewhere: four rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.interviews.services.line import Standing, place_of
from scripts.simulate.people import OPENING, Booth, Desk, Student, Ticket


@dataclass(frozen=True)
class Rule:
    """How a line is ordered and who is rung.

    ``knows``: the desk sees who is busy and does not ring them; ``pick`` names the next to
    ring, leaving out those rung in vain in this round; ``in_vain`` says where such a one goes.
    """

    name: str
    title: str
    knows: bool
    pick: Callable[[Desk, set[int], float], Ticket | None]
    in_vain: Callable[[Booth, Ticket], None]


def hold_the_place(desk: Desk, _tried: set[int], now: float) -> Ticket | None:
    """Our rule: the first who is free; the others keep their places and are not rung."""
    return next((one for one in desk.booth.line if is_free(one, now)), None)


def is_free(ticket: Ticket, now: float) -> bool:
    """Whether it is accepted and its student is not on a call."""
    return not ticket.student.is_busy and ticket.accepted <= now


def everyone_once(desk: Desk, _tried: set[int], now: float) -> Ticket | None:
    """Our rule with the school's switch: the two heads, by the product's own order of calls."""
    heads: dict[bool, Ticket] = {}
    for ticket in desk.booth.line:
        if is_free(ticket, now):
            heads.setdefault(was_seen(ticket.student), ticket)
            if len(heads) == 2:
                break
    at = _instant(now)
    return min(heads.values(), key=lambda one: place_of(_standing(one), desk.id, at), default=None)


def head_of_line(desk: Desk, tried: set[int], _now: float) -> Ticket | None:
    """Whoever is next, busy or not."""
    return next((ticket for ticket in desk.booth.line if ticket.id not in tried), None)


def stay(_booth: Booth, _ticket: Ticket) -> None:
    """The recruiter remembers who did not answer and tries again."""


def move_to_last(booth: Booth, ticket: Ticket) -> None:
    """Who does not answer goes to the end of the line."""
    booth.line.remove(ticket)
    booth.line.append(ticket)


def _standing(ticket: Ticket) -> Standing:
    return Standing(_instant(ticket.applied), ticket.id, None, None, was_seen(ticket.student))


def was_seen(student: Student) -> bool:
    """Whether the student has had a talk today."""
    return student.talks > 0


def _instant(seconds: float) -> datetime:
    return OPENING + timedelta(seconds=seconds)


HOLD = Rule("hold", "hold the place, do not ring", True, hold_the_place, stay)
BLIND = Rule("blind", "ring blindly, skip by hand", False, head_of_line, stay)
LAST = Rule("last", "ring, move to last", False, head_of_line, move_to_last)
ONCE = Rule("once", "hold + everyone once", True, everyone_once, stay)
RULES = (LAST, BLIND, HOLD, ONCE)
