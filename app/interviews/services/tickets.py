"""Tickets as their student sees them: place in line, what may be done, the result."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from peewee import JOIN, Expression, Value, fn

from app.core import clock, presence
from app.core.prepared import Prepared, PreparedList, bind, constant, is_there
from app.employers.models import Employer, Recruiter
from app.fairs.models import Booth, Fair
from app.fairs.phases import is_live
from app.fairs.services.staging import label_of
from app.forecasts.models import Promise
from app.interviews.models import (
    DESK_TAKEN,
    IN_LINE,
    ON_CALL,
    CalledBy,
    Desk,
    Interview,
    Overtake,
    Rating,
    Status,
)
from app.interviews.models.answers import reason_label, seen_by_student
from app.interviews.services.claims import REST_SECONDS, RING_SECONDS
from app.interviews.services.finding import Found
from app.interviews.services.holds import falls_behind
from app.interviews.services.places import find_ahead, instant, line_length, tickets_ahead
from app.interviews.services.promises import PROMISED, newest_promise, promise_card
from app.interviews.services.timebox import box_ends_at
from app.positions.models import Position
from app.students.models import Student

ACTIONS: dict[Interview.Status, list[str]] = {
    Status.PENDING: ["withdraw"],
    Status.INVITED: ["agree", "decline"],
    Status.WAITING: ["withdraw"],
    Status.HELD: ["return", "withdraw"],
    Status.RINGING: ["answer", "pass-ring"],
    Status.IN_CALL: ["hang-up"],
}
MOST_TICKETS = 200
# Of waiting, told to the student.
RULES = ("hold_seconds", "misses_kept", "everyone_once", "students_may_start")
PROMISED_WHILE = (Status.PENDING, *IN_LINE)
TALKED = (Status.CONCLUDING, Status.FINISHED)


def _desks(booth_ids: list[Value]) -> Any:
    taken = (Interview.desk == Desk.id) & Interview.status.in_(
        [constant(status.value) for status in DESK_TAKEN]
    )
    return (
        Desk.select(Desk.booth, Desk.id, Recruiter.account, is_there(Interview, taken))
        .join(Recruiter)
        .where(Desk.booth.in_(booth_ids) & (Recruiter.status == Recruiter.Status.ACTIVE))
        .tuples()
    )


_DESKS = PreparedList(_desks)
OVER = (Status.FINISHED, Status.REJECTED, Status.DECLINED, Status.LAPSED, Status.WITHDRAWN)


def list_tickets(account_id: int, fair_id: int | None = None) -> list[dict[str, Any]]:
    """The student's tickets, the liveliest first, then the newest."""
    if fair_id is None:
        rows = _MINE.all(account_id=account_id, **instant())
    else:
        rows = _MINE_AT_FAIR.all(account_id=account_id, fair_id=fair_id, **instant())
    there = desks_there(row.booth_id for row in rows if row.status not in OVER)
    is_free = all(row.status not in ON_CALL for row in rows)
    return [_ticket(row, there, is_free=is_free) for row in rows]


def get_ticket(interview_id: int) -> dict[str, Any]:
    """One ticket, after a command of its student."""
    row = _ONE.first(interview_id=interview_id)
    row.ahead = find_ahead(row.id) if row.status in IN_LINE else None
    return _ticket(row, desks_there([row.booth_id]))


class DesksThere(NamedTuple):
    """Which desks of a booth are online, and which of those have no ring, call or owed result."""

    online: list[int]
    idle: list[int]


NO_DESKS = DesksThere([], [])


def desks_there(booth_ids: Iterable[int]) -> dict[int, DesksThere]:
    """The desks of each booth that are online; none when Redis does not answer."""
    found = {booth_id: DesksThere([], []) for booth_id in booth_ids}
    desks = _DESKS.all(found)
    present = presence.online_or_none(account_id for _, _, account_id, _ in desks)
    for booth_id, desk_id, account_id, is_taken in desks:
        if account_id in present:
            found[booth_id].online.append(desk_id)
            if not is_taken:
                found[booth_id].idle.append(desk_id)
    return found


def desks_online(booth_ids: Iterable[int]) -> dict[int, int]:
    """How many desks of each booth are online; none when Redis does not answer."""
    return {booth_id: len(desks.online) for booth_id, desks in desks_there(booth_ids).items()}


def ring_expiry(interview: Interview) -> Any:
    """When an unanswered ring is given up, or None."""
    if interview.status != Status.RINGING or interview.rung_at is None:
        return None
    return interview.rung_at + timedelta(seconds=RING_SECONDS)


SHOWN = (
    Interview, Booth.id, Booth.number, Booth.employer, Booth.status, Booth.notice,
    Booth.notice_at, Booth.late_until, Booth.line_closed_at, Booth.talk_minutes, Employer.id,
    Employer.name, Fair.id, Fair.verdict_labels, Fair.hold_seconds, Fair.misses_kept,
    Fair.everyone_once, Fair.talk_minutes, Fair.extension_minutes, Fair.students_may_start,
    Fair.status, Fair.starts_at, Fair.ends_at, Fair.doors_open_at, Fair.daily_opens,
    Fair.daily_closes, Position.id, Position.title, *PROMISED,
)  # fmt: skip


def _query(which: Expression, *more: Any) -> Any:
    return (
        Interview.select(
            *SHOWN,
            *more,
            line_length().alias("in_line"),
            _overtakes().alias("times_overtaken"),
            _is_rated().alias("rated"),
        )
        .join(Student)
        .switch(Interview)
        .join(Booth)
        .join(Employer)
        .switch(Interview)
        .join(Fair)
        .switch(Interview)
        .join(Position, JOIN.LEFT_OUTER)
        .switch(Interview)
        .join(Promise, JOIN.LEFT_OUTER, on=newest_promise(), attr="promise")
        .where(which)
        .order_by(Interview.queued_at.desc(), Interview.id.desc())
    )


def _overtakes() -> Any:
    return Overtake.select(fn.COUNT(Overtake.id)).where(Overtake.interview == Interview.id)


def _is_rated() -> Any:
    mine = (Rating.interview == Interview.id) & (Rating.side == "student")
    return is_there(Rating, mine)


def _list(which: Expression) -> Any:
    return _query(which, tickets_ahead().alias("ahead")).limit(MOST_TICKETS)


_MY_ACCOUNT = Student.account == bind("account_id")
_ONE = Prepared(lambda: _query(Interview.id == bind("interview_id")))
_MINE = Prepared(lambda: _list(_MY_ACCOUNT))
_MINE_AT_FAIR = Prepared(lambda: _list(_MY_ACCOUNT & (Interview.fair == bind("fair_id"))))


def _ticket(
    row: Interview, there: dict[int, DesksThere], *, is_free: bool = True
) -> dict[str, Any]:
    """*is_free*: the student is not on a call, as far as is known."""
    status = seen_by_student(row.status)
    desks = there.get(row.booth_id, NO_DESKS)
    in_line = status in IN_LINE
    position = row.position if row.position_id else None
    return {
        "id": row.id,
        "status": status,
        "origin": row.origin,
        "booth": {"id": row.booth_id, "number": row.booth.number},
        "employer": {"id": row.booth.employer_id, "name": row.booth.employer.name},
        "position": position and {"id": position.id, "title": position.title},
        "fair_id": row.fair_id,
        "queued_at": row.queued_at,
        "ahead": row.ahead if in_line else None,
        "in_line": row.in_line,
        "desks_online": len(desks.online),
        "ready": status == Status.WAITING and row.ready_told_at is not None,
        "misses": row.misses,
        "behind_after_misses": in_line and falls_behind(row.misses, row.fair.misses_kept),
        "overtakes": row.times_overtaken,
        "round": row.round,
        "slot_at": row.slot_at,
        "held_until": row.held_until,
        "promise": promise_card(row.promise) if _awaits_turn(row) else None,
        "line": _line(row.booth),
        "rules": {name: getattr(row.fair, name) for name in RULES},
        "rated": bool(row.rated),
        "box_ends_at": _box_ends_at(row),
        "ring_expires_at": ring_expiry(row),
        "called_by": row.called_by,
        "message": row.message,
        "result": _result(row),
        **_refusal(row),
        "actions": _actions(row, status) + (["start"] if is_free and may_start(row, desks) else []),
    }


def may_start(row: Interview, desks: DesksThere) -> bool:
    """Whether the student may call, as far as the ticket and its booth's desks tell (E13).

    Nobody stands before, and a desk is idle that did not let this student ring in vain just now.
    """
    if row.status != Status.WAITING or row.ahead != 0 or not row.fair.students_may_start:
        return False
    idle = [desk for desk in desks.idle if row.only_desk_id in (None, desk)]
    rested_at = clock.now() - timedelta(seconds=RING_SECONDS + REST_SECONDS)
    tried = row.called_by == CalledBy.STUDENT and row.rung_at > rested_at
    return len(idle) > tried and row.booth.status == Booth.Status.OPEN and is_live(row.fair)


def _actions(row: Interview, status: Interview.Status) -> list[str]:
    if status == Status.RINGING and row.called_by == CalledBy.STUDENT:
        return ["cancel-start"]
    actions = list(ACTIONS.get(status, []))
    if status == Status.WAITING and not row.hold_used and row.fair.hold_seconds > 0:
        actions.append("hold")
    if status in TALKED and row.answered_at is not None and not row.rated:
        actions.append("rate")
    return actions


def _awaits_turn(row: Interview) -> bool:
    return row.turn_at is None and seen_by_student(row.status) in PROMISED_WHILE


def _line(booth: Booth) -> dict[str, Any]:
    """What the booth has to say to everybody in its line."""
    return {
        "notice": booth.notice,
        "notice_at": booth.notice_at,
        "late_until": booth.late_until,
        "closed": booth.line_closed_at is not None,
    }


def _box_ends_at(row: Interview) -> datetime | None:
    if row.status != Status.IN_CALL:
        return None
    return box_ends_at(Found(row, row.booth, row.fair, 0))


def _refusal(row: Interview) -> dict[str, Any]:
    """Why and when it was rejected, once that was delivered (E05)."""
    is_told = row.status == Status.REJECTED
    code = row.reason_code if is_told else ""
    return {
        "reason_code": code,
        "reason_label": reason_label(code),
        "rejected_at": row.concluded_at if is_told else None,
    }


def _result(row: Interview) -> dict[str, Any] | None:
    if row.status != Status.FINISHED or row.verdict is None:
        return None
    label = label_of(row.fair, row.verdict)
    return {"verdict": row.verdict, "label": label, "at": row.concluded_at}
