"""A company registers itself at the desk, closes the browser half-way, and is admitted by staff."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests import samples
from tests.factories import valid_uscc
from tests.journeys.backstage import Backstage
from tests.journeys.cast import Cast, Person, TakePicture
from tests.journeys.door_pages import answer_sum, let_in
from tests.journeys.office_pages import OfficePages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

PASSWORD = "correct horse 42"


class Wizard:
    """What an applicant does on the registration's pages."""

    def __init__(self, person: Person, public_url: str, mark: int) -> None:
        self.person, self.page, self._root = person, person.page, f"{public_url}/desk"
        self.name, self.code = f"远帆软件（第 {mark} 号）有限公司", valid_uscc(mark)
        self.username = f"zhou.min{mark}"
        self.page.set_default_timeout(SLOW)
        person.watch.expect("40[0-9]|422|409|429")

    def open(self, query: str = "") -> None:
        """The wizard, or where it was left."""
        self.page.goto(f"{self._root}/register{query}")

    def begin(self) -> None:
        """Step ① and an account: from now on the draft lies at the server."""
        self.page.get_by_label("单位名称").fill(self.name)
        self.page.get_by_label("统一社会信用代码").fill(self.code.lower())
        self.page.get_by_label("拟入驻学校").select_option(index=1)
        self.page.get_by_role("button", name="核对并继续").click()
        self.page.get_by_label("您的姓名").fill("周敏")
        self.page.get_by_label("手机").fill("13900006666")
        self.page.get_by_label("邮箱").fill("zhoumin@example.com")
        self.page.get_by_label("用户名").fill(self.username)
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.page.get_by_label("再次输入密码").fill(PASSWORD)
        answer_sum(self.page)
        self.page.get_by_role("button", name="创建账号并继续").click()
        expect(self.page.get_by_role("heading", name="账号授权书")).to_be_visible(timeout=SLOW)

    def sign_in(self) -> None:
        """At another browser: the desk's door leads back to the registration."""
        self.page.goto(f"{self._root}/login?way=password&next=/register")
        let_in(self.person, self.username, PASSWORD)
        expect(self.page.get_by_role("heading", name="单位注册")).to_be_visible(timeout=SLOW)

    def upload(self, paper: str) -> None:
        """A picture into a slot."""
        self.page.get_by_label(f"上传 {paper}").set_input_files(
            {"name": f"{paper}.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg()}
        )
        expect(self.page.get_by_label(f"更换 {paper}")).to_be_attached(timeout=SLOW)

    def certify(self) -> None:
        """Step ③, but for the phone."""
        for label, choice in (("单位性质", "民营企业"), ("所属行业", "软件与信息服务"),
                              ("人员规模", "150-500 人"), ("省份", "浙江省")):  # fmt: skip
            self.page.get_by_label(label).select_option(choice)
        for label, text in (
            ("注册资本", "1000"), ("城市", "杭州"), ("详细地址", "文三路 100 号"),
            ("邮编", "310012"), ("单位邮箱", "hr@example.com"), ("招聘邮箱", "jobs@example.com"),
        ):  # fmt: skip
            self.page.get_by_label(label).fill(text)
        self.page.get_by_label("单位标签").fill("双休")
        self.page.get_by_label("单位标签").press("Enter")

    def saved(self) -> None:
        """What was typed has arrived."""
        expect(self.page.get_by_text("已保存")).to_be_visible(timeout=SLOW)

    def next(self) -> None:
        """Go on."""
        self.page.get_by_role("button", name="下一步").click()


@pytest.fixture
def mark() -> int:
    """Tells this run's company from others on the same product."""
    return time.time_ns() // 1000 % 1_000_000_000


@pytest.fixture
def office(cast: Cast, backstage: Backstage) -> OfficePages:
    pages = OfficePages(cast.desktop("审核员的电脑"), backstage.stack)
    pages.sign_in()
    return pages


def no_wider(page: Page) -> None:
    """Nothing hangs over the page's edge."""
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(wide)


@pytest.mark.spec("A05", "A06", "A09", "A10", "A11")
def test_company_registers_closes_the_browser_and_is_admitted(
    cast: Cast, backstage: Backstage, office: OfficePages, mark: int, picture: TakePicture
) -> None:
    first = Wizard(cast.desktop("周敏的电脑"), backstage.public_url, mark)
    first.open("?entry=school")
    expect(first.page.get_by_text("您从“学校就业网站”进入")).to_be_visible()
    picture(first.page, "desk-register-company")
    first.begin()
    first.upload("账号授权书")
    picture(first.page, "desk-register-letter")
    first.next()
    first.certify()
    first.saved()
    first.page.context.close()  # the browser is closed half-way

    wizard = Wizard(cast.phone("周敏的手机"), backstage.public_url, mark)
    wizard.sign_in()
    expect(wizard.page.get_by_label("详细地址")).to_have_value("文三路 100 号")
    wizard.page.get_by_label("联系电话").fill("12")
    expect(wizard.page.get_by_text("请填写手机号或带区号的固定电话")).to_be_visible(timeout=SLOW)
    wizard.page.get_by_label("联系电话").fill("0571-88886666")
    wizard.upload("营业执照")
    wizard.saved()
    no_wider(wizard.page)
    picture(wizard.page, "desk-register-certification-phone")
    wizard.next()
    wizard.page.get_by_role("button", name="视频双选会").click()
    expect(wizard.page.get_by_text("资料已填写完整")).to_be_visible(timeout=SLOW)
    picture(wizard.page, "desk-register-review-phone")
    wizard.page.get_by_role("button", name="完成申请").click()
    expect(wizard.page.get_by_text("资料审核中")).to_be_visible(timeout=SLOW)
    picture(wizard.page, "desk-register-submitted-phone")

    office.open_record("registrations", wizard.name)
    office.page.get_by_role("button", name="退回修改").first.click()
    asked = office.page.locator("dialog[open]")
    asked.get_by_label("原因").fill("请补充公章清晰的授权书")
    asked.get_by_role("button", name="退回修改").click()
    office.says("已退回修改")
    wizard.open()
    expect(wizard.page.get_by_text("退回原因：请补充公章清晰的授权书")).to_be_visible(timeout=SLOW)
    picture(wizard.page, "desk-register-returned-phone")
    wizard.page.get_by_role("button", name="完成申请").click()
    expect(wizard.page.get_by_text("资料审核中")).to_be_visible(timeout=SLOW)

    office.open_record("registrations", wizard.name)
    picture(office.page, "office-registration")
    for words in ("平台审核已通过", "学校审核已通过"):
        office.page.get_by_role("button", name="通过", exact=True).first.click()
        office.page.locator("dialog[open]").get_by_role("button", name="通过", exact=True).click()
        office.says(words)
    wizard.open()
    expect(wizard.page.get_by_text("已通过审核")).to_be_visible(timeout=SLOW)
    wizard.page.get_by_role("button", name="进入工作台").click()
    expect(wizard.page.get_by_text("选择一个展位，进入面试大厅。")).to_be_visible(timeout=SLOW)


@pytest.mark.spec("A06", "A07", "A08")
def test_colleague_joins_and_binds_wechat_by_scanning(
    cast: Cast, backstage: Backstage, mark: int, picture: TakePicture
) -> None:
    login = {"username": f"admin{mark}", "password": PASSWORD, "name": "何静"}
    made = backstage.order(
        "open_company", company=f"云栖电气（{mark}）有限公司", email="he@corp.cn",
        phone=f"139{mark % 100_000_000:08d}", **login,
    )  # fmt: skip
    wizard = Wizard(cast.desktop("林晓雨的电脑"), backstage.public_url, mark)
    wizard.code = made["uscc"]
    wizard.open()
    wizard.page.get_by_label("单位名称").fill("云栖电气有限公司")
    wizard.page.get_by_label("统一社会信用代码").fill(wizard.code)
    wizard.page.get_by_label("拟入驻学校").select_option(index=1)
    wizard.page.get_by_role("button", name="核对并继续").click()
    expect(wizard.page.get_by_role("heading", name="该单位已注册")).to_be_visible(timeout=SLOW)
    picture(wizard.page, "desk-register-known")
    wizard.page.get_by_role("radio", name="成为新的管理员").click()
    wizard.page.get_by_label("您的姓名").fill("林晓雨")
    wizard.page.get_by_label("手机").fill("13900008888")
    wizard.page.get_by_label("邮箱").fill("lin@example.com")
    wizard.page.get_by_label("用户名").fill(wizard.username)
    wizard.page.get_by_label("密码", exact=True).fill(PASSWORD)
    wizard.page.get_by_label("再次输入密码").fill(PASSWORD)
    answer_sum(wizard.page)
    wizard.page.get_by_role("button", name="创建账号并继续").click()
    wizard.upload("账号授权书")
    wizard.page.get_by_role("button", name="提交申请").click()
    expect(wizard.page.get_by_text("等待平台核对授权书")).to_be_visible(timeout=SLOW)

    with wizard.page.expect_response("**/api/me/wechat/codes") as shown:
        wizard.page.get_by_role("button", name="现在绑定").click()
    phone = WeChatPhone(cast, backstage.user("林晓雨"), backstage.sandbox.root)
    asked = StudentPages(phone.scan(shown.value.json()["url"]))
    asked.sees("绑定微信到单位账号？")
    asked.press("确认绑定")
    asked.sees("微信已绑定")
    expect(wizard.page.get_by_text("已绑定微信")).to_be_visible(timeout=SLOW)
    picture(wizard.page, "desk-register-bound")
