"""Tickets as their recruiters see them: who stands in line, who is online, what is owed."""

from datetime import datetime
from typing import Any

from peewee import JOIN, Expression

from app.core import clock, presence
from app.core.prepared import Prepared, PreparedList, bind
from app.fairs.models import Fair
from app.fairs.services.staging import label_of
from app.interviews.models import (
    DESK_TAKEN,
    IN_LINE,
    UNDECIDED,
    Desk,
    Interview,
    Needs,
    Rating,
    Status,
)
from app.interviews.models.answers import undo_until
from app.interviews.services.line import (
    Standing,
    is_student_busy,
    place_of,
    was_seen_today,
)
from app.interviews.services.needs import NOTHING, arrangements
from app.interviews.services.reach import Reach, reach_of
from app.interviews.services.tickets import OVER, ring_expiry
from app.positions.models import Position
from app.students.models import Student

STILL_OPEN = (*UNDECIDED, Status.INVITED, *IN_LINE, *DESK_TAKEN)  # a slip can be taken back
MOST_OPEN, MOST_OVER = 3000, 200


def list_open(
    booth_id: int, desk_id: int = 0, *, everyone_once: bool = False
) -> list[dict[str, Any]]:
    """The tickets of a booth that still live, in a desk's order of calls, each with its place."""
    at = clock.now()

    def place(row: Any) -> tuple[int, datetime, int]:
        seen = bool(row.was_seen) and everyone_once
        standing = Standing(row.queued_at, row.id, row.slot_at, row.only_desk, seen)
        return place_of(standing, desk_id, at)

    rows = _shown(sorted(_OPEN.all(booth_id=booth_id), key=place))
    number_the_line(rows)
    return rows


def list_over(booth_id: int) -> list[dict[str, Any]]:
    """The newest tickets of a booth that are over."""
    return _shown(_OVER.all(booth_id=booth_id))


def get_row(interview_id: int) -> dict[str, Any]:
    """One row, after a command of its recruiter, with what the call pane shows."""
    row = _ONE.first(interview_id=interview_id)
    return _shown([row])[0] | {
        "notes": row.notes,
        "rung_at": row.rung_at,
        "answered_at": row.answered_at,
        "talk_seconds": row.talk_seconds,
        "room": row.room,
    }


def number_the_line(rows: list[dict[str, Any]]) -> None:
    """Write each one's place into rows that are a whole line in order: 0 stands at its head."""
    place = 0
    for row in rows:
        if row["status"] in IN_LINE:
            row["ahead"] = place
            place += 1


def _query(which: Expression) -> Any:
    shown = [field for field in Interview._meta.sorted_fields if field.name not in UNSHOWN]
    return (
        Interview.select(
            *shown,
            Student.account.alias("account_id"),
            Student.name,
            Student.school_name,
            Student.major,
            Student.degree,
            Student.graduation_year,
            Position.title.alias("position_title"),
            Fair.verdict_labels,
            Fair.undo_seconds,
            is_student_busy(Interview.student).alias("busy"),
            was_seen_today(Interview).alias("was_seen"),
            Desk.label.alias("only_desk_label"),
            *[getattr(Needs, name).alias(name) for name in NOTHING],
        )
        .join(Student)
        .switch(Interview)
        .join(Position, JOIN.LEFT_OUTER)
        .switch(Interview)
        .join(Fair)
        .switch(Interview)
        .join(Desk, JOIN.LEFT_OUTER, on=Interview.only_desk)
        .switch(Interview)
        .join(Needs, JOIN.LEFT_OUTER, on=Needs.student == Interview.student)
        .where(which)
        .namedtuples()
    )


UNSHOWN = ("fair", "booth", "desk", "created_at", "decided_by")
_HERE = Interview.booth == bind("booth_id")
_OPEN = Prepared(
    lambda: (
        _query(_HERE & Interview.status.in_(STILL_OPEN))
        .order_by(Interview.queued_at, Interview.id)
        .limit(MOST_OPEN)
    )
)
_OVER = Prepared(
    lambda: (
        _query(_HERE & Interview.status.in_(OVER))
        .order_by(Interview.created_at.desc(), Interview.id.desc())
        .limit(MOST_OVER)
    )
)
_ONE = Prepared(lambda: _query(Interview.id == bind("interview_id")))
_GIVEN_STARS = PreparedList(
    lambda ids: (
        Rating.select(Rating.interview, Rating.stars)
        .where(Rating.interview.in_(ids) & (Rating.side == "recruiter"))
        .tuples()
    )
)


def _shown(rows: list[Any]) -> list[dict[str, Any]]:
    online = presence.online_or_none(row.account_id for row in rows)
    reach = reach_of((row.account_id for row in rows if row.status in STILL_OPEN), online)
    stars = dict(_GIVEN_STARS.all(row.id for row in rows if row.status == Status.FINISHED))
    return [
        _row(row, row.account_id in online)
        | {
            "reach": reach.get(row.account_id, Reach.NONE).value,
            "stars": stars.get(row.id),
        }
        for row in rows
    ]


def _row(row: Any, is_online: bool) -> dict[str, Any]:
    position = {"id": row.position, "title": row.position_title} if row.position else None
    only_desk = {"id": row.only_desk, "label": row.only_desk_label} if row.only_desk else None
    return {
        "id": row.id,
        "status": row.status,
        "origin": row.origin,
        "student": {
            "id": row.student,
            "name": row.name,
            "school": row.school_name,
            "major": row.major,
            "degree": row.degree,
            "graduation_year": row.graduation_year,
        },
        "position": position,
        "queued_at": row.queued_at,
        "ahead": None,
        "online": is_online,
        "busy": bool(row.busy),
        "ring_expires_at": ring_expiry(row),
        "misses": row.misses,
        "nudged_at": row.nudged_at,
        "message": row.message,
        "round": row.round,
        "slot_at": row.slot_at,
        "held_until": row.held_until,
        "only_desk": only_desk,
        "first_time": not row.was_seen,
        "access": arrangements(row),
        "reason": row.reason,
        "reason_code": row.reason_code,
        "undo_until": undo_until(row.status, row.decided_at, row.undo_seconds),
        "verdict": row.verdict,
        "verdict_label": label_of(row, row.verdict),
        "remark": row.remark,
        "result_at": row.concluded_at,
        "ended_at": row.ended_at,
    }
