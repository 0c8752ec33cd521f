"""A student's tickets with everything the queue page shows, as the SQLAlchemy candidate reads them.

The order of calls is ours as far as the dataset uses it: by application, slots and tickets
given to a desk before. Fairs where everyone is seen once first are left out, in its favour.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session

from scripts.bench.orm_tables import another, now, stamp, tables

IN_LINE = ("waiting", "held")
PROMISED_WHILE = ("pending", *IN_LINE)
RING = timedelta(seconds=30)
RULES = ("hold_seconds", "misses_kept", "everyone_once", "students_may_start")


def list_tickets(session: Session, which: Any) -> list[dict[str, Any]]:
    """The tickets of a condition, the newest first."""
    rows = session.execute(_query(which)).all()
    desks = desks_online(session, [row[0].booth_id for row in rows])
    return [_ticket(row, desks) for row in rows]


def desks_online(session: Session, booth_ids: list[int]) -> dict[int, int]:
    """How many desks each booth has; without Redis all of them count as online."""
    desk, recruiter = tables.desk, tables.recruiter
    rows = session.execute(
        select(desk.booth_id, recruiter.account_id)
        .join(recruiter, recruiter.id == desk.recruiter_id)
        .where(desk.booth_id.in_(booth_ids), recruiter.status == "active")
    )
    counts: dict[int, int] = {}
    for booth_id, _account in rows:
        counts[booth_id] = counts.get(booth_id, 0) + 1
    return counts


def _query(which: Any) -> Any:
    ticket, promise, other = tables.interview, tables.promise, another("promise")
    newest = select(func.max(other.id)).where(other.ticket_id == ticket.id).scalar_subquery()
    earlier, sooner, in_line = _places()
    overtake, rating = tables.overtake, tables.rating
    overtakes = select(func.count(overtake.id)).where(overtake.interview_id == ticket.id)
    rated = select(literal(1)).where(rating.interview_id == ticket.id, rating.side == "student")
    return (
        select(
            *(ticket, tables.booth, tables.employer, tables.fair, tables.position, promise),
            (earlier + sooner).label("ahead"),
            in_line,
            overtakes.scalar_subquery(),
            rated.exists(),
        )
        .join(tables.student, tables.student.id == ticket.student_id)
        .join(tables.booth, tables.booth.id == ticket.booth_id)
        .join(tables.employer, tables.employer.id == tables.booth.employer_id)
        .join(tables.fair, tables.fair.id == ticket.fair_id)
        .outerjoin(tables.position, tables.position.id == ticket.position_id)
        .outerjoin(promise, promise.id == newest)
        .where(which)
        .order_by(ticket.queued_at.desc(), ticket.id.desc())
        .limit(200)
    )


def _places() -> tuple[Any, Any, Any]:
    """How many stand before a ticket by application, how many by slot or desk, and the line."""
    ticket, other = tables.interview, another("interview")
    line = select(func.count(other.id)).where(
        other.booth_id == ticket.booth_id, other.status.in_(IN_LINE)
    )
    is_earlier = or_(
        other.queued_at < ticket.queued_at,
        and_(other.queued_at == ticket.queued_at, other.id < ticket.id),
    )
    is_special = or_(other.slot_at.is_not(None), other.only_desk_id.is_not(None))
    goes_first = or_(
        and_(other.slot_at.is_not(None), other.slot_at <= now()), other.only_desk_id.is_not(None)
    )
    earlier = line.where(other.id != ticket.id, is_earlier)
    sooner = line.where(other.id != ticket.id, is_special, ~is_earlier, goes_first)
    return earlier.scalar_subquery(), sooner.scalar_subquery(), line.scalar_subquery()


def _ticket(row: Any, desks: dict[int, int]) -> dict[str, Any]:
    ticket, booth, employer, fair, position, promise, ahead, in_line, overtakes, rated = row
    stands = ticket.status in IN_LINE
    awaits = ticket.turn_at is None and ticket.status in PROMISED_WHILE
    rings = ticket.status == "ringing"
    return {
        "id": ticket.id,
        "status": ticket.status,
        "origin": ticket.origin,
        "booth": {"id": booth.id, "number": booth.number},
        "employer": {"id": employer.id, "name": employer.name},
        "position": {"id": position.id, "title": position.title} if position else None,
        "fair_id": fair.id,
        "queued_at": stamp(ticket.queued_at),
        "ahead": ahead if stands else None,
        "in_line": in_line,
        "desks_online": desks.get(booth.id, 0),
        "misses": ticket.misses,
        "behind_after_misses": stands and 0 < fair.misses_kept <= ticket.misses,
        "overtakes": overtakes,
        "round": ticket.round,
        "slot_at": stamp(ticket.slot_at),
        "held_until": stamp(ticket.held_until),
        "promise": _promise(promise) if promise and awaits else None,
        "line": {
            "notice": booth.notice,
            "notice_at": stamp(booth.notice_at),
            "late_until": stamp(booth.late_until),
            "closed": booth.line_closed_at is not None,
        },
        "rules": {name: getattr(fair, name) for name in RULES},
        "rated": bool(rated),
        "ring_expires_at": stamp(ticket.rung_at + RING) if rings else None,
        "called_by": ticket.called_by,
        "message": ticket.message,
        "reason_code": ticket.reason_code,
        "actions": _actions(ticket, fair),
    }


def _actions(ticket: Any, fair: Any) -> list[str]:
    actions = ["withdraw"] if ticket.status in PROMISED_WHILE else []
    if ticket.status == "waiting" and not ticket.hold_used and fair.hold_seconds > 0:
        actions.append("hold")
    return actions


def _promise(promise: Any) -> dict[str, Any]:
    return {
        "low_at": stamp(promise.low_at),
        "high_at": stamp(promise.high_at),
        "seen_chance": promise.seen_chance,
        "made_at": stamp(promise.made_at),
        "ahead": promise.ahead,
        "closes_at": stamp(promise.closes_at),
    }
