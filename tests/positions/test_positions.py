"""Openings: pay, publishing and withdrawing."""

import pytest

from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.positions.errors import PositionNotFound, SalaryRangeInvalid
from app.positions.models import Position
from app.positions.services import (
    create_position,
    get_position,
    publish_position,
    update_position,
    withdraw_position,
)


@pytest.fixture
def draft(factory):
    return create_position(
        employer_id=factory.employer().id, title="后端工程师", salary_min=9000, salary_max=15000
    )


@pytest.mark.parametrize(("least", "most"), [(0, 5000), (-1, 5000), (6000, 5999)])
def test_pay_that_makes_no_sense_is_refused(factory, draft, least, most):
    with pytest.raises(SalaryRangeInvalid):
        create_position(employer_id=draft.employer_id, title="x", salary_min=least, salary_max=most)
    with pytest.raises(SalaryRangeInvalid):
        update_position(draft.id, salary_min=least, salary_max=most)
    assert Position.select().count() == 1
    assert get_position(draft.id).salary_min == 9000


def test_one_figure_is_enough_pay(draft):
    assert update_position(draft.id, salary_min=15000).salary_min == 15000
    with pytest.raises(SalaryRangeInvalid):
        update_position(draft.id, salary_max=14999)


def test_position_is_published_withdrawn_and_published_again(draft):
    assert publish_position(draft.id).status == "published"
    with pytest.raises(InvalidTransition):
        publish_position(draft.id)
    assert withdraw_position(draft.id, "已招满").status == "withdrawn"
    assert publish_position(draft.id).status == "published"
    rows = AuditEntry.select().where(AuditEntry.subject == f"position:{draft.id}")
    told = [(row.action, row.before, row.after) for row in rows.order_by(AuditEntry.id)][1:]
    assert told == [
        ("publish", {"status": "draft"}, {"status": "published"}),
        ("withdraw", {"status": "published"}, {"status": "withdrawn"}),
        ("publish", {"status": "withdrawn"}, {"status": "published"}),
    ]


def test_draft_cannot_be_withdrawn(draft):
    with pytest.raises(InvalidTransition):
        withdraw_position(draft.id)


def test_change_is_written_down_with_before_and_after(draft):
    update_position(draft.id, city="上海", title="后端工程师")
    entry = AuditEntry.get(AuditEntry.action == "update")
    assert (entry.before, entry.after) == ({"city": ""}, {"city": "上海"})


def test_unknown_position_is_not_found(app):
    for act in (get_position, publish_position, withdraw_position):
        with pytest.raises(PositionNotFound):
            act(10**6)
