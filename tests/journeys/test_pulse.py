"""A call that flows says so over the socket; with the socket cut it says so over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Request

from tests.journeys import desk_pages, student_pages
from tests.journeys.backstage import Backstage, Stand
from tests.journeys.cast import Cast
from tests.journeys.desk_pages import DeskPages
from tests.journeys.line_cutter import LineCutter
from tests.journeys.student_pages import StudentPages
from tests.journeys.wechat_phone import WeChatPhone

A_WHILE = 13_000  # ms, in which a page syncs three times


@pytest.fixture(scope="module")
def stand(backstage: Backstage) -> Stand:
    return backstage.stand("长连接专场双选会", "云帆海洋装备有限公司", "许知行")


@contextmanager
def syncs_of(*pages: Page) -> Iterator[list[str]]:
    """The syncs that these pages post meanwhile."""
    posted: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/sync"):
            posted.append(request.url)

    for page in pages:
        page.on("request", note)
    yield posted
    for page in pages:
        page.remove_listener("request", note)


@pytest.mark.spec("E10", "E13")
def test_flowing_call_posts_nothing_until_its_socket_is_cut(
    cast: Cast, backstage: Backstage, stand: Stand
) -> None:
    user = backstage.user("顾念安")
    ticket = backstage.student(user, stand.fair_id).apply(stand.booth_id)
    stand.caller.accept(ticket)
    phone = WeChatPhone(cast, user, backstage.sandbox.root, camera="green")
    line = LineCutter(phone.page.context)
    student = StudentPages(phone.open_line(backstage.public_url))
    desk = DeskPages(cast.desktop("许知行的电脑", camera="blue"), backstage.public_url)
    desk.sign_in(WeChatPhone(cast, stand.recruiter, backstage.sandbox.root))
    desk.enter_hall(stand.fair)
    student.sees("下一位就是你")
    stand.caller.post(f"/interviews/{ticket}/ring")
    student.answer()
    assert student.person.comes_to_see(student_pages.REMOTE, "blue", 40)
    assert desk.person.comes_to_see(desk_pages.REMOTE, "green", 40)

    def talked() -> int:
        return stand.caller.get(f"/screens/calls/{ticket}")["talk_seconds"]

    student.page.wait_for_timeout(3_000)  # the last candidates are sent
    before, answered = talked(), line.answers
    with syncs_of(student.page, desk.page) as posted:
        student.page.wait_for_timeout(A_WHILE)
    assert posted == []
    assert line.answers >= answered + 3
    assert talked() >= before + 10, "the talk clock runs by the sockets alone"

    before = talked()
    with syncs_of(student.page) as posted:
        line.cut()
        student.page.wait_for_timeout(A_WHILE)
    assert len(posted) >= 3
    assert talked() >= before + 10, "a cut line costs no talk"

    line.mend()
    answered = line.answers
    for _ in range(20):  # the pages try again after at most 20 s
        student.page.wait_for_timeout(2_000)
        if line.answers > answered:
            break
    assert line.answers > answered
    assert stand.caller.get(f"/screens/calls/{ticket}")["status"] == "in_call"
    stand.caller.post(f"/interviews/{ticket}/hang-up")
    stand.caller.post(f"/interviews/{ticket}/conclude", verdict="pass", remark="")
