"""Desks: one interviewer at a booth, one call at a time."""

from app.core import audit
from app.core.database import atomic
from app.core.prepared import Prepared, bind
from app.fairs.services.booths import recruiter_at
from app.interviews.models import DESK_TAKEN, Desk, Interview

_DESK = Prepared(
    lambda: Desk.select().where(
        (Desk.booth == bind("booth_id")) & (Desk.recruiter == bind("recruiter_id"))
    )
)
_UNFINISHED = Prepared(
    lambda: Interview.select(Interview.id, Interview.status).where(
        (Interview.desk == bind("desk_id")) & Interview.status.in_(DESK_TAKEN)
    )
)


def take_desk(booth_id: int, account_id: int) -> Desk:
    """The recruiter's desk with its booth, set up on the first call; idempotent.

    :raises BoothNotFound: no such booth
    :raises NotYourEmployer: the account does not act for the booth's employer
    """
    booth, recruiter = recruiter_at(booth_id, account_id)
    desk = _DESK.first(booth_id=booth.id, recruiter_id=recruiter.id)
    if desk is None:
        with atomic():
            label = recruiter.name or f"{booth.number} 席位"
            Desk.insert(
                booth=booth.id, recruiter=recruiter.id, label=label
            ).on_conflict_ignore().execute()
            desk = Desk.get(booth=booth.id, recruiter=recruiter.id)
            audit.record(desk, "take")
    desk.booth = booth
    return desk


def find_unfinished(desk_id: int) -> Interview | None:
    """The desk's ring, call or owed result; while there is one, no other call may start (E10)."""
    return _UNFINISHED.first(desk_id=desk_id)
