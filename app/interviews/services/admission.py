"""Promise-aware admission: below the fair's bar a line offers what can be kept instead."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core import clock
from app.fairs.models import Booth
from app.forecasts.estimate import Outlook
from app.forecasts.models import Forecast
from app.forecasts.services.forecasting import outlook_of
from app.interviews.admission_errors import SlotNotOffered, UnlikelyToBeSeen
from app.interviews.services.finding import find_standing
from app.interviews.services.promises import read_forecast
from app.interviews.services.similar import similar_booths
from app.interviews.services.slots import check_slot, free_slots

SLOTS_OFFERED, BOOTHS_OFFERED = 3, 3
BETTER_BY = 20  # percent: a similar booth is worth the walk only then
GRACE = 10  # percent: a slot offered a moment ago stays bookable though the line got shorter


@dataclass(frozen=True)
class Unlikely:
    """A student before a line whose promise would lie below the bar."""

    booth: Booth
    student_id: int
    forecast: Forecast
    outlook: Outlook


OfferSource = Callable[[Unlikely], list[dict[str, Any]]]
_SOURCES: dict[str, OfferSource] = {}


def offer_from(kind: str) -> Callable[[OfferSource], OfferSource]:
    """Register what can be offered instead of a hopeless wait, under its *kind*.

    A domain above this one adds its own; the offers come in the order of registration.
    """

    def register(source: OfferSource) -> OfferSource:
        _SOURCES[kind] = source
        return source

    return register


def admit(
    booth: Booth, student_id: int, *, anyway: bool = False, slot_at: datetime | None = None
) -> Outlook:
    """What is promised to a student who joins now; inside the joining's transaction.

    :raises UnlikelyToBeSeen: below the fair's bar, unless the student wants to wait *anyway*
    :raises SlotNotOffered, SlotTaken, SlotsClash: the guaranteed slot cannot be had
    """
    forecast, place = read_forecast(booth, student_id)
    outlook = outlook_of(forecast, place, is_accepted=False)
    if slot_at is not None:
        if not is_unlikely(booth, outlook, grace=GRACE):
            raise SlotNotOffered
        check_slot(booth, forecast, student_id, slot_at)
        return outlook_of(forecast, place, is_accepted=False, slot_at=slot_at)
    if is_unlikely(booth, outlook) and not anyway and not _is_known_here(booth, student_id):
        raise _refusal(Unlikely(booth, student_id, forecast, outlook))
    return outlook


def is_unlikely(booth: Booth, outlook: Outlook, *, grace: int = 0) -> bool:
    """Whether the chance lies below the fair's bar; never before the start or without a line."""
    has_begun = clock.now() >= booth.fair.starts_at
    below = outlook.seen_chance < booth.fair.seen_bar + (grace if booth.fair.seen_bar else 0)
    return has_begun and outlook.ahead > 0 and below


def slots_to_offer(booth: Booth, student_id: int) -> tuple[Outlook, list[datetime]]:
    """What a newcomer would be promised, and the slots that could be booked instead."""
    forecast, place = read_forecast(booth, student_id)
    outlook = outlook_of(forecast, place, is_accepted=False)
    unlikely = is_unlikely(booth, outlook)
    return outlook, free_slots(booth, forecast, student_id) if unlikely else []


@offer_from("slot")
def _offer_slots(case: Unlikely) -> list[dict[str, Any]]:
    slots = free_slots(case.booth, case.forecast, case.student_id)
    return [{"slot_at": at.isoformat()} for at in slots[:SLOTS_OFFERED]]


@offer_from("similar")
def _offer_similar(case: Unlikely) -> list[dict[str, Any]]:
    at_least = max(case.booth.fair.seen_bar, case.outlook.seen_chance + BETTER_BY)
    return similar_booths(case.booth, case.student_id, at_least)[:BOOTHS_OFFERED]


def _refusal(case: Unlikely) -> UnlikelyToBeSeen:
    outlook = case.outlook
    offers = [{"kind": kind} | offer for kind, find in _SOURCES.items() for offer in find(case)]
    return UnlikelyToBeSeen(
        seen_chance=outlook.seen_chance,
        low_at=outlook.low_at.isoformat(),
        high_at=outlook.high_at.isoformat(),
        closes_at=outlook.closes_at.isoformat(),
        offers=offers,
    )


def _is_known_here(booth: Booth, student_id: int) -> bool:
    """Somebody in the line already, or rejected here, is to hear that instead."""
    return find_standing(booth.id, student_id) is not None
