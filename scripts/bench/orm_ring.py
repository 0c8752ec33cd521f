"""Ringing the next in line, as the SQLAlchemy candidate would."""

import secrets
from typing import Any

from flask import Blueprint, g
from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from scripts.bench.orm_tables import audit, guarded, now, tables

ON_CALL = ("ringing", "in_call")
TAKEN = (*ON_CALL, "concluding")
blueprint = Blueprint("ring", __name__)


@blueprint.post("/api/booths/<int:booth_id>/ring-next")
@guarded
def ring_next(session: Session, booth_id: int) -> Any:
    """Claim desk and student, open a room, write the audit row."""
    booth, employer, fair = session.execute(
        select(tables.booth, tables.employer, tables.fair)
        .join(tables.employer, tables.employer.id == tables.booth.employer_id)
        .join(tables.fair, tables.fair.id == tables.booth.fair_id)
        .where(tables.booth.id == booth_id)
    ).one()
    recruiter = _one(session, tables.recruiter, account_id=g.account, employer_id=employer.id)
    desk = _one(session, tables.desk, booth_id=booth.id, recruiter_id=recruiter.id)
    interview = tables.interview
    owed = select(interview).where(interview.desk_id == desk.id, interview.status.in_(TAKEN))
    assert session.scalars(owed).first() is None
    ticket, student = _next(session, booth.id)
    room = tables.room(**_room(ticket.id, student.account_id))
    session.add(room)
    session.flush()
    claimed = session.execute(
        update(interview)
        .where(interview.id == ticket.id, interview.status == "waiting")
        .values(status="ringing", desk_id=desk.id, room=room.name, rung_at=now())
    )
    assert claimed.rowcount == 1  # type: ignore[attr-defined]
    audit(session, f"interview:{ticket.id}", "ring", {"status": "ringing"})
    session.commit()
    return {
        "id": ticket.id,
        "status": "ringing",
        "student": {"id": student.id, "name": student.name, "major": student.major},
        "queued_at": ticket.queued_at.isoformat(),
        "misses": ticket.misses,
        "fair": fair.name,
    }


def _one(session: Session, model: Any, **columns: Any) -> Any:
    return session.scalars(select(model).filter_by(**columns)).one()


def _next(session: Session, booth_id: int) -> Any:
    """The oldest ticket whose student is free."""
    interview, other, student = tables.interview, aliased(tables.interview), tables.student
    busy = select(other.id).where(
        other.student_id == interview.student_id, other.status.in_(ON_CALL)
    )
    return session.execute(
        select(interview, student)
        .join(student, student.id == interview.student_id)
        .where(interview.booth_id == booth_id, interview.status == "waiting", ~busy.exists())
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
