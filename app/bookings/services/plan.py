"""The floor plan: which places a fair has, and who has which (B07)."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.bookings.errors import PlaceNotFound, PlaceReserved, PlaceTaken, PlanInvalid
from app.bookings.models import HOLDING, BoothPlace, Enrolment, Status
from app.core import audit
from app.core.database import atomic, locked
from app.employers.models import Employer
from app.fairs.models import Booth, Fair
from app.fairs.services.staging import get_fair

MOST_PLACES, MOST_ROWS, MOST_COLS, LONGEST_NUMBER, LONGEST_AREA = 2000, 50, 50, 12, 20
_BETWEEN = re.compile(r"[\s,，、;；]+")
_AREA = re.compile(r"^\s*([^:：]{1,40})[:：](.*)\Z")
Spot = tuple[str, str, int, int]  # number, area, row, column


def lay_out(fair_id: int, *, areas: Sequence[str], rows: int, cols: int) -> int:
    """Add *rows* × *cols* places to each of *areas*, numbered A01, A02 …; how many are new.

    Numbers that the plan has already stay as they are.

    :raises PlanInvalid: nothing to add, or more than a plan holds
    """
    if not areas:
        raise PlanInvalid("请填写展区，如 A、B、C")
    if not (1 <= rows <= MOST_ROWS and 1 <= cols <= MOST_COLS):
        raise PlanInvalid(f"每个展区应为 1 至 {MOST_ROWS} 排、1 至 {MOST_COLS} 列")
    width = max(2, len(str(rows * cols)))
    spots = [
        (f"{area}{(row - 1) * cols + col:0{width}d}", area, row, col)
        for area in dict.fromkeys(areas)
        for row in range(1, rows + 1)
        for col in range(1, cols + 1)
    ]
    return _add(fair_id, spots)


def lay_out_list(fair_id: int, text: str) -> int:
    """Add the places of a pasted list; how many are new.

    Each line is a row; what stands before a colon names the area from there on:
    ``A区：A01 A02 A03``.

    :raises PlanInvalid: no number in it, one too long, or more than a plan holds
    """
    spots: list[Spot] = []
    area, row = "", 0
    for line in text.splitlines():
        found = _AREA.match(line)
        if found:
            area, row = found[1].strip(), 0
        numbers = [number for number in _BETWEEN.split(found[2] if found else line) if number]
        if numbers:
            row += 1
            spots += [(number, area, row, col) for col, number in enumerate(numbers, 1)]
    return _add(fair_id, spots)


def keep_back(fair_id: int, place_ids: Iterable[int], *, is_reserved: bool) -> int:
    """Reserve places for staff to give away, or open them again; how many changed.

    Who has one already keeps it.
    """
    fair = get_fair(fair_id)
    with atomic():
        here = (BoothPlace.fair == fair_id) & BoothPlace.id.in_(list(place_ids))
        changing = here & (BoothPlace.is_reserved != is_reserved)
        rows = BoothPlace.update(is_reserved=is_reserved).where(changing)
        numbers = sorted(n for (n,) in rows.returning(BoothPlace.number).tuples().execute())
        if numbers:
            audit.record(
                fair, "reserve_places" if is_reserved else "open_places", after={"places": numbers}
            )
    return len(numbers)


def take_away(fair_id: int, place_ids: Iterable[int]) -> int:
    """Take places off the plan, except those that an employer holds; how many went."""
    fair = get_fair(fair_id)
    with atomic():
        here = (BoothPlace.fair == fair_id) & BoothPlace.id.in_(list(place_ids))
        rows = {place.id: place.number for place in locked(BoothPlace.select().where(here))}
        gone = sorted(set(rows) - set(holders_at(fair_id)))
        if gone:
            BoothPlace.delete().where(BoothPlace.id.in_(gone)).execute()
            audit.record(fair, "remove_places", before={"places": [rows[one] for one in gone]})
    return len(gone)


def places_at(fair_id: int) -> list[BoothPlace]:
    """The plan of a fair, area by area and row by row."""
    order = (BoothPlace.area, BoothPlace.row, BoothPlace.col, BoothPlace.id)
    return list(BoothPlace.select().where(BoothPlace.fair == fair_id).order_by(*order))


def has_plan(fair_id: int) -> bool:
    """Whether the fair has places to give at all."""
    return BoothPlace.select().where(BoothPlace.fair == fair_id).exists()


def holders_at(fair_id: int) -> dict[int, Enrolment]:
    """Who holds which place, with the employer, in one query."""
    query: Any = Enrolment.select(Enrolment, Employer).join(Employer)
    holding = Enrolment.status.in_(HOLDING) & Enrolment.place.is_null(False)
    return {row.place_id: row for row in query.where((Enrolment.fair == fair_id) & holding)}


def booths_by_number(fair_id: int) -> dict[str, Booth]:
    """The open booths of a fair by number: staff open some without an enrolment."""
    query: Any = Booth.select(Booth, Employer).join(Employer)
    open_here = (Booth.fair == fair_id) & (Booth.status == Booth.Status.OPEN)
    return {booth.number: booth for booth in query.where(open_here)}


def floor_plan(fair_id: int, employer_id: int | None = None) -> list[dict[str, Any]]:
    """Every place with its state: free, reserved, held (under review), taken, or mine (B07).

    Who takes part is told; who waits for a review is not.
    """
    holders, booths = holders_at(fair_id), booths_by_number(fair_id)
    shown = []
    for place in places_at(fair_id):
        state, name = _state_of(place, holders.get(place.id), booths.get(place.number), employer_id)
        shown.append(
            {
                "id": place.id,
                "number": place.number,
                "area": place.area,
                "row": place.row,
                "col": place.col,
                "note": place.note,
                "state": state,
                "employer_name": name,
            }
        )
    return shown


def find_free(
    fair_id: int, *, reserved_too: bool = False, for_employer: int | None = None
) -> list[BoothPlace]:
    """The places that nobody else has; those that staff keep back only when asked."""
    taken = set(holders_at(fair_id))
    booths = booths_by_number(fair_id).values()
    numbers = {booth.number for booth in booths if booth.employer_id != for_employer}
    return [
        place
        for place in places_at(fair_id)
        if place.id not in taken
        and place.number not in numbers
        and (reserved_too or not place.is_reserved)
    ]


def claim_place(place_id: int, enrolment: Enrolment, *, by_staff: bool = False) -> BoothPlace:
    """The place, nobody else's until the transaction ends; inside the command that takes it.

    :raises PlaceNotFound: not on this fair's plan
    :raises PlaceReserved: kept by staff
    :raises PlaceTaken: another employer has it
    """
    here = (BoothPlace.id == place_id) & (BoothPlace.fair == enrolment.fair_id)
    place = locked(BoothPlace.select().where(here)).first()
    if place is None:
        raise PlaceNotFound
    held = Enrolment.status.in_(HOLDING) & (Enrolment.id != enrolment.id)
    if Enrolment.select().where((Enrolment.place == place_id) & held).exists():
        raise PlaceTaken
    booth = booths_by_number(enrolment.fair_id).get(place.number)
    if booth is not None and booth.employer_id != enrolment.employer_id:
        raise PlaceTaken
    if place.is_reserved and not by_staff:
        raise PlaceReserved
    return place


def _state_of(
    place: BoothPlace, holder: Enrolment | None, booth: Booth | None, employer_id: int | None
) -> tuple[str, str]:
    if employer_id is not None:
        owners = [one.employer_id for one in (holder, booth) if one is not None]
        if employer_id in owners:
            return "mine", ""
    if booth is not None:
        return "taken", booth.employer.name
    if holder is not None:
        is_in = holder.status == Status.APPROVED
        return ("taken", holder.employer.name) if is_in else ("held", "")
    return ("reserved" if place.is_reserved else "free"), ""


def _add(fair_id: int, spots: list[Spot]) -> int:
    fair = get_fair(fair_id)
    _check(spots)
    with atomic():
        known = set(_numbers_at(fair))
        new = {spot[0]: spot for spot in spots if spot[0] not in known}
        if len(known) + len(new) > MOST_PLACES:
            raise PlanInvalid(f"一场双选会最多 {MOST_PLACES} 个展位")
        rows = [
            {"fair": fair_id, "number": number, "area": area, "row": row, "col": col}
            for number, area, row, col in new.values()
        ]
        for start in range(0, len(rows), 500):
            BoothPlace.insert_many(rows[start : start + 500]).on_conflict_ignore().execute()
        if new:
            audit.record(fair, "lay_out", after={"count": len(new)})
    return len(new)


def _numbers_at(fair: Fair) -> list[str]:
    query = BoothPlace.select(BoothPlace.number).where(BoothPlace.fair == fair.id)
    return [number for (number,) in query.tuples()]


def _check(spots: list[Spot]) -> None:
    if not spots:
        raise PlanInvalid("没有找到展位号")
    for number, area, _, col in spots:
        if len(number) > LONGEST_NUMBER:
            raise PlanInvalid(f"展位号“{number[:20]}”过长，最多 {LONGEST_NUMBER} 个字")
        if len(area) > LONGEST_AREA:
            raise PlanInvalid(f"展区名“{area[:20]}…”过长，最多 {LONGEST_AREA} 个字")
        if col > MOST_COLS:
            raise PlanInvalid(f"一排最多 {MOST_COLS} 个展位")
