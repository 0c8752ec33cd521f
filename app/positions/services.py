"""What staff do with positions."""

from typing import Any

from app.core import audit
from app.core.database import atomic
from app.positions.errors import PositionNotFound, SalaryRangeInvalid
from app.positions.models import Position

EDITABLE = (
    "title",
    "city",
    "salary_min",
    "salary_max",
    "degree",
    "headcount",
    "majors",
    "duties",
    "requirements",
)


def create_position(*, employer_id: int, publish: bool = False, **details: Any) -> Position:
    """Record an opening; salaries in yuan a month.

    :raises SalaryRangeInvalid: the least is above the most, or not positive
    """
    wanted = {name: details[name] for name in EDITABLE if name in details}
    _check_salary(wanted["salary_min"], wanted["salary_max"])
    with atomic():
        position = Position.create(employer=employer_id, **wanted)
        audit.record(position, "create", after=wanted)
        if publish:
            position.publish()
    return position


def update_position(position_id: int, **details: Any) -> Position:
    """Change an opening.

    :raises SalaryRangeInvalid: see :func:`create_position`
    """
    position = get_position(position_id)
    wanted = {name: details[name] for name in EDITABLE if name in details}
    changes = {name: value for name, value in wanted.items() if value != getattr(position, name)}
    _check_salary(
        changes.get("salary_min", position.salary_min),
        changes.get("salary_max", position.salary_max),
    )
    if changes:
        before = {name: getattr(position, name) for name in changes}
        with atomic():
            Position.update(changes).where(Position.id == position_id).execute()
            audit.record(position, "update", before=before, after=changes)
    return get_position(position_id)


def publish_position(position_id: int) -> Position:
    """Show it to students."""
    position = get_position(position_id)
    with atomic():
        position.publish()
    return position


def withdraw_position(position_id: int, reason: str = "") -> Position:
    """Take it away; tickets that name it keep it."""
    position = get_position(position_id)
    with atomic():
        position.withdraw(reason=reason)
    return position


def get_position(position_id: int) -> Position:
    """:raises PositionNotFound: no such position"""
    position = Position.get_or_none(Position.id == position_id)
    if position is None:
        raise PositionNotFound
    return position


def _check_salary(least: int, most: int) -> None:
    if least <= 0 or least > most:
        raise SalaryRangeInvalid
