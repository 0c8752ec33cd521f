"""A ticket as its recruiter sees it, as the SQLAlchemy candidate reads it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from scripts.bench.orm_tables import another, stamp, tables

ON_CALL = ("ringing", "in_call")
RING = timedelta(seconds=30)
ACCESS = ("captions", "typed_talk", "large_type")
PLAIN = (
    *("id", "status", "origin", "misses", "message", "round", "reason", "reason_code"),
    *("verdict", "remark", "notes", "talk_seconds", "room", "called_by"),
)
INSTANTS = (
    *("queued_at", "nudged_at", "slot_at", "held_until", "ended_at", "rung_at", "answered_at"),
)


def row_of(session: Session, ticket_id: int) -> dict[str, Any]:
    """One row with what the call pane shows."""
    ticket, student, position, label, needs, busy, was_seen = session.execute(
        _query().where(tables.interview.id == ticket_id)
    ).one()
    return {
        **{name: getattr(ticket, name) for name in PLAIN},
        **{name: stamp(getattr(ticket, name)) for name in INSTANTS},
        "student": {
            "id": student.id,
            "name": student.name,
            "school": student.school_name,
            "major": student.major,
            "degree": student.degree,
            "graduation_year": student.graduation_year,
        },
        "position": {"id": position.id, "title": position.title} if position else None,
        "only_desk": {"id": ticket.only_desk_id, "label": label} if label else None,
        "busy": bool(busy),
        "first_time": not was_seen,
        "ring_expires_at": stamp(ticket.rung_at + RING if ticket.rung_at else None),
        "access": [name for name in ACCESS if needs and getattr(needs, name)],
        "result_at": stamp(ticket.concluded_at),
    }


def _query() -> Any:
    ticket, desk, needs = tables.interview, tables.desk, tables.needs
    other = another("interview")
    of_student = select(literal(1)).where(other.student_id == ticket.student_id)
    busy = of_student.where(other.status.in_(ON_CALL))
    seen = of_student.where(other.fair_id == ticket.fair_id, other.answered_at.is_not(None))
    return (
        select(
            *(ticket, tables.student, tables.position, desk.label, needs),
            busy.exists(),
            seen.exists(),
        )
        .join(tables.student, tables.student.id == ticket.student_id)
        .join(tables.fair, tables.fair.id == ticket.fair_id)
        .outerjoin(tables.position, tables.position.id == ticket.position_id)
        .outerjoin(desk, desk.id == ticket.only_desk_id)
        .outerjoin(needs, needs.student_id == ticket.student_id)
        .execution_options(populate_existing=True)
    )
