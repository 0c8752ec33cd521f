"""Asking for messages at natural taps: at most three, those of which the fewest are left."""

import pytest

from app.notifications.models import NotificationKind, SubscriptionCredit
from app.notifications.services import asks_for
from app.notifications.services.asks import MOST_AT_ONCE
from app.notifications.taps import TAPS
from tests.notifications.conftest import Cast, Kind


@pytest.mark.spec("M01")
def test_clients_know_what_to_ask_for_at_every_tap(cast: Cast, anybody) -> None:
    asks = anybody.get("/api/client-config").json["asks"]
    assert set(asks) == {"apply", "agree", "hold", "return", "ready"}
    ringing = cast.sandbox.template_id(Kind.INTERVIEW_RINGING)
    for tap, ids in asks.items():
        assert len(ids) == len(set(ids)) == MOST_AT_ONCE, tap
        assert ids[0] == ringing, "being reached in a ring matters most"


@pytest.mark.spec("M01")
def test_what_is_short_is_asked_for_first(cast: Cast, login) -> None:
    person = cast.person()
    template = cast.sandbox.template_id
    cast.agree(person, 2, Kind.INTERVIEW_RINGING)
    cast.agree(person, 1, Kind.INTERVIEW_ACCEPTED)
    client = login(person.account)
    answer = client.get("/api/subscriptions/asks?tap=apply").json["template_ids"]
    assert answer == [
        template(Kind.INTERVIEW_READY),
        template(Kind.INTERVIEW_REJECTED),
        template(Kind.INTERVIEW_INVITED),
    ]
    for kind in (Kind.INTERVIEW_READY, Kind.INTERVIEW_REJECTED, Kind.INTERVIEW_INVITED):
        SubscriptionCredit.create(account=person.account, template_id=template(kind), remaining=3)
    assert asks_for(person.id, "apply")[:2] == [
        template(Kind.INTERVIEW_ACCEPTED),
        template(Kind.INTERVIEW_RINGING),
    ]


def test_only_known_taps_may_be_asked_about(cast: Cast, login, anybody) -> None:
    client = login(cast.person().account)
    assert client.get("/api/subscriptions/asks?tap=dance").status_code == 422
    assert client.get("/api/subscriptions/asks").status_code == 422
    assert anybody.get("/api/subscriptions/asks?tap=apply").status_code == 401
    kinds = {kind for wanted in TAPS.values() for kind in wanted}
    assert kinds <= set(NotificationKind)
    assert Kind.ANSWERS_DUE not in kinds, "recruiters are told that"
