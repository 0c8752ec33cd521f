"""Ratings both ways: by whom, when, and who reads them."""

from datetime import timedelta

import pytest

from app.conduct.errors import NotTalkedYet, RatingFixed, TagUnknown
from app.conduct.services import meters
from app.conduct.services.ratings import rate_talk
from app.interviews.errors import NotYourInterview
from app.interviews.models import Interview, Rating
from app.interviews.services import calls, ringing
from app.interviews.services.interventions import close_unjudged
from tests.interviews.conftest import Stand
from tests.interviews.test_races import all_at_once


@pytest.fixture
def talked(stand: Stand) -> Interview:
    """A talk that is over, its result still owed."""
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    calls.hang_up(ticket.id, stand.recruiter.id)
    return Interview.get_by_id(ticket.id)


def test_both_sides_rate_a_talk_that_is_over(stand, talked):
    rate_talk(talked.id, talked.student.account_id, 5, tags=["on_time"], comment=" 很耐心 ")
    calls.conclude(talked.id, stand.recruiter.id, "pass")
    rate_talk(talked.id, stand.recruiter.id, 3, tags=["prepared", "prepared"])
    rows = {row.side: (row.stars, row.tags, row.comment) for row in Rating.select()}
    assert rows == {"student": (5, ["on_time"], "很耐心"), "recruiter": (3, ["prepared"], "")}


def test_only_a_talk_that_took_place_and_is_over_can_be_rated(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    account_id = ticket.student.account_id
    with pytest.raises(NotTalkedYet):
        rate_talk(ticket.id, account_id, 5)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    with pytest.raises(NotTalkedYet):
        rate_talk(ticket.id, stand.recruiter.id, 5)
    ringing.answer_ring(ticket.id, account_id)
    with pytest.raises(NotTalkedYet):
        rate_talk(ticket.id, account_id, 5)
    calls.hang_up(ticket.id, account_id)
    close_unjudged(ticket.id, "面试官离开")
    rate_talk(ticket.id, account_id, 2)
    assert Rating.get().stars == 2


def test_only_the_two_of_the_talk_rate_it(stand, talked):
    colleague = stand.factory.recruiter(stand.booth, "李强")
    stranger = stand.factory.recruiter(stand.factory.booth(stand.fair))
    other = stand.factory.participant(stand.fair)
    for account_id in (colleague.id, stranger.id, other.account_id):
        with pytest.raises(NotYourInterview):
            rate_talk(talked.id, account_id, 1)
    stand.factory.revoke(stand.recruiter)
    with pytest.raises(NotYourInterview):
        rate_talk(talked.id, stand.recruiter.id, 1)


def test_rating_may_be_changed_for_ten_minutes(stand, talked, travel):
    account_id = talked.student.account_id
    rate_talk(talked.id, account_id, 1, comment="手滑")
    travel(timedelta(minutes=9, seconds=59))
    rate_talk(talked.id, account_id, 4)
    travel(timedelta(seconds=1))  # counted from the first
    with pytest.raises(RatingFixed):
        rate_talk(talked.id, account_id, 5)
    row = Rating.get()
    assert (row.stars, row.comment) == (4, "")


def test_each_side_has_words_of_its_own(stand, talked):
    with pytest.raises(TagUnknown) as refusal:
        rate_talk(talked.id, talked.student.account_id, 4, tags=["no_show"])
    assert "rude" in refusal.value.extensions["tags"]
    with pytest.raises(TagUnknown):
        rate_talk(talked.id, stand.recruiter.id, 4, tags=["rude"])


@pytest.mark.serial
def test_double_tap_makes_one_rating(app, stand, talked):
    account_id = talked.student.account_id
    assert all_at_once(app, [lambda: rate_talk(talked.id, account_id, 5)] * 6) == {"done": 6}
    assert Rating.select().count() == 1


def test_api_takes_ratings_and_shows_neither_side_what_the_other_said(stand, talked, login, travel):
    travel(timedelta(0))
    me, desk = login(talked.student.account), login(stand.recruiter)
    path = f"/api/interviews/{talked.id}/ratings"
    for wrong in ({"stars": 0}, {"stars": 6}, {"stars": "5"}, {}, {"stars": 5, "tags": ["x"]}):
        assert me.post(path, json=wrong).status_code == 422, wrong
    body = {"stars": 2, "tags": ["rude"], "comment": "面试官一直看手机"}
    assert me.post(path, json=body).status_code == 204
    assert desk.post(path, json={"stars": 1, "comment": "答非所问"}).status_code == 204
    calls.conclude(talked.id, stand.recruiter.id, "fail")
    meters.renew_meters()
    hall = desk.get(f"/api/screens/recruiter/booths/{stand.booth.id}/hall").text
    whole = desk.get(f"/api/screens/recruiter/interviews/{talked.id}").text
    assert "看手机" not in hall + whole and "rude" not in hall + whole
    mine = me.get("/api/screens/my-interviews").text
    booth = me.get(f"/api/screens/booths/{stand.booth.id}").text
    assert "答非所问" not in mine + booth


def test_booth_sees_in_its_results_what_it_gave(stand, talked, login):
    desk = login(stand.recruiter)
    assert desk.post(f"/api/interviews/{talked.id}/ratings", json={"stars": 4}).status_code == 204
    assert (
        login(talked.student.account)
        .post(f"/api/interviews/{talked.id}/ratings", json={"stars": 2})
        .status_code
        == 204
    )
    calls.conclude(talked.id, stand.recruiter.id, "pass")
    hall = desk.get(f"/api/screens/recruiter/booths/{stand.booth.id}/hall").json
    assert [(row["id"], row["stars"]) for row in hall["done"]] == [(talked.id, 4)]
