"""Promises of a large fair are renewed some booths at a time, and everybody has a turn."""

from datetime import timedelta

from app.core import clock
from app.forecasts.models import Promise
from app.interviews.services.promises import BOOTHS_AT_ONCE, RENEWED_EVERY, renew_promises
from app.interviews.services.readings import renew_forecasts


def test_every_booth_of_a_large_fair_has_its_turn(factory):
    fair = factory.fair()
    booths = [factory.booth(fair) for _ in range(BOOTHS_AT_ONCE + 1)]
    tickets = [factory.pending(booth).id for booth in booths]
    renew_forecasts()
    Promise.delete().execute()
    made = [renew_promises()]
    clock.travel(timedelta(seconds=RENEWED_EVERY))
    made.append(renew_promises())
    assert sum(made) == len(tickets) and max(made) <= BOOTHS_AT_ONCE
    assert {one.ticket_id for one in Promise.select()} == set(tickets)
