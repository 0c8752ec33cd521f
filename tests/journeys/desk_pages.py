"""A recruiter's way through the desk, at a computer."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Locator, expect

from tests.journeys.cast import Person
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

REMOTE, LOCAL = ".stage video.remote", ".stage video.local"


class DeskPages:
    """What a recruiter does at the desk."""

    def __init__(self, person: Person, public_url: str) -> None:
        self.person, self.page, self._root = person, person.page, f"{public_url}/desk/"
        self.page.set_default_timeout(SLOW)

    # -- the door ---------------------------------------------------------------
    def open_door(self) -> str:
        """Open the sign-in page; answers with what its code says."""
        with self.page.expect_response(re.compile(r"/api/login/codes$")) as made:
            self.page.goto(self._root)
        expect(self.page.get_by_alt_text("登录二维码")).to_be_visible(timeout=SLOW)
        return made.value.json()["url"]

    def sign_in(self, phone: WeChatPhone) -> None:
        """Scan the sign-in code with the phone and confirm there."""
        asked = StudentPages(phone.scan(self.open_door()))
        asked.sees("确认在电脑上登录？")
        asked.press("确认登录")
        asked.sees("电脑上已登录")
        expect(self.page.get_by_text("选择一个展位，进入面试大厅。")).to_be_visible(timeout=SLOW)
        asked.page.close()

    # -- the hall ---------------------------------------------------------------
    def enter_hall(self, fair: str) -> None:
        """Choose the booth of a fair."""
        card = self.page.locator("li.booth", has_text=fair)
        card.get_by_role("button", name="进入大厅").click()
        expect(self.page.get_by_role("tab", name="待处理")).to_be_visible(timeout=SLOW)

    def tab(self, name: str) -> None:
        """Turn to a list."""
        self.page.get_by_role("tab", name=re.compile(name)).click()

    def row(self, student: str) -> Locator:
        """A student's row in the list that is shown."""
        return self.page.get_by_role("option").filter(has_text=student)

    @property
    def resume(self) -> Locator:
        """The middle pane."""
        return self.page.get_by_label("简历", exact=True)

    @property
    def pane(self) -> Locator:
        """The right pane: who is next, the ring, the talk, the result."""
        return self.page.get_by_label("面试", exact=True)

    def accept(self, student: str) -> None:
        """接受 an application."""
        self.row(student).click()
        expect(self.resume.get_by_role("heading", name=student)).to_be_visible(timeout=SLOW)
        self.resume.get_by_role("button", name="接受").click()
        self.toast(f"已接受 {student}")

    def reject(self, student: str, reason: str, words: str = "") -> None:
        """拒绝 an application, for a reason that the student reads and words that stay inside."""
        self.row(student).click()
        expect(self.resume.get_by_role("heading", name=student)).to_be_visible(timeout=SLOW)
        self.resume.get_by_role("button", name="拒绝").click()
        dialog = self.page.locator(".t-dialog")
        dialog.get_by_role("radio", name=reason).click()
        dialog.locator("#reject-reason").fill(words)
        dialog.get_by_role("button", name="确认拒绝").click()
        expect(self.undo_bar).to_contain_text(student, timeout=SLOW)

    @property
    def undo_bar(self) -> Locator:
        """What can be taken back, and for how long."""
        return self.page.locator(".undo")

    @property
    def call_button(self) -> Locator:
        """The button that calls whoever is next."""
        return self.pane.get_by_role("button", name=re.compile("开始面试|呼叫下一位"))

    def nudge(self, student: str) -> None:
        """微信提醒 a student who is not there."""
        self.row(student).click()
        self.resume.get_by_role("button", name="微信提醒").click()
        self.toast("已发送微信提醒")

    def invite(self, student: str, message: str) -> None:
        """邀请面试 from the talents' page."""
        self.page.get_by_role("link", name="人才").click()
        talent = self.page.locator("li.talent", has_text=student)
        talent.get_by_role("button", name="邀请面试").click()
        dialog = self.page.locator(".t-dialog")
        dialog.get_by_label("留言").fill(message)
        dialog.get_by_role("button", name="发送邀请").click()
        self.toast(f"已向 {student} 发出邀请")
        self.page.get_by_role("link", name="面试大厅").click()

    def call_next(self, student: str) -> None:
        """Call whoever is next, who must be *student*."""
        expect(self.pane.locator(".person strong")).to_have_text(student, timeout=SLOW)
        self.call_button.click()
        self.sees(f"正在呼叫 {student}")

    def conclude(self, verdict: str, remark: str) -> None:
        """Fill in the result that is owed."""
        self.sees("请先填写面试结果")
        self.pane.get_by_role("radio", name=re.compile(f"^{verdict}")).click()
        self.pane.locator("#remark").fill(remark)
        self.pane.get_by_role("button", name="提交结果").click()

    def sees(self, words: str) -> None:
        """The page says *words*."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=SLOW)

    def toast(self, words: str) -> None:
        """A sentence at the top of the page says *words*."""
        expect(self.page.locator(".t-message", has_text=words).first).to_be_visible(timeout=SLOW)


def ticket_of(url: str) -> str:
    """The ticket of a login code's address."""
    scene = parse_qs(urlsplit(unquote(url)).query)["scene"][0]
    return scene.partition(".")[2]
