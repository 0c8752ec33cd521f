"""A student's way through the H5 pages, by what is written on them."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.cast import Person

SLOW = 20_000  # ms; two cores carry the whole product and every browser
REMOTE, LOCAL = ".stage__remote video", ".stage__local video"


class StudentPages:
    """What a student does on the phone."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.page.set_default_timeout(SLOW)

    # -- words of the trade -----------------------------------------------------
    def button(self, words: str) -> Locator:
        """A button by its words."""
        return self.page.get_by_role("button", name=words, exact=True)

    def press(self, words: str) -> None:
        """Tap a button."""
        self.button(words).first.click()

    def sees(self, words: str | re.Pattern[str], timeout: float = SLOW) -> None:
        """The page says *words*."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=timeout)

    def is_at(self, path: str) -> None:
        """The page's address is one of ours."""
        expect(self.page).to_have_url(re.compile(rf"/m/{path}(\?|$)"), timeout=SLOW)

    def sign_up_as_recruiter(self, name: str, title: str) -> None:
        """Give name and title under a recruiter's code, and go in."""
        fields = self.page.locator(".field input")
        fields.nth(0).fill(name)
        fields.nth(1).fill(title)
        self.press("确认并进入展位")

    # -- the fair ---------------------------------------------------------------
    def fill(self, label: str, text: str) -> None:
        """Write into a field of a form."""
        fields = "uni-input[aria-label='{0}'] input, uni-textarea[aria-label='{0}'] textarea"
        self.page.locator(fields.format(label)).last.fill(text)

    def add_entry(self, **fields: str) -> None:
        """Add an entry to a list section of the résumé, and leave when it is stored."""
        self.press("添加一条")
        for label, text in fields.items():
            self.fill(label, text)
        self.sees("已保存")
        self.press("完成")

    def enter_fair(self) -> None:
        """报名进入会场."""
        self.press("报名进入会场")
        self.is_at("pages-fair/hall/hall")

    def find_employer(self, words: str, name: str) -> None:
        """Search the hall and open the employer's booth."""
        self.page.locator("uni-input[aria-label='搜索'] input").fill(words)
        expect(self.page.locator(".booth-row__foot")).to_have_count(1, timeout=SLOW)
        self.page.get_by_text(name).first.click()
        self.is_at("pages-fair/booth/booth")

    def apply(self, position: str, *, tests_devices: bool = False) -> None:
        """申请面试 at the open booth; the day's first time leads through the device test."""
        self.press("申请面试")
        self.page.get_by_role("radio", name=position).first.click()
        self.press("确认申请")
        if tests_devices:
            self.sees("面试前需要测试设备")
            self.press("去测试设备")
            self.pass_device_test()
            self.is_at("pages-fair/booth/booth")
            self.press("确认申请")
        expect(self.button("查看我的位置")).to_be_visible(timeout=SLOW)

    def go_to_line(self) -> None:
        """From the booth to 面试, the page of one's places in line."""
        self.press("查看我的位置")
        self.is_at("pages-interview/queue/queue")

    def pass_device_test(self) -> None:
        """Camera, microphone and speaker, each looked at; it ends where it was asked for."""
        self.press("开始测试")
        self.press("看得到")
        self.sees("听到你的声音了")
        self.press("播放提示音")
        self.press("听到了")
        self.press("完成并保存")

    # -- the interview ----------------------------------------------------------
    def go_to(self, path: str, **query: int) -> None:
        """Open one of our pages by its address."""
        words = "&".join(f"{name}={number}" for name, number in query.items())
        root = self.page.url.split("/m/")[0]
        self.page.goto(f"{root}/m/{path}?{words}")
        self.is_at(path)

    @property
    def ring(self) -> Locator:
        """The ring, over whatever page is open."""
        return self.page.locator(".sx-incoming")

    def answer(self, timeout: float = SLOW) -> None:
        """Wait for the ring and answer it."""
        expect(self.ring).to_be_visible(timeout=timeout)
        self.ring.get_by_role("button", name="接听").click()
        self.is_at("pages-interview/call/call")

    def skip_rating(self) -> None:
        """After the talk: leave the stars alone."""
        self.sees("这场面试怎么样？")
        self.press("跳过")

    def hang_up(self) -> None:
        """End the talk."""
        self.press("挂断")
        self.page.locator("uni-modal").get_by_text("挂断", exact=True).last.click()

    def place(self, employer: str) -> Locator:
        """The card of one's ticket at an employer."""
        return self.page.locator("uni-view.card", has_text=employer)
