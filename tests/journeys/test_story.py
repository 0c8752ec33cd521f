"""The whole story: staff open a fair, a student and a recruiter meet in it and talk on video."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from scripts.demo.students import thin_resume
from tests.factories import valid_uscc
from tests.journeys import desk_pages, student_pages
from tests.journeys.backstage import EDITION, Backstage
from tests.journeys.cast import Cast, Person, TakePicture
from tests.journeys.desk_pages import DeskPages
from tests.journeys.office_pages import OfficePages
from tests.journeys.student_pages import SLOW, StudentPages
from tests.journeys.wechat_phone import WeChatPhone

FAIR = f"江城理工大学 2027 届冬季视频双选会（第 {EDITION} 场）"
EMPLOYER, CODE = f"明河数据技术有限公司（{EDITION}）", valid_uscc(700_000 + EDITION)
POSITION, BOOTH = "数据工程师", "E21"
NOTES = "表达清楚，做过完整的课程项目，愿意来武汉。"
WORK = "跟随导师完成两个小项目，独立写完其中的数据整理与汇报部分，按期交付并通过验收。"


def staff_open_the_fair(
    office: OfficePages, folder: Path, picture: TakePicture
) -> tuple[Path, Path]:
    """Fair, employer, position, booth and codes; the two printed codes."""
    office.sign_in()
    office.create_fair(FAIR)
    office.announce_fair()
    (folder / "fair").mkdir()
    fair_code = office.save_picture("PNG", folder / "fair")
    picture(office.page, "office-fair")
    office.create_employer(EMPLOYER, CODE)
    office.create_position(EMPLOYER, POSITION)
    office.open_booth(FAIR, EMPLOYER, BOOTH)
    office.issue_code("许晴")
    picture(office.page, "office-booth")
    office.open_code("许晴")
    (folder / "recruiter").mkdir()
    return fair_code, office.save_picture("PNG", folder / "recruiter")


def student_gets_in(student: StudentPages, picture: TakePicture) -> None:
    """70 is refused with what is missing; with an internship the door opens (D01)."""
    student.is_at("pages-fair/home/home")
    student.sees(FAIR)
    student.sees("还差一点就能进场")
    student.sees("当前 70%，需要高于 70%")
    picture(student.page, "fair-refused")
    student.press("报名进入会场")
    student.sees("简历还不够完整")
    student.page.get_by_role("link", name="实习经历").click()
    student.add_entry(**{"单位 / 组织": "江城数据服务有限公司", "职务": "数据实习生", "描述": WORK})
    student.sees("已达到进场要求")
    picture(student.page, "fair-ready")
    student.enter_fair()
    picture(student.page, "fair-hall")


def they_see_each_other(student: Person, recruiter: Person) -> None:
    """The other side's colour arrives and frames go on arriving, on both sides."""
    sides = (
        (student, student_pages.REMOTE, "blue"),
        (recruiter, desk_pages.REMOTE, "green"),
    )
    for side, video, colour in sides:
        side.page.wait_for_function(
            "(video) => (document.querySelector(video)?.videoWidth ?? 0) > 0", arg=video
        )
        expect(side.page.locator(video)).to_be_visible()
        assert side.comes_to_see(video, colour), side.name
    for side, *_ in sides:
        before = side.frames_decoded()
        assert side.decodes_more_than(before + 5), side.name


@pytest.mark.spec("A01", "A02", "D01", "E01", "E04", "E08", "E09", "E10", "E13", "E14", "E18")
def test_student_and_recruiter_meet(
    cast: Cast, backstage: Backstage, tmp_path: Path, picture: TakePicture
) -> None:
    office = OfficePages(cast.desktop("会务组"), backstage.stack)
    fair_code, recruiter_code = staff_open_the_fair(office, tmp_path, picture)

    xu = WeChatPhone(cast, backstage.user("许晴"), backstage.sandbox.root)
    entry = StudentPages(xu.scan_picture(recruiter_code))
    entry.sign_up_as_recruiter("许晴", "数据部经理")
    entry.is_at("pages-recruiter/hall/hall")
    entry.page.close()
    desk = DeskPages(cast.desktop("许晴的电脑", camera="blue"), backstage.public_url)
    desk.sign_in(xu)
    desk.enter_hall(FAIR)

    lin = backstage.user("林小满")
    backstage.caller(lin).write_resume(thin_resume("林小满"))
    phone = WeChatPhone(cast, lin, backstage.sandbox.root, camera="green")
    student = StudentPages(phone.scan_picture(fair_code))
    student.person.watch.expect("409")  # the refusal at the door, and the untested devices
    student_gets_in(student, picture)
    student.find_employer("明河", EMPLOYER)
    picture(student.page, "booth")
    student.apply(POSITION, tests_devices=True)
    student.go_to_line()
    student.sees("用人单位正在看你的简历")

    desk.tab("待处理")
    expect(desk.row("林小满")).to_contain_text(POSITION, timeout=SLOW)
    desk.row("林小满").click()
    expect(desk.resume).to_contain_text(WORK, timeout=SLOW)
    picture(desk.page, "desk-pending")
    desk.accept("林小满")
    student.sees("下一位就是你")
    picture(student.page, "queue-next")
    second = backstage.student(backstage.user("陈一帆"), number=1)
    fair_id = backstage.order("find_fair", name=FAIR)
    second.post(f"/fairs/{fair_id}/enter")
    second.apply(backstage.order("find_booth", fair_id=fair_id, number=BOOTH))
    desk.tab("待处理")
    desk.accept("陈一帆")

    desk.call_next("林小满")
    expect(student.ring).to_be_visible(timeout=SLOW)
    picture(student.page, "ring")
    picture(desk.page, "desk-ringing")
    student.answer()
    they_see_each_other(student.person, desk.person)
    picture(student.page, "call-student")
    desk.pane.locator("#notes").fill(NOTES)
    desk.sees("已保存")
    picture(desk.page, "desk-call")
    desk.pane.get_by_role("button", name="挂断").click()

    student.is_at("pages-interview/result/result")
    student.sees("面试结束，辛苦了")
    student.skip_rating()
    second.come_online()
    desk.sees("请先填写面试结果")
    expect(desk.call_button).to_have_count(0)  # the result is owed before the next call (E18)
    expect(desk.pane.locator("#notes")).to_have_value(NOTES)
    picture(desk.page, "desk-owed")
    desk.conclude("合适", "安排二面")
    desk.toast("已记录 林小满：合适")
    student.sees("合适")
    student.sees("恭喜")
    expect(student.page.get_by_text("安排二面")).to_have_count(0)  # the remark is the employer's
    picture(student.page, "result")

    second.come_online()
    desk.call_next("陈一帆")
    office.open_record("fairs", FAIR)
    board = office.open_board()
    expect(board.locator("[data-rows]")).to_contain_text("呼叫中")
    picture(board, "office-board")
