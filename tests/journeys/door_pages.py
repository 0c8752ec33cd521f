"""The desk's door for names and passwords, and the captcha that may stand before it."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.cast import Person
from tests.journeys.student_pages import SLOW


class DoorPages:
    """What somebody does at the desk's door without a phone in the hand."""

    def __init__(self, person: Person, public_url: str) -> None:
        self.person, self.page, self._root = person, person.page, f"{public_url}/desk"
        self.page.set_default_timeout(SLOW)
        person.watch.expect("40[0-9]|422|429")

    def open(self) -> None:
        """The door, at names and passwords."""
        self.page.goto(f"{self._root}/login")
        self.page.get_by_role("tab", name="密码登录").click()

    def sign_in(self, username: str, password: str) -> None:
        """Name, password, and the sum where a captcha is asked for."""
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码", exact=True).fill(password)
        if self.page.get_by_text("看不见图片").count() or self.page.get_by_text("请计算").count():
            answer_sum(self.page)
        with self.page.expect_response(re.compile(r"/api/login/password$")):
            self.page.get_by_role("button", name="登录", exact=True).click()

    def refuses(self, text: str) -> None:
        """What the door says."""
        expect(self.page.get_by_role("alert").filter(has_text=text)).to_be_visible(timeout=SLOW)


def let_in(person: Person, username: str, password: str) -> None:
    """Fill in the door that is open and pass it.

    All journeys come from one address: somebody else's wrong passwords may ask for a captcha.
    """
    page = person.page
    person.watch.expect("409")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    for _ in range(2):
        with page.expect_response(re.compile(r"/api/login/password$")) as answered:
            page.get_by_role("button", name="登录", exact=True).click()
        if answered.value.ok:
            return
        answer_sum(page)
    raise AssertionError(f"{username} is not let in")


def answer_sum(page: Page) -> None:
    """Turn the captcha into a sum, which a test can read, and answer it."""
    if page.get_by_text("看不见图片").count():
        page.get_by_role("button", name="看不见图片").click()
    shown = page.get_by_text("请计算：")
    expect(shown).to_be_visible(timeout=SLOW)
    left, right = shown.inner_text().removeprefix("请计算：").partition("=")[0].split("+")
    page.get_by_label("算术题答案").fill(str(int(left) + int(right)))
