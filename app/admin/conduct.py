"""履约: how booths answer, with the pause of a line lifted; and what both sides said of a talk."""

from typing import Any

from app.admin.booths import fair_options
from app.admin.cells import link, minute, paragraphs, percent, second, shown, tag
from app.admin.remit import FAIR_DUTIES
from app.admin.resources import Action, Choice, Resource
from app.admin.walls import fairs_of
from app.conduct.models import Meter
from app.conduct.services.sanctions import lift_pause
from app.conduct.tags import TAG_WORDS
from app.employers.models import Employer
from app.fairs.models import Booth, Fair
from app.interviews.models import Interview, Rating
from app.students.models import Student

SIDES = {"student": "学生评单位", "recruiter": "单位评学生"}


def span_word(seconds: int | None) -> str | None:
    """A span as a person says it."""
    if seconds is None:
        return None
    minutes = max(1, -(-seconds // 60))
    return f"{minutes} 分钟" if minutes < 60 else f"{minutes // 60} 小时 {minutes % 60} 分"


def share(part: int, whole: int) -> Any:
    """A part as a bar, or nothing of nothing."""
    return percent(round(100 * part / whole) if whole else None)


def stars_word(stars: float | None) -> str | None:
    """Stars as a number out of five."""
    return None if stars is None else f"{stars:g} 星"


def _where(booth: Booth) -> Any:
    return link(f"{booth.number} {booth.employer.name}", "office_booths.details_view", id=booth.id)


class MeterView(Resource):
    """How every booth answers; a paused line can be released."""

    is_of_schools, duties = True, FAIR_DUTIES
    column_list = (
        "booth", "answered", "median", "overdue", "results", "absences", "stars", "reminders",
        "seen_at",
    )  # fmt: skip
    column_details_list = (
        "booth", "fair", "applications", "answered", "median", "overdue", "calls", "results",
        "student_no_shows", "recruiter_no_shows", "stars", "reminders", "reminded_at", "paused_at",
        "seen_at", "at",
    )  # fmt: skip
    column_labels = {
        "booth": "展位", "fair": "双选会", "applications": "收到申请", "answered": "已应答",
        "median": "应答用时（中位）", "overdue": "超时未答", "calls": "已结束面试",
        "results": "已填结果", "absences": "缺席 单位/学生", "student_no_shows": "学生未接听",
        "recruiter_no_shows": "单位缺席时段", "stars": "学生评分", "reminders": "提醒次数",
        "reminded_at": "上次提醒", "paused_at": "暂停申请", "seen_at": "最近在线",
        "at": "统计时间",
    }  # fmt: skip
    column_formatters = {
        "booth": shown(lambda one: link(_name(one), "office_meters.details_view", id=one.id)),
        "answered": shown(lambda one: share(one.answered, one.applications)),
        "median": shown(lambda one: span_word(one.median_seconds)),
        "overdue": shown(lambda one: tag(str(one.overdue), "bad") if one.overdue else "0"),
        "results": shown(lambda one: share(one.results, one.calls)),
        "absences": shown(lambda one: f"{one.recruiter_no_shows} / {one.student_no_shows}"),
        "stars": shown(lambda one: stars_word(one.stars)),
        "reminders": shown(
            lambda one: tag("已暂停申请", "bad") if one.booth.paused_at else str(one.reminders)
        ),
        "seen_at": shown(lambda one: minute(one.seen_at)),
    }
    column_formatters_detail = column_formatters | {
        "booth": shown(lambda one: _where(one.booth)),
        "fair": shown(lambda one: link(one.fair.name, "office_fairs.details_view", id=one.fair_id)),
        "overdue": shown(lambda one: f"{one.overdue} 份"),
        "stars": shown(
            lambda one: f"{stars_word(one.stars)}（{one.ratings} 人）" if one.ratings else None
        ),
        "reminders": shown(lambda one: f"{one.reminders} 次"),
        "reminded_at": shown(lambda one: minute(one.reminded_at)),
        "paused_at": shown(lambda one: minute(one.booth.paused_at)),
        "at": shown(lambda one: second(one.at)),
    }
    column_sortable_list = ("overdue", "reminders", "seen_at", "stars")
    column_default_sort = ("overdue", True)
    column_searchable_list = (Booth.number, Employer.name)
    search_hint = "展位号、单位名称"
    empty_text = "双选会发布后开始统计"
    acts = (
        Action(
            verb="lift_pause", label="恢复接受申请", tone="primary", reason="needed",
            done="已恢复，招聘人员已收到通知",
            question="该展位因多次提醒仍不处理申请、或由会务人员暂停；恢复后重新开始计提醒次数。",
            call=lambda meter_id, reason: lift_pause(Meter.get_by_id(meter_id).booth_id, reason),
            when=lambda one: one.booth.paused_at is not None,
        ),
    )  # fmt: skip
    choices = (
        Choice(
            "fair", "双选会", lambda: [(str(n), name) for n, name in fair_options()],
            lambda value: Meter.fair == int(value),
        ),
        Choice(
            "paused", "状态", lambda: [("paused", "已暂停申请"), ("overdue", "有超时未答")],
            lambda value: Booth.paused_at.is_null(False)
            if value == "paused" else Meter.overdue > 0,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(Meter, "应答", endpoint="office_meters", url="meters", category="现场")

    def joined(self) -> Any:
        """Meters with booth, employer and fair."""
        query = Meter.select(Meter, Booth, Employer, Fair).join(Booth).join(Employer)
        return query.switch(Meter).join(Fair)

    def within(self, schools: frozenset[int]) -> Any:
        """Of the schools' fairs."""
        return fairs_of(schools)

    def school_of(self, record: Meter) -> int:
        """Who holds the fair."""
        return record.fair.school_id

    def title_of(self, record: Meter) -> str:
        """Number and employer."""
        return _name(record)


class RatingView(Resource):
    """What both sides said of a talk: for staff only."""

    is_of_schools = True
    column_list = ("interview", "side", "stars", "tags", "comment", "at")
    column_details_list = ("interview", "booth", "fair", "side", "stars", "tags", "comment", "at")
    column_labels = {
        "interview": "面试", "booth": "展位", "fair": "双选会", "side": "评价方", "stars": "评分",
        "tags": "印象", "comment": "留言", "at": "时间",
    }  # fmt: skip
    column_formatters = {
        "interview": shown(
            lambda one: link(_talk(one), "office_interviews.details_view", id=one.interview_id)
        ),
        "booth": shown(lambda one: _where(one.interview.booth)),
        "fair": shown(lambda one: one.interview.fair.name),
        "side": shown(lambda one: SIDES[one.side]),
        "stars": shown(lambda one: stars_word(one.stars)),
        "tags": shown(lambda one: "、".join(TAG_WORDS[one.side][name] for name in one.tags)),
        "comment": shown(lambda one: paragraphs(one.comment)),
        "at": shown(lambda one: minute(one.at)),
    }
    column_formatters_detail = column_formatters
    column_sortable_list = ("stars", "at")
    column_default_sort = ("id", True)
    column_searchable_list = (Student.name, Employer.name, "comment")
    search_hint = "姓名、单位、留言"
    lead_text = "学生的留言和单位对学生的评价只在这里可见；单位只看到多名学生的平均分。"
    empty_text = "还没有评价"
    choices = (
        Choice(
            "fair", "双选会", lambda: [(str(n), name) for n, name in fair_options()],
            lambda value: Interview.fair == int(value),
        ),
        Choice(
            "side", "评价方", lambda: list(SIDES.items()), lambda value: Rating.side == value
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(Rating, "评价", endpoint="office_ratings", url="ratings", category="现场")

    def joined(self) -> Any:
        """Ratings with the talk they are about."""
        query = Rating.select(Rating, Interview, Student, Booth, Employer, Fair).join(Interview)
        query = query.join(Student).switch(Interview).join(Booth).join(Employer)
        return query.switch(Interview).join(Fair)

    def within(self, schools: frozenset[int]) -> Any:
        """Of the schools' fairs."""
        return fairs_of(schools)

    def title_of(self, record: Rating) -> str:
        """Who, where."""
        return _talk(record)


def _name(meter: Meter) -> str:
    return f"{meter.booth.number} · {meter.booth.employer.name}"


def _talk(rating: Rating) -> str:
    return f"{rating.interview.student.name} · {rating.interview.booth.employer.name}"
