"""The sandbox's phone in a real browser: scan, subscribe, read, tap."""

import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import qrcode
import requests
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from app.integrations.sms import SmsRefused, TencentSms
from scripts.wechat_sandbox import demo
from tests.journeys.cast import CHINA, FLAGS, PHONE
from tests.journeys.watch import Watch
from tests.notifications.conftest import sandbox_sms
from tests.sandbox import SandboxControl

SITE = "http://127.0.0.1:8000"  # where the sandbox believes the product is
NUDGE = {
    "thing1": "深圳谷米科技有限公司",
    "thing2": "嵌入式工程师",
    "time3": "2026年3月27日 09:00",
    "thing4": "面试官在等您",
}


@pytest.fixture
def phone_page(
    playwright: Playwright, chromium: str, wechat_sandbox: SandboxControl
) -> Iterator[Page]:
    browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
    context = browser.new_context(**(CHINA | PHONE))
    watch = Watch("phone", frozenset(urlsplit(one).netloc for one in (wechat_sandbox.root, SITE)))
    context.on("page", watch.attach)
    _stand_in_for_the_product(context)
    page = context.new_page()
    page.goto(wechat_sandbox.root)
    yield page
    browser.close()
    assert watch.complaints == []


def _stand_in_for_the_product(context: BrowserContext) -> None:
    words = "<title>product</title>"
    context.route(f"{SITE}/**", lambda route: route.fulfill(body=words, content_type="text/html"))


def named(page: Page, name: str) -> Locator:
    return page.locator(f"[data-test={name}]")


def take(page: Page, user_id: str) -> None:
    named(page, f"person-{user_id}").click()
    expect(named(page, "tab-chats")).to_be_visible()


def send_nudge(sandbox: SandboxControl, user_id: str) -> dict:
    account = {"appid": sandbox.mini_appid, "secret": sandbox.mini_secret}
    wanted = {"grant_type": "client_credential"} | account
    token = requests.post(f"{sandbox.root}/cgi-bin/stable_token", json=wanted).json()
    body = {
        "touser": sandbox.user(user_id).openid,
        "template_id": sandbox.template_id("interview_nudge"),
        "page": "pages-interview/queue/queue?id=88",
        "data": {key: {"value": text} for key, text in NUDGE.items()},
    }
    address = f"{sandbox.root}/cgi-bin/message/subscribe/send"
    return requests.post(address, params={"access_token": token["access_token"]}, json=body).json()


@pytest.mark.spec("E11")
def test_an_accepted_message_arrives_and_its_tap_opens_the_page(
    phone_page: Page, wechat_sandbox: SandboxControl
) -> None:
    take(phone_page, "lin-xiaoman")
    assert send_nudge(wechat_sandbox, "lin-xiaoman")["errcode"] == 43101
    named(phone_page, "tab-find").click()
    named(phone_page, "find-subscriptions").click()
    named(phone_page, "choose-all").click()
    named(phone_page, "accept").click()
    expect(phone_page.get_by_text("可收 1 条")).to_have_count(len(demo.TEMPLATES))
    assert send_nudge(wechat_sandbox, "lin-xiaoman")["errcode"] == 0
    phone_page.locator("#banner").click()
    card = phone_page.locator(".card")
    expect(card).to_contain_text("深圳谷米科技有限公司")
    with phone_page.expect_popup() as opened:
        card.click()
    expect(opened.value).to_have_url(
        f"{SITE}/api/login/oauth?next=%2Fm%2Fpages-interview%2Fqueue%2Fqueue%3Fid%3D88"
    )


@pytest.mark.spec("E13")
def test_an_sms_lies_beside_wechat_and_its_link_opens_the_page(
    phone_page: Page, wechat_sandbox: SandboxControl
) -> None:
    take(phone_page, "lin-xiaoman")
    words = ["深圳谷米科技", "A012"]
    TencentSms(sandbox_sms(wechat_sandbox.root)).send("13800010001", "2400001", words)
    expect(phone_page.locator("#banner")).to_contain_text("深圳谷米科技（展位 A012）")
    named(phone_page, "chat-sms").click()
    bubble = phone_page.locator(".bubble")
    expect(bubble).to_contain_text("【双选会】深圳谷米科技（展位 A012）的面试官正在呼叫您")
    with phone_page.expect_popup() as opened:
        bubble.click()
    expect(opened.value).to_have_url(
        f"{SITE}/api/login/oauth?next=%2Fm%2Fpages-interview%2Fqueue%2Fqueue"
    )
    opened.value.close()
    phone_page.get_by_label("返回").click()
    named(phone_page, "tab-me").click()
    named(phone_page, "take-sms").click()
    expect(named(phone_page, "take-sms")).to_have_attribute("aria-checked", "false")
    with pytest.raises(SmsRefused):
        TencentSms(sandbox_sms(wechat_sandbox.root)).send("13800010001", "2400002", words)


def test_a_refused_subscription_gives_nothing(
    phone_page: Page, wechat_sandbox: SandboxControl
) -> None:
    take(phone_page, "chen-siyuan")
    named(phone_page, "tab-find").click()
    named(phone_page, "find-subscriptions").click()
    expect(named(phone_page, "accept")).to_be_disabled()
    named(phone_page, f"template-{wechat_sandbox.template_id('interview_nudge')}").click()
    named(phone_page, "reject").click()
    expect(phone_page.locator("#toast")).to_have_text("已拒绝")
    assert send_nudge(wechat_sandbox, "chen-siyuan")["errcode"] == 43101


@pytest.mark.spec("A02")
def test_a_picture_and_a_text_are_scanned(phone_page: Page) -> None:
    take(phone_page, "zhou-min")
    sink = io.BytesIO()
    qrcode.make(f"{SITE}/m/s?scene=r.k3J9xQ2p").save(sink, "PNG")
    named(phone_page, "plus").click()
    named(phone_page, "scan").click()
    with phone_page.expect_file_chooser() as chooser:
        named(phone_page, "scan-picture").click()
    picture = {"name": "code.png", "mimeType": "image/png", "buffer": sink.getvalue()}
    with phone_page.expect_popup() as opened:
        chooser.value.set_files([picture])
    expect(opened.value).to_have_url(re.compile(r"next=%2Fm%2Fs%3Fscene%3Dr\.k3J9xQ2p$"))
    named(phone_page, "plus").click()
    named(phone_page, "scan").click()
    named(phone_page, "scan-text").fill("不是网址 <b>x</b>")
    named(phone_page, "scan-go").click()
    expect(phone_page.get_by_role("dialog")).to_contain_text("不是网址 <b>x</b>")


def test_a_new_person_follows_the_service_account(
    phone_page: Page, wechat_sandbox: SandboxControl
) -> None:
    phone_page.get_by_label("昵称").fill("赵六")
    phone_page.get_by_role("button", name="注册并使用").click()
    named(phone_page, "tab-me").click()
    expect(phone_page.locator(".profile")).to_contain_text("赵六")
    named(phone_page, "follow").click()
    expect(named(phone_page, "follow")).to_have_attribute("aria-checked", "true")
    named(phone_page, "tab-chats").click()
    expect(named(phone_page, "chat-template")).to_contain_text("你已关注该服务号")
    phone_page.reload()
    expect(named(phone_page, "chat-template")).to_be_visible()  # the phone knows its owner
