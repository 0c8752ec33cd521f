"""Who is next at a booth: by slot, by desk, by the order of application (E04, E07).

① tickets whose guaranteed slot has come, ② tickets that were given to the calling desk,
③ where the school wants everyone seen once, students without a talk at this fair, then
④ everybody else; each by application. A ticket that was given to another desk is that
desk's. Only a waiting ticket whose student is online and free can be called.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from peewee import Expression

from app.core import clock, presence
from app.core.prepared import Prepared, bind, constant, is_there
from app.interviews.models import ON_CALL, Desk, Interview, Ring, Status
from app.students.models import Student

CHUNKS = (16, 64, 256, 1024)  # how many of the line are looked at at a time
Because = Ring.Because
READ = (
    Interview.id, Interview.status, Interview.queued_at, Interview.student, Interview.slot_at,
    Interview.only_desk, Interview.turn_at, Student.id, Student.account, Student.name,
)  # fmt: skip


class Turn(NamedTuple):
    """The ticket to ring, with its student, and why it is this one."""

    ticket: Interview
    because: Ring.Because


class Standing(NamedTuple):
    """What a ticket's place depends on."""

    queued_at: datetime
    id: int
    slot_at: datetime | None
    only_desk_id: int | None
    was_seen: bool = False  # its student had a talk, at a fair that wants everyone seen once


def standing_of(ticket: Interview) -> Standing:
    """A ticket's standing, where nobody asks who was seen."""
    return Standing(ticket.queued_at, ticket.id, ticket.slot_at, ticket.only_desk_id)


def is_student_busy(student: Any) -> Any:
    """The condition that a student is being rung or in a call, anywhere."""
    other = Interview.alias()
    on_call = other.status.in_([constant(status) for status in ON_CALL])
    return is_there(other, (other.student == student) & on_call)


def is_student_free() -> Any:
    """The condition that a ticket's student is not on a call, anywhere."""
    return ~is_student_busy(Interview.student)


def may_be_rung() -> Any:
    """The guard of a ring by ``desk``: the student is free, and no other desk is to call."""
    given = Interview.only_desk
    return is_student_free() & (given.is_null() | (given == bind("desk", given)))


def was_seen_today(ticket: Any) -> Any:
    """The condition that a ticket's student has had a talk at its fair."""
    other = Interview.alias()
    mine = (other.student == ticket.student) & (other.fair == ticket.fair)
    return is_there(other, mine & other.answered_at.is_null(False))


def is_before_order(ticket: Any) -> Expression:
    """The condition that a ticket may be called before its turn by application.

    In the words of the index that holds such tickets.
    """
    return ticket.slot_at.is_null(False) | ticket.only_desk.is_null(False)


def next_callable(desk: Desk, skip: frozenset[int] = frozenset()) -> Turn | None:
    """Whom this desk is to ring now; None when nobody can be called.

    *skip* holds tickets that another desk has just claimed. Looks at the line
    from its head in growing pieces, so that its length costs nothing.

    :raises PresenceUnknown: Redis does not answer
    """
    for because, piece in _in_order(desk):
        present = presence.online(ticket.student.account_id for ticket in piece)
        for ticket in piece:
            if ticket.student.account_id in present and ticket.id not in skip:
                return Turn(ticket, because)
    return None


def place_of(standing: Standing, desk_id: int, at: datetime) -> tuple[int, datetime, int]:
    """A ticket's place in a desk's order of calls at an instant; the smallest is called first."""
    if standing.slot_at is not None and standing.slot_at <= at:
        return 0, standing.slot_at, standing.id
    if standing.only_desk_id == desk_id:
        return 1, standing.queued_at, standing.id
    return 3 if standing.was_seen else 2, standing.queued_at, standing.id


def _in_order(desk: Desk) -> Iterator[tuple[Ring.Because, list[Interview]]]:
    booth, at = desk.booth, clock.now()
    special = [
        (place_of(standing_of(ticket), desk.id, at), ticket)
        for ticket in _BEFORE_ORDER.all(booth_id=booth.id)
        if ticket.only_desk_id in (None, desk.id)
    ]
    special.sort(key=lambda entry: entry[0])
    for kind, because in ((0, Because.SLOT), (1, Because.ASSIGNED)):
        yield because, [ticket for place, ticket in special if place[0] == kind]
    if booth.fair.everyone_once:
        yield from ((Because.FIRST_TIME, piece) for piece in _pieces(booth.id, _UNSEEN))
    yield from ((Because.ORDER, piece) for piece in _pieces(booth.id, _ANYBODY))


def _pieces(booth_id: int, line: "_Line") -> Iterator[list[Interview]]:
    last: tuple[datetime, int] | None = None
    for number in range(10_000):
        size = CHUNKS[min(number, len(CHUNKS) - 1)]
        if last is None:
            piece = line.heads[size].all(booth_id=booth_id)
        else:
            tail = line.tails[size]
            piece = tail.all(booth_id=booth_id, queued_at=last[0], ticket_id=last[1])
        if piece:
            yield piece
        if len(piece) < size:
            return
        last = piece[-1].queued_at, piece[-1].id


def _callable_here() -> Any:
    here = (Interview.booth == bind("booth_id")) & (Interview.status == Status.WAITING)
    return Interview.select(*READ).join(Student).where(here & is_student_free())


def _special() -> Any:
    return _callable_here().where(is_before_order(Interview))


def _anybody() -> Any:
    return _callable_here().where(Interview.only_desk.is_null())


def _unseen() -> Any:
    return _anybody().where(~was_seen_today(Interview))


def _piece(who: Callable[[], Any], size: int) -> Any:
    return who().order_by(Interview.queued_at, Interview.id).limit(size)


def _later_piece(who: Callable[[], Any], size: int) -> Any:
    at = Interview.queued_at
    same = (at == bind("queued_at", at)) & (Interview.id > bind("ticket_id"))
    return _piece(who, size).where((at > bind("queued_at", at)) | same)


class _Line:
    """The queries that read a line from its head in pieces."""

    def __init__(self, who: Callable[[], Any]):
        self.heads = {size: Prepared(partial(_piece, who, size)) for size in CHUNKS}
        self.tails = {size: Prepared(partial(_later_piece, who, size)) for size in CHUNKS}


_BEFORE_ORDER = Prepared(_special)
_ANYBODY = _Line(_anybody)
_UNSEEN = _Line(_unseen)
