"""Logging in at a computer by a code that the phone confirms, refuses, or is too late for."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import EDITION, Backstage
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.desk_pages import DeskPages, ticket_of
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone
from tests.sandbox import SandboxUser

FAIR = f"{EDITION} 扫码登录专场双选会"


@pytest.fixture(scope="module")
def recruiter(backstage: Backstage) -> SandboxUser:
    fair = backstage.order("open_fair", name=FAIR)
    booth = backstage.order(
        "open_booth",
        fair_id=fair["id"],
        employer="云栖电气股份公司",
        number="D01",
        position="电气工程师",
    )
    user = backstage.user("何静")
    backstage.recruiter(user, booth["id"])
    return user


@pytest.fixture
def phone(cast: Cast, backstage: Backstage, recruiter: SandboxUser) -> WeChatPhone:
    return WeChatPhone(cast, recruiter, backstage.sandbox.root)


@pytest.fixture
def desk(cast: Cast, backstage: Backstage) -> DeskPages:
    return DeskPages(cast.desktop("何静的电脑"), backstage.public_url)


@pytest.mark.spec("A01", "A03")
def test_recruiter_confirms_on_the_phone_and_is_in(
    desk: DeskPages, phone: WeChatPhone, picture: TakePicture
) -> None:
    code = desk.open_door()
    picture(desk.page, "desk-door")
    asked = StudentPages(phone.scan(code))
    asked.sees("确认在电脑上登录？")
    desk.sees("请在手机上确认登录")
    picture(asked.page, "desk-login-phone")
    asked.press("确认登录")
    asked.sees("电脑上已登录")
    desk.sees("何静，您好")
    picture(desk.page, "desk-booths")
    desk.enter_hall(FAIR)
    desk.page.reload()  # the login outlives a reload
    desk.sees("还没有人排队")
    picture(desk.page, "desk-hall-empty")


@pytest.mark.spec("A03")
def test_refused_login_leaves_the_desk_outside(desk: DeskPages, phone: WeChatPhone) -> None:
    code = desk.open_door()
    asked = StudentPages(phone.scan(code))
    asked.page.get_by_role("button", name="不是我").click()
    asked.sees("已拒绝")
    desk.sees("已在手机上取消")
    desk.page.get_by_role("button", name="换一个二维码").click()
    expect(desk.page.get_by_text("已在手机上取消")).to_be_hidden(timeout=SLOW)


@pytest.mark.spec("A03")
def test_expired_code_is_told_on_both_sides_and_renewed(
    desk: DeskPages, phone: WeChatPhone, backstage: Backstage
) -> None:
    code = desk.open_door()
    backstage.order("let_login_code_age", ticket=ticket_of(code))
    desk.sees("二维码已过期")
    phone.person.watch.expect("410|409|404")
    asked = StudentPages(phone.scan(code))
    asked.sees("登录码已失效")
    desk.page.get_by_role("button", name="换一个二维码").click()
    expect(desk.page.get_by_text("二维码已过期")).to_be_hidden(timeout=SLOW)


@pytest.mark.spec("A03")
def test_code_scanned_by_one_phone_is_closed_to_another(
    desk: DeskPages, phone: WeChatPhone, cast: Cast, backstage: Backstage
) -> None:
    code = desk.open_door()
    asked = StudentPages(phone.scan(code))
    asked.sees("确认在电脑上登录？")
    other = WeChatPhone(cast, backstage.user("路人乙"), backstage.sandbox.root)
    other.person.watch.expect("409|403|404|410")
    late = StudentPages(other.scan(code))
    expect(late.button("确认登录")).to_have_count(0)
    late.sees("登录码已失效")


@pytest.mark.spec("A03")
def test_student_is_told_that_the_desk_is_for_recruiters(
    desk: DeskPages, cast: Cast, backstage: Backstage
) -> None:
    student = WeChatPhone(cast, backstage.user("林可"), backstage.sandbox.root)
    asked = StudentPages(student.scan(desk.open_door()))
    asked.press("确认登录")
    desk.sees("这个微信还没有绑定任何展位")
