"""A student who left is nudged, taps the message and is back at the same place in line."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import Backstage
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.desk_pages import DeskPages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone


@pytest.mark.spec("E04", "E07", "E11")
def test_nudged_student_returns_to_the_same_place(
    cast: Cast, backstage: Backstage, picture: TakePicture
) -> None:
    stand = backstage.stand("提醒专场双选会", "远帆机器人有限公司", "方晴")
    lin, after = backstage.user("林小满"), backstage.user("陈一帆")
    first, second = (backstage.student(user, stand.fair_id) for user in (lin, after))
    for caller in (first, second):
        stand.caller.accept(caller.apply(stand.booth_id))

    phone = WeChatPhone(cast, lin, backstage.sandbox.root)
    phone.accept_messages()
    student = StudentPages(phone.open_line(backstage.public_url))
    student.sees("下一位就是你")

    recruiter = WeChatPhone(cast, stand.recruiter, backstage.sandbox.root)
    desk = DeskPages(cast.desktop("方晴的电脑"), backstage.public_url)
    desk.sign_in(recruiter)
    desk.enter_hall(stand.fair)
    desk.tab("待面试")
    expect(desk.row("林小满")).to_contain_text("在线", timeout=SLOW)
    second.come_online()
    student.page.close()
    expect(desk.row("林小满")).to_contain_text("离线", timeout=2 * SLOW)
    expect(desk.pane.locator(".person strong")).to_have_text("陈一帆", timeout=SLOW)

    desk.nudge("林小满")
    picture(desk.page, "desk-nudged")
    back = StudentPages(phone.open_message(stand.employer))
    expect(phone.page.locator(".card").last).to_contain_text("不限岗位")
    expect(phone.page.locator("#banner")).to_be_hidden(timeout=SLOW)
    picture(phone.page, "wechat-nudge")
    back.is_at("pages-interview/queue/queue")
    back.sees("下一位就是你")
    picture(back.page, "queue-after-nudge")
    expect(desk.row("林小满")).to_contain_text("在线", timeout=SLOW)
    expect(desk.row("林小满")).to_contain_text("下一位")
    desk.call_next("林小满")
    expect(back.ring).to_be_visible(timeout=SLOW)
