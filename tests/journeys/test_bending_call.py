"""A call that bends: a reload, a page that is gone for a while, voice, typed talk, another device."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import desk_pages, student_pages
from tests.journeys.backstage import Backstage, Stand
from tests.journeys.cast import Cast, Person, TakePicture
from tests.journeys.desk_pages import DeskPages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

STUDENT_SEES, DESK_SEES = student_pages.REMOTE, desk_pages.REMOTE
LIVE_TRACKS = """
() => (window.__connections || []).flatMap((one) => one.getSenders())
  .filter(({ track }) => track && track.readyState === 'live').map(({ track }) => track.kind).sort()
"""


@dataclass
class Meeting:
    """Two people in a call, each in a browser with a camera of its own."""

    stand: Stand
    ticket: int
    phone: WeChatPhone
    student: StudentPages
    desk: DeskPages

    def screen(self) -> dict:
        """The call as the recruiter's page reads it."""
        return self.stand.caller.get(f"/screens/calls/{self.ticket}")


@pytest.fixture(scope="module")
def stand(backstage: Backstage) -> Stand:
    return backstage.stand("不断线专场双选会", "恒远轨道交通装备有限公司", "方致远")


@pytest.fixture
def meeting(cast: Cast, backstage: Backstage, stand: Stand) -> Iterator[Meeting]:
    """李亦凡 has answered 方致远's ring."""
    user = backstage.user("李亦凡")
    ticket = backstage.student(user, stand.fair_id).apply(stand.booth_id)
    stand.caller.accept(ticket)
    phone = WeChatPhone(cast, user, backstage.sandbox.root, camera="green")
    student = StudentPages(phone.open_line(backstage.public_url))
    desk = DeskPages(cast.desktop("方致远的电脑", camera="blue"), backstage.public_url)
    desk.sign_in(WeChatPhone(cast, stand.recruiter, backstage.sandbox.root))
    desk.enter_hall(stand.fair)
    student.sees("下一位就是你")
    stand.caller.post(f"/interviews/{ticket}/ring")
    student.answer()
    found = Meeting(stand, ticket, phone, student, desk)
    they_see(student.person, "blue", desk.person, "green")
    yield found
    stand.caller.post(f"/interviews/{ticket}/hang-up")
    stand.caller.post(f"/interviews/{ticket}/conclude", verdict="pass", remark="")


def they_see(student: Person, his: str, recruiter: Person, hers: str) -> None:
    """Each side sees the other's colour, and frames go on arriving."""
    assert student.comes_to_see(STUDENT_SEES, his, 40), student.name
    assert recruiter.comes_to_see(DESK_SEES, hers, 40), recruiter.name
    for side in (student, recruiter):
        assert side.decodes_more_than(side.frames_decoded() + 5), side.name


def more(pages: StudentPages | DeskPages, words: str) -> None:
    """更多 → *words*."""
    pages.page.get_by_role("button", name="更多").first.click()
    choice = pages.page.get_by_role("button", name=words)
    choice.first.click()


def write(pages: StudentPages | DeskPages, words: str) -> None:
    """Type a line and send it."""
    box = "uni-textarea[aria-label='文字交流'] textarea, textarea[aria-label='文字交流']"
    pages.page.locator(box).fill(words)
    pages.page.get_by_role("button", name="发送").click()


def talk(pages: StudentPages | DeskPages) -> Locator:
    """What was typed so far."""
    return pages.page.locator(".talk")


@pytest.mark.spec("E13", "E18")
def test_call_outlives_a_reload_on_either_side_and_waits_for_who_is_gone(
    meeting: Meeting, picture: TakePicture
) -> None:
    student, desk = meeting.student, meeting.desk
    student.page.reload()
    they_see(student.person, "blue", desk.person, "green")
    desk.page.reload()
    they_see(student.person, "blue", desk.person, "green")

    address = student.page.url
    student.page.goto("about:blank")
    waiting = desk.pane.get_by_text("断线了，为其保留")
    expect(waiting).to_be_visible(timeout=30_000)
    picture(desk.page, "desk-grace")
    assert meeting.screen()["grace"]["side"] == "student"
    student.page.goto(address)
    they_see(student.person, "blue", desk.person, "green")
    expect(waiting).to_have_count(0, timeout=SLOW)
    shown = meeting.screen()
    assert (shown["status"], shown["grace"]) == ("in_call", None)
    assert shown["talk_seconds"] > 3


@pytest.mark.spec("E09", "E15")
def test_call_goes_on_by_voice_and_typing_with_the_same_clock_and_notes(
    meeting: Meeting, picture: TakePicture
) -> None:
    student, desk = meeting.student, meeting.desk
    desk.pane.locator("#notes").fill("表达清晰")
    desk.sees("已保存")
    more(student, "改用语音")
    desk.sees("正在语音面试")
    student.sees("正在语音面试")
    for side in (student, desk):
        side.page.wait_for_function(f"({LIVE_TRACKS})().join() === 'audio'")
    picture(student.page, "call-voice-student")
    picture(desk.page, "call-voice-desk")

    more(desk, "改用文字")
    student.sees("对方改用文字")
    for side in (student, desk):
        side.page.wait_for_function(f"({LIVE_TRACKS})().length === 0")
    before = meeting.screen()["talk_seconds"]
    write(student, "我的宿舍在施工，打字回答可以吗？")
    expect(talk(desk)).to_contain_text("打字回答可以吗", timeout=SLOW)
    write(desk, "当然可以，请介绍一下你的毕业设计。")
    expect(talk(student)).to_contain_text("毕业设计", timeout=SLOW)
    picture(student.page, "call-typed-student")
    picture(desk.page, "call-typed-desk")
    student.page.reload()
    expect(talk(student)).to_contain_text("打字回答可以吗", timeout=SLOW)
    student.page.wait_for_timeout(4000)  # the clock counts real seconds
    after = meeting.screen()
    assert after["mode"] == "text" and after["talk_seconds"] >= before + 3
    assert after["talk_messages"] == 2
    expect(desk.pane.locator("#notes")).to_have_value("表达清晰")

    more(student, "改用视频")
    desk.toast("对方改用视频")
    desk.pane.get_by_role("button", name="打开摄像头").click()
    desk.pane.get_by_role("button", name="取消静音").click()
    they_see(student.person, "blue", desk.person, "green")


@pytest.mark.spec("E15")
def test_call_moves_to_another_device_of_the_same_person_and_stays_one_call(
    cast: Cast, meeting: Meeting, picture: TakePicture
) -> None:
    student, desk = meeting.student, meeting.desk
    more(student, "换到另一台设备")
    student.sees("只能用一次")
    picture(student.page, "hand-over-student")
    with student.page.expect_response(lambda answer: answer.url.endswith("/hand-over")) as made:
        student.page.locator(".sx-sheet__close").last.click()
        more(student, "换到另一台设备")
    address = made.value.json()["url"]

    computer = StudentPages(cast.desktop("李亦凡的电脑", camera="yellow"))
    for side in (student, computer):
        side.person.watch.expect("409")  # the seat was taken by the other device
    computer.page.goto(address)
    computer.is_at("pages-interview/call/call")
    student.sees("已在另一台设备继续")
    they_see(computer.person, "blue", desk.person, "yellow")
    assert student.page.evaluate(LIVE_TRACKS) == [], "the old device let go of its camera"
    picture(student.page, "moved-student")
    picture(computer.page, "call-student-desktop")
    assert meeting.screen()["status"] == "in_call"

    late = StudentPages(cast.desktop("捡到链接的人"))
    late.person.watch.expect("404")
    late.page.goto(address)
    late.sees("二维码已失效")

    more(desk, "换到另一台设备")
    desk.sees("只能用一次")
    picture(desk.page, "hand-over-desk")
    student.press("回到这台设备")
    they_see(student.person, "blue", desk.person, "green")
    computer.sees("已在另一台设备继续")
