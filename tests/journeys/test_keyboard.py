"""The desk by keys alone: into the hall, accept, ring, notes and the result."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import Backstage
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.desk_pages import DeskPages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

MOST_TABS = 40
FOCUSED_WORDS = "() => (document.activeElement?.innerText ?? '').trim()"


def tab_to(desk: DeskPages, words: str) -> None:
    """Press Tab until the focus is on something that says *words*."""
    for _ in range(MOST_TABS):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate(FOCUSED_WORDS).startswith(words):
            return
    raise AssertionError(f"no key leads to {words}")


@pytest.mark.spec("E05", "E09", "E10", "E18")
def test_recruiter_works_by_keys_alone(
    cast: Cast, backstage: Backstage, picture: TakePicture
) -> None:
    stand = backstage.stand("键盘专场双选会", "松石医疗器械有限公司", "纪宁")
    user = backstage.user("林小满")
    backstage.student(user, stand.fair_id).apply(stand.booth_id)
    phone = WeChatPhone(cast, user, backstage.sandbox.root, camera="green")
    student = StudentPages(phone.open_line(backstage.public_url))
    desk = DeskPages(cast.desktop("纪宁的电脑", camera="blue"), backstage.public_url)
    desk.sign_in(WeChatPhone(cast, stand.recruiter, backstage.sandbox.root))
    keys = desk.page.keyboard

    tab_to(desk, "进入大厅")
    keys.press("Enter")
    expect(desk.resume.get_by_role("heading", name="林小满")).to_be_visible(timeout=SLOW)
    keys.press("Shift+?")
    expect(desk.page.locator(".t-dialog")).to_contain_text("呼叫下一位")
    picture(desk.page, "desk-keys")
    keys.press("Escape")
    expect(desk.page.locator(".t-dialog")).to_be_hidden()
    keys.press("a")
    desk.toast("已接受 林小满")
    expect(desk.pane.locator(".person strong")).to_have_text("林小满", timeout=SLOW)

    keys.press("c")
    desk.sees("正在呼叫 林小满")
    keys.press("Escape")  # a ring that was a mistake
    expect(desk.call_button).to_be_enabled(timeout=SLOW)
    keys.press("c")
    student.answer()
    expect(desk.page.locator(".stage")).to_be_visible(timeout=SLOW)
    keys.press("n")
    keys.type("基础扎实")
    keys.press("Escape")
    desk.sees("已保存")
    keys.press("m")
    student.sees("对方已静音")
    student.hang_up()

    desk.sees("请先填写面试结果")
    keys.press("Control+Enter")
    desk.toast("请选择合适或不合适")
    keys.press("2")
    expect(desk.pane.get_by_role("radio", name="不合适")).to_be_checked()
    keys.press("Escape")  # out of the remark, to change one's mind
    keys.press("1")
    keys.type("安排复试")
    keys.press("Control+Enter")
    desk.toast("已记录 林小满：合适")
    student.sees("恭喜")
