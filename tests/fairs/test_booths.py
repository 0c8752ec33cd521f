"""Booths and their positions, set up by staff."""

import pytest

from app.core.audit import AuditEntry
from app.employers.errors import EmployerNotFound
from app.fairs.errors import BoothTaken, FairNotFound, PositionNotTheirs
from app.fairs.models import Booth
from app.fairs.services.booths import get_booth, open_booth, positions_of, update_booth
from app.positions.services import create_position, withdraw_position


def numbers(fair):
    return {booth.number for booth in Booth.select().where(Booth.fair == fair)}


def test_number_and_employer_are_taken_once_at_a_fair_and_free_at_another(factory):
    fair, other = factory.fair(), factory.fair()
    first, second = factory.employer(), factory.employer()
    open_booth(fair_id=fair.id, employer_id=first.id, number="A001")
    for employer, number in ((second, "A001"), (first, "A002")):
        with pytest.raises(BoothTaken):
            open_booth(fair_id=fair.id, employer_id=employer.id, number=number)
    open_booth(fair_id=other.id, employer_id=first.id, number="A001")
    assert (numbers(fair), numbers(other)) == ({"A001"}, {"A001"})


def test_fair_and_employer_must_exist(factory):
    fair, employer = factory.fair(), factory.employer()
    with pytest.raises(FairNotFound):
        open_booth(fair_id=10**6, employer_id=employer.id, number="A1")
    with pytest.raises(EmployerNotFound):
        open_booth(fair_id=fair.id, employer_id=10**6, number="A1")


@pytest.mark.spec("C06")
def test_only_the_employers_own_published_positions_come_to_a_booth(factory):
    fair, employer = factory.fair(), factory.employer()
    foreign = factory.position(factory.employer())
    draft = create_position(
        employer_id=employer.id, title="草稿岗", salary_min=5000, salary_max=6000
    )
    for position in (foreign, draft):
        with pytest.raises(PositionNotTheirs):
            open_booth(
                fair_id=fair.id, employer_id=employer.id, number="A1", position_ids=[position.id]
            )
    assert numbers(fair) == set()


def test_withdrawn_position_disappears_from_its_booth(factory):
    booth = factory.booth()
    position = positions_of([booth.id])[booth.id][0]
    withdraw_position(position.id, "已招满")
    assert positions_of([booth.id]) == {booth.id: []}


def test_changing_the_offer_is_written_down_with_before_and_after(factory):
    booth = factory.booth()
    old = positions_of([booth.id])[booth.id][0]
    new = factory.position(booth.employer, "前端工程师")
    update_booth(booth.id, position_ids=[new.id])
    entry = AuditEntry.select().where(AuditEntry.action == "offer_positions")
    entry = entry.order_by(AuditEntry.id.desc()).get()
    assert (entry.before, entry.after) == ({"positions": [old.id]}, {"positions": [new.id]})
    assert entry.subject == f"booth:{booth.id}"


def test_moving_to_a_taken_number_is_refused_and_changes_nothing(factory):
    fair = factory.fair()
    first, second = factory.booth(fair), factory.booth(fair)
    with pytest.raises(BoothTaken):
        update_booth(second.id, number=first.number, position_ids=[])
    assert get_booth(second.id).number == second.number
    assert positions_of([second.id])[second.id]
