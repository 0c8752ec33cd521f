"""A party that is gone may come back into the call; only when it stays away the call ends.

A side that has opened the call page is judged by its syncs with the video room, one that never
did (its client cannot carry the media) by its presence lease.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core import audit, clock, presence
from app.core.errors import InvalidTransition
from app.fairs.models import Fair
from app.interviews.models import Interview, Status
from app.interviews.services.calls import end_call
from app.interviews.services.finding import Found, find_ticket
from app.rtc import services as rtc
from app.rtc.errors import SignalsUnavailable
from app.rtc.models import Room, Side

LOST_AFTER = timedelta(seconds=12)  # a page syncs every 1 to 4 s


@dataclass(frozen=True)
class Absence:
    """One side of a call is gone, and the call waits for it until an instant."""

    side: Side
    since: datetime
    until: datetime


def absence_from(found: Found) -> Absence | None:
    """Who is gone from a call that is on; None also while nobody can say."""
    room = Room.get_or_none(Room.name == found.interview.room)
    if room is None or found.interview.status != Status.IN_CALL:
        return None
    try:
        signs = _signs([room])[room.name]
    except (presence.PresenceUnknown, SignalsUnavailable):
        return None
    return _absence(signs, found.fair.grace_seconds)


def end_lost_calls() -> int:
    """End the calls that a party left and did not come back to; how many. For the clock.

    Looks at every call that is on, so it also writes down how long they have talked.

    :raises PresenceUnknown, SignalsUnavailable: Redis does not answer, so nobody is judged
    """
    on_now = (
        Room.select(Room, Interview.id.alias("ticket_id"), Fair.grace_seconds.alias("grace"))
        .join(Interview, on=(Interview.room == Room.name))
        .join(Fair, on=(Interview.fair == Fair.id))
        .where(Interview.status == Status.IN_CALL)
        .objects()
    )
    rooms = list(on_now)
    if not rooms:
        return 0
    rtc.write_talk_down(rooms)
    signs, ended, now = _signs(rooms), 0, clock.now()
    for room in rooms:
        absence = _absence(signs[room.name], room.grace)
        if absence is not None and absence.until <= now:
            ended += _end(room.ticket_id, absence)
    return ended


def _signs(rooms: list[Room]) -> dict[str, dict[Side, datetime]]:
    there = presence.online(room.account_of(side) for room in rooms for side in Side)
    return rtc.last_signs(
        {room.name: {side: room.account_of(side) in there for side in Side} for room in rooms}
    )


def _absence(signs: dict[Side, datetime], grace_seconds: int) -> Absence | None:
    """The side that has been gone longest."""
    side = min(signs, key=lambda one: signs[one])
    since = signs[side]
    if clock.now() - since <= LOST_AFTER:
        return None
    return Absence(side, since, since + LOST_AFTER + timedelta(seconds=grace_seconds))


def _end(interview_id: int, absence: Absence) -> int:
    found = find_ticket(interview_id)
    try:
        with audit.acting(None, "clock"):
            end_call(found, reason=f"{_WORD[absence.side]}断线后未在保留时间内返回")
    except InvalidTransition:
        return 0  # somebody hung up in the meantime
    return 1


def shown(absence: Absence | None) -> dict[str, Any] | None:
    """As pages show it."""
    if absence is None:
        return None
    return {"side": absence.side.value, "until": absence.until}


_WORD = {Side.STUDENT: "学生", Side.RECRUITER: "面试官"}
