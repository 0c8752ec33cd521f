"""Tickets as their recruiters see them: who stands in line, who is online, what is owed."""

from collections.abc import Iterable
from typing import Any

from peewee import JOIN, Expression

from app.core import presence
from app.fairs.models import Fair
from app.fairs.services.staging import label_of
from app.interviews.models import IN_LINE, ON_CALL, Interview
from app.interviews.services.tickets import ring_expiry
from app.positions.models import Position
from app.students.models import Student


def list_rows(which: Expression, *, order: Iterable[Any], limit: int = 3000) -> list[dict[str, Any]]:
    """Rows of the hall for *which* tickets, with who is online and who is busy elsewhere."""
    found = list(_query(which).order_by(*order).limit(limit))
    accounts = {row.student_id: row.student.account_id for row in found}
    online = presence.online_or_none(accounts.values())
    busy = busy_students(accounts)
    return [_row(row, row.student.account_id in online, row.student_id in busy) for row in found]


def get_row(interview_id: int) -> dict[str, Any]:
    """One row, after a command of its recruiter, with what the call pane shows."""
    row = _query(Interview.id == interview_id).get()
    account_id = row.student.account_id
    shown = _row(row, bool(presence.online_or_none([account_id])), row.status in ON_CALL)
    shown |= {
        "notes": row.notes,
        "rung_at": row.rung_at,
        "answered_at": row.answered_at,
        "ended_at": row.ended_at,
        "ring_expires_at": ring_expiry(row),
        "talk_seconds": row.talk_seconds,
        "room": row.room,
    }
    return shown


def busy_students(student_ids: Iterable[int]) -> set[int]:
    """Those who are being rung or in a call, anywhere."""
    ids = list(student_ids)
    on_call = Interview.student.in_(ids) & Interview.status.in_(ON_CALL)
    rows = Interview.select(Interview.student).where(on_call).tuples() if ids else ()
    return {student_id for (student_id,) in rows}


def number_the_line(rows: list[dict[str, Any]]) -> None:
    """Write each one's place into rows that are a whole line in order: 0 stands at its head."""
    place = 0
    for row in rows:
        if row["status"] in IN_LINE:
            row["ahead"] = place
            place += 1


def _query(which: Expression) -> Any:
    return (
        Interview.select(
            Interview, Student, Position.id, Position.title, Fair.id, Fair.verdict_labels
        )
        .join(Student)
        .switch(Interview)
        .join(Position, JOIN.LEFT_OUTER)
        .switch(Interview)
        .join(Fair)
        .where(which)
    )


def student_card(student: Student) -> dict[str, Any]:
    """Who a student is, without contact details (N01)."""
    return {
        "id": student.id,
        "name": student.name,
        "school": student.school_name,
        "major": student.major,
        "degree": student.degree,
        "graduation_year": student.graduation_year,
    }


def _row(row: Interview, is_online: bool, is_busy: bool) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status,
        "origin": row.origin,
        "student": student_card(row.student),
        "position": {"id": row.position_id, "title": row.position.title} if row.position_id else None,
        "queued_at": row.queued_at,
        "ahead": None,
        "online": is_online,
        "busy": is_busy,
        "misses": row.misses,
        "nudged_at": row.nudged_at,
        "message": row.message,
        "reason": row.reason,
        "verdict": row.verdict,
        "verdict_label": label_of(row.fair, row.verdict),
        "remark": row.remark,
        "result_at": row.concluded_at,
        "ended_at": row.ended_at,
    }
