"""Staff hand out a code, the recruiter scans it: the WeChat account is bound to the employer."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import EDITION, Backstage
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.office_pages import OfficePages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

FAIR, EMPLOYER, BOOTH = "招聘码专场双选会", "青禾软件有限公司", f"C{EDITION}"


@pytest.fixture(scope="module")
def booth(backstage: Backstage) -> dict[str, Any]:
    fair = backstage.order("open_fair", name=FAIR)
    return backstage.order(
        "open_booth", fair_id=fair["id"], employer=EMPLOYER, number=BOOTH, position="测试工程师"
    )


def scan(cast: Cast, backstage: Backstage, nickname: str, code: str) -> StudentPages:
    phone = WeChatPhone(cast, backstage.user(nickname), backstage.sandbox.root)
    return StudentPages(phone.scan(code))


@pytest.mark.spec("A02")
def test_recruiter_enters_by_a_code_that_works_once(
    cast: Cast, backstage: Backstage, booth: dict[str, Any], picture: TakePicture
) -> None:
    office = OfficePages(cast.desktop("会务组"), backstage.stack)
    office.sign_in()
    office.open_record("booths", BOOTH)
    office.issue_code("宋雅")
    code = office.open_code("宋雅")

    entry = scan(cast, backstage, "宋雅", code)
    entry.sees(f"你将作为「{EMPLOYER}」的面试官进入 {BOOTH} 号展位。")
    picture(entry.page, "recruiter-code")
    entry.press("确认并进入展位")
    entry.sees("请填写姓名")
    entry.sign_up_as_recruiter("宋雅", "校招负责人")
    entry.is_at("pages-recruiter/hall/hall")
    entry.sees("没有待处理的申请")
    picture(entry.page, "recruiter-phone-hall")

    thief = scan(cast, backstage, "路人甲", code)
    thief.sees("这个招聘码已被使用")
    thief.sees("请向双选会工作人员索取新的招聘码")
    expect(thief.button("确认并进入展位")).to_have_count(0)

    office.page.reload()
    expect(office.page.locator(".facts")).to_contain_text("宋雅")
    expect(office.page.locator(".facts")).to_contain_text("已使用")


@pytest.mark.spec("A02")
def test_revoked_code_says_so(cast: Cast, backstage: Backstage, booth: dict[str, Any]) -> None:
    office = OfficePages(cast.desktop("会务组"), backstage.stack)
    office.sign_in()
    office.open_record("booths", BOOTH)
    office.issue_code("错发")
    code = office.open_code("错发")
    office.revoke_code()
    entry = scan(cast, backstage, "孟然", code)
    entry.sees("这个招聘码已被撤回")


@pytest.mark.spec("A02")
def test_expired_and_unknown_codes_say_so(
    cast: Cast, backstage: Backstage, booth: dict[str, Any], picture: TakePicture
) -> None:
    old = backstage.order("issue_code", booth_id=booth["id"], issued_hours_ago=3, hours=1)
    phone = WeChatPhone(cast, backstage.user("孟然"), backstage.sandbox.root)
    entry = StudentPages(phone.scan(old))
    entry.sees("这个招聘码已过期")
    picture(entry.page, "code-expired")
    phone.person.watch.expect("404")
    wrong = StudentPages(phone.scan(f"{backstage.public_url}/m/s?scene=r.AAAAAAAAAAAA"))
    wrong.sees("这个二维码无法识别", timeout=SLOW)


@pytest.mark.spec("A02")
def test_code_is_taken_back_while_its_page_is_open(
    cast: Cast, backstage: Backstage, booth: dict[str, Any]
) -> None:
    code = backstage.order("issue_code", booth_id=booth["id"])
    entry = scan(cast, backstage, "孟然", code)
    entry.sees("招聘人员进入")
    backstage.order("revoke_code", url=code)
    entry.person.watch.expect("409|410|403")
    entry.sign_up_as_recruiter("孟然", "人事专员")
    entry.sees("撤回")
    entry.is_at("s|pages/scan/scan")
