"""Floor plans: laid out by staff, one place for one employer."""

import pytest

from app.bookings.errors import PlaceNotFound, PlaceReserved, PlaceTaken, PlanInvalid
from app.bookings.models import BoothPlace, Enrolment
from app.bookings.services import plan
from app.fairs.services.booths import open_booth
from tests.counting import queries


def numbers(fair):
    return [place.number for place in plan.places_at(fair.id)]


def states(fair, employer_id=None):
    shown = plan.floor_plan(fair.id, employer_id)
    return {place["number"]: place["state"] for place in shown}


def test_areas_rows_and_columns_make_numbers(hall):
    assert plan.lay_out(hall.fair.id, areas=["A", "B"], rows=2, cols=2) == 8
    assert numbers(hall.fair) == ["A01", "A02", "A03", "A04", "B01", "B02", "B03", "B04"]
    assert plan.lay_out(hall.fair.id, areas=["A"], rows=2, cols=3) == 2  # the others stay
    assert len(numbers(hall.fair)) == 10


def test_a_pasted_list_keeps_its_rows_and_areas(hall):
    text = "一号馆：T1 T2，T3\nT4\n\n二号馆: X-1\tX-2"
    assert plan.lay_out_list(hall.fair.id, text) == 6
    rows = [(one.number, one.area, one.row, one.col) for one in plan.places_at(hall.fair.id)]
    assert ("T3", "一号馆", 1, 3) in rows and ("T4", "一号馆", 2, 1) in rows
    assert ("X-2", "二号馆", 1, 2) in rows


@pytest.mark.parametrize("text", ["", "  \n", "一号馆：", "A" * 13, " ".join(map(str, range(51)))])
def test_what_is_no_plan_is_refused(hall, text):
    with pytest.raises(PlanInvalid):
        plan.lay_out_list(hall.fair.id, text)
    with pytest.raises(PlanInvalid):
        plan.lay_out(hall.fair.id, areas=["A"], rows=0, cols=5)
    with pytest.raises(PlanInvalid):
        plan.lay_out(hall.fair.id, areas=list("ABCDE"), rows=50, cols=50)
    assert numbers(hall.fair) == []


@pytest.mark.spec("B07")
def test_everybody_sees_which_places_are_free_held_taken_or_kept_back(hall):
    free, held, taken, kept, by_hand = hall.plan(5)
    waiting, inside, guest = hall.firm(), hall.firm("百川医药"), hall.firm()
    hall.submitted(waiting, held)
    hall.approved(inside, taken)
    plan.keep_back(hall.fair.id, [kept], is_reserved=True)
    open_booth(fair_id=hall.fair.id, employer_id=guest.employer.id, number="A05")
    assert states(hall.fair) == {
        "A01": "free", "A02": "held", "A03": "taken", "A04": "reserved", "A05": "taken",
    }  # fmt: skip
    assert states(hall.fair, waiting.employer.id)["A02"] == "mine"
    names = {one["number"]: one["employer_name"] for one in plan.floor_plan(hall.fair.id)}
    assert (names["A02"], names["A03"]) == ("", "百川医药")  # who is under review is not told
    assert [place.id for place in plan.find_free(hall.fair.id)] == [free]
    assert by_hand


@pytest.mark.spec("B07")
def test_a_place_that_is_held_taken_reserved_or_foreign_cannot_be_chosen(hall, factory):
    first, second, third = hall.plan(3)
    hall.submitted(hall.firm(), first)
    plan.keep_back(hall.fair.id, [second], is_reserved=True)
    open_booth(fair_id=hall.fair.id, employer_id=factory.employer().id, number="A03")
    other = factory.fair(takes_bookings=True)
    plan.lay_out(other.id, areas=["Z"], rows=1, cols=1)
    (foreign,) = plan.places_at(other.id)
    firm = hall.firm()
    for place_id, refusal in (
        (first, PlaceTaken), (second, PlaceReserved), (third, PlaceTaken),
        (foreign.id, PlaceNotFound), (10**9, PlaceNotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            hall.draft(firm, place_id)


def test_places_with_an_employer_stay_when_the_plan_is_cleared(hall):
    places = hall.plan(3)
    enrolment = hall.submitted(hall.firm(), places[0])
    assert plan.take_away(hall.fair.id, places) == 2
    assert numbers(hall.fair) == ["A01"]
    assert Enrolment.get_by_id(enrolment.id).place_id == places[0]


def test_keeping_back_changes_only_this_fairs_places(hall, factory):
    mine = hall.plan(2)
    other = factory.fair()
    plan.lay_out(other.id, areas=["Z"], rows=1, cols=1)
    foreign = plan.places_at(other.id)[0].id
    assert plan.keep_back(hall.fair.id, [*mine, foreign], is_reserved=True) == 2
    assert plan.keep_back(hall.fair.id, mine, is_reserved=True) == 0
    assert not BoothPlace.get_by_id(foreign).is_reserved
    assert plan.keep_back(hall.fair.id, mine, is_reserved=False) == 2


def test_a_plan_of_any_size_is_drawn_in_three_queries(hall):
    hall.plan(2)
    with queries() as few:
        plan.floor_plan(hall.fair.id)
    plan.lay_out(hall.fair.id, areas=list("BCD"), rows=10, cols=10)
    for place in plan.places_at(hall.fair.id)[:5]:
        hall.submitted(hall.firm(), place.id)
    with queries() as many:
        plan.floor_plan(hall.fair.id)
    assert len(few) == len(many) == 3, str(many)
