"""The signed proof that somebody was let into a room, checked without the database."""

from dataclasses import dataclass
from functools import lru_cache

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.config import current
from app.core import clock
from app.rtc.errors import NotInRoom, RoomCredentialExpired
from app.rtc.models import Room, Side


@dataclass(frozen=True)
class Seat:
    """One side of one room, as its credential proves it."""

    room_name: str
    account_id: int
    side: Side
    peer_account_id: int


def sign_seat(room: Room, side: Side, expires_at: int) -> str:
    """A credential for *side* of *room* until *expires_at* (Unix seconds)."""
    parts = [room.name, room.account_of(side), side, room.account_of(side.other), expires_at]
    return _signer().dumps(parts)


def read_seat(token: str, room_name: str, account_id: int) -> Seat:
    """The seat that *token* proves to the account that is logged in.

    :raises RoomCredentialExpired: forged, worn out or of another room
    :raises NotInRoom: somebody else's credential
    """
    try:
        seat, expires_at = _proven(_signer(), token)
    except (BadSignature, ValueError, TypeError) as error:
        raise RoomCredentialExpired from error
    if seat.room_name != room_name or expires_at <= clock.now().timestamp():
        raise RoomCredentialExpired
    if seat.account_id != account_id:
        raise NotInRoom
    return seat


@lru_cache(maxsize=4_000)  # a page shows the same credential every few seconds
def _proven(signed_by: URLSafeSerializer, token: str) -> tuple[Seat, int]:
    """The seat that a credential names, and until when, in seconds since 1970."""
    name, holder, side, peer, expires_at = signed_by.loads(token)
    return Seat(name, holder, Side(side), peer), expires_at


def _signer() -> URLSafeSerializer:
    signers = current_app.extensions
    if "rtc_signer" not in signers:
        signers["rtc_signer"] = URLSafeSerializer(current().secret_key, salt="rtc-room")
    return signers["rtc_signer"]
