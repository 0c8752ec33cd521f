"""Tickets as their recruiters see them: who stands in line, who is online, what is owed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

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
HEAD, HEAD_OVER = 15, 10  # of each list; nobody reads a hundred rows at once
GROUPS: dict[str, tuple[Interview.Status, ...]] = {
    "pending": UNDECIDED,
    "invited": (Status.INVITED,),
    "waiting": (*IN_LINE, *DESK_TAKEN),
}


class InLine(NamedTuple):
    """What the order of a line and the heads of its lists depend on; instants as the driver's."""

    id: int
    status: str
    queued_at: Any
    slot_at: Any
    only_desk: int | None
    account_id: int
    busy: bool
    was_seen: bool = False


@dataclass(frozen=True)
class HallTickets:
    """A booth's tickets by list, how many each list has, who would be rung, who is online."""

    lists: dict[str, list[dict[str, Any]]]
    counts: dict[str, int]  # of the lists of live tickets
    next_id: int | None
    online: Collection[int]  # account ids, of students and of whoever else was asked for


def list_tickets_at(
    desk: Desk, colleagues: Iterable[int], *, everyone_once: bool, whole: bool
) -> HallTickets:
    """A booth's tickets in a desk's order of calls: the heads of its lists, or the *whole* lists.

    A head also holds who is next, whoever is on call, and rejections that can be taken back.
    *colleagues*: accounts of which somebody wants to know, too, whether they are online.
    """
    at = clock.now()

    def place(row: InLine) -> tuple[int, datetime, int]:
        slot_at = Interview.slot_at.python_value(row.slot_at)
        standing = Standing(row.queued_at, row.id, slot_at, row.only_desk, bool(row.was_seen))
        return place_of(standing, desk.id, at)

    line = (_LINE_ONCE if everyone_once else _LINE).as_they_come(booth_id=desk.booth_id)
    tickets = sorted((InLine(*row) for row in line), key=place)
    over = (_OVER if whole else _OVER_HEAD).all(booth_id=desk.booth_id)
    online = presence.online_or_none(
        [*(one.account_id for one in tickets), *(row.account_id for row in over), *colleagues]
    )
    next_id = _next_id(tickets, online, desk.id)
    groups = {
        name: [one for one in tickets if one.status in wanted] for name, wanted in GROUPS.items()
    }
    listed = {name: group if whole else _head(group, next_id) for name, group in groups.items()}
    listed["done"] = over
    rows = _BY_ID.all(one.id for group in listed.values() for one in group)
    shown = {row["id"]: row for row in _shown(rows, online)}
    for ahead, one in enumerate(one for one in tickets if one.status in IN_LINE):
        if one.id in shown:
            shown[one.id]["ahead"] = ahead
    return HallTickets(
        # A ticket may have gone between the two readings.
        {name: [shown[t.id] for t in group if t.id in shown] for name, group in listed.items()},
        # A rejection that can still be taken back stands in its list, but asks for nothing.
        {name: sum(t.status != Status.DISMISSED for t in group) for name, group in groups.items()},
        next_id,
        online,
    )


def _head(group: list[Any], next_id: int | None) -> list[Any]:
    until = next((n + 1 for n, one in enumerate(group) if one.id == next_id), 0)
    first = max(HEAD, min(until, 2 * HEAD))
    more = (*DESK_TAKEN, Status.DISMISSED)
    return group[:first] + [one for one in group[first:] if one.status in more or one.id == next_id]


def _next_id(tickets: list[Any], online: Collection[int], desk_id: int) -> int | None:
    """Who would be rung now; nobody while presence is unknown, and ringing will say why."""
    callable_ = (
        one.id
        for one in tickets
        if one.status == Status.WAITING and one.account_id in online and not one.busy
        if one.only_desk is None or one.only_desk == desk_id
    )
    return next(callable_, None)


def get_row(interview_id: int) -> dict[str, Any]:
    """One row, after a command of its recruiter, with what the call pane shows."""
    row = _ONE.first(interview_id=interview_id)
    return _shown([row], presence.online_or_none([row.account_id]))[0] | {
        "notes": row.notes,
        "rung_at": row.rung_at,
        "answered_at": row.answered_at,
        "talk_seconds": row.talk_seconds,
        "room": row.room,
    }


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


def _line(*more: Any) -> Any:
    """What the order and the heads depend on, of every live ticket."""
    return (
        Interview.select(
            Interview.id,
            Interview.status,
            Interview.queued_at,
            Interview.slot_at,
            Interview.only_desk,
            Student.account.alias("account_id"),
            is_student_busy(Interview.student).alias("busy"),
            *more,
        )
        .join(Student)
        .where(_HERE & Interview.status.in_(STILL_OPEN))
        .order_by(Interview.queued_at, Interview.id)
        .limit(MOST_OPEN)
    )


def _over(most: int) -> Any:
    """Only who: a query with all that is shown is planned anew each time, for 2 ms."""
    return (
        Interview.select(Interview.id, Student.account.alias("account_id"))
        .join(Student)
        .where(_HERE & Interview.status.in_(OVER))
        .order_by(Interview.created_at.desc(), Interview.id.desc())
        .limit(most)
        .namedtuples()
    )


_LINE = Prepared(_line)
_LINE_ONCE = Prepared(lambda: _line(was_seen_today(Interview).alias("was_seen")))
_BY_ID = PreparedList(lambda ids: _query(Interview.id.in_(ids)))
_OVER, _OVER_HEAD = Prepared(partial(_over, MOST_OVER)), Prepared(partial(_over, HEAD_OVER))
_ONE = Prepared(lambda: _query(Interview.id == bind("interview_id")))
_GIVEN_STARS = PreparedList(
    lambda ids: (
        Rating.select(Rating.interview, Rating.stars)
        .where(Rating.interview.in_(ids) & (Rating.side == "recruiter"))
        .tuples()
    )
)


def _shown(rows: list[Any], online: Collection[int]) -> list[dict[str, Any]]:
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
        "called_by": row.called_by,
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
