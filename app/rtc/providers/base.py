"""What every media provider can do for a room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.rtc.models import Room, Side


@dataclass(frozen=True)
class Grant:
    """Leave to enter one room on one side until an instant."""

    room: Room
    side: Side
    account_id: int
    seconds: int
    expires_at: datetime
    sync_token: str = field(repr=False)


@dataclass(frozen=True)
class Notice:
    """One event a provider reported, in our words."""

    notice_id: str
    room_name: str
    event_type: int
    side: Side | None
    sequence: int
    reported_at: datetime | None
    payload: dict[str, Any]


class Provider(Protocol):
    """Media for two people. Asking :meth:`issue` again renews."""

    def create_room(self, room: Room) -> None:
        """Prepare what the provider needs before anybody enters."""

    def issue(self, grant: Grant) -> dict[str, Any]:
        """What this provider's client needs, under the provider's name."""

    def close(self, room: Room) -> None:
        """Release what :meth:`create_room` took."""

    def read_notice(self, headers: Mapping[str, str], raw: bytes) -> Notice:
        """A genuine webhook in our words.

        :raises NoticeForged: the signature does not prove these bytes
        :raises NoticeUnreadable: signed, but not what the provider documents
        """
