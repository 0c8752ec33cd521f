"""With the socket cut the pages stay right by polling, and say so; mended, they are live again."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import Backstage, Stand
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.desk_pages import DeskPages
from tests.journeys.line_cutter import LineCutter
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

TWO_POLLS = 30_000  # ms


@pytest.fixture(scope="module")
def stand(backstage: Backstage) -> Stand:
    return backstage.stand("断线专场双选会", "北辰精密制造有限公司", "罗盼")


@pytest.mark.spec("E13")
def test_ring_arrives_by_polling_while_the_socket_is_cut(
    cast: Cast, backstage: Backstage, stand: Stand, picture: TakePicture
) -> None:
    user = backstage.user("林小满")
    ticket = backstage.student(user, stand.fair_id).apply(stand.booth_id)
    stand.caller.accept(ticket)
    phone = WeChatPhone(cast, user, backstage.sandbox.root)
    line = LineCutter(phone.page.context)
    student = StudentPages(phone.open_line(backstage.public_url))
    student.sees("下一位就是你")
    banner = student.page.locator(".sx-page__cut")
    expect(banner).to_have_count(0)
    line.wait_until_taken(student.page)

    line.cut()
    expect(banner).to_contain_text("实时连接已断开", timeout=SLOW)
    picture(student.page, "queue-cut")
    stand.caller.post(f"/interviews/{ticket}/ring")
    expect(student.ring).to_be_visible(timeout=TWO_POLLS)
    assert "interview.ringing" not in line.events
    line.mend()
    expect(banner).to_have_count(0, timeout=TWO_POLLS)
    stand.caller.post(f"/interviews/{ticket}/cancel-ring")
    expect(student.ring).to_be_hidden(timeout=SLOW)

    stand.caller.post(f"/interviews/{ticket}/ring")
    expect(student.ring).to_be_visible(timeout=SLOW)
    assert "interview.ringing" in line.events
    stand.caller.post(f"/interviews/{ticket}/cancel-ring")


def test_applications_reach_the_desk_while_its_socket_is_cut(
    cast: Cast, backstage: Backstage, stand: Stand, picture: TakePicture
) -> None:
    person = cast.desktop("罗盼的电脑")
    line = LineCutter(person.page.context)
    desk = DeskPages(person, backstage.public_url)
    desk.sign_in(WeChatPhone(cast, stand.recruiter, backstage.sandbox.root))
    desk.enter_hall(stand.fair)
    desk.tab("待处理")
    line.cut()
    desk.sees("实时连接已断开")
    picture(desk.page, "desk-cut")
    backstage.student(backstage.user("陈一帆"), stand.fair_id).apply(stand.booth_id)
    expect(desk.row("陈一帆")).to_be_visible(timeout=TWO_POLLS)
    line.mend()
    expect(desk.page.get_by_text("实时连接已断开")).to_have_count(0, timeout=TWO_POLLS)
    line.events.clear()
    backstage.student(backstage.user("梁诗雨"), stand.fair_id).apply(stand.booth_id)
    expect(desk.row("梁诗雨")).to_be_visible(timeout=SLOW)
    assert line.events
