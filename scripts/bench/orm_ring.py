"""Ringing the next in line, as the SQLAlchemy candidate would."""

import json
import secrets
from typing import Any

from flask import Blueprint, g
from sqlalchemy import and_, literal, or_, select, update
from sqlalchemy.orm import Session

from scripts.bench.orm_row import row_of
from scripts.bench.orm_tables import another, audit, colleagues, guarded, now, tables

ON_CALL = ("ringing", "in_call")
TAKEN = (*ON_CALL, "concluding")
blueprint = Blueprint("ring", __name__)


@blueprint.post("/api/booths/<int:booth_id>/ring-next")
@guarded
def ring_next(session: Session, booth_id: int) -> Any:
    """Claim desk and student, open a room, write ring and audit row, show the row."""
    booth, employer, _fair = session.execute(
        select(tables.booth, tables.employer, tables.fair)
        .join(tables.employer, tables.employer.id == tables.booth.employer_id)
        .join(tables.fair, tables.fair.id == tables.booth.fair_id)
        .where(tables.booth.id == booth_id)
    ).one()
    mine = {"account_id": g.account, "employer_id": employer.id, "status": "active"}
    recruiter = _one(session, tables.recruiter, **mine)
    desk = _one(session, tables.desk, booth_id=booth.id, recruiter_id=recruiter.id)
    owed, is_inside = session.execute(_standing(desk.id)).one()
    assert owed is None and is_inside
    special = session.execute(_callable(booth.id).where(_is_special())).all()
    assert not special  # the dataset has neither slots nor tickets given to a desk
    ticket, student = _next(session, booth.id)
    room = tables.room(**_room(ticket.id, student.account_id))
    session.add(room)
    session.flush()
    _claim(session, ticket, desk.id, room.name)
    audit(session, f"interview:{ticket.id}", "ring", {"status": "ringing"})
    session.add(tables.ring(**_ring(session, ticket, desk.id)))
    session.flush()
    colleagues(session, employer.id)
    session.commit()
    return row_of(session, ticket.id)


def _standing(desk_id: int) -> Any:
    """What the desk still owes, and whether its booth is inside a window."""
    desk, ticket, window = tables.desk, tables.interview, tables.booth_window
    windows = select(literal(1)).where(window.booth_id == desk.booth_id)
    open_now = windows.where(window.opens_at <= now(), window.closes_at > now())
    return (
        select(ticket.id, or_(~windows.exists(), open_now.exists()))
        .select_from(desk)
        .outerjoin(ticket, and_(ticket.desk_id == desk.id, ticket.status.in_(TAKEN)))
        .where(desk.id == desk_id)
    )


def _claim(session: Session, ticket: Any, desk_id: int, room: str) -> None:
    """Of two desks one gets the ticket, and a student who is free."""
    interview = tables.interview
    claimed = session.execute(
        update(interview)
        .where(interview.id == ticket.id, interview.status == "waiting", _is_free(interview))
        .where(or_(interview.only_desk_id.is_(None), interview.only_desk_id == desk_id))
        .values(
            status="ringing", desk_id=desk_id, room=room, rung_at=now(),
            turn_at=now(), ring_seen_at=None, ring_step=0, called_by="recruiter",
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    assert claimed.rowcount == 1  # type: ignore[attr-defined]


def _ring(session: Session, ticket: Any, desk_id: int) -> dict[str, Any]:
    """The ring's row: why this one, and who was passed over for what."""
    other = tables.interview
    earlier = or_(
        other.queued_at < ticket.queued_at,
        and_(other.queued_at == ticket.queued_at, other.id < ticket.id),
    )
    passed: dict[str, list[int]] = {}
    for number, status, is_free in session.execute(
        select(other.id, other.status, _is_free(other))
        .where(other.booth_id == ticket.booth_id, other.status.in_(("waiting", "held")), earlier)
        .order_by(other.queued_at, other.id)
    ):
        why = "missed" if status == "held" else "offline" if is_free else "busy"
        passed.setdefault(why, []).append(number)
    return {
        "fair_id": ticket.fair_id,
        "booth_id": ticket.booth_id,
        "interview_id": ticket.id,
        "student_id": ticket.student_id,
        "desk_id": desk_id,
        "called_by": "recruiter",
        "because": "order",
        "outcome": "ringing",
        "queued_at": ticket.queued_at,
        "passed_over": json.dumps(passed),
        "rung_at": now(),
    }


def _one(session: Session, model: Any, **columns: Any) -> Any:
    return session.scalars(select(model).filter_by(**columns)).one()


def _is_free(ticket: Any) -> Any:
    other = another("interview")
    busy = select(other.id).where(other.student_id == ticket.student_id, other.status.in_(ON_CALL))
    return ~busy.exists()


def _is_special() -> Any:
    return or_(tables.interview.slot_at.is_not(None), tables.interview.only_desk_id.is_not(None))


def _callable(booth_id: int) -> Any:
    interview, student = tables.interview, tables.student
    return (
        select(interview, student)
        .join(student, student.id == interview.student_id)
        .where(interview.booth_id == booth_id, interview.status == "waiting", _is_free(interview))
    )


def _next(session: Session, booth_id: int) -> Any:
    """The oldest ticket whose student is free."""
    interview = tables.interview
    return session.execute(
        _callable(booth_id)
        .where(interview.only_desk_id.is_(None))
        .order_by(interview.queued_at, interview.id)
        .limit(1)
    ).one()


def _room(ticket_id: int, student_account: int) -> dict[str, Any]:
    """A value for every column that must have one."""
    known = {
        "name": f"iv_{secrets.token_hex(13)}",
        "subject": f"interview:{ticket_id}",
        "student_account_id": student_account,
        "recruiter_account_id": g.account,
        "provider": "webrtc",
        "status": "open",
    }
    for column in tables.room.__table__.columns:
        if column.name not in known and not column.nullable and not column.primary_key:
            kind = column.type.python_type
            known[column.name] = now() if "date" in kind.__name__ else kind()
    return known
