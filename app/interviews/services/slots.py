"""Guaranteed slots: fixed times of a booth at which one ticket is called first."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.core import clock
from app.core.database import locked
from app.core.prepared import Prepared, bind
from app.fairs.models import Booth, Fair
from app.forecasts import hours as opening
from app.forecasts.hours import Span
from app.forecasts.models import Forecast
from app.forecasts.pace import PRIOR_TALK_MINUTES
from app.interviews.admission_errors import SlotNotOffered, SlotsClash, SlotTaken
from app.interviews.models import IN_LINE, UNDECIDED, Interview
from app.students.models import Student

BOOKED = (*UNDECIDED, *IN_LINE)
LEAD = timedelta(minutes=10)  # nobody can promise the very next minutes
AHEAD = timedelta(hours=24)
SHOWN = 6


def slot_times(
    booth: Booth, hours: Sequence[Span], start: datetime, room_seconds: float = 0.0
) -> Iterator[datetime]:
    """A booth's slots from *start* on: so many an hour, each with time for a whole talk.

    They stand at the same minutes of every hour, whenever the booth opens. Before it closes
    there are at least *room_seconds* left, and the booth's time box.
    """
    per_hour = booth.fair.slots_per_hour
    if per_hour <= 0:
        return
    step = timedelta(minutes=60 // per_hour)
    minutes = booth.talk_minutes or booth.fair.talk_minutes or PRIOR_TALK_MINUTES
    room = max(timedelta(minutes=minutes), timedelta(seconds=room_seconds))
    for opens, closes in opening.left(hours, start):
        at = opens.replace(minute=0, second=0, microsecond=0)
        while at + room <= closes:
            if at >= opens and at.minute < per_hour * (60 // per_hour):
                yield at
            at = _next(at, step)


def free_slots(booth: Booth, forecast: Forecast, student_id: int) -> list[datetime]:
    """The next slots of a booth that this student could book."""
    now = clock.now()
    taken, hours = _taken(booth, now), _hours_booked(booth.fair, student_id, now)
    free: list[datetime] = []
    for at in _slots_of(booth, forecast, now + LEAD):
        if at > now + AHEAD or len(free) == SHOWN:
            break
        if at not in taken and _hour(at) not in hours:
            free.append(at)
    return free


def check_slot(booth: Booth, forecast: Forecast, student_id: int, slot_at: datetime) -> None:
    """Inside the transaction that books it; the unique index has the last word.

    :raises SlotNotOffered: not one of the booth's slots, or no longer ahead
    :raises SlotTaken: somebody has it
    :raises SlotsClash: the student has a slot elsewhere in that hour
    """
    now = clock.now()
    offered = _slots_of(booth, forecast, max(now, slot_at))
    if slot_at <= now or next(offered, None) != slot_at:
        raise SlotNotOffered
    if slot_at in _taken(booth, now):
        raise SlotTaken
    list(locked(Student.select(Student.id).where(Student.id == student_id)))  # one after the other
    clash = _hours_booked(booth.fair, student_id, now).get(_hour(slot_at))
    if clash:
        raise SlotsClash(slot_at=clash)


def _slots_of(booth: Booth, forecast: Forecast, start: datetime) -> Iterator[datetime]:
    """The slots after the booth's delay, with room for a talk as long as its talks are."""
    begins = max(start, forecast.late_until) if forecast.late_until else start
    hours = opening.unpack(forecast.hours)
    return slot_times(booth, hours, begins, forecast.cycle_seconds)


def _taken(booth: Booth, now: datetime) -> set[datetime]:
    return {slot_at for (slot_at,) in _AT_BOOTH.all(booth_id=booth.id, since=now)}


def _hours_booked(fair: Fair, student_id: int, now: datetime) -> dict[datetime, datetime]:
    """The hours in which the student has a slot at this fair, with the slot."""
    slots = _OF_STUDENT.all(student_id=student_id, fair_id=fair.id, since=_hour(now))
    return {_hour(slot_at): slot_at for (slot_at,) in slots}


def _booked(*which: Any) -> Any:
    ahead = Interview.slot_at >= bind("since", Interview.slot_at)
    booked = Interview.status.in_(BOOKED) & ahead
    return Interview.select(Interview.slot_at).where(booked, *which).tuples()


_AT_BOOTH = Prepared(lambda: _booked(Interview.booth == bind("booth_id")))
_OF_STUDENT = Prepared(
    lambda: _booked((Interview.student == bind("student_id")) & (Interview.fair == bind("fair_id")))
)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _next(at: datetime, step: timedelta) -> datetime:
    """The next slot; every hour begins anew, also where the step does not divide it."""
    following = _hour(at) + timedelta(hours=1)
    return min(at + step, following)
