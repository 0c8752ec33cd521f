"""What reviewers and the clock do with positions (C05, C06, C10, SM3)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.database import atomic, locked
from app.core.lifecycle import move_each
from app.employers.models import Employer
from app.employers.services import account_ids_of
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many
from app.positions import jobs
from app.positions.errors import FlagsUnexplained, PositionExpired
from app.positions.models import Position, is_valid_on, today
from app.positions.services.finding import position_to_review

REVIEW_HOURS = 24  # a review takes a day at most (A12)
CHECK_LOST_AFTER = timedelta(minutes=5)
CHASED_AT_ONCE = 50
INBOX = "pages/inbox/inbox"
Status = Position.Status


def approve_position(position_id: int, reason: str = "", version: int | None = None) -> Position:
    """Publish what was read, in *version*. What was flagged needs a *reason* (C10).

    :raises PositionNotFound: no such position
    :raises PositionChanged: the employer changed it meanwhile
    :raises FlagsUnexplained: flagged, and no reason
    :raises PositionExpired: its last day is over
    :raises InvalidTransition: taken back or reviewed already
    """
    with atomic():
        position = position_to_review(position_id, version)
        if position.flags and not reason:
            raise FlagsUnexplained
        if position.valid_until and position.valid_until < today():
            raise PositionExpired
        position.pass_review(reason=reason, reviewed_at=clock.now(), review_reason="")
        _tell(position, Employer.get_by_id(position.employer_id).name, "已通过")
    return position


def approve_positions(versions: Mapping[int, int]) -> tuple[int, int]:
    """Publish all of these that nothing was found in; how many, and how many are left.

    *versions* says which text of each was read.
    """
    chosen = Position.id.in_(list(versions)) & (Position.status == Status.PENDING)
    now = clock.now()
    with atomic():
        waiting = locked(Position.select().where(chosen & is_valid_on(today())))
        fine = {one.id: one for one in waiting if not one.flags and one.version == versions[one.id]}
        seen = {position_id: one.status for position_id, one in fine.items()}
        moved = move_each(Position, "pass_review", seen)
        changes = {"reviewed_at": now, "review_reason": ""}
        Position.update(changes).where(Position.id.in_(moved)).execute()
        names = _employer_names({fine[position_id].employer_id for position_id in moved})
        for position_id in sorted(moved):
            one = fine[position_id]
            _tell(one, names[one.employer_id], "已通过")
    return len(moved), len(versions) - len(moved)


def return_position(position_id: int, reason: str, version: int | None = None) -> Position:
    """Send it back to its employer, who reads why, changes it and submits it again.

    :raises PositionNotFound: no such position
    :raises PositionChanged: the employer changed it meanwhile
    :raises InvalidTransition: taken back or reviewed already
    """
    with atomic():
        position = position_to_review(position_id, version)
        position.send_back(reason=reason, review_reason=reason)
        _tell(position, Employer.get_by_id(position.employer_id).name, "未通过", reason)
    return position


def expire_positions() -> int:
    """Take off what has passed its last day; how many. For the clock."""
    over = (Position.status == Status.PUBLISHED) & ~is_valid_on(today())
    if not Position.select().where(over).exists():
        return 0
    with atomic():
        seen = {one.id: one.status for one in locked(Position.select().where(over))}
        return len(move_each(Position, "expire", seen))


def chase_text_checks() -> int:
    """Queue checks again whose job was lost; how many. For the clock."""
    lost = (Position.status == Status.PENDING) & (Position.text_check == Position.TextCheck.WAITING)
    late = lost & (Position.submitted_at < clock.now() - CHECK_LOST_AFTER)
    rows = Position.select(Position.id).where(late).order_by(Position.id).limit(CHASED_AT_ONCE)
    ids = [position_id for (position_id,) in rows.tuples()]
    for position_id in ids:
        jobs.check_text.enqueue(position_id)
    return len(ids)


def _employer_names(employer_ids: set[int]) -> dict[int, str]:
    rows: Any = Employer.select(Employer.id, Employer.name).where(Employer.id.in_(employer_ids))
    return dict(rows.tuples())


def _tell(position: Position, employer: str, outcome: str, reason: str = "") -> None:
    notify_many(
        account_ids_of(position.employer_id),
        NotificationKind.POSITION_REVIEWED,
        params={
            "employer": employer,
            "position": position.title,
            "answer": outcome,
            "reason": reason,
        },
        page=INBOX,
        subject=f"position:{position.id}",
    )
