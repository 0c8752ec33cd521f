"""How many stand before a ticket, in the order in which it will be called."""

from datetime import datetime
from typing import Any, NamedTuple

from peewee import Case, fn

from app.core import clock
from app.core.prepared import Prepared, bind
from app.fairs.models import Fair
from app.interviews.models import IN_LINE, Interview
from app.interviews.services.line import is_before_order, was_seen_today

NOW = bind("now", Interview.queued_at)


def tickets_ahead() -> Any:
    """How many stand before a ticket, as a column of a query over Interview and Fair.

    The query binds ``now``. To a student without a slot or a desk, whoever has one stands
    before; with a desk, whoever has a slot, and the earlier ones of that desk.
    """
    other = Interview.alias()
    slot_first = _is_due(other) & (
        (other.slot_at < Interview.slot_at)
        | ((other.slot_at == Interview.slot_at) & (other.id < Interview.id))
    )
    same_desk = other.only_desk == Interview.only_desk
    open_slot = _is_due(other) & (other.only_desk.is_null() | same_desk)
    return Case(
        None,
        [
            (_is_due(Interview), _among_special(other, slot_first)),
            (
                Interview.only_desk.is_null(False),
                _among_special(other, open_slot | (same_desk & _is_earlier(other))),
            ),
            (Fair.everyone_once, _seen_later(other)),
        ],
        _in_line(other, _is_earlier(other))
        + _among_special(other, ~_is_earlier(other) & _is_special(other)),
    )


class Place(NamedTuple):
    """How many stand before a ticket, and how many in all."""

    ahead: int
    in_line: int


def find_place(ticket: Interview) -> Place:
    """Where a ticket stands now whose line goes by application: no slot or desk of its own."""
    queued_at = {"queued_at": ticket.queued_at, "ticket_id": ticket.id}
    return Place(*_PLACE.first(booth_id=ticket.booth_id, **queued_at, **instant()))


def find_ahead(interview_id: int) -> int:
    """How many stand before a ticket now, whatever makes its place."""
    return int(_AHEAD.first(ticket_id=interview_id, **instant())[0])


def line_length() -> Any:
    """How many stand in a ticket's line, as a column of a query over Interview."""
    other = Interview.alias()
    return other.select(fn.COUNT(other.id)).where(
        (other.booth == Interview.booth) & other.status.in_(IN_LINE)
    )


def _seen_later(other: Any) -> Any:
    """Before a ticket, where everyone is to be seen once before anybody is seen twice."""
    unseen = ~was_seen_today(other)
    return Case(
        None,
        [
            (
                was_seen_today(Interview),
                _in_line(other, _is_earlier(other) | unseen | _is_special(other)),
            )
        ],
        _in_line(other, (_is_earlier(other) & unseen) | _is_special(other)),
    )


def _is_due(ticket: Any) -> Any:
    return ticket.slot_at.is_null(False) & (ticket.slot_at <= NOW)


def _is_special(ticket: Any) -> Any:
    """Called before the order of application: a slot that has come, or a desk of its own."""
    return _is_due(ticket) | ticket.only_desk.is_null(False)


def _is_earlier(other: Any) -> Any:
    at = other.queued_at
    same = (at == Interview.queued_at) & (other.id < Interview.id)
    # The first bound alone lets the index stop at the ticket.
    return (at <= Interview.queued_at) & ((at < Interview.queued_at) | same)


def _in_line(other: Any, which: Any) -> Any:
    stands = (other.booth == Interview.booth) & other.status.in_(IN_LINE)
    count = other.select(fn.COUNT(other.id)).where(stands & (other.id != Interview.id) & which)
    return fn.COALESCE(count, 0)  # selects themselves would add up to a union


def _among_special(other: Any, which: Any) -> Any:
    """Count among the few that may be called before the order of application."""
    return _in_line(other, is_before_order(other) & which)


def instant() -> dict[str, datetime]:
    """What a query with :func:`tickets_ahead` binds."""
    return {"now": clock.now()}


def _place() -> Any:
    """One pass over the line; as columns of a larger query places are planned anew each time."""
    at, ticket_id = bind("queued_at", Interview.queued_at), bind("ticket_id")
    is_other = Interview.id != ticket_id
    is_earlier = (Interview.queued_at < at) | (
        (Interview.queued_at == at) & (Interview.id < ticket_id)
    )
    before = fn.COUNT(Interview.id).filter(is_other & (is_earlier | _is_special(Interview)))
    here = (Interview.booth == bind("booth_id")) & Interview.status.in_(IN_LINE)
    return Interview.select(before, fn.COUNT(Interview.id)).where(here).tuples()


_PLACE = Prepared(_place)
_AHEAD = Prepared(
    lambda: (
        Interview.select(tickets_ahead())
        .join(Fair)
        .where(Interview.id == bind("ticket_id"))
        .tuples()
    )
)
