"""Promises: kept as they were shown, scored once it is known how they went."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import Case, Value

from app.core import clock
from app.core.database import atomic
from app.core.prepared import PreparedCreate
from app.forecasts.estimate import Outlook
from app.forecasts.models import Promise

AT_APPLYING, WHILE_WAITING = "apply", "waiting"
PIECE = 200
create_promise = PreparedCreate(Promise)


@dataclass(frozen=True)
class Shown:
    """An outlook shown to the holder of a ticket."""

    fair_id: int
    booth_id: int
    ticket_id: int
    occasion: str
    outlook: Outlook

    def columns(self, made_at: datetime) -> dict[str, Any]:
        """The row it becomes."""
        outlook = self.outlook
        return {
            "fair": self.fair_id,
            "booth": self.booth_id,
            "ticket_id": self.ticket_id,
            "occasion": self.occasion,
            "ahead": outlook.ahead,
            "desks": outlook.desks,
            "made_at": made_at,
            "low_at": outlook.low_at,
            "high_at": outlook.high_at,
            "seen_chance": outlook.seen_chance,
            "closes_at": outlook.closes_at,
            "raw_low_seconds": outlook.raw_low_seconds,
            "raw_high_seconds": outlook.raw_high_seconds,
        }


def promise(shown: Shown) -> Promise:
    """Keep one promise; one INSERT."""
    return create_promise(**shown.columns(clock.now()))


def promise_many(shown: Iterable[Shown]) -> int:
    """Keep many promises; how many."""
    now = clock.now()
    rows = [one.columns(now) for one in shown]
    with atomic():
        for piece in _pieces(rows):
            Promise.insert_many(piece).execute()
    return len(rows)


def score_turns(turns: Mapping[int, datetime]) -> int:
    """Score the promises of tickets whose turn came at these instants; how many promises."""
    scored = 0
    for ticket_ids in _pieces(list(turns)):
        came = [(ticket_id, _instant(turns[ticket_id])) for ticket_id in ticket_ids]
        mine = Promise.ticket_id.in_(ticket_ids) & Promise.scored_at.is_null()
        held = Promise.was_kept.is_null() & Promise.turn_at.is_null(False)
        with atomic():
            written = Promise.update(
                turn_at=Case(Promise.ticket_id, came), scored_at=clock.now()
            ).where(mine)
            scored += written.execute()
            Promise.update(
                was_kept=Promise.turn_at.between(Promise.low_at, Promise.high_at),
                was_seen=Promise.turn_at < Promise.closes_at,
            ).where(Promise.ticket_id.in_(ticket_ids) & held).execute()
    return scored


def score_unseen(ticket_ids: Sequence[int]) -> int:
    """Score the promises of tickets whose turn never came, now that it never will.

    A range that reaches beyond this moment was neither kept nor broken.
    """
    now = clock.now()
    broken = Case(None, [(Promise.high_at <= now, Value(False))], Value(None))
    return _settle(ticket_ids, was_seen=False, was_kept=broken)


def score_left(ticket_ids: Sequence[int]) -> int:
    """Close the promises of tickets that left by themselves: neither kept nor broken."""
    return _settle(ticket_ids)


def _settle(ticket_ids: Sequence[int], **columns: Any) -> int:
    scored = 0
    for piece in _pieces(ticket_ids):
        mine = Promise.ticket_id.in_(piece) & Promise.scored_at.is_null()
        scored += Promise.update(scored_at=clock.now(), **columns).where(mine).execute()
    return scored


def _instant(at: datetime) -> Value:
    return Value(Promise.turn_at.db_value(at), converter=False)


def _pieces(items: Sequence[Any]) -> Iterator[list[Any]]:
    return (list(items[start : start + PIECE]) for start in range(0, len(items), PIECE))
