"""岗位: recorded by staff, or written by employers and reviewed (C05, C10)."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, request
from flask_admin import expose

from app.admin.cells import badge, link, minute, paragraphs, shown
from app.admin.forms import PositionEditForm, PositionForm
from app.admin.marking import flag_count, flag_rows, marked
from app.admin.picking import picked, tick
from app.admin.resources import Action, Choice, Resource, local_address
from app.admin.walls import positions_of
from app.admin.words import status_options, word_of
from app.core import clock
from app.employers.models import Employer
from app.positions import services
from app.positions.errors import SalaryRangeInvalid
from app.positions.models import Position, PositionTarget, is_flagged
from app.positions.services import review
from app.schools.models import School

Status = Position.Status


def pay(position: Position) -> str:
    """``8,000–12,000 元/月 · 13 薪``."""
    if not position.salary_min or not position.salary_max:
        return "未填写"
    monthly = f"{position.salary_min:,}–{position.salary_max:,} 元/月"
    return f"{monthly} · {position.months_paid} 薪" if position.months_paid > 12 else monthly


def is_overdue() -> Any:
    """The condition that a review has taken longer than it should."""
    latest = clock.now() - timedelta(hours=review.REVIEW_HOURS)
    return (Position.status == Status.PENDING) & (Position.submitted_at <= latest)


def _is_waiting(position: Position, *, flagged: bool) -> bool:
    return position.status == Status.PENDING and bool(position.flags) == flagged


def _tick(position: Position) -> Any:
    if not _is_waiting(position, flagged=False):
        return None
    return tick(f"{position.id}:{position.version}", position.title)


def _seen() -> int | None:
    """Which text the reviewer had on the page."""
    typed = request.form.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


REVIEWS = (
    Action(
        verb="pass_review", label="通过", tone="primary", done="岗位已通过审核并发布",
        when=lambda one: _is_waiting(one, flagged=False),
        call=lambda position_id, _: review.approve_position(position_id, version=_seen()),
    ),
    Action(
        verb="pass_flagged", label="说明后通过", reason="needed", prompt="通过的理由",
        done="岗位已通过审核并发布", when=lambda one: _is_waiting(one, flagged=True),
        question="系统在文字中标出了需要留意的用语。确认不违反规定的，请写明理由。",
        call=lambda position_id, why: review.approve_position(position_id, why, _seen()),
    ),
    Action(
        verb="send_back", label="退回", tone="warn", reason="needed", done="已退回，单位会收到原因",
        question="岗位回到草稿，单位修改后可再次提交。",
        call=lambda position_id, why: review.return_position(position_id, why, _seen()),
    ),
    Action(
        verb="publish", label="发布", tone="primary", done="岗位已发布", in_list=True,
        call=lambda position_id, _: services.publish_position(position_id),
    ),
    Action(
        verb="withdraw", label="下线", tone="warn", done="岗位已下线", in_list=True,
        reason="asked", question="下线后学生看不到该岗位，已有的面试不受影响。",
        call=services.withdraw_position,
    ),
)  # fmt: skip


class PositionView(Resource):
    """Positions: a school's staff see those at its fairs and change none."""

    is_of_schools = True
    can_create = can_edit = True
    form_on_create, form_on_edit = PositionForm, PositionEditForm
    list_template, details_template = "office/queue.html", "office/position.html"
    column_list = (
        "pick", "title", "employer", "city", "salary_min", "headcount", "flags", "submitted_at",
        "status",
    )  # fmt: skip
    column_details_list = (
        "employer", "title", "kind", "place", "salary_min", "degree", "headcount", "majors",
        "graduation_years", "welfare", "valid_until", "duties", "requirements", "created_at",
        "submitted_at", "review_reason",
    )  # fmt: skip
    column_labels = {
        "pick": "选", "title": "岗位名称", "employer": "用人单位", "city": "城市",
        "salary_min": "月薪", "degree": "学历", "headcount": "人数", "majors": "专业",
        "duties": "职责", "requirements": "要求", "status": "状态", "created_at": "登记时间",
        "kind": "性质", "place": "工作地点", "graduation_years": "毕业年份", "welfare": "福利",
        "valid_until": "有效期至", "flags": "提示", "submitted_at": "提交时间",
        "review_reason": "退回原因",
    }  # fmt: skip
    column_formatters = {
        "pick": shown(_tick),
        "title": shown(lambda one: link(one.title, "office_positions.details_view", id=one.id)),
        "employer": shown(
            lambda one: link(one.employer.name, "office_employers.details_view", id=one.employer_id)
        ),
        "salary_min": shown(pay),
        "flags": shown(flag_count),
        "submitted_at": shown(lambda one: minute(one.submitted_at)),
        "status": shown(lambda one: badge(one.status)),
    }
    column_formatters_detail = {
        "employer": column_formatters["employer"],
        "title": shown(lambda one: marked(one, "title")),
        "kind": shown(lambda one: word_of(one.kind)[0]),
        "place": shown(lambda one: " ".join(filter(None, (one.province, one.city, one.address)))),
        "salary_min": shown(pay),
        "majors": shown(lambda one: one.majors or "不限"),
        "graduation_years": shown(
            lambda one: "、".join(f"{year} 届" for year in one.graduation_years) or "不限"
        ),
        "welfare": shown(lambda one: marked(one, "welfare")),
        "valid_until": shown(lambda one: one.valid_until and f"{one.valid_until:%Y-%m-%d}"),
        "duties": shown(lambda one: marked(one, "duties")),
        "requirements": shown(lambda one: marked(one, "requirements")),
        "created_at": shown(lambda one: minute(one.created_at)),
        "submitted_at": column_formatters["submitted_at"],
        "review_reason": shown(lambda one: paragraphs(one.review_reason)),
    }
    column_sortable_list = (
        "title", ("employer", Employer.name), "salary_min", "headcount", "submitted_at",
    )  # fmt: skip
    column_default_sort = ("id", True)
    column_searchable_list = ("title", Employer.name)
    search_hint = "岗位、单位名称"
    empty_text = "还没有岗位"
    picked_label, picked_url = "通过所选岗位", ".approve_picked"
    picked_hint = "含有提示用语的岗位不能批量通过，请逐个查看。"
    error_fields = {SalaryRangeInvalid: "salary_max"}
    acts = REVIEWS
    choices = (
        Choice(
            "status", "状态",
            lambda: status_options(Status),
            lambda value: Position.status == value,
        ),
        Choice(
            "flagged", "提示",
            lambda: [("yes", "有提示用语"), ("no", "没有提示用语")],
            lambda value: is_flagged() if value == "yes" else ~is_flagged(),
        ),
        Choice(
            "waits", "审核进度",
            lambda: [("overdue", f"超过 {review.REVIEW_HOURS} 小时未审核")],
            lambda _: is_overdue(),
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Position, "岗位", endpoint="office_positions", url="positions", category="资料"
        )

    def joined(self) -> Any:
        """Positions with their employer."""
        return Position.select(Position, Employer).join(Employer)

    def within(self, schools: frozenset[int]) -> Any:
        """At the schools' fairs."""
        return positions_of(schools)

    def get_query(self) -> Any:
        """Without the deleted ones, unless they are asked for."""
        query = super().get_query()
        if request.args.get("status") == Status.DELETED.value:
            return query
        return query.where(Position.status != Status.DELETED)

    def title_of(self, record: Position) -> str:
        """The position's name."""
        return record.title

    def version_of(self, record: Position) -> int:
        """Which text the page shows; an approval goes for that one."""
        return record.version

    def shown_with(self, record: Position) -> dict[str, Any]:
        """What the screens found, and where it is to be shown."""
        targets = PositionTarget.select(PositionTarget, School).join(School)
        return {
            "flags": flag_rows(record),
            "check": word_of(record.text_check),
            "targets": list(
                targets.where(PositionTarget.position == record.id).order_by(School.id)
            ),
        }

    def create(self, values: dict[str, Any]) -> Position:
        """Record it."""
        return services.create_position(**values)

    def change(self, record: Position, values: dict[str, Any]) -> Position:
        """Change it."""
        return services.update_position(record.id, **values)

    @expose("/approve-picked", methods=("POST",))
    def approve_picked(self) -> Any:
        """Publish what was ticked and has nothing to look at."""
        versions = {pair[0]: pair[1] for pair in picked() if len(pair) == 2}
        moved, left = review.approve_positions(versions)
        if moved:
            flash(f"已通过 {moved} 个岗位", "good")
        if left:
            flash(f"{left} 个没有通过：内容有变化、含有提示用语，或已被处理，请逐个查看", "bad")
        if not versions:
            flash("请先勾选要通过的岗位", "bad")
        return redirect(local_address(request.form.get("next", "")) or self.get_url(".index_view"))
