"""The pictures of README, taken from the running product: ``python -m scripts.take_pictures``.

Starts a product of its own with the demo fair, fills a line, lets a student and a recruiter
meet on video, and writes docs/pictures/*.png. Needs Chromium and the tests' packages.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect, sync_playwright

from scripts import seed_demo
from scripts.demo.portraits import write_films
from scripts.setup import clients, console, node
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT
from scripts.stack.stack import Stack
from scripts.testing import browser
from tests.journeys import desk_pages, student_pages
from tests.journeys.backstage import Backstage, Caller
from tests.journeys.cast import Browsers, Cast
from tests.journeys.desk_pages import DeskPages
from tests.journeys.office_pages import OfficePages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

FOLDER = ROOT / "docs" / "pictures"
BOOTH, EMPLOYER = "A01", "江城智造科技有限公司"
EARLIER = ("沈嘉禾", "韩知远")  # before our student in line, but away
LATER = ("苏念", "程一鸣", "许言")  # behind her, and online
UNREAD = ("顾清", "袁野")  # not decided yet
NOTES = "思路清楚，做过完整的课程项目；愿意来武汉，下月可实习。"

MOST_BYTES = 150_000
COLOURS = (256, 192, 128, 96, 64, 48, 32)  # tried from the left until a picture is small enough
GAP, GROUND, EDGE = 24, (238, 241, 246), (214, 219, 228)


class Album:
    """Takes pictures, sets phones side by side, and keeps files small."""

    def __init__(self) -> None:
        self._strips: dict[str, list[Image.Image]] = {}
        FOLDER.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str) -> None:
        """A picture of its own."""
        self._save(self._shoot(page), name)

    def add(self, page: Page, strip: str) -> None:
        """The next phone of a strip."""
        self._strips.setdefault(strip, []).append(self._shoot(page))

    def close(self) -> None:
        """Paste every strip together and write it."""
        for name, phones in self._strips.items():
            width = sum(phone.width + GAP for phone in phones) + GAP
            strip = Image.new("RGB", (width, phones[0].height + 2 * GAP), GROUND)
            pen, left = ImageDraw.Draw(strip), GAP
            for phone in phones:
                strip.paste(phone, (left, GAP))
                right, lower = left + phone.width, GAP + phone.height
                pen.rectangle((left - 1, GAP - 1, right, lower), outline=EDGE)
                left = right + GAP
            self._save(strip, name)

    @staticmethod
    def _shoot(page: Page) -> Image.Image:
        page.bring_to_front()
        expect(page.locator(".t-message")).to_have_count(0, timeout=SLOW)
        page.wait_for_timeout(900)  # pictures, fonts and the last animation
        shot = page.screenshot(scale="css", animations="disabled")
        return Image.open(BytesIO(shot)).convert("RGB")

    @staticmethod
    def _save(picture: Image.Image, name: str) -> None:
        for colours in COLOURS:
            kept = BytesIO()
            picture.quantize(colours).save(kept, "PNG", optimize=True)  # dots would dirty the white
            if kept.tell() <= MOST_BYTES:
                break
        (FOLDER / f"{name}.png").write_bytes(kept.getvalue())
        console.say(f"docs/pictures/{name}.png {kept.tell() // 1024} kB, {colours} colours")


class Story:
    """One afternoon at the demo fair, from the line to the result."""

    def __init__(self, stack: Stack, cast: Cast, backstage: Backstage, album: Album) -> None:
        self.stack, self.cast, self.backstage, self.album = stack, cast, backstage, album
        self.web, self.sandbox = backstage.public_url, backstage.sandbox
        self.fair = backstage.order("find_fair", name=seed_demo.FAIR_NAME)
        self.booth = backstage.order("find_booth", fair_id=self.fair, number=BOOTH)
        self.online: list[Caller] = []

    def tell(self) -> None:
        """Everything, in the order in which it happens."""
        zhou = self.sandbox.user("zhou-min")
        recruiter = self.backstage.caller(zhou)
        for number, name in enumerate(EARLIER, start=40):
            recruiter.post(f"/interviews/{self._applicant(name, number)}/accept")
        desk = DeskPages(self.cast.desktop("周敏的电脑", camera="blue"), self.web)
        recruiter_phone = WeChatPhone(self.cast, zhou, self.sandbox.root)
        desk.sign_in(recruiter_phone)
        desk.enter_hall(seed_demo.FAIR_NAME)
        phone, student = self._student()
        desk.tab("待处理")
        desk.accept("林小满")
        for number, name in enumerate((*LATER, *UNREAD), start=60):
            ticket = self._applicant(name, number, stays=name in LATER)
            if name in LATER:
                recruiter.post(f"/interviews/{ticket}/accept")
        self._read_resumes(desk, recruiter_phone)
        student.go_to_line()
        student.sees(re.compile("前面还有|你排第"))
        self.album.add(student.page, "student")
        self._meet(desk, student)
        self._read_messages(phone)

    def _applicant(self, name: str, number: int, *, stays: bool = False) -> int:
        caller = self.backstage.student(self.backstage.user(name), self.fair, number)
        if stays:
            self.online.append(caller)
        offered = caller.get(f"/screens/booths/{self.booth}")["positions"]
        wanted = offered[number % len(offered)]["id"]
        return caller.post(f"/booths/{self.booth}/interviews", position_id=wanted)["id"]

    def _student(self) -> tuple[WeChatPhone, StudentPages]:
        """林小满 scans the fair's code, looks around and applies."""
        said = self.stack.run(sys.executable, "-m", "scripts.seed_demo").stdout
        found = re.search(r"http\S+scene=f\.\S+", said)
        assert found, said
        user = self.sandbox.user("lin-xiaoman")
        phone = WeChatPhone(self.cast, user, self.sandbox.root, camera="green")
        phone.accept_messages()
        student = StudentPages(phone.scan(found[0]))
        student.is_at("pages-fair/home/home")
        student.sees(re.compile("进行中"))
        self.album.add(student.page, "student")
        student.page.goto(f"{self.web}/m/pages-fair/hall/hall?id={self.fair}")
        student.sees(EMPLOYER)
        self.album.add(student.page, "student")
        student.find_employer("江城智造", EMPLOYER)
        self.album.add(student.page, "student")
        student.apply("", tests_devices=True)
        return phone, student

    def _read_resumes(self, desk: DeskPages, phone: WeChatPhone) -> None:
        desk.tab("待处理")
        desk.row(UNREAD[0]).click()
        expect(desk.resume.get_by_role("heading", name=UNREAD[0])).to_be_visible(timeout=SLOW)
        self.album.take(desk.page, "desk-resume")
        for caller in self.online:
            caller.come_online()
        hall = phone.page.context.new_page()
        hall.goto(f"{self.web}/m/pages-recruiter/hall/hall?id={self.booth}")
        hall.get_by_text("待面试").first.click(timeout=SLOW)
        expect(hall.get_by_text("林小满").first).to_be_visible(timeout=SLOW)
        self.album.add(hall, "wechat")
        hall.close()

    def _meet(self, desk: DeskPages, student: StudentPages) -> None:
        """Ring, talk, result."""
        for caller in self.online:
            caller.come_online()
        desk.tab("待面试")
        desk.call_next("林小满")
        expect(student.ring).to_be_visible(timeout=SLOW)
        self.album.add(student.page, "call")
        student.answer()
        for side, video in (
            (student.page, student_pages.REMOTE),
            (desk.page, desk_pages.REMOTE),
        ):
            moving = "(video) => (document.querySelector(video)?.videoWidth ?? 0) > 0"
            side.wait_for_function(moving, arg=video, timeout=SLOW)
        desk.pane.locator("#notes").fill(NOTES)
        desk.sees("已保存")
        student.page.wait_for_timeout(12_000)  # the talk clock shows some seconds
        for caller in self.online:
            caller.come_online()
        self.album.take(desk.page, "desk-call")
        self.album.add(student.page, "call")
        self._look_at_the_board()
        desk.page.bring_to_front()
        desk.pane.get_by_role("button", name="挂断").click()
        student.is_at("pages-interview/result/result")
        desk.conclude("合适", "安排二面")
        desk.toast("已记录 林小满：合适")
        student.sees("恭喜")
        self.album.add(student.page, "call")

    def _look_at_the_board(self) -> None:
        office = OfficePages(self.cast.desktop("会务组"), self.stack)
        office.sign_in()
        office.open_record("fairs", seed_demo.FAIR_NAME)
        board = office.open_board()
        expect(board.locator("[data-rows]")).to_contain_text("面试中")
        self.album.take(board, "staff-board")

    def _read_messages(self, phone: WeChatPhone) -> None:
        """The sandbox's WeChat: whose phone it is, its scanner, and the result as a message."""
        phone.page.bring_to_front()
        phone.named("tab-me").click()
        phone.named("change-person").click()
        expect(phone.named("person-lin-xiaoman")).to_be_visible(timeout=SLOW)
        expect(phone.page.locator("#banner")).to_be_hidden(timeout=SLOW)
        self.album.add(phone.page, "wechat")
        phone.named("person-lin-xiaoman").click()
        phone.named("plus").click()
        phone.named("scan").click()
        self.album.add(phone.page, "wechat")
        phone.page.reload()
        phone.page.locator("[data-test^=chat-]").first.click(timeout=30_000)
        expect(phone.page.locator(".card", has_text="面试结果")).to_be_visible(timeout=SLOW)
        self.album.add(phone.page, "wechat")


@contextmanager
def stage() -> Iterator[Story]:
    """A product of its own, browsers and people.

    :raises SetupRefused: no browser, or the product does not start
    """
    chromium, python = browser.find(), Path(sys.executable)
    if not chromium:
        raise SetupRefused("no Chromium: set CHROMIUM or install one")
    for target in (clients.H5, clients.DESK_PAGE):
        clients.build(target, node.find(python), python)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        films = Path(name) / "films"
        films.mkdir()
        write_films(films)
        with Stack.on_free_ports(Path(name)) as stack:
            browsers = Browsers(playwright, chromium, films)
            cast, backstage, album = Cast(browsers, stack), Backstage(stack), Album()
            try:
                yield Story(stack, cast, backstage, album)
                album.close()
            finally:
                cast.close()
                browsers.close()
                backstage.close()


def main() -> int:
    """Take them all."""
    try:
        with stage() as story:
            story.tell()
    except SetupRefused as error:
        return console.refuse(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
