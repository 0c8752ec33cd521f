"""A staff member's way through the back office."""

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from scripts.stack.secrets import development_secrets
from scripts.stack.stack import Stack
from tests.journeys.cast import Person
from tests.journeys.student_pages import SLOW

SHANGHAI = ZoneInfo("Asia/Shanghai")


class OfficePages:
    """What staff do in the back office."""

    def __init__(self, person: Person, stack: Stack) -> None:
        self.person, self.page = person, person.page
        self._root = f"{stack.settings.public_url}/admin"
        self._password = development_secrets(stack.settings.var / "dev.env")["STAFF_PASSWORD"]
        self.page.set_default_timeout(SLOW)

    def sign_in(self) -> None:
        """Through the door."""
        self.page.goto(f"{self._root}/sign-in")
        self.page.get_by_label("用户名").fill("admin")
        self.page.get_by_label("密码").fill(self._password)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("navigation", name="后台菜单")).to_be_visible()

    def create_fair(self, name: str) -> None:
        """A fair that is live from a minute ago until tomorrow; a draft at first."""
        now = datetime.now(SHANGHAI)
        self._new("fairs")
        self._field("name").fill(name)
        self._field("introduction").fill("面向 2027 届毕业生，扫码进场，排队面试。")
        for field in ("entry_opens_at", "doors_open_at", "starts_at"):
            self._field(field).fill(_minute(now - timedelta(minutes=1)))
        for field in ("entry_closes_at", "ends_at"):
            self._field(field).fill(_minute(now + timedelta(days=1)))
        self._field("safety_notice").fill("求职不缴费，谨防诈骗。")
        self._save()

    def announce_fair(self) -> None:
        """发布 the fair that is shown."""
        self._act("发布")
        self.says("已发布，学生现在可以看到这场双选会")

    def create_employer(self, name: str, code: str) -> None:
        """Record an employer."""
        self._new("employers")
        self._field("name").fill(name)
        self._field("code").fill(code)
        for field, text in {"industry": "软件与信息服务", "city": "武汉"}.items():
            self._field(field).fill(text)
        self._field("introduction").fill("做校园里用得上的软件，研发团队四十人。")
        self._save()

    def create_position(self, employer: str, title: str) -> None:
        """A published position."""
        self._new("positions")
        self._field("employer_id").select_option(label=employer)
        self._field("title").fill(title)
        self._field("city").fill("武汉")
        self._field("salary_min").fill("9000")
        self._field("salary_max").fill("14000")
        self._save()

    def open_booth(self, fair: str, employer: str, number: str) -> None:
        """Give an employer a booth with all its positions."""
        self._new("booths")
        self._field("fair_id").select_option(label=fair)
        self._field("employer_id").select_option(label=employer)
        expect(self.page.locator("#position_ids-ticks input")).not_to_have_count(0)
        self._field("number").fill(number)
        self._save()

    def issue_code(self, label: str) -> None:
        """Hand out one recruiter's code at the booth that is shown."""
        codes = self.page.locator("#codes")
        codes.get_by_label("备注").fill(label)
        codes.get_by_role("button", name="发放").click()
        self.says("已发放 1 个二维码")

    def open_record(self, kind: str, name: str) -> None:
        """Find a record by its name and show it."""
        self.page.goto(f"{self._root}/{kind}/?{urlencode({'search': name})}")
        self.page.get_by_role("link", name=name).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def open_code(self, label: str) -> str:
        """Show a code from its booth's page; answers with what it says."""
        self.page.locator("#codes").get_by_role("link", name=label, exact=True).click()
        return self.page.locator(".code-card .mono").inner_text()

    def revoke_code(self) -> None:
        """作废 the code that is shown."""
        self._act("作废")
        self.says("二维码已作废")

    def save_picture(self, kind: str, folder: Path) -> Path:
        """Download the code that is shown, as PNG or SVG."""
        with self.page.expect_download() as download:
            self.page.locator(".code-card").get_by_role("link", name=kind).click()
        path = folder / f"code.{kind.lower()}"
        download.value.save_as(path)
        return path

    def open_board(self) -> Page:
        """现场看板 of the fair that is shown."""
        self.page.get_by_role("link", name="现场看板").click()
        expect(self.page.locator("[data-tiles]")).to_be_visible()
        return self.page

    def says(self, words: str) -> None:
        """The line above the page says *words*."""
        expect(self.page.locator(".flash", has_text=words)).to_be_visible()

    def _field(self, name: str) -> Locator:
        return self.page.locator(f"[name={name}]")

    def _new(self, kind: str) -> None:
        self.page.goto(f"{self._root}/{kind}/new/")

    def _save(self) -> None:
        self.page.get_by_role("button", name="保存").click()
        expect(self.page.locator(".flash-good")).to_be_visible()

    def _act(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).first.click()
        self.page.locator("dialog[open]").get_by_role("button", name=label, exact=True).click()


def _minute(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M")
