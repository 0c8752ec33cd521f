"""Finding an employer's own position, to be changed."""

from app.core.database import locked
from app.employers.services import get_recruiter
from app.positions.errors import PositionChanged, PositionNotFound
from app.positions.models import Position


def own_position(
    position_id: int, employer_id: int, account_id: int, *, version: int | None = None
) -> Position:
    """The position, nobody else's to change until the command ends.

    :raises NotYourEmployer: the account does not act for the employer
    :raises PositionNotFound: no such position, another employer's, or deleted
    :raises PositionChanged: its text is not *version* any more
    """
    get_recruiter(account_id, employer_id)
    theirs = (Position.id == position_id) & (Position.employer == employer_id)
    alive = theirs & (Position.status != Position.Status.DELETED)
    position = locked(Position.select().where(alive)).first()
    if position is None:
        raise PositionNotFound
    refuse_other_version(position, version)
    return position


def position_to_review(position_id: int, version: int | None) -> Position:
    """As staff have read it.

    :raises PositionNotFound: no such position
    :raises PositionChanged: its text is not *version* any more
    """
    position = locked(Position.select().where(Position.id == position_id)).first()
    if position is None:
        raise PositionNotFound
    refuse_other_version(position, version)
    return position


def refuse_other_version(position: Position, version: int | None) -> None:
    """:raises PositionChanged: its text is not *version* any more"""
    if version is not None and position.version != version:
        raise PositionChanged
