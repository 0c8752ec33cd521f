"""A company before a fair: settled at the school, enrolled on the floor plan, let into its hall."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import EDITION, Backstage
from tests.journeys.cast import Cast, Person, TakePicture
from tests.journeys.door_pages import let_in
from tests.journeys.office_pages import OfficePages
from tests.journeys.student_pages import SLOW

FAIR, COMPANY, SCHOOL = f"{EDITION} 春季单位报名双选会", f"{EDITION} 晴川软件有限公司", "江海大学"
LOGIN = {"username": f"qingchuan.{EDITION}", "password": "correct horse 42"}
BOTH_SIZES = (("", {"width": 1440, "height": 900}), ("-phone", {"width": 390, "height": 844}))


class CompanyDesk:
    """What a company's recruiter does at the desk before a fair."""

    def __init__(self, person: Person, public_url: str, picture: TakePicture) -> None:
        self.person, self.page = person, person.page
        self._root, self._picture = f"{public_url}/desk", picture
        self.page.set_default_timeout(SLOW)

    def sign_in(self) -> None:
        """By name and password."""
        self.page.goto(f"{self._root}/login")
        self.page.get_by_role("tab", name="密码登录").click()
        let_in(self.person, LOGIN["username"], LOGIN["password"])
        self.sees("选择一个展位")

    def open(self, path: str, heading: str) -> None:
        """A page of the desk."""
        self.page.goto(f"{self._root}/{path}")
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible(timeout=SLOW)

    def press(self, name: str) -> None:
        """A button by its whole name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def sees(self, text: str) -> None:
        """Words that the page shows."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=SLOW)

    def look(self, name: str) -> None:
        """Pictures at a computer and on a phone; nothing may be wider than the page."""
        for suffix, size in BOTH_SIZES:
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            width = self.page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], (name, width)
            self._picture(self.page, f"{name}{suffix}")
        self.page.set_viewport_size(BOTH_SIZES[0][1])  # type: ignore[arg-type]


@pytest.fixture
def fair(backstage: Backstage) -> int:
    made = backstage.order(
        "open_fair", name=FAIR, takes_bookings=True, contact_employer="招就处 027-1234567"
    )
    backstage.order("draw_plan", fair_id=made["id"], area="A", rows=2, cols=4)
    return made["id"]


@pytest.fixture
def company(backstage: Backstage) -> int:
    person = {"name": "夏岚", "phone": "13800138008", "email": "xia@example.com"}
    made = backstage.order("open_company", company=COMPANY, **LOGIN, **person)
    backstage.order("publish_position", employer_id=made["id"], title="测试开发工程师")
    return made["id"]


@pytest.mark.spec("C01", "B06", "B07", "B10", "B11", "C09")
def test_company_is_settled_enrols_and_enters_its_hall(
    cast: Cast, backstage: Backstage, fair: int, company: int, picture: TakePicture
) -> None:
    office = OfficePages(cast.desktop("会务的电脑"), backstage.stack)
    office.sign_in()
    desk = CompanyDesk(cast.desktop("夏岚的电脑"), backstage.public_url, picture)
    desk.sign_in()

    desk.open(f"employers/{company}/schools", "入驻高校")
    school = desk.page.get_by_role("listitem").filter(has_text=SCHOOL)
    school.get_by_role("button", name="申请入驻").click()
    desk.sees("等待审核")
    desk.look("settle")
    office.page.goto(f"{backstage.public_url}/admin/settlements/?search={COMPANY}")
    picture(office.page, "office-settlements")
    office.page.get_by_role("button", name="通过", exact=True).first.click()
    office.says("已通过入驻")
    desk.page.reload()
    desk.sees("已入驻")

    desk.open("fairs", "招聘会")
    desk.page.get_by_label("双选会名称或主办单位").or_(
        desk.page.get_by_role("searchbox")
    ).first.fill(FAIR)
    desk.look("fairs")
    card = desk.page.locator("article.fair", has_text=FAIR)
    card.get_by_role("button", name="报名参会").click()
    desk.press("开始报名")
    desk.page.get_by_role("radio").nth(2).click()
    desk.sees("已选展位")
    desk.look("enrol-place")
    desk.press("下一步")
    desk.page.get_by_role("checkbox").first.check()
    desk.look("enrol-positions")
    desk.press("下一步")
    desk.press("添加面试官")
    desk.page.get_by_role("textbox", name="姓名").fill("夏岚")
    desk.page.get_by_role("textbox", name="职务").fill("招聘主管")
    desk.look("enrol-people")
    desk.press("下一步")
    desk.look("enrol-check")
    desk.press("提交报名表")
    desk.sees("审核一般在 24 小时内完成")
    desk.look("enrolments")

    office.page.goto(f"{backstage.public_url}/admin/")
    office.page.get_by_role("link", name="份单位报名待审核").click()
    picture(office.page, "office-enrolments")
    office.open_record("enrolments", COMPANY)
    picture(office.page, "office-enrolment")
    office.page.get_by_role("button", name="通过", exact=True).first.click()
    office.page.locator("dialog[open]").get_by_role("button", name="通过", exact=True).click()
    office.says("已通过，展位已开设")
    office.page.goto(f"{backstage.public_url}/admin/fairs/{fair}/plan")
    picture(office.page, "office-plan")

    desk.page.reload()
    desk.sees("参会通知")
    desk.look("enrolment-approved")
    desk.press("进入大厅")
    desk.sees("还没有人排队")
