"""A line too long to be served: the student is told so, books a time, and asks for a moment."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import Backstage, Stand
from tests.journeys.cast import Cast, TakePicture
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

BEFORE = ("陈一帆", "梁诗雨", "吴梦琪", "何静", "罗盼", "孟然")


def fill_the_line(backstage: Backstage, stand: Stand) -> None:
    """Six students of half an hour each, at a fair that ends in two."""
    stand.caller.post(f"/booths/{stand.booth_id}/desk")
    stand.caller.come_online("hall")
    for number, name in enumerate(BEFORE):
        caller = backstage.student(backstage.user(name), stand.fair_id, number=number)
        wish = {"position_id": None, "anyway": True}
        stand.caller.accept(caller.post(f"/booths/{stand.booth_id}/interviews", **wish)["id"])


@pytest.mark.spec("E04", "E11")
def test_hopeless_line_offers_a_time_that_is_kept(
    cast: Cast, backstage: Backstage, picture: TakePicture
) -> None:
    rules = {"ends_in_hours": 2, "talk_minutes": 30, "seen_bar": 60}
    stand = backstage.stand("守信专场双选会", "松涛数据有限公司", "程立", **rules)
    fill_the_line(backstage, stand)
    lin = backstage.user("林小满")
    caller = backstage.student(lin, stand.fair_id)

    phone = WeChatPhone(cast, lin, backstage.sandbox.root)
    booth = f"{backstage.public_url}/m/pages-fair/booth/booth?id={stand.booth_id}"
    student = StudentPages(phone.open_address(booth))
    student.person.watch.expect("409")  # the refusal that comes with offers
    student.sees("预计等待")
    picture(student.page, "booth-wait")
    student.press("申请面试")
    student.press("确认申请")
    student.sees("现在排队，很可能轮不到")
    chip = student.page.locator(".offers__slot").last
    time = chip.inner_text()[-len("00:00") :]
    chip.click()
    picture(student.page, "offers")
    student.press(f"预约 {time}")
    expect(student.button("查看我的位置")).to_be_visible(timeout=SLOW)

    student.go_to_line()
    student.sees("这个时段已为你保留")
    (ticket,) = caller.get("/screens/my-interviews")["tickets"]
    stand.caller.accept(ticket["id"])
    student.sees("起优先呼叫你，请提前几分钟回到本页")
    picture(student.page, "queue-slot")

    student.press("稍候")
    student.press("稍候 3 分钟")
    student.sees("已为你稍候")
    picture(student.page, "queue-hold")
    student.press("提前回来")
    expect(student.page.get_by_text("已为你稍候")).to_have_count(0, timeout=SLOW)
    expect(student.button("稍候")).to_have_count(0)  # once per booth
    student.page.get_by_text("为什么有人先被叫到？").first.click()
    student.sees("没有人排在你后面却先被叫到")
