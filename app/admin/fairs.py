"""双选会: settings, steering, its code to print, and the live board."""

from typing import Any

from flask import Response, abort, current_app, jsonify
from flask_admin import expose
from markupsafe import Markup
from peewee import fn

from app.admin import codefiles
from app.admin.cells import badge, link, minute, paragraphs, shown, window
from app.admin.forms import FairEditForm, FairForm
from app.admin.plans import PlanPages
from app.admin.remit import FAIR_DUTIES
from app.admin.resources import Action, Choice, Resource
from app.admin.walls import fairs_of
from app.admin.words import status_options
from app.bookings.models import Enrolment
from app.core.lifecycle import transitions_of
from app.fairs.models import VERDICT_LABELS, Booth, Fair, Participation
from app.fairs.phases import phase_of
from app.fairs.rules import RULES
from app.fairs.services import staging
from app.interviews.services import closing, interventions
from app.schools.models import School
from app.screens.board import fair_board
from app.screens.board_charts import fair_charts

ACTS = (
    Action(
        verb="announce", label="发布", tone="primary", done="已发布，学生现在可以看到这场双选会",
        question="发布后学生即可看到并报名进场。",
        call=lambda fair_id, _: staging.announce_fair(fair_id),
    ),
    Action(
        verb="postpone", label="延期", tone="warn", done="已延期，排队位置保留", reason="needed",
        question="延期期间不能进场、申请和面试，已有的排队位置保留。", call=closing.put_off_fair,
    ),
    Action(
        verb="broadcast", label="群发通知", tone="plain", reason="needed", prompt="通知内容",
        done="已发给全部进场学生",
        question="发给所有已进场的学生：小程序、服务号或邮件，以及站内消息。",
        call=interventions.broadcast, when=lambda fair: fair.status == Fair.Status.ANNOUNCED,
    ),
    Action(
        verb="extend", label="延长 30 分钟", tone="plain", reason="asked",
        done="已延长 30 分钟，排队的学生已收到通知",
        question="结束时间推迟 30 分钟，排队位置不变，正在排队的学生会收到通知。",
        call=interventions.extend_fair, when=lambda fair: fair.status == Fair.Status.ANNOUNCED,
    ),
    Action(
        verb="end", label="结束", tone="warn", reason="asked",
        done="已结束，未完成的排队已失效并通知学生",
        question="所有未开始的面试将失效并通知学生；正在进行的通话可以谈完。"
        "到结束时间系统会自动结束。",
        call=closing.close_fair,
    ),
    Action(
        verb="cancel", label="取消", tone="danger", reason="needed",
        done="已取消，正在排队的学生会收到通知",
        question="取消后不能恢复，正在排队的学生会收到通知。", call=closing.call_off_fair,
    ),
    Action(
        verb="archive", label="归档", done="已归档", question="归档后不再出现在学生的列表中。",
        call=lambda fair_id, _: staging.archive_fair(fair_id),
    ),
)  # fmt: skip


ON_BOARD = ("broadcast", "extend")  # acts that are wanted while one looks at the lines


def _rules(fair: Fair) -> str:
    rules = ["开始前可申请面试" if fair.can_apply_ahead else "仅双选会当天可申请面试"]
    if fair.everyone_once:
        rules.append("人人先面一次")
    if fair.students_may_start:
        rules.append("轮到的学生可自主发起面试")
    if fair.requires_device_check:
        rules.append("排队前须当天测试设备")
    rules += [
        f"{rule.label} {getattr(fair, name)} {rule.unit}"
        for name, rule in RULES.items()
        if getattr(fair, name)
    ]
    verdicts = [fair.verdict_labels.get(v, VERDICT_LABELS[v]) for v in ("pass", "fail")]
    if fair.allows_hold:
        verdicts.append(fair.verdict_labels.get("hold", VERDICT_LABELS["hold"]))
    return "；".join([*rules, "结果：" + " / ".join(verdicts)])


def _kind(fair: Fair) -> Markup:
    return Markup("{} {}").format(badge(fair.level), badge(fair.mode))


def _bookings(fair: Fair) -> Any:
    """The employers' window, and how many are in (B01, B05)."""
    if not fair.takes_bookings:
        return "未开放单位预定"
    opens, closes = fair.bookings_open_at, fair.bookings_close_at
    span = Markup("{} 至 {}").format(
        minute(opens) if opens else "即日", minute(closes) if closes else "双选会结束"
    )
    return Markup("{} · 已参会 {} / {} 家").format(span, fair.open_booths, fair.most_employers)


class FairView(PlanPages, Resource):
    """Fairs."""

    is_of_schools, duties = True, FAIR_DUTIES
    can_create = can_edit = True
    form_on_create, form_on_edit = FairForm, FairEditForm
    details_template = "office/fair.html"
    column_list = ("name", "kind", "phase", "status", "starts_at", "booths", "students")
    column_details_list = (
        "school", "kind", "phase", "window", "daily", "entry", "doors_open_at", "bookings",
        "threshold", "rules",
        "contact_student", "contact_employer", "introduction", "safety_notice", "created_at",
    )  # fmt: skip
    column_labels = {
        "kind": "类型", "bookings": "单位报名",
        "name": "名称", "phase": "此刻", "status": "状态", "starts_at": "时间", "booths": "展位",
        "students": "进场学生", "school": "主办学校", "window": "时间", "daily": "每日时段",
        "entry": "报名进场", "doors_open_at": "候场开始", "threshold": "完整度门槛",
        "rules": "规则",
        "contact_student": "学生咨询", "contact_employer": "单位咨询", "introduction": "介绍",
        "safety_notice": "安全提示", "created_at": "创建时间",
    }  # fmt: skip
    column_formatters = {
        "name": shown(lambda fair: link(fair.name, "office_fairs.details_view", id=fair.id)),
        "kind": shown(_kind),
        "phase": shown(lambda fair: badge(phase_of(fair))),
        "status": shown(lambda fair: badge(fair.status)),
        "starts_at": shown(lambda fair: window(fair.starts_at, fair.ends_at)),
        "booths": shown(
            lambda fair: link(fair.booth_count, "office_booths.index_view", fair=fair.id)
        ),
        "students": shown(
            lambda fair: link(fair.student_count, "office_participations.index_view", fair=fair.id)
        ),
    }
    column_formatters_detail = {
        "school": shown(lambda fair: fair.school.name),
        "kind": shown(_kind),
        "bookings": shown(_bookings),
        "phase": shown(lambda fair: badge(phase_of(fair))),
        "window": shown(lambda fair: window(fair.starts_at, fair.ends_at)),
        "daily": shown(
            lambda fair: (
                f"{fair.daily_opens} 至 {fair.daily_closes}" if fair.daily_opens else "全天"
            )
        ),
        "entry": shown(lambda fair: window(fair.entry_opens_at, fair.entry_closes_at)),
        "doors_open_at": shown(lambda fair: minute(fair.doors_open_at)),
        "threshold": shown(lambda fair: f"高于 {fair.threshold}%"),
        "rules": shown(_rules),
        "introduction": shown(lambda fair: paragraphs(fair.introduction)),
        "safety_notice": shown(lambda fair: paragraphs(fair.safety_notice)),
        "created_at": shown(lambda fair: minute(fair.created_at)),
    }
    column_sortable_list = ("name", "starts_at")
    column_default_sort = ("starts_at", True)
    column_searchable_list = ("name",)
    search_hint = "双选会名称"
    empty_text = "还没有双选会，先新建一场"
    error_fields = {}
    acts = ACTS
    choices = (
        Choice(
            "status", "状态",
            lambda: status_options(Fair.Status),
            lambda value: Fair.status == value,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(Fair, "双选会", endpoint="office_fairs", url="fairs", category="现场")

    def joined(self) -> Any:
        """Fairs with their school and how many came."""
        booths = Booth.select(fn.COUNT(Booth.id)).where(Booth.fair == Fair.id)
        students = Participation.select(fn.COUNT(Participation.id)).where(
            Participation.fair == Fair.id
        )
        asked = Enrolment.select(fn.COUNT(Enrolment.id)).where(
            (Enrolment.fair == Fair.id) & (Enrolment.status == Enrolment.Status.PENDING)
        )
        columns = (
            Fair, School, booths.alias("booth_count"), students.alias("student_count"),
            booths.where(Booth.status == Booth.Status.OPEN).alias("open_booths"),
            asked.alias("asked_count"),
        )  # fmt: skip
        return Fair.select(*columns).join(School)

    def within(self, schools: frozenset[int]) -> Any:
        """Of the schools' fairs."""
        return fairs_of(schools)

    def school_of(self, record: Fair) -> int:
        """Who holds the fair."""
        return record.school_id

    def create(self, values: dict[str, Any]) -> Fair:
        """A draft."""
        return staging.create_fair(school_id=values.pop("school_id"), **_settings(values))

    def change(self, record: Fair, values: dict[str, Any]) -> Fair:
        """New settings."""
        return staging.update_fair(record.id, **_settings(values))

    def shown_with(self, record: Fair) -> dict[str, Any]:
        """The fair's address to scan."""
        return {
            "scan_url": codefiles.fair_url(record),
            "has_miniprogram": codefiles.has_miniprogram(),
            "moves": transitions_of(Fair),
        }

    @expose("/<int:fair_id>/code.<kind>")
    def code(self, fair_id: int, kind: str) -> Response:
        """The fair's code as a file: png, svg, or jpg for the mini-program's own."""
        fair = self.get_one(fair_id)
        if kind == "jpg":
            picture = codefiles.miniprogram_code(
                current_app.extensions["wechat"], codefiles.fair_scene(fair)
            )
            return codefiles.download(picture, "image/jpeg", f"{fair.name}-小程序码.jpg")
        return codefiles.plain_code(codefiles.fair_url(fair), kind, f"{fair.name}-二维码")

    @expose("/<int:fair_id>/poster")
    def poster(self, fair_id: int) -> str:
        """An A4 page to print and to hang up."""
        fair = self.get_one(fair_id)
        if fair.status == Fair.Status.DRAFT:
            abort(404)
        return self.render(
            "office/poster.html", fair=fair, when=window(fair.starts_at, fair.ends_at),
            entry=window(fair.entry_opens_at, fair.entry_closes_at),
            address=codefiles.fair_url(fair), code=codefiles.inline(codefiles.fair_url(fair)),
        )  # fmt: skip

    @expose("/<int:fair_id>/board")
    def board(self, fair_id: int) -> str:
        """现场看板: how every booth is doing now."""
        fair = self.get_one(fair_id)
        acts = [act for act in self.offered(fair) if act.verb in ON_BOARD]
        return self.render("office/board.html", board=fair_board(fair_id), record=fair, acts=acts)

    @expose("/<int:fair_id>/board.json")
    def board_now(self, fair_id: int) -> Response:
        """What the board asks for every five seconds."""
        return jsonify(fair_board(self.get_one(fair_id).id))

    @expose("/<int:fair_id>/charts.json")
    def charts_now(self, fair_id: int) -> Response:
        """What the board's charts ask for every minute."""
        return jsonify(fair_charts(self.get_one(fair_id).id))


def _settings(values: dict[str, Any]) -> dict[str, Any]:
    words = {verdict: values.pop(f"word_{verdict}", "") for verdict in VERDICT_LABELS}
    labels = {verdict: word or VERDICT_LABELS[verdict] for verdict, word in words.items()}
    return {**values, "verdict_labels": labels}
