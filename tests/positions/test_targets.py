"""Where a position is shown: the schools it is aimed at while its employer is settled there."""

from datetime import timedelta

import pytest

from app.employers.services.review import restore_employer, suspend_employer
from app.employers.services.settlements import (
    apply_for_settlement,
    approve_settlement,
    revoke_settlement,
)
from app.positions.errors import SchoolNotSettled
from app.positions.models import Position, PositionTarget, today
from app.positions.services.review import approve_position
from app.positions.services.targeting import retarget, targets_of
from app.positions.services.visible import is_visible, visible_positions
from app.positions.services.writing import save_position, withdraw_positions
from tests.counting import queries
from tests.racing import at_once


def shown(school):
    return [position.id for position in visible_positions(school.id)[0]]


@pytest.mark.spec("C02", "C03", "SM3")
def test_approved_posting_shows_at_the_schools_it_is_aimed_at(factory, employer, hr, school):
    other = factory.school("临江学院")
    factory.settled(employer, other, hr)
    position = factory.submitted(employer, hr, school_ids=[school.id])
    assert shown(school) == []
    approve_position(position.id)
    assert shown(school) == [position.id] and shown(other) == []
    assert is_visible(position.id, school.id) and not is_visible(position.id, other.id)


@pytest.mark.spec("A11", "C02")
def test_suspended_employer_shows_nowhere_and_comes_back_as_it_was(factory, employer, hr, school):
    position = factory.reviewed(employer, hr, school_ids=[school.id])
    suspend_employer(employer.id, "被举报，核实中")
    assert shown(school) == [] and not is_visible(position.id, school.id)
    restore_employer(employer.id, "已核实")
    assert shown(school) == [position.id]


@pytest.mark.spec("C02", "C04")
def test_posting_from_before_the_settlement_never_shows(factory, employer, hr):
    late = factory.school("晚来大学")
    position = factory.reviewed(employer, hr)
    factory.settled(employer, late, hr)
    assert shown(late) == []
    assert not is_visible(position.id, late.id)


@pytest.mark.spec("C04", "SM3")
def test_retargeting_shows_it_there_without_review_and_without_posting_anew(
    factory, employer, hr, school
):
    position = factory.reviewed(employer, hr, school_ids=[school.id])
    late = factory.school("晚来大学")
    with pytest.raises(SchoolNotSettled):
        retarget(position.id, employer.id, hr.id, school_ids=[school.id, late.id])
    factory.settled(employer, late, hr)
    assert retarget(position.id, employer.id, hr.id, school_ids=[school.id, late.id])
    assert shown(late) == [position.id] and shown(school) == [position.id]
    after = Position.get_by_id(position.id)
    assert (after.status, after.version) == (Position.Status.PUBLISHED, position.version)
    assert not retarget(position.id, employer.id, hr.id, school_ids=[late.id, school.id])


@pytest.mark.spec("C04")
def test_saving_with_other_schools_alone_needs_no_review(factory, employer, hr, school):
    position = factory.reviewed(employer, hr, school_ids=[school.id])
    late = factory.school("晚来大学")
    factory.settled(employer, late, hr)
    saved = save_position(position.id, employer.id, hr.id, version=1, school_ids=[late.id])
    assert saved.status == Position.Status.PUBLISHED
    assert shown(school) == [] and shown(late) == [position.id]


@pytest.mark.spec("C02", "C04", "SM2")
def test_revoked_settlement_hides_and_a_new_one_does_not_bring_back(factory, employer, hr, school):
    position = factory.reviewed(employer, hr, school_ids=[school.id])
    revoke_settlement(employer.settlements.get().id, "资质过期")
    assert shown(school) == []
    again = apply_for_settlement(employer.id, school.id, hr.id)
    assert shown(school) == []
    approve_settlement(again.id)
    assert shown(school) == []
    assert retarget(position.id, employer.id, hr.id, school_ids=[school.id])
    assert shown(school) == [position.id]


@pytest.mark.spec("C02", "C03")
def test_what_is_withdrawn_under_review_or_out_of_date_is_not_shown(
    factory, employer, hr, school, travel
):
    off, edited, short = (
        factory.reviewed(employer, hr, school_ids=[school.id]),
        factory.reviewed(employer, hr, school_ids=[school.id]),
        factory.reviewed(employer, hr, school_ids=[school.id], valid_until=today()),
    )
    assert shown(school) == [short.id, edited.id, off.id]
    withdraw_positions(employer.id, hr.id, [off.id])
    save_position(edited.id, employer.id, hr.id, version=1, school_ids=[school.id], headcount=9)
    assert shown(school) == [short.id]
    travel(timedelta(days=1))
    assert shown(school) == []


@pytest.mark.spec("C03")
def test_public_list_is_paged_searched_and_bounded(factory, employer, hr, school, anybody):
    for number in range(23):
        factory.reviewed(employer, hr, school_ids=[school.id], title=f"岗位{number:02d}")
    factory.reviewed(employer, hr, school_ids=[school.id], title="市场专员", city="宁波")
    path = f"/api/schools/{school.id}/positions"
    anybody.get(path)
    with queries() as asked:
        first = anybody.get(path).json
    assert len(asked) <= 2, str(asked)
    assert len(first["items"]) == 20 and first["items"][0]["employer"]["name"] == employer.name
    rest = anybody.get(f"{path}?cursor={first['next_cursor']}").json
    assert len(rest["items"]) == 4 and rest["next_cursor"] is None
    titles = [one["title"] for one in (*first["items"], *rest["items"])]
    assert len(set(titles)) == 24
    assert [one["title"] for one in anybody.get(f"{path}?city=宁波").json["items"]] == ["市场专员"]
    assert [one["title"] for one in anybody.get(f"{path}?q=岗位07").json["items"]] == ["岗位07"]
    assert anybody.get(f"{path}?kind=internship").json["items"] == []
    assert anybody.get(f"{path}?cursor=x").status_code == 422
    assert anybody.get("/api/schools/999999/positions").status_code == 404


@pytest.mark.serial
@pytest.mark.spec("C03", "C04")
def test_two_colleagues_who_retarget_at_once_leave_each_school_once(
    app, factory, employer, hr, school
):
    employer_id, hr_id = employer.id, hr.id
    other = factory.school("临江学院")
    factory.settled(employer, other, hr)
    both = [school.id, other.id]
    for _ in range(4):
        position_id = factory.reviewed(employer, hr).id
        ends = at_once(
            app,
            *[lambda i=position_id: retarget(i, employer_id, hr_id, school_ids=both)] * 3,
        )
        assert sorted(ends) == [False, False, True], ends
        assert targets_of(position_id) == sorted(both)
        assert PositionTarget.select().where(PositionTarget.position == position_id).count() == 2
