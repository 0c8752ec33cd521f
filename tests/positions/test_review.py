"""Reviews: what was read is what is published; flags ask for a reason and never reject."""

from datetime import timedelta

import pytest

from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.notifications.models import Notification
from app.positions.errors import FlagsUnexplained, PositionChanged, PositionExpired
from app.positions.models import Position, today
from app.positions.services.review import (
    approve_position,
    approve_positions,
    expire_positions,
    return_position,
)
from app.positions.services.writing import recall_position, save_position, submit_position
from tests.racing import at_once

Status = Position.Status
FLAGGED = "熟悉 Python，男性优先，能适应出差。"


def again(position):
    return Position.get_by_id(position.id)


def told(account):
    rows = Notification.select().where(Notification.account == account).order_by(Notification.id)
    return [(row.params["answer"], row.params["reason"]) for row in rows]


@pytest.mark.spec("C05", "SM3")
def test_approved_posting_is_published_and_its_recruiters_are_told(factory, employer, hr):
    position = factory.submitted(employer, hr)
    approve_position(position.id)
    assert again(position).status == Status.PUBLISHED
    assert again(position).published_at is not None
    assert told(hr) == [("已通过", "")]
    with pytest.raises(InvalidTransition):
        return_position(position.id, "迟了")


@pytest.mark.spec("C05", "SM3")
def test_returned_posting_is_a_draft_with_the_reason(factory, employer, hr):
    position = factory.submitted(employer, hr)
    return_position(position.id, "薪资与岗位不符")
    assert again(position).status == Status.DRAFT
    assert told(hr) == [("未通过", "薪资与岗位不符")]


@pytest.mark.spec("C10")
def test_flagged_posting_is_submitted_and_waits_like_any_other(factory, employer, hr):
    position = factory.submitted(employer, hr, requirements=FLAGGED)
    assert position.status == Status.PENDING
    assert [flag["phrase"] for flag in position.flags] == ["男性优先"]


@pytest.mark.spec("C10")
def test_reviewer_explains_why_a_flagged_posting_passes(factory, employer, hr):
    position = factory.submitted(employer, hr, requirements=FLAGGED)
    with pytest.raises(FlagsUnexplained):
        approve_position(position.id)
    assert again(position).status == Status.PENDING
    approve_position(position.id, "法定不适合女职工的工种")
    entry = AuditEntry.get(AuditEntry.action == "pass_review")
    assert entry.reason == "法定不适合女职工的工种"


@pytest.mark.spec("C10")
def test_corrected_text_has_no_flags_any_more(factory, employer, hr):
    position = factory.draft(employer, hr, requirements=FLAGGED)
    assert position.flags
    saved = save_position(
        position.id, employer.id, hr.id, version=1, school_ids=[], requirements="熟悉 Python 开发。"
    )
    assert saved.flags == []


@pytest.mark.spec("C05", "SM3")
def test_approval_goes_for_the_text_that_was_read(factory, employer, hr):
    position = factory.submitted(employer, hr)
    seen = position.version
    recall_position(position.id, employer.id, hr.id)
    saved = save_position(
        position.id, employer.id, hr.id, version=seen, school_ids=[], title="客服代表"
    )
    submit_position(position.id, employer.id, hr.id, version=saved.version)
    for act in (
        lambda: approve_position(position.id, version=seen),
        lambda: return_position(position.id, "看的是旧内容", seen),
    ):
        with pytest.raises(PositionChanged):
            act()
    assert again(position).status == Status.PENDING
    assert approve_position(position.id, version=saved.version).title == "客服代表"


@pytest.mark.spec("C05", "C10")
def test_many_are_approved_at_once_but_never_what_was_flagged_or_changed(factory, employer, hr):
    fine = [factory.submitted(employer, hr), factory.submitted(employer, hr)]
    flagged = factory.submitted(employer, hr, requirements=FLAGGED)
    draft = factory.draft(employer, hr)
    versions = {one.id: one.version for one in (*fine, flagged, draft)}
    assert approve_positions(versions | {fine[1].id: 7}) == (1, 3)
    assert again(fine[1]).status == Status.PENDING
    assert approve_positions(versions) == (1, 3)
    assert [again(one).status for one in (*fine, flagged, draft)] == [
        "published", "published", "pending", "draft",
    ]  # fmt: skip
    assert len(told(hr)) == 2
    assert all(again(one).published_at for one in fine)


@pytest.mark.spec("C06")
def test_posting_ends_with_its_last_day(factory, employer, hr, travel):
    position = factory.reviewed(employer, hr, valid_until=today() + timedelta(days=1))
    long = factory.position(employer)
    travel(timedelta(days=1))
    assert expire_positions() == 0
    travel(timedelta(days=1))
    assert expire_positions() == 1 and expire_positions() == 0
    assert (again(position).status, again(long).status) == (Status.WITHDRAWN, Status.PUBLISHED)


@pytest.mark.spec("C05")
def test_posting_that_is_out_of_date_is_not_approved(factory, employer, hr, travel):
    position = factory.submitted(employer, hr, valid_until=today())
    travel(timedelta(days=1))
    with pytest.raises(PositionExpired):
        approve_position(position.id)
    assert approve_positions({position.id: position.version}) == (0, 1)


@pytest.mark.serial
@pytest.mark.spec("C05", "SM3")
def test_of_two_reviewers_who_decide_at_once_one_wins(app, factory, employer, hr):
    for _ in range(6):
        position_id = factory.submitted(employer, hr).id
        Notification.delete().execute()
        ends = at_once(
            app,
            lambda i=position_id: approve_position(i),
            lambda i=position_id: return_position(i, "资料不全"),
        )
        failed = [type(end).__name__ for end in ends if isinstance(end, Exception)]
        assert failed == ["InvalidTransition"], ends
        wanted = Status.DRAFT if isinstance(ends[0], Exception) else Status.PUBLISHED
        assert Position.get_by_id(position_id).status == wanted
        assert len(told(hr)) == 1


@pytest.mark.serial
@pytest.mark.spec("C05", "SM3")
def test_approval_against_taking_back_never_publishes_what_is_being_changed(
    app, factory, employer, hr
):
    employer_id, hr_id = employer.id, hr.id
    for _ in range(6):
        position = factory.submitted(employer, hr)
        ends = at_once(
            app,
            lambda p=position: approve_position(p.id, version=p.version),
            lambda p=position: recall_position(p.id, employer_id, hr_id),
        )
        failed = [type(end).__name__ for end in ends if isinstance(end, Exception)]
        assert failed == ["InvalidTransition"], ends
        wanted = Status.DRAFT if isinstance(ends[0], Exception) else Status.PUBLISHED
        assert Position.get_by_id(position.id).status == wanted


@pytest.mark.serial
@pytest.mark.spec("C05")
def test_of_two_colleagues_who_save_at_once_one_is_told(app, factory, employer, hr):
    employer_id, hr_id = employer.id, hr.id
    for _ in range(6):
        draft_id = factory.draft(employer, hr).id

        def save(title, i=draft_id):
            return save_position(i, employer_id, hr_id, version=1, school_ids=[], title=title)

        ends = at_once(app, lambda s=save: s("甲岗位"), lambda s=save: s("乙岗位"))
        failed = [type(end).__name__ for end in ends if isinstance(end, Exception)]
        assert failed == ["PositionChanged"], ends
        kept = Position.get_by_id(draft_id)
        assert kept.version == 2
        assert kept.title == ("乙岗位" if isinstance(ends[0], Exception) else "甲岗位")
