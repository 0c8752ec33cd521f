"""Somebody's phone: WeChat of the sandbox, and the pages that WeChat opens."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.cast import Cast, Person
from tests.sandbox import SandboxUser

WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; V2307A) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 XWEB/1260117 MMWEBSDK/20240501 "
    "MicroMessenger/8.0.50.2701(0x28003257) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN"
)
PHONE_COOKIE = "sandbox_user"


class WeChatPhone:
    """A phone with WeChat on it, in its owner's hand."""

    def __init__(self, cast: Cast, user: SandboxUser, sandbox_url: str, camera: str = "") -> None:
        self.user, self._cast = user, cast
        self.person = cast.phone(user.nickname, camera=camera, user_agent=WECHAT)
        self.page = self.person.page
        self.page.context.add_cookies(
            [{"name": PHONE_COOKIE, "value": user.id, "url": sandbox_url}]
        )
        self.page.goto(sandbox_url)
        expect(self.named("tab-chats")).to_be_visible()

    def named(self, name: str) -> Locator:
        """A part of WeChat's own pages."""
        return self.page.locator(f"[data-test={name}]")

    def open_line(self, public_url: str) -> Person:
        """Open 面试, as from a bookmark: WeChat logs its owner in."""
        return self.open_address(f"{public_url}/m/pages-interview/queue/queue")

    def open_address(self, address: str) -> Person:
        """Open a page of ours in WeChat's browser."""
        page = self.page.context.new_page()
        page.goto(address)
        return self._opened(page)

    def scan(self, text: str) -> Person:
        """Scan what a code says; answers with the page that WeChat opens."""
        self._open_scanner()
        self.named("scan-text").fill(text)
        with self.page.expect_popup() as opened:
            self.named("scan-go").click()
        return self._opened(opened.value)

    def scan_picture(self, picture: Path) -> Person:
        """Scan a printed code."""
        self._open_scanner()
        with self.page.expect_file_chooser() as chooser:
            self.named("scan-picture").click()
        with self.page.expect_popup() as opened:
            chooser.value.set_files(picture)
        return self._opened(opened.value)

    def accept_messages(self) -> None:
        """Allow one message of every kind, as the mini-program's popup would ask."""
        self.page.bring_to_front()
        self.named("tab-find").click()
        self.named("find-subscriptions").click()
        self.named("choose-all").click()
        self.named("accept").click()
        expect(self.page.get_by_text("可收 1 条").first).to_be_visible()
        self.page.get_by_label("返回").click()

    def open_message(self, words: str) -> Person:
        """Wait for a message that says *words*, and tap it."""
        self.page.bring_to_front()
        self.named("tab-chats").click()
        self.page.locator("[data-test^=chat-]").first.click(timeout=30_000)
        card = self.page.locator(".card", has_text=words).last
        expect(card).to_be_visible(timeout=20_000)
        with self.page.expect_popup() as opened:
            card.click()
        return self._opened(opened.value)

    def _open_scanner(self) -> None:
        self.page.bring_to_front()
        if not self.named("plus").is_visible():
            self.named("tab-chats").click()
        self.named("plus").click()
        self.named("scan").click()

    def _opened(self, page: Page) -> Person:
        page.wait_for_url(re.compile(r"/m/"))
        person = Person(self.user.nickname, page, self.person.watch)
        self._cast.people.append(person)
        return person
