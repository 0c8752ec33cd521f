"""The pulse of calls: what many pages whose media flows say every four seconds, in one round trip.

Whoever takes a pulse has no database. What only the room's row can tell is refused, and the page
syncs over HTTP instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import DomainError
from app.rtc.errors import RoomTakenOver, RowNeeded, SignalsUnavailable
from app.rtc.services import switchboard
from app.rtc.services.credentials import Seat, read_seat
from app.rtc.services.switchboard import Exchange, Outcome, SyncReport
from app.rtc.services.sync import answer_of


@dataclass(frozen=True)
class Pulse:
    """One page's word that its call goes on; it sends no signals."""

    room_name: str
    account_id: int
    report: SyncReport


Answer = dict[str, Any] | DomainError


def take_pulses(pulses: Sequence[Pulse]) -> list[Answer]:
    """Sync every room as :func:`sync` does; each gets its answer or what stands in its way.

    Nothing is raised: one page's worn-out credential (RoomCredentialExpired, NotInRoom,
    RoomTakenOver) must not silence the others. RowNeeded: Redis does not know the room, or
    its talk clock was not written down for 45 s.
    """
    seats = [_seat_of(pulse) for pulse in pulses]
    proven = [
        (seat, pulse.report)
        for seat, pulse in zip(seats, pulses, strict=True)
        if isinstance(seat, Seat)
    ]
    try:
        exchanged = iter(switchboard.exchange_all(proven))
    except SignalsUnavailable as away:
        return [away if isinstance(seat, Seat) else seat for seat in seats]
    return [_judge(next(exchanged)) if isinstance(seat, Seat) else seat for seat in seats]


def _seat_of(pulse: Pulse) -> Seat | DomainError:
    try:
        return read_seat(pulse.report.token, pulse.room_name, pulse.account_id)
    except DomainError as refusal:
        return refusal


def _judge(state: Exchange) -> Answer:
    if state.outcome is Outcome.TAKEN_OVER:
        return RoomTakenOver()
    if state.outcome is Outcome.UNKNOWN or state.checkpoint_due:
        return RowNeeded()
    return answer_of(state, state.outcome is Outcome.OPEN)
