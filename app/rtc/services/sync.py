"""One sync of one side: signals out and in, what media arrives, how long both have talked."""

from typing import Any

from app.core import clock, events
from app.rtc.errors import RoomTakenOver
from app.rtc.models import Room
from app.rtc.services import switchboard
from app.rtc.services.credentials import read_seat
from app.rtc.services.rooms import get_room
from app.rtc.services.switchboard import SyncReport


def sync(room_name: str, account_id: int, report: SyncReport) -> dict[str, Any]:
    """Take what a side sends, hand out what lies in its mailbox.

    :raises RoomCredentialExpired: the credential is worn out or of another room
    :raises NotInRoom: the credential is somebody else's
    :raises RoomTakenOver: a newer page of this side has the seat
    :raises SignalsUnavailable: Redis does not answer
    """
    seat = read_seat(report.token, room_name, account_id)
    state = switchboard.exchange(seat, report)
    if state.outcome is switchboard.Outcome.UNKNOWN:
        # First sync of this room, or Redis lost its memory: the row knows what was counted.
        room = get_room(room_name)
        switchboard.prepare(room_name, talk_ms=room.talk_ms, is_open=room.is_open)
        state = switchboard.exchange(seat, report)
    if state.outcome is switchboard.Outcome.TAKEN_OVER:
        raise RoomTakenOver
    is_open = state.outcome is switchboard.Outcome.OPEN
    if is_open and state.checkpoint_due:
        is_open = _checkpoint(room_name, state.talk_ms)
    if is_open and report.signals:
        events.publish_to_accounts([seat.peer_account_id], "rtc.signal", room=room_name)
    return answer_of(state, is_open)


def _checkpoint(room_name: str, talk_ms: int) -> bool:
    """Write the clock down every 15 s; tells whether the row is still open."""
    query = Room.update(talk_ms=talk_ms).where(
        (Room.name == room_name) & (Room.status == Room.Status.OPEN)
    )
    if query.execute():
        return True
    # The room was closed while Redis was away: it never heard of it.
    switchboard.announce_closed(room_name)
    return False


def answer_of(state: switchboard.Exchange, is_open: bool) -> dict[str, Any]:
    """What a page hears of an exchange."""
    return {
        "signals": state.signals if is_open else [],
        "after": state.after,
        "talk_seconds": state.talk_ms // 1000,
        "open": is_open,
        "peer_seen_at": state.peer_seen_at,
        "server_now": clock.now(),
    }
