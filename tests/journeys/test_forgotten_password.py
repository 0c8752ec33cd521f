"""A recruiter at the PC whose password has gone: wrong three times, then found again (A13, A15)."""

import io
import time

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.backstage import EDITION, Backstage
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.door_pages import DoorPages, answer_sum
from tests.journeys.student_pages import SLOW

OLD, NEW = "correct horse 42", "fresh battery 77"


def texted(backstage: Backstage, number: str) -> str:
    """The code that the phone got, once it has."""
    end = time.monotonic() + 20
    while not (sent := backstage.sandbox.sms(number)):
        assert time.monotonic() < end, "no SMS in 20 s"
        time.sleep(0.2)
    return sent[-1]["words"]["1"]


@pytest.fixture
def company(backstage: Backstage) -> dict[str, str]:
    """A company of this run, and how its administrator signs in."""
    mark = time.time_ns() % 1_000_000
    phone = f"139{mark:08d}"
    name = f"云栖电气（第 {EDITION} 场 {mark}）有限公司"
    login = {"username": f"he.jing{mark}", "password": OLD, "name": "何静", "phone": phone}
    made = backstage.order("open_company", company=name, email="hejing@corp.cn", **login)
    return {"company": name, "uscc": made["uscc"], **login}


@pytest.fixture
def door(cast: Cast, backstage: Backstage) -> DoorPages:
    return DoorPages(cast.desktop("何静的电脑"), backstage.public_url)


@pytest.mark.spec("A13", "A15")
def test_forgotten_password_is_found_again_by_the_reserved_phone(
    door: DoorPages, company: dict[str, str], backstage: Backstage, picture: TakePicture
) -> None:
    page = door.page
    door.open()
    picture(page, "desk-door-password")
    for _ in range(3):
        door.sign_in(company["username"], "wrong horse 42")
        door.refuses("用户名或密码不正确")
    expect(page.get_by_alt_text("验证码图片")).to_be_visible(timeout=SLOW)
    picture(page, "desk-door-captcha")
    page.get_by_role("link", name="忘记密码？").click()
    picture(page, "desk-recover-ways")
    page.get_by_role("button", name="在线找回").click()
    page.get_by_label("单位名称").fill(company["company"].replace("（", "(").replace("）", ")"))
    answer_sum(page)
    page.get_by_role("button", name="下一步").click()
    masked = f"{company['phone'][:3]}****{company['phone'][-4:]}"
    expect(page.get_by_text(masked)).to_be_visible(timeout=SLOW)
    picture(page, "desk-recover-address")
    page.get_by_role("button", name="发送验证码").click()
    page.get_by_label("验证码", exact=True).fill(texted(backstage, company["phone"]))
    picture(page, "desk-recover-code")
    page.get_by_role("button", name="验证", exact=True).click()
    expect(page.get_by_text(f"为用户名 {company['username']} 设置新密码")).to_be_visible(
        timeout=SLOW
    )
    page.get_by_label("新密码", exact=True).fill(NEW)
    page.get_by_label("再输入一次").fill(NEW)
    page.get_by_role("button", name="设置新密码").click()
    expect(page.get_by_text("新密码已生效")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="去登录").click()
    door.sign_in(company["username"], NEW)
    expect(page.get_by_alt_text("验证码图片")).to_be_visible(timeout=SLOW)  # the fourth try
    door.sign_in(company["username"], NEW)
    expect(page.get_by_text("选择一个展位，进入面试大厅。")).to_be_visible(timeout=SLOW)


@pytest.mark.spec("A16")
def test_appeal_is_handed_in_with_its_statement_and_looked_up_on_a_phone(
    cast: Cast, company: dict[str, str], backstage: Backstage, picture: TakePicture
) -> None:
    door = DoorPages(cast.phone("何静的手机"), backstage.public_url)
    page, reason = door.page, "预留手机号已停用，邮箱无法登录。"
    page.goto(f"{backstage.public_url}/desk/recover")
    picture(page, "desk-recover-ways-phone")
    page.get_by_role("button", name="申诉找回").click()
    page.get_by_label("单位名称").fill(company["company"])
    page.get_by_label("统一社会信用代码").fill(company["uscc"])
    page.get_by_label("申诉人姓名").fill("何静")
    page.get_by_label("接收验证码的手机").fill("13900008888")
    page.get_by_label("申诉原因").fill(reason)
    answer_sum(page)
    picture(page, "desk-appeal-form-phone")
    page.get_by_role("button", name="下一步").click()
    number = page.locator(".number strong").inner_text()
    page.locator("input[type=file]").set_input_files(
        {"name": "statement.jpg", "mimeType": "image/jpeg", "buffer": statement()}
    )
    expect(page.get_by_text("已上传：statement.jpg")).to_be_visible(timeout=SLOW)
    page.get_by_label("公章上的单位名称").fill("别的有限公司")
    page.get_by_label("情况说明上的原因").fill(reason)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("公章上的单位名称与营业执照上的名称不一致")).to_be_visible(timeout=SLOW)
    page.get_by_label("公章上的单位名称").fill(company["company"])
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交，等待审核")).to_be_visible(timeout=SLOW)
    page.goto(f"{backstage.public_url}/desk/recover?way=look")
    page.get_by_label("申诉编号").fill(number.lower())
    page.get_by_label("手机号后 4 位").fill("8888")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("已提交，等待审核")).to_be_visible(timeout=SLOW)
    picture(page, "desk-appeal-pending-phone")


def statement() -> bytes:
    """A photo of a paper."""
    written = io.BytesIO()
    Image.new("RGB", (240, 320), "white").save(written, "JPEG")
    return written.getvalue()
