"""Who is next calls the employer: answered at the desk, or told "not now" on a phone."""

import pytest
from playwright.sync_api import expect

from tests.journeys import desk_pages, student_pages
from tests.journeys.backstage import Backstage
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.desk_pages import DeskPages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone


@pytest.mark.spec("E13", "E15")
def test_who_is_next_calls_and_the_desk_answers(
    cast: Cast, backstage: Backstage, picture: TakePicture
) -> None:
    stand = backstage.stand("自主发起专场双选会", "青禾农业科技有限公司", "宋知远")
    user = backstage.user("林小满")
    ticket = backstage.student(user, stand.fair_id).apply(stand.booth_id)
    stand.caller.accept(ticket)

    desk = DeskPages(cast.desktop("宋知远的电脑", camera="blue"), backstage.public_url)
    desk.sign_in(WeChatPhone(cast, stand.recruiter, backstage.sandbox.root))
    desk.enter_hall(stand.fair)
    phone = WeChatPhone(cast, user, backstage.sandbox.root, camera="green")
    student = StudentPages(phone.open_line(backstage.public_url))
    student.sees("下一位就是你")
    picture(student.page, "queue-may-call")
    student.press("呼叫面试官")
    student.sees("正在呼叫面试官…")
    picture(student.page, "calling-student")
    expect(desk.pane).to_contain_text("轮到的 林小满 正在呼叫您", timeout=SLOW)
    expect(desk.page).to_have_title("有同学呼叫您")
    expect(desk.pane.locator("video")).to_have_count(0)  # no camera before the answer
    picture(desk.page, "desk-called")
    desk.pane.get_by_role("button", name="接听").click()

    student.is_at("pages-interview/call/call")
    expect(student.ring).to_have_count(0)
    for side, video, colour in (
        (student, student_pages.REMOTE, "blue"),
        (desk, desk_pages.REMOTE, "green"),
    ):
        expect(side.page.locator(video)).to_be_visible(timeout=40_000)
        assert side.person.comes_to_see(video, colour, 40), side.person.name
    # a page may ask once more for a room that it has just lost
    student.person.watch.expect("409")
    desk.pane.get_by_role("button", name="挂断").click()
    desk.conclude("合适", "自己打来的，准备充分")
    student.is_at("pages-interview/result/result")


@pytest.mark.spec("E13")
def test_recruiter_on_the_phone_says_not_now_and_the_place_is_kept(
    cast: Cast, backstage: Backstage, picture: TakePicture
) -> None:
    stand = backstage.stand("手机接听专场双选会", "北辰智能装备有限公司", "何予安")
    user = backstage.user("陈一帆")
    ticket = backstage.student(user, stand.fair_id).apply(stand.booth_id)
    stand.caller.accept(ticket)

    hall = f"{backstage.public_url}/m/pages-recruiter/hall/hall?id={stand.booth_id}"
    recruiter = StudentPages(
        WeChatPhone(cast, stand.recruiter, backstage.sandbox.root).open_address(hall)
    )
    recruiter.sees("陈一帆")
    phone = WeChatPhone(cast, user, backstage.sandbox.root)
    student = StudentPages(phone.open_line(backstage.public_url))
    student.press("呼叫面试官")
    student.sees("正在呼叫面试官…")
    recruiter.sees("轮到的同学正在呼叫您")
    picture(recruiter.page, "called-phone")
    sheet = recruiter.page.locator(".sx-called")
    sheet.get_by_role("button", name="暂不方便").click()
    student.sees("面试官暂时没有接听，你的位置不变")
    student.sees("下一位就是你")
    expect(student.button("呼叫面试官")).to_have_count(0)  # the desk rests for two minutes
    expect(sheet).to_have_count(0)

    recruiter.press("呼叫 陈一帆")  # from the desk that rests, whenever its recruiter likes
    expect(student.ring).to_be_visible(timeout=SLOW)
    student.ring.get_by_role("button", name="暂不方便").click()
    student.sees("你错过了呼叫，位置仍为你保留")
