"""What the product asks of positions: staff's commands; employers' and reviewers' stand beside."""

from app.positions.services.staff import (
    create_position,
    get_position,
    publish_position,
    update_position,
    withdraw_position,
)

__all__ = [
    "create_position",
    "get_position",
    "publish_position",
    "update_position",
    "withdraw_position",
]
