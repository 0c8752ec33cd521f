"""Who is next: the oldest ticket whose student is online and free (E04, E07)."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from peewee import ModelSelect, Value, fn

from app.core import presence
from app.core.prepared import Prepared, bind
from app.interviews.models import IN_LINE, ON_CALL, Interview, Status
from app.students.models import Student

CHUNKS = (16, 64, 256, 1024)  # how many of the line are looked at at a time


def is_student_busy(student: Any) -> Any:
    """The condition that a student is being rung or in a call, anywhere."""
    other = Interview.alias()
    busy = other.select(Value(1)).where((other.student == student) & other.status.in_(ON_CALL))
    return fn.EXISTS(busy)


def is_student_free() -> Any:
    """The guard of a ring: the ticket's student is not on a call, anywhere."""
    return ~is_student_busy(Interview.student)


def next_callable(booth_id: int, skip: frozenset[int] = frozenset()) -> Interview | None:
    """The ticket to ring now, with its student; None when nobody can be called.

    *skip* holds tickets that another desk has just claimed. Looks at the line
    from its head in growing pieces, so that its length costs nothing.

    :raises PresenceUnknown: Redis does not answer
    """
    for piece in _pieces(booth_id):
        present = presence.online(ticket.student.account_id for ticket in piece)
        for ticket in piece:
            if ticket.student.account_id in present and ticket.id not in skip:
                return ticket
    return None


def _pieces(booth_id: int) -> Iterator[list[Interview]]:
    last: tuple[datetime, int] | None = None
    for number in range(10_000):
        size = CHUNKS[min(number, len(CHUNKS) - 1)]
        if last is None:
            piece = _HEADS[size].all(booth_id=booth_id)
        else:
            piece = _TAILS[size].all(booth_id=booth_id, queued_at=last[0], ticket_id=last[1])
        if piece:
            yield piece
        if len(piece) < size:
            return
        last = piece[-1].queued_at, piece[-1].id


def _piece(size: int) -> Any:
    return (
        Interview.select(
            Interview.id,
            Interview.status,
            Interview.queued_at,
            Interview.student,
            Student.id,
            Student.account,
        )
        .join(Student)
        .where(
            (Interview.booth == bind("booth_id"))
            & (Interview.status == Status.WAITING)
            & ~is_student_busy(Interview.student)
        )
        .order_by(Interview.queued_at, Interview.id)
        .limit(size)
    )


def _later_piece(size: int) -> Any:
    at = Interview.queued_at
    same = (at == bind("queued_at", at)) & (Interview.id > bind("ticket_id"))
    return _piece(size).where((at > bind("queued_at", at)) | same)


_HEADS = {size: Prepared(partial(_piece, size)) for size in CHUNKS}
_TAILS = {size: Prepared(partial(_later_piece, size)) for size in CHUNKS}


def tickets_ahead() -> "ModelSelect[Interview]":
    """How many stand before a ticket in its line, as a column of a query over Interview."""
    other = Interview.alias()
    earlier = (other.queued_at < Interview.queued_at) | (
        (other.queued_at == Interview.queued_at) & (other.id < Interview.id)
    )
    return other.select(fn.COUNT(other.id)).where(
        (other.booth == Interview.booth) & other.status.in_(IN_LINE) & earlier
    )


def line_length() -> "ModelSelect[Interview]":
    """How many stand in a ticket's line, as a column of a query over Interview."""
    other = Interview.alias()
    return other.select(fn.COUNT(other.id)).where(
        (other.booth == Interview.booth) & other.status.in_(IN_LINE)
    )
