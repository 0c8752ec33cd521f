"""Forms: Shanghai's time in, UTC kept; a broken rule is told in Chinese and loses nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from app.accounts.models import StaffUser
from app.employers.models import Employer
from app.fairs.models import Booth, BoothPosition, Fair
from app.fairs.rules import RULES
from app.positions.models import Position
from tests.admin.conftest import Browser, Role, audit_of, text_of
from tests.factories import Factory, valid_uscc


def fair_form(school_id: int, **more: Any) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "name": "2027 届春季双选会",
        "introduction": "第一行\n第二行",
        "entry_opens_at": "2027-03-01T08:00",
        "entry_closes_at": "2027-03-10T18:00",
        "doors_open_at": "2027-03-10T08:30",
        "starts_at": "2027-03-10T09:00",
        "ends_at": "2027-03-10T17:30",
        "daily_opens": "09:00",
        "daily_closes": "17:30",
        "threshold": 75,
        "word_pass": "通过",
        "word_fail": "不合适",
        "word_hold": "待定",
        "contact_student": "0571-0000",
        "requires_device_check": "y",
        "level": "school",
        "mode": "live",
        **{name: getattr(Fair, name).default for name in RULES},
    } | more


def test_fair_is_made_with_shanghais_windows(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    browser = signed_in()
    answer = browser.post("/admin/fairs/new/", **fair_form(factory.school().id))
    fair = Fair.get(Fair.name == "2027 届春季双选会")
    assert answer.location == f"/admin/fairs/details/?id={fair.id}"
    assert fair.starts_at == datetime(2027, 3, 10, 1, 0, tzinfo=UTC)
    assert (fair.threshold, fair.daily_opens, fair.status) == (75, "09:00", Fair.Status.DRAFT)
    assert fair.verdict_labels["pass"] == "通过"
    assert browser.staff and audit_of(f"fair:{fair.id}", "create")[0].actor_id == browser.staff.id
    page = text_of(browser.get(f"/admin/fairs/edit/?id={fair.id}"))
    assert 'value="2027-03-10T09:00"' in page
    assert 'value="通过"' in page


@pytest.mark.spec("B01", "B03", "B05")
def test_fairs_kind_and_booking_are_set_to_the_minute(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    browser = signed_in()
    booking = {
        "level": "provincial", "mode": "offline", "takes_bookings": "y",
        "bookings_open_at": "2027-03-01T09:30", "bookings_close_at": "2027-03-08T17:45",
        "most_employers": 120,
    }  # fmt: skip
    browser.post("/admin/fairs/new/", **fair_form(factory.school().id, **booking))
    fair = Fair.get(Fair.name == "2027 届春季双选会")
    assert (fair.level, fair.mode) == (Fair.Level.PROVINCIAL, Fair.Mode.OFFLINE)
    assert fair.takes_bookings and not fair.changes_directly and fair.most_employers == 120
    assert fair.bookings_open_at == datetime(2027, 3, 1, 1, 30, tzinfo=UTC)
    assert fair.bookings_close_at == datetime(2027, 3, 8, 9, 45, tzinfo=UTC)
    late = fair_form(factory.school().id, bookings_close_at="2027-03-11T09:00")
    assert "单位报名应在双选会结束前" in text_of(browser.post("/admin/fairs/new/", **late))


def test_saving_a_fair_unchanged_changes_nothing(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    browser = signed_in()
    form = fair_form(factory.school().id)
    browser.post("/admin/fairs/new/", **form)
    fair = Fair.get(Fair.name == "2027 届春季双选会")
    form.pop("school_id")
    browser.post(f"/admin/fairs/edit/?id={fair.id}", **form)
    assert not audit_of(f"fair:{fair.id}", "update")
    browser.post(f"/admin/fairs/edit/?id={fair.id}", **form | {"threshold": 60})
    (entry,) = audit_of(f"fair:{fair.id}", "update")
    assert (entry.before, entry.after) == ({"threshold": 75}, {"threshold": 60})


def test_contradicting_windows_are_told_and_what_was_typed_stays(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    wrong = fair_form(factory.school().id, ends_at="2027-03-10T08:00", threshold=75)
    answer = signed_in().post("/admin/fairs/new/", **wrong)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "候场时间 ≤ 开始时间 < 结束时间" in page
    for typed in ('value="2027-03-10T08:00"', "第一行\n第二行", 'value="0571-0000"', 'value="75"'):
        assert typed in page
    assert not Fair.select().exists()


def test_rules_of_the_queue_are_set_and_their_bounds_are_told(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    browser = signed_in()
    school = factory.school().id
    page = text_of(browser.post("/admin/fairs/new/", **fair_form(school, seen_bar=95)))
    assert "应在 0 至 90 之间" in page and 'value="95"' in page
    assert not Fair.select().exists()
    chosen = fair_form(school, everyone_once="y", hold_seconds=240, undo_seconds=0)
    chosen["students_may_start"] = "y"
    browser.post("/admin/fairs/new/", **chosen)
    fair = Fair.get(Fair.name == "2027 届春季双选会")
    assert (fair.everyone_once, fair.hold_seconds, fair.undo_seconds) == (True, 240, 0)
    assert fair.students_may_start
    shown = text_of(browser.get(f"/admin/fairs/details/?id={fair.id}"))
    assert "人人先面一次" in shown and "轮到的学生可自主发起面试" in shown


def test_half_typed_time_is_told_at_its_field(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    wrong = fair_form(factory.school().id, starts_at="2027-03-1")
    page = text_of(signed_in().post("/admin/fairs/new/", **wrong))
    assert "请填写完整的日期和时间" in page
    assert 'value="2027-03-1"' in page


def test_wrong_and_taken_codes_of_employers_are_told_in_chinese(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    browser = signed_in()
    taken = factory.employer()
    for code, words in (("91330100000000001A", "统一社会信用代码不正确"), (taken.uscc, "已登记")):
        page = text_of(
            browser.post("/admin/employers/new/", name="江海智造", code=code, city="杭州")
        )
        assert words in page
        assert 'value="江海智造"' in page
    assert "请填写单位名称" in text_of(browser.post("/admin/employers/new/", name="", code="x"))
    assert Employer.select().count() == 1
    good = {"name": "江海智造", "code": f" {valid_uscc(77).lower()} ", "industry": "智能制造"}
    assert browser.post("/admin/employers/new/", **good).status_code == 302
    assert Employer.get(Employer.name == "江海智造").uscc == valid_uscc(77)


def test_employers_name_and_code_are_not_in_the_edit_form(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    employer = factory.employer()
    browser = signed_in()
    browser.post(f"/admin/employers/edit/?id={employer.id}", name="改名", code="x", city="宁波")
    changed = Employer.get_by_id(employer.id)
    assert (changed.name, changed.uscc, changed.city) == (employer.name, employer.uscc, "宁波")


def test_position_is_published_at_once_when_asked(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    employer = factory.employer()
    browser = signed_in()
    form = {
        "employer_id": employer.id, "title": "测试工程师", "salary_min": 9000, "salary_max": 8000,
        "degree": "本科", "headcount": 2, "publish": "y",
    }  # fmt: skip
    assert "薪资范围不正确" in text_of(browser.post("/admin/positions/new/", **form))
    assert browser.post("/admin/positions/new/", **form | {"salary_max": 12000}).status_code == 302
    position = Position.get(Position.title == "测试工程师")
    assert position.status == Position.Status.PUBLISHED
    assert [e.action for e in (*audit_of(f"position:{position.id}", "publish"),)] == ["publish"]


def test_booth_takes_only_its_employers_positions_and_a_free_number(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair, employer, rival = factory.fair(), factory.employer(), factory.employer()
    mine, theirs = factory.position(employer), factory.position(rival)
    browser = signed_in()
    form = {"fair_id": fair.id, "employer_id": employer.id, "number": "A01"}
    page = text_of(browser.post("/admin/booths/new/", **form, position_ids=[theirs.id]))
    assert "还没有保存" in page
    assert not Booth.select().exists()
    assert browser.post("/admin/booths/new/", **form, position_ids=[mine.id]).status_code == 302
    booth = Booth.get()
    assert [offer.position_id for offer in BoothPosition.select()] == [mine.id]
    taken = text_of(browser.post("/admin/booths/new/", **form | {"employer_id": rival.id}))
    assert "已有展位" in taken
    moved = browser.post(f"/admin/booths/edit/?id={booth.id}", number="B09", position_ids=[mine.id])
    assert moved.status_code == 302
    assert audit_of(f"booth:{booth.id}", "move")[0].after == {"number": "B09"}


def test_positions_to_choose_are_the_employers_published_ones(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    employer = factory.employer()
    shown, hidden = factory.position(employer, "甲岗"), factory.position(employer, "乙岗")
    hidden.withdraw()
    browser = signed_in()
    answer = browser.client.get(f"/admin/booths/positions.json?employer={employer.id}")
    assert answer.json == [{"id": shown.id, "text": "甲岗（杭州）"}]
    assert browser.client.get("/admin/booths/positions.json?employer=x").json == []


def test_administrator_manages_staff(signed_in: Callable[..., Browser]) -> None:
    boss = signed_in(Role.ADMIN)
    form = {"username": "xiaozhou", "name": "小周", "role": "operator", "password": "12345"}
    form |= {"scope": "platform"}
    page = text_of(boss.post("/admin/staff/new/", **form))
    assert "密码至少 10 位" in page
    assert "12345" not in page
    assert boss.post("/admin/staff/new/", **form | {"password": "long enough 1"}).status_code == 302
    person = StaffUser.get(StaffUser.username == "xiaozhou")
    weak = {"name": "小周", "role": "viewer", "password": "123"}
    assert "密码至少 10 位" in text_of(boss.post(f"/admin/staff/edit/?id={person.id}", **weak))
    assert StaffUser.get_by_id(person.id).role == Role.OPERATOR
    boss.post(f"/admin/staff/edit/?id={person.id}", **weak | {"password": ""})
    changed = StaffUser.get_by_id(person.id)
    assert changed.role == Role.VIEWER
    assert changed.password_hash == person.password_hash


def test_who_works_for_schools_has_no_role_on_the_platform(
    signed_in: Callable[..., Browser],
) -> None:
    boss = signed_in(Role.ADMIN)
    form = {
        "username": "xiaoqian", "name": "小钱", "role": "admin", "password": "long enough 1",
        "scope": "schools",
    }  # fmt: skip
    assert boss.post("/admin/staff/new/", **form).status_code == 302
    person = StaffUser.get(StaffUser.username == "xiaoqian")
    assert (person.is_platform, person.role) == (False, Role.VIEWER)
    boss.post(f"/admin/staff/edit/?id={person.id}", name="小钱", role="admin", password="")
    assert StaffUser.get_by_id(person.id).role == Role.VIEWER
    assert "学校人员" in text_of(boss.get("/admin/staff/"))


def test_students_contact_stays_masked(signed_in: Callable[..., Browser], factory: Factory) -> None:
    student = factory.student("林小满")
    page = text_of(signed_in().get(f"/admin/students/details/?id={student.id}"))
    assert "138****6666" in page
    assert "13800006666" not in page
    assert "student@example.com" not in page
    assert "s***@example.com" in page
    assert "软件工程" in page
