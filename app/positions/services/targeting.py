"""The schools where a position is shown, of those that took the employer in (C03, C04)."""

from collections.abc import Iterable

from app.core import audit, clock
from app.core.database import atomic
from app.employers.services.settlements import settled_since
from app.positions.errors import SchoolNotSettled
from app.positions.models import Position, PositionTarget
from app.positions.services.finding import own_position
from app.schools.models import School


def retarget(
    position_id: int, employer_id: int, account_id: int, *, school_ids: Iterable[int]
) -> bool:
    """Show it at these schools and no others: no review, no deleting and posting anew (C04).

    A school that took the employer in after the position was posted is added by this.
    Returns whether anything changed.

    :raises NotYourEmployer, PositionNotFound: not the employer's
    :raises SchoolNotSettled: a school has not taken the employer in
    """
    with atomic():
        position = own_position(position_id, employer_id, account_id)
        return aim(position, school_ids)


def aim(position: Position, school_ids: Iterable[int], *, anew: bool = False) -> bool:
    """Set the targets of a position that is locked, whether anything changed. Inside a command.

    *anew*: every target counts from now, as when it is posted. A target older than the
    settlement (revoked and granted again) counts from now in any case.

    :raises SchoolNotSettled: a school has not taken the employer in
    """
    wanted = set(school_ids)
    since = settled_since(position.employer_id, wanted)
    if strange := wanted - since.keys():
        raise SchoolNotSettled(_names(strange), school_ids=sorted(strange))
    here = PositionTarget.position == position.id
    held = {one.school_id: one.targeted_at for one in PositionTarget.select().where(here)}
    gone = held.keys() - wanted
    stale = {one for one in wanted & held.keys() if anew or held[one] < since[one]}
    fresh = wanted - held.keys()
    now = clock.now()
    if gone:
        PositionTarget.delete().where(here & PositionTarget.school.in_(gone)).execute()
    if stale:
        chosen = here & PositionTarget.school.in_(stale)
        PositionTarget.update(targeted_at=now).where(chosen).execute()
    if fresh:
        rows = [{"position": position.id, "school": one, "targeted_at": now} for one in fresh]
        PositionTarget.insert_many(rows).execute()
    if gone or fresh or (stale and not anew):
        before, after = {"schools": sorted(held)}, {"schools": sorted(wanted)}
        audit.record(position, "retarget", before=before, after=after)
    return bool(gone or fresh or stale)


def targets_of(position_id: int) -> list[int]:
    """The schools it is aimed at."""
    rows = PositionTarget.select(PositionTarget.school).where(
        PositionTarget.position == position_id
    )
    return sorted(school_id for (school_id,) in rows.tuples())


def _names(school_ids: set[int]) -> str:
    rows = School.select(School.name).where(School.id.in_(school_ids)).order_by(School.id)
    names = "、".join(name for (name,) in rows.tuples())
    return f"尚未入驻：{names}" if names else ""
