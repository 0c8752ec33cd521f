"""The book of rings: what came of each, and who was passed over by it and why."""

from collections import defaultdict
from datetime import datetime
from functools import partial
from typing import Any

from peewee import Value

from app.core import clock
from app.core.database import locked_or_left
from app.core.prepared import Prepared, PreparedCreate, bind, blank_columns
from app.fairs.models import Booth
from app.interviews.models import IN_LINE, CalledBy, Desk, Interview, Overtake, Ring, Status
from app.interviews.services.line import (
    Standing,
    Turn,
    is_student_busy,
    place_of,
    was_seen_today,
)

Why = Ring.PassedOver
Outcome = Ring.Outcome
AWAY = (Why.HOLD, Why.MISSED, Why.BUSY, Why.OFFLINE)  # what kept a ticket whose turn had come
ROWS_PER_INSERT = 400
# What the order of calls itself puts first, by what the rung ticket was called for.
BY_THE_RULES = {
    Ring.Because.SLOT: Why.SLOT,
    Ring.Because.ASSIGNED: Why.DESK,
    Ring.Because.FIRST_TIME: Why.FIRST_TIME,
}
_ENTER = PreparedCreate(Ring)


def enter_ring(turn: Turn, desk: Desk, booth: Booth, called_by: CalledBy) -> None:
    """Write down a ring and whom it passes over, in the transaction that claimed the student.

    Passed over are the tickets that applied earlier and are still in line. The turn of those
    that only their own absence kept from being called has come, as far as promises go; when a
    student calls, it has come once the desk answers.
    """
    ticket, at = turn.ticket, turn.ticket.rung_at
    reasons, came = _passed_over(turn, desk, booth)
    ring = _ENTER(
        fair=booth.fair_id,
        booth=booth.id,
        interview=ticket.id,
        student=ticket.student_id,
        desk=desk.id,
        called_by=called_by,
        because=turn.because,
        queued_at=ticket.queued_at,
        passed_over=reasons,
        rung_at=at,
    )
    rows = [
        {"interview": ticket_id, "ring": ring.id} for ids in reasons.values() for ticket_id in ids
    ]
    for start in range(0, len(rows), ROWS_PER_INSERT):
        Overtake.insert_many(rows[start : start + ROWS_PER_INSERT]).execute()
    if came and called_by == CalledBy.RECRUITER:
        _note_turns(came, at)


def _note_turns(ticket_ids: list[int], at: datetime) -> None:
    """The first time their turn came. Two desks of a booth never wait for each other here."""
    for start in range(0, len(ticket_ids), ROWS_PER_INSERT):
        some = ticket_ids[start : start + ROWS_PER_INSERT]
        theirs = Interview.select(Interview.id).where(
            Interview.id.in_(some) & Interview.turn_at.is_null()
        )
        Interview.update(turn_at=at).where(Interview.id.in_(locked_or_left(theirs))).execute()


def answer_in_book(interview_id: int, at: datetime) -> None:
    """The ring was answered at an instant."""
    _ANSWER.write(interview_id=interview_id, outcome=Outcome.ANSWERED, answered_at=at)


def note_turns_passed(interview_id: int) -> None:
    """The desk answers a student's call: the turn of those whom only absence kept has come."""
    rings_now = (Ring.interview == interview_id) & (Ring.outcome == Outcome.RINGING)
    for ring in Ring.select().where(rings_now):
        away = [ticket_id for why in AWAY for ticket_id in ring.passed_over.get(why.value, ())]
        _note_turns(away, ring.rung_at)


def close_ring(interview_id: int, outcome: Ring.Outcome) -> None:
    """The ring ended without an answer."""
    _END.write(interview_id=interview_id, outcome=outcome, ended_at=clock.now())


def stamp_ring(interview_id: int, column: str) -> None:
    """Write into the ring that led to the present call when the talk, or the result, was done."""
    answered = (Ring.interview == interview_id) & (Ring.outcome == Outcome.ANSWERED)
    blank = getattr(Ring, column).is_null()
    Ring.update({column: clock.now()}).where(answered & blank).execute()


def _update(*columns: str) -> Any:
    """Change the ring of a ticket that rings now; a ticket rings once at a time."""
    rings_now = Ring.outcome == Outcome.RINGING
    changes = blank_columns(Ring, ("outcome", *columns))
    return Ring.update(changes).where((Ring.interview == bind("interview_id")) & rings_now)


_ANSWER = Prepared(lambda: _update("answered_at"))
_END = Prepared(lambda: _update("ended_at"))


def _passed_over(turn: Turn, desk: Desk, booth: Booth) -> tuple[dict[str, list[int]], list[int]]:
    """Tickets before the rung one by their reason, and those of them whose turn had come."""
    ticket, at = turn.ticket, turn.ticket.rung_at
    asks_seen = booth.fair.everyone_once
    values = {"booth_id": booth.id, "queued_at": ticket.queued_at, "ticket_id": ticket.id}
    before = _BEFORE[asks_seen].all(**values)
    if not before:
        return {}, []
    was_seen = turn.because == Ring.Because.ORDER and asks_seen
    rung = Standing(ticket.queued_at, ticket.id, ticket.slot_at, ticket.only_desk_id, was_seen)
    place = place_of(rung, desk.id, at)
    reasons: dict[Ring.PassedOver, list[int]] = defaultdict(list)
    came = []
    for row in before:
        standing = Standing(row.queued_at, row.id, row.slot_at, row.only_desk, bool(row.was_seen))
        if row.only_desk not in (None, desk.id):
            reasons[Why.ASSIGNED].append(row.id)
        elif place_of(standing, desk.id, at) > place:
            reasons[BY_THE_RULES[turn.because]].append(row.id)
        else:
            reasons[_own_reason(row)].append(row.id)
            if row.turn_at is None:
                came.append(row.id)
    return {why.value: ids for why, ids in reasons.items()}, came


def _own_reason(row: Any) -> Ring.PassedOver:
    """What kept a ticket from being called; one that came back this very second was away."""
    if row.status == Status.HELD:
        return Why.HOLD if row.held_until else Why.MISSED
    return Why.BUSY if row.busy else Why.OFFLINE


def _before(asks_seen: bool) -> Any:
    at = Interview.queued_at
    same = (at == bind("queued_at", at)) & (Interview.id < bind("ticket_id"))
    # The first bound alone lets the index stop at the rung ticket.
    earlier = (at <= bind("queued_at", at)) & ((at < bind("queued_at", at)) | same)
    return (
        Interview.select(
            Interview.id,
            Interview.status,
            Interview.queued_at,
            Interview.slot_at,
            Interview.only_desk,
            Interview.held_until,
            Interview.turn_at,
            is_student_busy(Interview.student).alias("busy"),
            (was_seen_today(Interview) if asks_seen else Value(0)).alias("was_seen"),
        )
        .where((Interview.booth == bind("booth_id")) & Interview.status.in_(IN_LINE) & earlier)
        .order_by(Interview.queued_at, Interview.id)
        .namedtuples()
    )


_BEFORE = {asks_seen: Prepared(partial(_before, asks_seen)) for asks_seen in (False, True)}
