"""What staff do with positions: they record and publish without a review."""

from typing import Any

from app.core import audit
from app.core.database import atomic
from app.positions.errors import PositionNotFound
from app.positions.models import Position
from app.positions.screening import PhraseScreen
from app.positions.wording import DETAILS, refuse_odd_pay, texts_of

_SCREEN = PhraseScreen()


def create_position(*, employer_id: int, publish: bool = False, **details: Any) -> Position:
    """Record an opening; salaries in yuan a month.

    :raises SalaryRangeInvalid: the least is above the most, or not positive
    """
    wanted = {name: details[name] for name in DETAILS if name in details}
    refuse_odd_pay(wanted, is_draft=False)
    position = Position(employer=employer_id, **wanted)
    position.flags = _SCREEN.look(texts_of(position))
    with atomic():
        position.save(force_insert=True)
        audit.record(position, "create", after=wanted)
        if publish:
            position.publish()
    return position


def update_position(position_id: int, **details: Any) -> Position:
    """Change an opening; what is published stays so, for staff are the reviewers.

    :raises PositionNotFound: no such position, or deleted
    :raises SalaryRangeInvalid: see :func:`create_position`
    """
    position = get_position(position_id)
    if position.status == Position.Status.DELETED:
        raise PositionNotFound
    wanted = {name: details[name] for name in DETAILS if name in details}
    changes = {name: value for name, value in wanted.items() if value != getattr(position, name)}
    pay = {
        name: changes.get(name, getattr(position, name)) for name in ("salary_min", "salary_max")
    }
    refuse_odd_pay(pay, is_draft=False)
    if changes:
        before = {name: getattr(position, name) for name in changes}
        with atomic():
            write_text(position, changes)
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


def write_text(position: Position, changes: dict[str, Any]) -> None:
    """Write another text, look it over, and count the change. Inside a command."""
    for name, value in changes.items():
        setattr(position, name, value)
    position.flags = _SCREEN.look(texts_of(position))
    columns: dict[str, Any] = changes | {"flags": position.flags, "version": Position.version + 1}
    Position.update(columns).where(Position.id == position.id).execute()
