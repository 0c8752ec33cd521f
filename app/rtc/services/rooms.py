"""Rooms open when a student is rung and close when somebody hangs up."""

from datetime import timedelta
from typing import Any

from flask import current_app

from app.config import current
from app.core import clock
from app.core.database import after_commit, atomic
from app.core.prepared import PreparedCreate
from app.rtc.errors import NotInRoom, RoomClosed, RoomNotFound, SignalsUnavailable
from app.rtc.models import ProviderName, Room
from app.rtc.providers import provider_of
from app.rtc.providers.base import Grant
from app.rtc.services import switchboard
from app.rtc.services.credentials import sign_seat

CREDENTIAL_SECONDS = 600
_CREATE = PreparedCreate(Room)


def create_room(
    *,
    subject: str,
    student_account_id: int,
    recruiter_account_id: int,
    carries_on: Room | None = None,
) -> Room:
    """Open a room for the two parties; *subject* names what it is for (``interview:42``).

    One that *carries_on* another room's talk keeps its provider and its clock.
    """
    name = carries_on.provider if carries_on else ProviderName(current().rtc_provider)
    with atomic():
        room = _CREATE(
            subject=subject,
            student_account=student_account_id,
            recruiter_account=recruiter_account_id,
            provider=name,
            talk_ms=carries_on.talk_ms if carries_on else 0,
        )
        provider_of(name, current()).create_room(room)
    return room


def get_room(name: str) -> Room:
    """The room called *name*.

    :raises RoomNotFound: there is none
    """
    room = Room.get_or_none(Room.name == name)
    if room is None:
        raise RoomNotFound
    return room


def find_open_room(subject: str) -> Room | None:
    """The newest open room of *subject*, or None."""
    open_rooms = Room.select().where((Room.subject == subject) & (Room.status == Room.Status.OPEN))
    return open_rooms.order_by(Room.id.desc()).first()


def open_rooms(subject: str) -> list[Room]:
    """Every open room of *subject*, the oldest first."""
    here = (Room.subject == subject) & (Room.status == Room.Status.OPEN)
    return list(Room.select().where(here).order_by(Room.id))


def issue(room: Room, account_id: int, *, seconds: int = CREDENTIAL_SECONDS) -> dict[str, Any]:
    """A credential to enter *room* for *seconds* (default 600); asking again renews it.

    Whether the interview may be entered now is the caller's rule; ours is that
    only the two parties get in, and only while the room is open.

    :raises NotInRoom: the account is neither party
    :raises RoomClosed: the call is over
    """
    side = room.side_of(account_id)
    if side is None:
        raise NotInRoom
    if not room.is_open:
        raise RoomClosed
    expires_at = (clock.now() + timedelta(seconds=seconds)).replace(microsecond=0)
    token = sign_seat(room, side, int(expires_at.timestamp()))
    grant = Grant(room, side, account_id, seconds, expires_at, token)
    credential: dict[str, Any] = {
        "provider": room.provider.value,
        "room": room.name,
        "side": side.value,
        "expires_at": expires_at,
        "sync_token": token,
    }
    credential |= {name.value: None for name in ProviderName}
    credential[room.provider.value] = provider_of(room.provider, current()).issue(grant)
    return credential


def close_room(room: Room) -> None:
    """End the call for both sides and write down how long they talked. Twice is harmless."""
    with atomic():
        room = Room.get_by_id(room.id)
        if not room.is_open:
            return
        room.close(talk_ms=_final_talk_ms(room))
        provider_of(room.provider, current()).close(room)
        after_commit(lambda: switchboard.announce_closed(room.name))


def talk_seconds(room: Room) -> int:
    """Whole seconds during which both sides had media."""
    if not room.is_open:
        return room.talk_ms // 1000
    return _final_talk_ms(room) // 1000


def _final_talk_ms(room: Room) -> int:
    try:
        counted = switchboard.talk_ms(room.name)
    except SignalsUnavailable:
        # The last checkpoint is at most 15 s old; hanging up must work without Redis.
        current_app.logger.warning("talk clock unreadable, keeping the checkpoint: %s", room.name)
        counted = None
    return max(room.talk_ms, counted or 0)
