"""Two interviewers: a colleague sits in on a call, and then goes on with it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import Backstage
from tests.journeys.cast import Cast, Person, TakePicture
from tests.journeys.desk_pages import REMOTE as DESK_SEES
from tests.journeys.desk_pages import DeskPages
from tests.journeys.student_pages import REMOTE as STUDENT_SEES
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

GUEST_AT_STUDENT, GUEST_AT_DESK = ".guest__picture video", ".stage .tile video"


def sees(person: Person, video: str, colour: str) -> None:
    """The *video* element of a page shows somebody's camera."""
    expect(person.page.locator(video)).to_be_visible(timeout=40_000)
    assert person.comes_to_see(video, colour, 40), (person.name, video)


@pytest.mark.spec("E15")
def test_colleague_sits_in_and_then_takes_the_call_over(
    cast: Cast, backstage: Backstage, picture: TakePicture
) -> None:
    stand = backstage.stand("多人面试专场双选会", "澄海生物医药有限公司", "许景行")
    colleague = backstage.user("温若溪")
    backstage.recruiter(colleague, stand.booth_id, "研发总监")
    user = backstage.user("周子墨")
    ticket = backstage.student(user, stand.fair_id).apply(stand.booth_id)
    stand.caller.accept(ticket)

    desks: dict[str, DeskPages] = {}
    for owner, camera in ((stand.recruiter, "blue"), (colleague, "red")):
        desk = DeskPages(
            cast.desktop(f"{owner.nickname}的电脑", camera=camera), backstage.public_url
        )
        desk.sign_in(WeChatPhone(cast, owner, backstage.sandbox.root))
        desk.enter_hall(stand.fair)
        # a page may ask once more for a call, or a room of it, that it has just lost
        desk.person.watch.expect("40[39]")
        desks[camera] = desk
    phone = WeChatPhone(cast, user, backstage.sandbox.root, camera="green")
    student = StudentPages(phone.open_line(backstage.public_url))
    student.person.watch.expect("409")  # likewise, when the call moves or ends
    student.sees("下一位就是你")
    stand.caller.post(f"/interviews/{ticket}/ring")
    student.answer()
    first, second = desks["blue"], desks["red"]
    sees(first.person, DESK_SEES, "green")

    first.page.get_by_role("button", name="更多").click()
    first.page.get_by_role("button", name="邀请同事协同").click()
    first.page.locator(".desks button", has_text="温若溪").click()
    first.toast("已邀请 温若溪")
    second.pane.get_by_role("button", name="加入", exact=True).click(timeout=SLOW)
    sees(second.person, DESK_SEES, "green")
    sees(second.person, GUEST_AT_DESK, "blue")
    sees(first.person, GUEST_AT_DESK, "red")
    sees(student.person, GUEST_AT_STUDENT, "red")
    sees(student.person, STUDENT_SEES, "blue")
    for page, name in ((student.page, "student"), (first.page, "desk"), (second.page, "guest")):
        picture(page, f"sitting-in-{name}")

    second.pane.get_by_role("button", name="退出协同").click()
    expect(student.page.locator(GUEST_AT_STUDENT)).to_have_count(0, timeout=SLOW)
    sees(student.person, STUDENT_SEES, "blue")

    first.page.get_by_role("button", name="更多").click()
    first.page.get_by_role("button", name="转给同事继续").click()
    first.page.locator(".desks button", has_text="温若溪").click()
    sees(second.person, DESK_SEES, "green")
    sees(student.person, STUDENT_SEES, "red")
    expect(first.pane.locator("video.remote")).to_have_count(0)
    picture(second.page, "transferred-desk")
    second.pane.get_by_role("button", name="挂断").click()
    second.conclude("合适", "由研发总监续面")
    student.is_at("pages-interview/result/result")


@pytest.mark.spec("G02")
def test_colleague_who_is_away_is_sent_word_and_joins_on_the_phone(
    cast: Cast, backstage: Backstage, picture: TakePicture
) -> None:
    stand = backstage.stand("手机协同专场双选会", "云帆软件有限公司", "蒋一鸣")
    colleague = backstage.user("沈知夏")
    seat = backstage.recruiter(colleague, stand.booth_id, "技术总监")
    seat.post(f"/booths/{stand.booth_id}/desk")  # was here once, and is away now
    user = backstage.user("吴桐")
    ticket = backstage.student(user, stand.fair_id).apply(stand.booth_id)
    stand.caller.accept(ticket)

    desk = DeskPages(cast.desktop("蒋一鸣的电脑", camera="blue"), backstage.public_url)
    desk.sign_in(WeChatPhone(cast, stand.recruiter, backstage.sandbox.root))
    desk.enter_hall(stand.fair)
    phone = WeChatPhone(cast, user, backstage.sandbox.root, camera="green")
    student = StudentPages(phone.open_line(backstage.public_url))
    for person in (desk.person, student.person):
        person.watch.expect("40[39]")  # a page may ask once more for a room that it has just lost
    student.sees("下一位就是你")
    stand.caller.post(f"/interviews/{ticket}/ring")
    student.answer()
    sees(desk.person, DESK_SEES, "green")

    desk.page.get_by_role("button", name="更多").click()
    desk.page.get_by_role("button", name="邀请同事协同").click()
    row = desk.page.locator(".desks button", has_text="沈知夏")
    expect(row).to_contain_text("不在页面上，发消息邀请")
    picture(desk.page, "away-colleague-desk")
    row.click()
    desk.toast("沈知夏 现在不在页面上")

    phone = WeChatPhone(cast, colleague, backstage.sandbox.root, camera="red")
    guest = StudentPages(phone.open_address(f"{backstage.public_url}/m/pages/inbox/inbox"))
    guest.person.watch.expect("40[39]")
    guest.page.get_by_text("同事邀请你协同面试").click()
    guest.sees("蒋一鸣 邀请你协同面试")
    expect(guest.page.locator("video")).to_have_count(0)  # no camera before the colleague agrees
    picture(guest.page, "asked-in-phone")
    guest.press("加入")
    sees(guest.person, STUDENT_SEES, "green")
    sees(guest.person, GUEST_AT_STUDENT, "blue")
    sees(student.person, GUEST_AT_STUDENT, "red")
    sees(desk.person, GUEST_AT_DESK, "red")
    picture(guest.page, "sitting-in-phone")

    guest.press("退出协同")
    guest.page.locator(".uni-modal__btn_primary").click()
    guest.is_at("pages-recruiter/hall/hall")
    expect(student.page.locator(GUEST_AT_STUDENT)).to_have_count(0, timeout=SLOW)
    sees(student.person, STUDENT_SEES, "blue")
