"""面试: every ticket of every line, and what staff may put right about one."""

from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN

from app.admin.booths import fair_options
from app.admin.cells import badge, link, minute, shown
from app.admin.remit import FAIR_DUTIES
from app.admin.resources import Action, Choice, Resource
from app.admin.steering import TICKET_ACTS, booth_options
from app.admin.walls import fairs_of
from app.admin.words import status_options
from app.core import clock
from app.employers.models import Employer
from app.fairs.models import Booth, Fair
from app.fairs.services.staging import label_of
from app.interviews.models import Interview, Status
from app.interviews.services.decisions import readmit
from app.interviews.services.interventions import close_unjudged
from app.positions.models import Position
from app.students.models import Student

RESULT_MINUTES = 10  # after a talk its result should be given, else staff look at it


def is_overdue(now: datetime) -> Any:
    """The condition of a talk whose result somebody should ask for (E18)."""
    ended_long_ago = Interview.ended_at <= now - timedelta(minutes=RESULT_MINUTES)
    return (Interview.status == Status.CONCLUDING) & ended_long_ago


def talk_word(seconds: int) -> str:
    """The length of a talk."""
    return f"{seconds // 60} 分 {seconds % 60} 秒"


ACTS = (
    *TICKET_ACTS,
    Action(
        verb="readmit", label="撤回拒绝", tone="warn", reason="needed",
        done="已撤回拒绝，申请回到待处理，位置不变",
        question="每份申请只能撤回一次，会写入操作记录；该申请按原来的时间回到用人单位的待处理列表。",
        call=readmit,
        when=lambda ticket: ticket.status == Status.REJECTED and ticket.readmitted_at is None,
    ),
    Action(
        verb="close_unjudged", label="无结果结束", tone="warn", reason="needed",
        done="已结束，席位可以呼叫下一位",
        question="用人单位无法填写结果时使用：面试以“无结果”结束，席位恢复空闲。",
        call=close_unjudged,
    ),
)  # fmt: skip


def _desk_word(ticket: Interview) -> str | None:
    """Which desk has the ticket, or is the only one to call it."""
    if ticket.desk is not None:
        return ticket.desk.label
    return f"仅 {ticket.only_desk.label}" if ticket.only_desk is not None else None


class InterviewView(Resource):
    """Interviews."""

    is_of_schools, duties = True, FAIR_DUTIES
    column_list = ("student", "employer", "position", "fair", "status", "queued_at", "result")
    column_details_list = (
        "student", "employer", "position", "fair", "round", "status", "desk", "queued_at",
        "slot_at", "misses", "answered_at", "ended_at", "talk", "result", "rejection",
    )  # fmt: skip
    column_labels = {
        "student": "姓名", "employer": "用人单位", "position": "岗位", "fair": "双选会",
        "status": "状态", "queued_at": "排队时间", "result": "结果", "round": "轮次",
        "slot_at": "保证时段", "misses": "未接听", "answered_at": "接听时间",
        "ended_at": "挂断时间", "desk": "席位", "talk": "通话时长", "rejection": "拒绝原因",
    }  # fmt: skip
    column_formatters = {
        "student": shown(
            lambda one: link(one.student.name, "office_interviews.details_view", id=one.id)
        ),
        "employer": shown(
            lambda one: link(
                f"{one.booth.number} {one.booth.employer.name}",
                "office_booths.details_view",
                id=one.booth_id,
            )
        ),
        "position": shown(lambda one: one.position.title if one.position_id else "不限岗位"),
        "fair": shown(lambda one: link(one.fair.name, "office_fairs.details_view", id=one.fair_id)),
        "status": shown(lambda one: badge(one.status)),
        "desk": shown(_desk_word),
        "queued_at": shown(lambda one: minute(one.queued_at)),
        "result": shown(lambda one: label_of(one.fair, one.verdict)),
        "round": shown(lambda one: f"第 {one.round} 轮"),
        "slot_at": shown(lambda one: minute(one.slot_at) if one.slot_at else None),
        "misses": shown(lambda one: f"{one.misses} 次" if one.misses else None),
        "answered_at": shown(lambda one: minute(one.answered_at) if one.answered_at else None),
        "ended_at": shown(lambda one: minute(one.ended_at) if one.ended_at else None),
        "talk": shown(lambda one: talk_word(one.talk_seconds) if one.answered_at else None),
        "rejection": shown(lambda one: one.reason or None),
    }
    column_formatters_detail = column_formatters | {
        "student": shown(
            lambda one: link(one.student.name, "office_students.details_view", id=one.student_id)
        )
    }
    column_sortable_list = ("queued_at",)
    column_default_sort = ("queued_at", True)
    column_searchable_list = (Student.name, Employer.name, Booth.number)
    search_hint = "姓名、单位、展位号"
    empty_text = "没有符合条件的面试"
    acts = ACTS
    choices = (
        Choice(
            "fair", "双选会", lambda: [(str(n), name) for n, name in fair_options()],
            lambda value: Interview.fair == int(value),
        ),
        Choice("booth", "展位", booth_options, lambda value: Interview.booth == int(value)),
        Choice(
            "status", "状态",
            lambda: status_options(Interview.Status),
            lambda value: Interview.status == value,
        ),
        Choice(
            "waits", "情况",
            lambda: [("result", f"超过 {RESULT_MINUTES} 分钟未填结果")],
            lambda _: is_overdue(clock.now()),
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Interview, "面试", endpoint="office_interviews", url="interviews", category="现场"
        )

    def joined(self) -> Any:
        """Tickets with who stands where."""
        query = Interview.select(Interview, Student, Booth, Employer, Fair, Position)
        query = query.join(Student).switch(Interview).join(Booth).join(Employer)
        return query.switch(Interview).join(Fair).switch(Interview).join(Position, JOIN.LEFT_OUTER)

    def within(self, schools: frozenset[int]) -> Any:
        """Of the schools' fairs."""
        return fairs_of(schools)

    def school_of(self, record: Interview) -> int:
        """Who holds the fair."""
        return record.fair.school_id

    def title_of(self, record: Interview) -> str:
        """Who, where."""
        return f"{record.student.name} · {record.booth.employer.name}"
