"""What a school's site shows of positions (C02, C03, C04)."""

from typing import Any

from app.core.pagination import decode_cursor, encode_cursor
from app.employers.models import Employer, Settlement
from app.positions.models import Position, PositionTarget, is_valid_on, today
from app.schools.services import get_school

PAGE = 20
Found = tuple[list[Position], str | None]


def visible_positions(
    school_id: int,
    *,
    q: str = "",
    city: str = "",
    kind: Position.Kind | None = None,
    cursor: str | None = None,
) -> Found:
    """A page of the positions shown at a school with their employers, the newest first.

    Shown is what is published, has not passed its last day, is aimed at the school, and was
    aimed there while the employer was settled, as it still is. What was posted before is not
    (C04), until it is aimed anew.

    :raises SchoolNotFound: no such school
    :raises CursorInvalid: not a cursor of this list
    """
    get_school(school_id)
    query = _shown_at(school_id)
    if word := q.strip():
        query = query.where(
            Position.title.contains(word)
            | Position.majors.contains(word)
            | Employer.name.contains(word)
        )
    if city.strip():
        query = query.where(Position.city.contains(city.strip()))
    if kind is not None:
        query = query.where(Position.kind == kind)
    if (key := decode_cursor(cursor, int)) is not None:
        query = query.where(Position.id < key[0])
    found = list(query.order_by(Position.id.desc()).limit(PAGE + 1))
    shown = found[:PAGE]
    return shown, encode_cursor(shown[-1].id) if len(found) > PAGE else None


def is_visible(position_id: int, school_id: int) -> bool:
    """Whether a school's site shows this position now."""
    return _shown_at(school_id).where(Position.id == position_id).exists()


def _shown_at(school_id: int) -> Any:
    settled = (
        (Settlement.employer == Position.employer)
        & (Settlement.school == school_id)
        & (Settlement.status == Settlement.Status.SETTLED)
    )
    aimed = (PositionTarget.position == Position.id) & (PositionTarget.school == school_id)
    return (
        Position.select(Position, Employer)
        .join(Employer)
        .switch(Position)
        .join(PositionTarget, on=aimed)
        .join(Settlement, on=settled)
        .where(
            (Position.status == Position.Status.PUBLISHED)
            & (Employer.status == Employer.Status.ACTIVE)
            & is_valid_on(today())
            & (PositionTarget.targeted_at >= Settlement.settled_since)
        )
    )
