"""The reviewers' queues: settlements and positions."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.employers.models import Settlement
from app.employers.services.settlements import apply_for_settlement
from app.positions.models import Position
from app.positions.services.writing import recall_position, save_position, submit_position
from tests.admin.conftest import Browser, Role, audit_of, text_of
from tests.factories import Factory

FLAGGED = "熟悉 Python，<b>男 性优先</b>，能出差。"


def asked(factory: Factory) -> Settlement:
    employer = factory.employer()
    hr = factory.acting(employer)
    return apply_for_settlement(employer.id, factory.school().id, hr.id)


def pending(factory: Factory, **more: object) -> Position:
    employer = factory.employer()
    return factory.submitted(employer, factory.acting(employer), **more)


def again(record: Position) -> Position:
    return Position.get_by_id(record.id)


@pytest.mark.spec("C01", "SM2")
def test_settlement_is_approved_returned_and_revoked(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    one, other = asked(factory), asked(factory)
    browser = signed_in()
    page = text_of(browser.get("/admin/settlements/?status=awaiting"))
    assert one.employer.name in page and other.employer.name in page
    browser.post(f"/admin/settlements/{one.id}/settle")
    assert Settlement.get_by_id(one.id).status == "settled"
    assert browser.post(f"/admin/settlements/{other.id}/turn_away").status_code == 422
    browser.post(f"/admin/settlements/{other.id}/turn_away", reason="资料不全")
    assert Settlement.get_by_id(other.id).return_reason == "资料不全"
    assert browser.post(f"/admin/settlements/{one.id}/unsettle", reason="").status_code == 422
    browser.post(f"/admin/settlements/{one.id}/unsettle", reason="发布虚假岗位")
    assert Settlement.get_by_id(one.id).status == "open"
    assert audit_of(f"settlement:{one.id}", "unsettle")[0].reason == "发布虚假岗位"
    assert browser.post(f"/admin/settlements/{one.id}/settle").status_code == 409
    shown = text_of(browser.get(f"/admin/settlements/details/?id={one.id}"))
    assert "发布虚假岗位" in shown and one.employer.uscc in shown
    assert "取消入驻" in text_of(browser.get("/admin/records/"))


@pytest.mark.spec("C01")
def test_ticked_settlements_are_approved_together(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    rows = [asked(factory) for _ in range(3)]
    browser = signed_in()
    page = text_of(browser.get("/admin/settlements/"))
    assert page.count('name="picked"') == 3 and "通过所选申请" in page
    chosen = [rows[0].id, rows[1].id, "x", "9" * 30]
    answer = browser.post("/admin/settlements/approve-picked", picked=chosen)
    assert answer.status_code == 302
    assert [Settlement.get_by_id(row.id).status for row in rows] == [
        "settled", "settled", "awaiting",
    ]  # fmt: skip
    assert "已通过 2 个入驻申请" in text_of(browser.get("/admin/settlements/"))
    browser.post("/admin/settlements/approve-picked")
    assert "请先勾选" in text_of(browser.get("/admin/settlements/"))


@pytest.mark.spec("C10")
def test_found_words_are_marked_and_need_a_reason_to_pass(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    position = pending(factory, requirements=FLAGGED)
    browser = signed_in()
    raw = browser.get(f"/admin/positions/details/?id={position.id}").get_data(as_text=True)
    assert '<mark class="flagged" title="性别限制">男 性优先</mark>' in raw
    assert "&lt;b&gt;" in raw and "<b>男" not in raw.replace("<b>男 性优先</b><span", "")
    assert "审核提示" in raw and "说明后通过" in raw
    path = f"/admin/positions/{position.id}"
    assert browser.post(f"{path}/pass_flagged", seen=1).status_code == 422
    assert browser.post(f"{path}/pass_review", seen=1).status_code == 422
    assert again(position).status == "pending"
    assert browser.post(f"{path}/pass_flagged", seen=1, reason="法定情形").status_code == 302
    assert again(position).status == "published"
    assert audit_of(f"position:{position.id}", "pass_review")[0].reason == "法定情形"


@pytest.mark.spec("C05", "SM3")
def test_posting_is_sent_back_with_a_reason(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    position = pending(factory)
    browser = signed_in()
    path = f"/admin/positions/{position.id}"
    assert browser.post(f"{path}/send_back", seen=1).status_code == 422
    browser.post(f"{path}/send_back", seen=1, reason="请写明工作地址")
    assert (again(position).status, again(position).review_reason) == ("draft", "请写明工作地址")


@pytest.mark.spec("C05", "SM3")
def test_page_that_shows_an_older_text_approves_nothing(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    position = pending(factory)
    employer_id, hr_id = position.employer_id, position.submitted_by
    browser = signed_in()
    page = text_of(browser.get(f"/admin/positions/details/?id={position.id}"))
    assert 'name="seen" value="1"' in page
    recall_position(position.id, employer_id, hr_id)
    save_position(position.id, employer_id, hr_id, version=1, school_ids=[], title="改过的岗位")
    submit_position(position.id, employer_id, hr_id, version=2)
    answer = browser.post(f"/admin/positions/{position.id}/pass_review", seen=1)
    assert answer.status_code == 409 and "岗位内容已被修改" in text_of(answer)
    browser.post("/admin/positions/approve-picked", picked=[f"{position.id}:1"])
    assert again(position).status == "pending"
    browser.post("/admin/positions/approve-picked", picked=[f"{position.id}:2"])
    assert again(position).status == "published"


@pytest.mark.spec("C05", "C10")
def test_queue_is_narrowed_by_state_flags_and_age(
    signed_in: Callable[..., Browser],
    factory: Factory,
    travel: Callable[[timedelta], None],
) -> None:
    old = pending(factory, title="等久了的岗位")
    travel(timedelta(hours=25))
    flagged = pending(factory, title="有提示的岗位", requirements=FLAGGED)
    browser = signed_in(Role.VIEWER)
    for query, shown, hidden in (
        ("waits=overdue", old, flagged),
        ("flagged=yes", flagged, old),
        ("flagged=no", old, flagged),
    ):
        page = text_of(browser.get(f"/admin/positions/?{query}"))
        assert shown.title in page and hidden.title not in page, query
    assert 'name="picked"' not in text_of(browser.get("/admin/positions/"))
    first = text_of(browser.get("/admin/"))
    assert "<b>2</b> 个岗位待审核" in first
    assert "<b>1</b> 个岗位超过 24 小时未审核" in first


@pytest.mark.spec("C01")
def test_first_page_tells_which_settlements_wait(
    signed_in: Callable[..., Browser],
    factory: Factory,
    travel: Callable[[timedelta], None],
) -> None:
    asked(factory)
    viewer = signed_in(Role.VIEWER)
    page = text_of(viewer.get("/admin/"))
    assert "<b>1</b> 个单位申请入驻" in page and "小时未审核" not in page
    travel(timedelta(hours=24))
    viewer = signed_in(Role.VIEWER, "next-day")
    assert "<b>1</b> 个入驻申请超过 24 小时未审核" in text_of(viewer.get("/admin/"))
    assert "等待审核" in text_of(viewer.get("/admin/settlements/?waits=overdue"))


@pytest.mark.spec("C05")
def test_deleted_positions_are_listed_only_when_asked_for(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    position = factory.position(factory.employer(), "删掉的岗位")
    Position.update(status="deleted").where(Position.id == position.id).execute()
    browser = signed_in()
    assert "删掉的岗位" not in text_of(browser.get("/admin/positions/"))
    assert "删掉的岗位" in text_of(browser.get("/admin/positions/?status=deleted"))


@pytest.mark.spec("C03")
def test_staff_record_what_the_law_asks_of_a_posting(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    form = {
        "employer_id": factory.employer().id, "title": "测试工程师", "kind": "part_time",
        "province": "浙江", "city": "杭州", "address": "文三路 1 号", "salary_min": 9000,
        "salary_max": 12000, "months_paid": 13, "degree": "本科", "headcount": 2,
        "graduation_years": "2027，2026", "welfare": "五险一金、双休", "valid_until": "2027-06-30",
        "publish": "y",
    }  # fmt: skip
    browser = signed_in()
    wrong = browser.post("/admin/positions/new/", **form | {"graduation_years": "27 届"})
    assert "请填写年份" in text_of(wrong)
    assert browser.post("/admin/positions/new/", **form).status_code == 302
    made = Position.get()
    assert (made.kind, made.months_paid, made.graduation_years) == ("part_time", 13, [2026, 2027])
    assert made.welfare == ["五险一金", "双休"] and f"{made.valid_until}" == "2027-06-30"
    assert made.published_at is not None
    page = text_of(browser.get(f"/admin/positions/details/?id={made.id}"))
    assert "9,000–12,000 元/月 · 13 薪" in page and "2026 届、2027 届" in page
