"""A rejection is final at this fair; an invitation leads into the line when the student agrees."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import Backstage, Stand
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.desk_pages import DeskPages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

MESSAGE = "看了你的课程设计，很想和你聊聊。"


@pytest.fixture(scope="module")
def stand(backstage: Backstage) -> Stand:
    return backstage.stand("双向选择专场双选会", "听涛智能家居有限公司", "简宁", undo_seconds=8)


@pytest.fixture
def recruiter(cast: Cast, backstage: Backstage, stand: Stand) -> WeChatPhone:
    return WeChatPhone(cast, stand.recruiter, backstage.sandbox.root)


@pytest.fixture
def desk(cast: Cast, backstage: Backstage, stand: Stand, recruiter: WeChatPhone) -> DeskPages:
    desk = DeskPages(cast.desktop("简宁的电脑"), backstage.public_url)
    desk.sign_in(recruiter)
    desk.enter_hall(stand.fair)
    return desk


@pytest.mark.spec("E05")
def test_a_slip_is_taken_back_and_a_delivered_rejection_is_final(
    cast: Cast, backstage: Backstage, stand: Stand, desk: DeskPages, picture: TakePicture
) -> None:
    user = backstage.user("林小满")
    caller = backstage.student(user, stand.fair_id)
    caller.apply(stand.booth_id)
    phone = WeChatPhone(cast, user, backstage.sandbox.root)
    student = StudentPages(phone.open_line(backstage.public_url))
    student.sees("用人单位正在看你的简历")

    desk.tab("待处理")
    desk.row("林小满").click()
    desk.resume.get_by_role("button", name="拒绝").click()
    desk.sees("拒绝后，该同学不能再进入本展位")
    picture(desk.page, "desk-reject")
    desk.page.get_by_role("button", name="取消").click()
    desk.reject("林小满", "岗位已满")
    picture(desk.page, "desk-undo")
    desk.undo_bar.get_by_role("button", name="撤销").click()
    expect(desk.undo_bar).to_have_count(0, timeout=SLOW)
    expect(desk.row("林小满")).to_be_visible(timeout=SLOW)
    student.page.reload()
    student.sees("用人单位正在看你的简历")  # nothing betrayed the slip

    desk.reject("林小满", "专业不符", "更适合研发岗，面试官内部备注")
    student.sees("未通过筛选")  # when the time to take it back is over
    student.sees("专业不符")
    expect(student.page.get_by_text("内部备注")).to_have_count(0)
    picture(student.page, "queue-rejected")
    student.place(stand.employer).get_by_role("link").first.click()
    student.is_at("pages-fair/booth/booth")
    student.sees("该单位已婉拒本次申请，本场双选会内不能再次申请")
    expect(student.button("申请面试")).to_have_count(0)
    picture(student.page, "booth-rejected")
    with pytest.raises(AssertionError, match="rejected-here"):
        caller.apply(stand.booth_id)


@pytest.mark.spec("E06", "E12")
def test_invited_student_agrees_and_stands_in_line(
    cast: Cast, backstage: Backstage, stand: Stand, desk: DeskPages, picture: TakePicture
) -> None:
    user = backstage.user("陈一帆")
    backstage.student(user, stand.fair_id, number=1)
    phone = WeChatPhone(cast, user, backstage.sandbox.root)
    student = StudentPages(phone.open_line(backstage.public_url))
    student.sees("还没有面试")
    picture(student.page, "queue-empty")

    desk.invite("陈一帆", MESSAGE)
    student.sees("收到的邀请")
    student.sees(MESSAGE)
    student.sees("邀请于")
    picture(student.page, "queue-invited")
    student.press("接受邀请")
    student.sees("下一位就是你")
    desk.tab("待面试")
    expect(desk.row("陈一帆")).to_contain_text("在线", timeout=SLOW)
    expect(desk.pane.locator(".person strong")).to_have_text("陈一帆", timeout=SLOW)


@pytest.mark.spec("E06")
def test_declined_invitation_ends_there_and_the_recruiter_is_told(
    cast: Cast, backstage: Backstage, stand: Stand, desk: DeskPages, recruiter: WeChatPhone
) -> None:
    recruiter.accept_messages()
    user = backstage.user("吴梦琪")
    backstage.student(user, stand.fair_id, number=2)
    phone = WeChatPhone(cast, user, backstage.sandbox.root)
    student = StudentPages(phone.open_line(backstage.public_url))
    desk.invite("吴梦琪", MESSAGE)
    student.press("婉拒")
    student.page.locator("uni-modal").get_by_text("婉拒", exact=True).last.click()
    student.sees("已婉拒")
    desk.toast("吴梦琪 婉拒了邀请")
    hall = StudentPages(recruiter.open_message("吴梦琪"))
    hall.is_at("pages-recruiter/hall/hall")
    hall.sees(stand.employer)
