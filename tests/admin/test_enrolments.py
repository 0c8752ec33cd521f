"""报名审核 and 展位图 in the back office."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.bookings.models import Enrolment, EnrolmentChange
from app.bookings.services import changes, leaving, plan, reviewing, waiting
from app.core import clock
from app.fairs.models import Booth, Fair
from tests.admin.conftest import Browser, Role, audit_of, text_of
from tests.bookings.conftest import PEOPLE, Hall
from tests.counting import queries
from tests.factories import Factory

LIST = "/admin/enrolments/"
Status = Enrolment.Status
SignedIn = Callable[..., Browser]


@pytest.fixture
def hall(factory: Factory) -> Hall:
    """A fair that takes bookings."""
    return Hall(factory, factory.fair(takes_bookings=True, name="春季双选会"))


def page_of(row: Enrolment) -> str:
    return f"{LIST}details/?id={row.id}"


def act(browser: Browser, row: Enrolment, verb: str, **form: Any) -> Any:
    browser.get(page_of(row))
    return browser.post(f"{LIST}{row.id}/{verb}", **form)


def status_of(row: Enrolment) -> Status:
    return Enrolment.get_by_id(row.id).status


@pytest.mark.spec("B08")
def test_queue_shows_the_fit_and_is_sorted_by_it(
    signed_in: SignedIn, hall: Hall, factory: Factory
) -> None:
    factory.student()  # 软件工程
    unfit = hall.submitted(hall.firm("无关单位", majors="护理学"))
    fit = hall.submitted(hall.firm("对口单位", majors="计算机类"))
    unknown = hall.submitted(hall.firm("未知单位"))
    Enrolment.update(fit_percent=None).where(Enrolment.id == unknown.id).execute()
    browser = signed_in()
    page = text_of(browser.get(f"{LIST}?sort=3&desc=1"))
    places = [page.index(name) for name in ("对口单位", "无关单位", "未知单位")]
    assert places == sorted(places)
    assert "软件工程 1" in page and "100%" in page and "暂无学生数据" in page
    shown = text_of(browser.get(page_of(fit)))
    assert "本校 1 名学生中，1 名的专业符合岗位要求" in shown
    assert "护理学" in text_of(browser.get(page_of(unfit)))


@pytest.mark.spec("B06", "B08", "C09")
def test_staff_approve_after_looking_at_positions_and_interviewers(
    signed_in: SignedIn, hall: Hall
) -> None:
    firm = hall.firm("远航科技")
    row = hall.submitted(firm)
    browser = signed_in()
    shown = text_of(browser.get(page_of(row)))
    for fact in ("远航科技", firm.position.title, "周敏", "13800000000", "通过", "不通过"):
        assert fact in shown
    answer = act(browser, row, "approve", reason="欢迎")
    assert answer.status_code == 302 and status_of(row) == Status.APPROVED
    (entry,) = audit_of(f"enrolment:{row.id}", "approve")
    assert browser.staff and entry.actor_id == browser.staff.id
    assert Booth.get().employer_id == firm.employer.id


@pytest.mark.spec("B08")
def test_full_fair_refuses_with_its_number_and_offers_the_wait_list(
    signed_in: SignedIn, hall: Hall
) -> None:
    hall.set(most_employers=1)
    hall.approved(hall.firm())
    row = hall.submitted(hall.firm())
    browser = signed_in()
    refused = act(browser, row, "approve")
    assert refused.status_code == 409 and "最多 1 家" in text_of(refused)
    act(browser, row, "put_on_waitlist", reason="名额已满")
    assert status_of(row) == Status.WAITLISTED
    assert "已参会 <b>1</b> / 1 家" in text_of(browser.get(f"{LIST}?fair={hall.fair.id}"))
    assert "候补顺序" in text_of(browser.get(page_of(row)))


@pytest.mark.spec("B08")
def test_many_are_approved_at_once_and_who_cannot_be_is_named(
    signed_in: SignedIn, hall: Hall
) -> None:
    hall.set(most_employers=2)
    rows = [hall.submitted(hall.firm()) for _ in range(3)]
    browser = signed_in()
    browser.get(LIST)
    answer = browser.post(f"{LIST}approve-many", enrolment=[str(row.id) for row in rows])
    told = text_of(browser.get(answer.location))
    assert "已通过 2 家" in told and "1 家没有通过" in told and "参会单位已满" in told
    assert [status_of(row) for row in rows] == [Status.APPROVED] * 2 + [Status.PENDING]
    empty = browser.post(f"{LIST}approve-many")
    assert "没有选中报名" in text_of(browser.get(empty.location))


@pytest.mark.spec("B08")
def test_rejection_needs_a_reason(signed_in: SignedIn, hall: Hall) -> None:
    row = hall.submitted(hall.firm())
    browser = signed_in()
    assert act(browser, row, "reject").status_code == 422
    assert status_of(row) == Status.PENDING
    act(browser, row, "reject", reason="材料不全")
    assert Enrolment.get_by_id(row.id).answer == "材料不全"


@pytest.mark.spec("B09")
def test_change_is_shown_against_what_is_and_confirmed(
    signed_in: SignedIn, hall: Hall, factory: Factory
) -> None:
    firm = hall.firm()
    row = hall.approved(firm)
    other = factory.position(firm.employer, "前端工程师")
    people = [{"name": "王强", "title": "总监", "phone": ""}]
    changes.ask_change(
        row.id, firm.account.id, position_ids=[other.id], interviewers=people, note="换人"
    )
    browser = signed_in()
    shown = text_of(browser.get(page_of(row)))
    assert "<ins>+ 前端工程师</ins>" in shown and f"<del>{firm.position.title}</del>" in shown
    assert "<ins>+ 王强 总监 </ins>" in shown and "换人" in shown
    assert "变更待确认" in text_of(browser.get(f"{LIST}?waits=change"))
    assert act(browser, row, "deny_change").status_code == 422
    act(browser, row, "grant_change")
    assert EnrolmentChange.get().status == EnrolmentChange.Status.CONFIRMED
    assert Enrolment.get_by_id(row.id).interviewers == people


@pytest.mark.spec("B13")
def test_disqualification_and_reference_are_done_from_the_enrolment(
    signed_in: SignedIn, hall: Hall
) -> None:
    row = hall.approved(hall.firm())
    browser = signed_in()
    act(browser, row, "disqualify", reason="发布虚假岗位")
    assert status_of(row) == Status.DISQUALIFIED
    assert Booth.get().status == Booth.Status.DISQUALIFIED
    act(browser, row, "refer", reason="移交市人社局")
    assert "移交时间" in text_of(browser.get(page_of(row)))
    assert audit_of(f"enrolment:{row.id}", "refer")[0].reason == "移交市人社局"


@pytest.mark.spec("B13")
def test_booths_page_disqualifies_and_reopens_the_enrolment_too(
    signed_in: SignedIn, hall: Hall
) -> None:
    row = hall.approved(hall.firm())
    browser = signed_in()
    browser.get(f"/admin/booths/details/?id={row.booth_id}")
    browser.post(f"/admin/booths/{row.booth_id}/disqualify", reason="传销")
    assert status_of(row) == Status.DISQUALIFIED
    browser.post(f"/admin/booths/{row.booth_id}/reopen", reason="核实无误")
    assert status_of(row) == Status.APPROVED


@pytest.mark.spec("B07")
def test_staff_give_a_place_that_is_kept_back(signed_in: SignedIn, hall: Hall) -> None:
    first, second, *_ = hall.plan()
    plan.keep_back(hall.fair.id, [second], is_reserved=True)
    row = hall.submitted(hall.firm(), first)
    browser = signed_in()
    assert "A02（预留）" in text_of(browser.get(page_of(row)))
    act(browser, row, "assign_place", chosen=str(second))
    assert Enrolment.get_by_id(row.id).place_id == second
    assert act(browser, row, "assign_place", chosen="999999").status_code == 422


@pytest.mark.spec("B07")
def test_plan_is_laid_out_kept_back_and_cleared(signed_in: SignedIn, hall: Hall) -> None:
    address = f"/admin/fairs/{hall.fair.id}/plan"
    browser = signed_in()
    assert "还没有展位图" in text_of(browser.get(address))
    browser.post(address, act="lay_out", areas="A、B", rows="1", cols="2")
    browser.post(address, act="paste", numbers="C区：C1 C2")
    places = {place.number: place for place in plan.places_at(hall.fair.id)}
    assert list(places) == ["A01", "A02", "B01", "B02", "C1", "C2"]
    hall.approved(hall.firm("百川医药"), places["A01"].id)
    browser.post(address, act="reserve", place=[str(places["B01"].id), str(places["B02"].id)])
    page = text_of(browser.get(address))
    assert "百川医药" in page and "预留 2" in page and "已定 1" in page
    browser.post(address, act="remove", place=[str(places["A01"].id), str(places["C1"].id)])
    told = text_of(browser.get(address))
    assert "已移除 1 个展位，1 个已有单位的展位保留" in told
    browser.post(address, act="lay_out", areas="", rows="1", cols="2")
    assert "请填写展区" in text_of(browser.get(address))
    browser.post(address, act="reserve")
    assert "没有选中展位" in text_of(browser.get(address))


def test_viewers_look_and_change_nothing(signed_in: SignedIn, hall: Hall) -> None:
    hall.plan(1)
    row = hall.submitted(hall.firm(), plan.places_at(hall.fair.id)[0].id)
    viewer = signed_in(Role.VIEWER)
    assert viewer.get(LIST).status_code == 200
    assert "新增" not in text_of(viewer.get(f"/admin/fairs/{hall.fair.id}/plan"))
    viewer.get("/admin/")
    for path, form in (
        (f"{LIST}{row.id}/approve", {}),
        (f"{LIST}approve-many", {"enrolment": str(row.id)}),
        (f"/admin/fairs/{hall.fair.id}/plan", {"act": "lay_out", "areas": "Z"}),
    ):
        assert viewer.post(path, **form).status_code == 403, path
    assert status_of(row) == Status.PENDING


@pytest.mark.spec("B08", "B09")
def test_first_page_leads_to_what_waits(signed_in: SignedIn, hall: Hall, factory: Factory) -> None:
    browser = signed_in()
    assert "单位报名待审核" not in text_of(browser.get("/admin/"))
    firm = hall.firm("久等单位")
    late = hall.submitted(firm)
    long_ago = clock.now() - timedelta(hours=25)
    Enrolment.update(pending_since=long_ago).where(Enrolment.id == late.id).execute()
    fresh = hall.firm("新来单位")
    hall.submitted(fresh)
    inside = hall.firm("变更单位")
    row = hall.approved(inside)
    other = factory.position(inside.employer, "前端工程师")
    changes.ask_change(row.id, inside.account.id, position_ids=[other.id], interviewers=PEOPLE)
    page = text_of(browser.get("/admin/"))
    for waits, number, words in (
        ("review", 2, "份单位报名待审核"),
        ("overdue", 1, "份单位报名超过 24 小时未审核"),
        ("change", 1, "份报名变更待确认"),
    ):
        assert f'<a href="{LIST}?waits={waits}"><b>{number}</b> {words}</a>' in page
    listed = text_of(browser.get(f"{LIST}?waits=overdue"))
    assert "久等单位" in listed and "新来单位" not in listed and "超时" in listed
    reviewing.reject_enrolment(late.id, "材料不全")
    assert "久等单位" not in text_of(browser.get(f"{LIST}?waits=overdue"))


@pytest.mark.spec("B01", "B03", "B05")
def test_fairs_page_shows_its_kind_window_and_how_full_it_is(
    signed_in: SignedIn, hall: Hall
) -> None:
    hall.set(level="provincial", mode="recorded", most_employers=40)
    hall.approved(hall.firm())
    hall.submitted(hall.firm())
    browser, address = signed_in(), f"/admin/fairs/details/?id={hall.fair.id}"
    page = text_of(browser.get(address))
    for fact in ("省级", "线上录播", "已参会 1 / 40 家", "<b>1</b> 待审核", "展位图"):
        assert fact in page
    hall.set(takes_bookings=False)
    assert "未开放单位预定" in text_of(browser.get(address))
    assert Fair.get_by_id(hall.fair.id).most_employers == 40


def test_queue_asks_as_much_for_many_as_for_few(signed_in: SignedIn, hall: Hall) -> None:
    browser = signed_in()
    hall.submitted(hall.firm())
    browser.get(LIST)
    with queries() as few:
        browser.get(LIST)
    for _ in range(8):
        hall.submitted(hall.firm())
    waited = hall.submitted(hall.firm())
    hall.set(most_employers=1)
    inside = hall.approved(hall.firm())
    waiting.wait_list(waited.id)
    leaving.withdraw_booth(inside.booth_id)
    with queries() as many:
        browser.get(LIST)
    assert len(many) == len(few), str(many)
