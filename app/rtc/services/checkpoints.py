"""The talk clocks of the calls that are on, written into their rooms' rows by the clock's chore.

So a call whose pages sync with the gateway, which has no database, is written down like one whose
pages sync over HTTP.
"""

from collections.abc import Iterable

from peewee import Case

from app.core.database import atomic, locked_or_left
from app.rtc.models import Room
from app.rtc.services import switchboard

MOST_AT_ONCE = 500


def write_talk_down(rooms: Iterable[Room]) -> int:
    """Write the clocks that are 15 s past their (just read) rows; how many.

    A row that somebody is closing is left to them: they write the last word.

    :raises SignalsUnavailable: Redis does not answer
    """
    counted = list(switchboard.unwritten(room for room in rooms if room.is_open).items())
    starts = range(0, len(counted), MOST_AT_ONCE)
    return sum(_write(dict(counted[start : start + MOST_AT_ONCE])) for start in starts)


def _write(counted: dict[int, int]) -> int:
    is_open = Room.status == Room.Status.OPEN
    with atomic():
        free = locked_or_left(Room.select(Room.id).where(Room.id.in_(list(counted)) & is_open))
        ids = [room_id for (room_id,) in free.tuples()]
        if not ids:
            return 0
        talk = Case(Room.id, [(room_id, counted[room_id]) for room_id in ids], Room.talk_ms)
        return Room.update(talk_ms=talk).where(Room.id.in_(ids) & is_open).execute()
