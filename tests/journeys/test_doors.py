"""Every door of the product opens, on a phone and at a desktop, without a complaint of the page."""

import pytest

from scripts.stack.stack import Stack
from tests.journeys.cast import Cast

DOORS = {
    "student": "{web}/m/",
    "recruiter": "{web}/desk/",
    "staff": "{web}/admin/",
    "sandbox": "{sandbox}/",
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_door_opens_in_chinese(cast: Cast, stack: Stack, door: str, screen: str) -> None:
    settings = stack.settings
    address = DOORS[door].format(web=settings.public_url, sandbox=settings.sandbox_url)
    person = cast.phone("visitor") if screen == "phone" else cast.desktop("visitor")

    answer = person.page.goto(address, wait_until="networkidle")

    assert answer is not None
    assert answer.ok
    text = person.page.locator("body").inner_text()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in text), text[:200]
    width = person.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, "the page scrolls sideways"


def test_a_second_start_of_one_process_serves_again(cast: Cast, stack: Stack) -> None:
    visitor = cast.desktop("visitor")
    visitor.page.goto(f"{stack.settings.public_url}/desk/", wait_until="networkidle")
    visitor.watch.expect(r"net::ERR_")  # the page goes on asking while nobody answers

    stack.restart("proxy")

    assert visitor.page.goto(f"{stack.settings.public_url}/desk/", wait_until="networkidle")
