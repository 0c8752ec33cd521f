"""Desks: one interviewer at a booth, one call at a time."""

from typing import Any, NamedTuple

from peewee import JOIN, Value, fn

from app.core import audit, clock
from app.core.database import atomic
from app.core.prepared import Prepared, bind
from app.employers.models import Employer, Recruiter
from app.fairs.models import Booth, BoothWindow, Fair
from app.fairs.services.booths import recruiter_at
from app.interviews.models import DESK_TAKEN, Desk, Interview, Status
from app.schools.models import School

_SEAT = Prepared(
    lambda: (
        Desk.select(Desk, Recruiter, Booth, Fair, School, Employer)
        .join(Recruiter)
        .switch(Desk)
        .join(Booth)
        .join(Fair)
        .join(School)
        .switch(Booth)
        .join(Employer)
        .where(
            (Desk.booth == bind("booth_id"))
            & (Recruiter.account == bind("account_id"))
            & (Recruiter.status == Recruiter.Status.ACTIVE)
            & (Recruiter.employer == Booth.employer)
            & (Employer.status == Employer.Status.ACTIVE)
        )
    )
)
_UNFINISHED = Prepared(
    lambda: Interview.select(Interview.id, Interview.status).where(
        (Interview.desk == bind("desk_id")) & Interview.status.in_(DESK_TAKEN)
    )
)


def _readiness() -> Any:
    any_window = BoothWindow.select(Value(1)).where(BoothWindow.booth == Desk.booth)
    now = bind("now", BoothWindow.opens_at)
    open_window = any_window.where((BoothWindow.opens_at <= now) & (BoothWindow.closes_at > now))
    unfinished = (Interview.desk == Desk.id) & Interview.status.in_(DESK_TAKEN)
    return (
        Desk.select(
            Interview.id.alias("owed_id"),
            Interview.status.alias("owed_status"),
            (~fn.EXISTS(any_window) | fn.EXISTS(open_window)).alias("is_inside"),
        )
        .join(Interview, JOIN.LEFT_OUTER, on=unfinished)
        .where(Desk.id == bind("desk_id"))
        .tuples()
    )


_READINESS = Prepared(_readiness)


class Readiness(NamedTuple):
    """What a desk has open, and whether its booth holds interviews now."""

    owed_id: int | None
    owed_status: Status | None
    is_inside: bool  # one of the booth's windows


def readiness_of(desk: Desk) -> Readiness:
    """Whether a desk may call now, as far as its own calls and its booth's windows go."""
    return Readiness(*_READINESS.first(desk_id=desk.id, now=clock.now()))


def take_desk(booth_id: int, account_id: int) -> Desk:
    """The recruiter's desk with its booth, set up on the first call; idempotent.

    :raises BoothNotFound: no such booth
    :raises NotYourEmployer: the account does not act for the booth's employer
    """
    seat = _SEAT.first(booth_id=booth_id, account_id=account_id)
    return seat or _sit_down(booth_id, account_id)


def find_unfinished(desk_id: int) -> Interview | None:
    """The desk's ring, call or owed result; while there is one, no other call may start (E10)."""
    return _UNFINISHED.first(desk_id=desk_id)


def _sit_down(booth_id: int, account_id: int) -> Desk:
    booth, recruiter = recruiter_at(booth_id, account_id)
    with atomic():
        label = recruiter.name or f"{booth.number} 席位"
        Desk.insert(
            booth=booth.id, recruiter=recruiter.id, label=label
        ).on_conflict_ignore().execute()
        desk = Desk.get(booth=booth.id, recruiter=recruiter.id)
        audit.record(desk, "take")
    desk.booth, desk.recruiter = booth, recruiter
    return desk
