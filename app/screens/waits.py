"""What pages about booths say of the wait: a chance and a range, from the forecasts alone."""

from typing import Any

import marshmallow as ma

from app.core.prepared import PreparedList
from app.fairs.models import Booth
from app.forecasts.models import Forecast
from app.interviews.services.admission import slots_to_offer
from app.interviews.services.promises import outlook_card
from app.interviews.services.similar import wait_card

UNKNOWN: dict[str, Any] = {"seen_chance": None, "wait": None}
_WAITS = PreparedList(
    lambda booth_ids: (
        Forecast.select(
            Forecast.booth, Forecast.seen_chance, Forecast.low_seconds, Forecast.high_seconds
        )
        .where(Forecast.booth.in_(booth_ids))
        .tuples()
    )
)


class WaitSchema(ma.Schema):
    """A newcomer's wait in whole minutes, at 80 %."""

    low_minutes = ma.fields.Integer(required=True)
    high_minutes = ma.fields.Integer(required=True)


class WithWaitSchema(ma.Schema):
    """What a newcomer may expect; both null before the clock has read the booth.

    ``seen_chance``: percent, of a turn before closing.
    """

    seen_chance = ma.fields.Integer(required=True, allow_none=True)
    wait = ma.fields.Nested(WaitSchema, required=True, allow_none=True)


def waits_of(booth_ids: list[int]) -> dict[int, dict[str, Any]]:
    """The wait of a newcomer at each booth; one query."""
    return {
        booth_id: {"seen_chance": chance, "wait": wait_card(low, high)}
        for booth_id, chance, low, high in _WAITS.all(booth_ids)
    }


def outlook_at(booth: Booth, student_id: int, may_join: bool) -> dict[str, Any]:
    """What joining now would be promised, and the slots that could be had instead."""
    if not may_join:
        return {"promise": None, "slots": []}
    outlook, slots = slots_to_offer(booth, student_id)
    return {"promise": outlook_card(outlook), "slots": slots}
