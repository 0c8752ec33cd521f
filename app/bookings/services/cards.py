"""Enrolments as their employers see them, many in a few queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import fn

from app.bookings.models import (
    CHANGEABLE,
    LIVE,
    BoothPlace,
    Enrolment,
    EnrolmentChange,
    Status,
)
from app.bookings.services.finding import state_of
from app.fairs.cards import fair_card
from app.fairs.models import Booth, Fair
from app.fairs.phases import Booking, is_over
from app.positions.models import Position
from app.schools.services import schools_that_closed

SHOWN_POSITION = (
    Position.id,
    Position.title,
    Position.city,
    Position.headcount,
    Position.majors,
    Position.status,
)


def bookable(fair: Fair, closed: frozenset[int]) -> dict[str, Any]:
    """A fair as an employer finds it (B01, B03, B05); *closed*: schools that take no bookings."""
    return fair_card(fair) | {
        "level": fair.level,
        "mode": fair.mode,
        "booking": state_of(fair, closed),
        "bookings_open_at": fair.bookings_open_at,
        "bookings_close_at": fair.bookings_close_at,
        "doors_open_at": fair.doors_open_at,
        "contact_employer": fair.contact_employer,
        "changes_directly": fair.changes_directly,
    }


def card_of(enrolment: Enrolment) -> dict[str, Any]:
    """One enrolment with all that its employer may know."""
    return cards_of([enrolment])[0]


def cards_of(enrolments: Sequence[Enrolment]) -> list[dict[str, Any]]:
    """Enrolments with their parts read (see ``with_parts``), in the order given."""
    ids = [enrolment.id for enrolment in enrolments]
    changes = _latest_changes(ids)
    offered = [*enrolments, *changes.values()]
    positions = positions_by_id({one for row in offered for one in row.position_ids})
    ranks = ranks_of(enrolments)
    closed = schools_that_closed("bookings")
    numbers = _booth_numbers(enrolment.booth_id for enrolment in enrolments)
    return [
        _card(enrolment, positions, changes.get(enrolment.id), closed)
        | {
            "rank": ranks.get(enrolment.id),
            "booth_number": numbers.get(enrolment.booth_id),
        }
        for enrolment in enrolments
    ]


def positions_by_id(position_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Positions as they are shown, by id."""
    query = Position.select(*SHOWN_POSITION).where(Position.id.in_(list(position_ids)))
    return {position.id: shown_position(position) for position in query}


def shown_position(position: Position) -> dict[str, Any]:
    """A position with whether it may be brought to a fair (C06)."""
    return {
        "id": position.id,
        "title": position.title,
        "city": position.city,
        "headcount": position.headcount,
        "majors": position.majors,
        "status": position.status,
        "is_approved": position.status == Position.Status.PUBLISHED,
    }


def ranks_of(enrolments: Iterable[Enrolment]) -> dict[int, int]:
    """The place on the wait-list of those that stand on it, from 1, by order of submission."""
    fairs = {row.fair_id for row in enrolments if row.status == Status.WAITLISTED}
    if not fairs:
        return {}
    here = Enrolment.fair.in_(fairs) & (Enrolment.status == Status.WAITLISTED)
    order = (Enrolment.fair, Enrolment.submitted_at, Enrolment.id)
    rows = Enrolment.select(Enrolment.id, Enrolment.fair).where(here).order_by(*order)
    ranks: dict[int, int] = {}
    counted: dict[int, int] = {}
    for enrolment_id, fair_id in rows.tuples():
        counted[fair_id] = ranks[enrolment_id] = counted.get(fair_id, 0) + 1
    return ranks


def _card(
    enrolment: Enrolment,
    positions: dict[int, dict[str, Any]],
    change: EnrolmentChange | None,
    closed: frozenset[int],
) -> dict[str, Any]:
    return {
        "id": enrolment.id,
        "status": enrolment.status,
        "fair": bookable(enrolment.fair, closed),
        "employer": {"id": enrolment.employer_id, "name": enrolment.employer.name},
        "place": _shown_place(enrolment.place),
        "positions": [positions[one] for one in enrolment.position_ids if one in positions],
        "interviewers": enrolment.interviewers,
        "answer": enrolment.answer,
        "booth_id": enrolment.booth_id,
        "created_at": enrolment.created_at,
        "submitted_at": enrolment.submitted_at,
        "decided_at": enrolment.decided_at,
        "change": _shown_change(change, positions) if change is not None else None,
        "may": _may(enrolment, change, closed),
    }


def _shown_place(place: BoothPlace | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"id": place.id, "number": place.number, "area": place.area}


def _shown_change(change: EnrolmentChange, positions: dict[int, dict[str, Any]]) -> Any:
    return {
        "id": change.id,
        "status": change.status,
        "positions": [positions[one] for one in change.position_ids if one in positions],
        "interviewers": change.interviewers,
        "note": change.note,
        "answer": change.answer,
        "asked_at": change.asked_at,
    }


def _may(
    enrolment: Enrolment, change: EnrolmentChange | None, closed: frozenset[int]
) -> dict[str, bool]:
    goes_on = not is_over(enrolment.fair)
    waits = change is not None and change.status == EnrolmentChange.Status.PENDING
    status = enrolment.status
    return {
        "edit": status == Status.DRAFT and state_of(enrolment.fair, closed) == Booking.OPEN,
        "change": status in CHANGEABLE and goes_on and not waits,
        "withdraw": status in LIVE and goes_on,
        "enter": status == Status.APPROVED and enrolment.booth_id is not None,
    }


def _latest_changes(enrolment_ids: Sequence[int]) -> dict[int, EnrolmentChange]:
    latest = EnrolmentChange.select(fn.MAX(EnrolmentChange.id)).where(
        EnrolmentChange.enrolment.in_(enrolment_ids)
    )
    query = EnrolmentChange.select().where(
        EnrolmentChange.id.in_(latest.group_by(EnrolmentChange.enrolment))
    )
    return {change.enrolment_id: change for change in query}


def _booth_numbers(booth_ids: Iterable[int | None]) -> dict[int | None, str]:
    ids = [booth_id for booth_id in booth_ids if booth_id is not None]
    rows = Booth.select(Booth.id, Booth.number).where(Booth.id.in_(ids)).tuples() if ids else []
    return dict(rows)
