"""An employer's own postings: drafted, submitted, changed, taken off and deleted."""

from datetime import timedelta

import pytest

from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.employers.errors import NotYourEmployer
from app.employers.services.settlements import revoke_settlement
from app.interviews.models import Interview
from app.positions.errors import (
    PositionChanged,
    PositionIncomplete,
    PositionNotFound,
    PositionUnderReview,
    SalaryRangeInvalid,
    SchoolNotSettled,
)
from app.positions.models import Position, PositionTarget, today
from app.positions.services.review import approve_position, return_position
from app.positions.services.writing import (
    discard_position,
    draft_position,
    recall_position,
    save_position,
    submit_position,
    withdraw_positions,
)

Status = Position.Status


def again(position):
    return Position.get_by_id(position.id)


def save(position, account, *, school_ids=(), version=None, **details):
    return save_position(
        position.id,
        position.employer_id,
        account.id,
        version=version or again(position).version,
        school_ids=school_ids,
        **details,
    )


@pytest.mark.spec("C03", "SM3")
def test_draft_may_leave_open_what_a_submitted_posting_must_tell(employer, hr):
    draft = draft_position(employer.id, hr.id, title="测试", salary_min=0, salary_max=0)
    assert draft.status == Status.DRAFT
    with pytest.raises(PositionIncomplete) as refused:
        submit_position(draft.id, employer.id, hr.id, version=1)
    named = [one["pointer"] for one in refused.value.extensions["errors"]]
    assert named == [
        "#/province", "#/city", "#/address", "#/salary_min", "#/salary_max", "#/duties",
        "#/requirements", "#/valid_until",
    ]  # fmt: skip
    assert "请填写有效期" in refused.value.detail
    assert again(draft).status == Status.DRAFT


@pytest.mark.spec("C03")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("valid_until", timedelta(days=-1)),
        ("valid_until", timedelta(days=400)),
        ("duties", "写代码"),
    ],
)
def test_posting_with_an_odd_detail_is_not_submitted(factory, employer, hr, name, value):
    value = today() + value if isinstance(value, timedelta) else value
    draft = factory.draft(employer, hr, **{name: value})
    with pytest.raises(PositionIncomplete) as refused:
        submit_position(draft.id, employer.id, hr.id, version=draft.version)
    assert [one["pointer"] for one in refused.value.extensions["errors"]] == [f"#/{name}"]


@pytest.mark.spec("C03")
def test_pay_must_be_in_order(factory, employer, hr):
    with pytest.raises(SalaryRangeInvalid):
        factory.draft(employer, hr, salary_min=9000, salary_max=8000)
    assert factory.draft(employer, hr, salary_min=0, salary_max=8000).salary_min == 0


@pytest.mark.spec("C03", "SM3")
def test_submitted_posting_aims_only_at_schools_that_took_the_employer_in(
    factory, employer, hr, school
):
    stranger = factory.school("临江学院")
    with pytest.raises(SchoolNotSettled) as refused:
        factory.draft(employer, hr, school_ids=[school.id, stranger.id])
    assert "临江学院" in refused.value.detail
    assert refused.value.extensions["school_ids"] == [stranger.id]
    assert not Position.select().exists()
    submitted = factory.submitted(employer, hr, school_ids=[school.id])
    assert submitted.status == Status.PENDING and submitted.submitted_by == hr.id


@pytest.mark.spec("C03", "SM2", "SM3")
def test_settlement_that_ended_meanwhile_stops_the_submission(factory, employer, hr, school):
    draft = factory.draft(employer, hr, school_ids=[school.id])
    revoke_settlement(employer.settlements.get().id, "资质过期")
    with pytest.raises(SchoolNotSettled):
        submit_position(draft.id, employer.id, hr.id, version=draft.version)
    assert again(draft).status == Status.DRAFT


@pytest.mark.spec("C05", "SM3")
def test_changed_text_of_a_published_posting_is_reviewed_again(factory, employer, hr, school):
    position = factory.reviewed(employer, hr, school_ids=[school.id])
    saved = save(position, hr, school_ids=[school.id], salary_max=18000)
    assert (saved.status, saved.salary_max, saved.version) == (Status.PENDING, 18000, 2)
    assert approve_position(position.id).status == Status.PUBLISHED
    rows = AuditEntry.select().where(AuditEntry.subject == f"position:{position.id}")
    acts = [row.action for row in rows.order_by(AuditEntry.id)]
    assert acts == [
        "create", "retarget", "submit", "pass_review", "update", "revise", "pass_review",
    ]  # fmt: skip


@pytest.mark.spec("C05")
def test_saving_a_published_posting_unchanged_leaves_it_published(factory, employer, hr):
    position = factory.reviewed(employer, hr)
    assert save(position, hr, title=position.title).status == Status.PUBLISHED
    with pytest.raises(PositionIncomplete):
        save(position, hr, requirements="")
    assert again(position).status == Status.PUBLISHED and again(position).requirements


@pytest.mark.spec("C05", "SM3")
def test_what_a_reviewer_reads_is_not_changed_under_their_eyes(factory, employer, hr):
    position = factory.submitted(employer, hr)
    with pytest.raises(PositionUnderReview):
        save(position, hr, title="前端工程师")
    recall_position(position.id, employer.id, hr.id)
    assert save(position, hr, title="前端工程师").status == Status.DRAFT
    with pytest.raises(InvalidTransition):
        recall_position(position.id, employer.id, hr.id)


@pytest.mark.spec("C05")
def test_colleague_who_saves_an_older_text_is_told(factory, employer, hr):
    draft = factory.draft(employer, hr)
    save(draft, hr, version=1, title="前端工程师")
    with pytest.raises(PositionChanged):
        save(draft, hr, version=1, title="测试工程师")
    with pytest.raises(PositionChanged):
        submit_position(draft.id, employer.id, hr.id, version=1)
    assert again(draft).title == "前端工程师"


@pytest.mark.spec("C05", "SM3")
def test_returned_posting_tells_why_and_is_submitted_again(factory, employer, hr):
    position = factory.submitted(employer, hr)
    return_position(position.id, "请写明工作地址")
    assert (again(position).status, again(position).review_reason) == ("draft", "请写明工作地址")
    saved = save(position, hr, address="西湖区文三路 1 号")
    submit_position(position.id, employer.id, hr.id, version=saved.version)
    assert (again(position).status, again(position).review_reason) == ("pending", "")


@pytest.mark.spec("C05", "SM3")
def test_draft_that_never_was_published_is_really_removed(factory, employer, hr, school):
    draft = factory.draft(employer, hr, school_ids=[school.id])
    discard_position(draft.id, employer.id, hr.id)
    assert not Position.select().exists() and not PositionTarget.select().exists()
    assert AuditEntry.get(AuditEntry.action == "discard").before == {"title": draft.title}


@pytest.mark.spec("C05", "SM3")
def test_deleted_posting_is_kept_as_it_was_for_those_who_refer_to_it(factory, employer, hr):
    booth = factory.booth(employer=employer)
    position = booth.offers.get().position
    ticket = factory.pending(booth)
    Interview.update(position=position).where(Interview.id == ticket.id).execute()
    discard_position(position.id, employer.id, hr.id)
    kept = again(position)
    assert kept.status == Status.DELETED and kept.deleted_at is not None
    assert kept.snapshot["title"] == position.title and kept.snapshot["schools"] == []
    assert Interview.get_by_id(ticket.id).position_id == position.id
    with pytest.raises(PositionNotFound):
        save(position, hr, title="恢复")
    with pytest.raises(PositionNotFound):
        discard_position(position.id, employer.id, hr.id)


@pytest.mark.spec("C05")
def test_many_are_withdrawn_at_once_and_only_what_is_published_moves(factory, employer, hr):
    on = [factory.reviewed(employer, hr), factory.reviewed(employer, hr)]
    draft = factory.draft(employer, hr)
    rival = factory.position(factory.employer())
    ids = [one.id for one in (*on, draft, rival)]
    assert withdraw_positions(employer.id, hr.id, ids) == 2
    assert [again(one).status for one in (*on, draft, rival)] == [
        "withdrawn", "withdrawn", "draft", "published",
    ]  # fmt: skip
    submit_position(on[0].id, employer.id, hr.id, version=1)
    assert again(on[0]).status == Status.PENDING


@pytest.mark.spec("C05", "N01")
def test_strangers_touch_nothing(factory, employer, hr):
    draft = factory.draft(employer, hr)
    other = factory.employer()
    rival = factory.acting(other)
    for act in (
        lambda: save_position(
            draft.id, employer.id, rival.id, version=1, school_ids=[], title="改"
        ),
        lambda: submit_position(draft.id, employer.id, rival.id, version=1),
        lambda: discard_position(draft.id, employer.id, rival.id),
    ):
        with pytest.raises(NotYourEmployer):
            act()
    with pytest.raises(PositionNotFound):  # by way of one's own employer
        discard_position(draft.id, other.id, rival.id)
    assert again(draft).title == draft.title
