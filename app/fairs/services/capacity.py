"""How many employers a fair admits: counted and taken in one transaction (B08)."""

from app.core.database import held
from app.fairs.errors import FairFull
from app.fairs.models import Booth, Fair
from app.fairs.services.staging import get_fair


def hold_fair(fair_id: int) -> Fair:
    """The fair, nobody else's to admit to until the transaction ends.

    :raises FairNotFound: no such fair
    """
    held(Fair.select(Fair.id).where(Fair.id == fair_id)).execute()
    return get_fair(fair_id)


def admitted(fair_id: int) -> int:
    """How many employers have an open booth."""
    here = (Booth.fair == fair_id) & (Booth.status == Booth.Status.OPEN)
    return Booth.select().where(here).count()


def room_at(fair: Fair) -> int:
    """How many more employers it admits; never below 0."""
    return max(fair.most_employers - admitted(fair.id), 0)


def admit_one(fair_id: int) -> None:
    """Make sure that one more employer fits; inside the command that lets it in.

    Of two who take the last room at the same instant the second waits here, and counts anew.

    :raises FairFull: as many employers take part as the fair admits
    """
    fair = hold_fair(fair_id)
    if not room_at(fair):
        raise FairFull(f"最多 {fair.most_employers} 家", most=fair.most_employers)
