"""入驻审核: which employers a school takes in (C01, C02)."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, request
from flask_admin import expose

from app.admin.cells import badge, link, minute, shown
from app.admin.picking import picked, tick
from app.admin.remit import REVIEW_DUTIES, remit
from app.admin.resources import Action, Choice, Resource, local_address
from app.admin.schools import school_choice
from app.admin.walls import settlements_of
from app.admin.words import status_options
from app.core import clock
from app.employers.models import Employer, Settlement
from app.employers.services import settlements
from app.schools.models import School

Status = Settlement.Status


def is_overdue() -> Any:
    """The condition that an application has waited longer than it should."""
    latest = clock.now() - timedelta(hours=settlements.REVIEW_HOURS)
    return (Settlement.status == Status.AWAITING) & (Settlement.applied_at <= latest)


def _tick(settlement: Settlement) -> Any:
    if settlement.status != Status.AWAITING:
        return None
    is_theirs = settlement.school_id in remit().schools_with(REVIEW_DUTIES)
    return tick(str(settlement.id), settlement.employer.name, may_decide=is_theirs)


class SettlementView(Resource):
    """Applications of employers at schools, and the places that were granted."""

    is_of_schools, duties = True, REVIEW_DUTIES
    list_template = "office/queue.html"
    column_list = ("pick", "employer", "school", "status", "applied_at", "settled_since")
    column_details_list = (
        "employer", "uscc", "industry", "school", "applied_at", "settled_since", "decided_at",
        "return_reason",
    )  # fmt: skip
    column_labels = {
        "pick": "选", "employer": "用人单位", "uscc": "统一社会信用代码", "industry": "行业",
        "school": "学校", "status": "状态", "applied_at": "申请时间", "settled_since": "入驻时间",
        "decided_at": "退回或取消时间", "return_reason": "退回或取消原因",
    }  # fmt: skip
    column_formatters = {
        "pick": shown(_tick),
        "employer": shown(
            lambda one: link(one.employer.name, "office_settlements.details_view", id=one.id)
        ),
        "school": shown(lambda one: one.school.name),
        "status": shown(lambda one: badge(one.status)),
        "applied_at": shown(lambda one: minute(one.applied_at)),
        "settled_since": shown(lambda one: minute(one.settled_since)),
    }
    column_formatters_detail = {
        "employer": shown(
            lambda one: link(one.employer.name, "office_employers.details_view", id=one.employer_id)
        ),
        "uscc": shown(lambda one: one.employer.uscc),
        "industry": shown(lambda one: one.employer.industry),
        "school": column_formatters["school"],
        "applied_at": column_formatters["applied_at"],
        "settled_since": column_formatters["settled_since"],
        "decided_at": shown(lambda one: minute(one.decided_at)),
        "return_reason": shown(lambda one: one.return_reason),
    }
    column_sortable_list = (
        ("employer", Employer.name), ("school", School.name), "applied_at", "settled_since",
    )  # fmt: skip
    column_default_sort = ("applied_at", True)
    column_searchable_list = (Employer.name, School.name)
    search_hint = "单位、学校名称"
    lead_text = "单位入驻后，才能把岗位展示到学校的职位信息里。"
    empty_text = "还没有单位申请入驻"
    picked_label, picked_url, picked_hint = "通过所选申请", ".approve_picked", ""
    acts = (
        Action(
            verb="settle", label="通过", tone="primary", done="已通过入驻", in_list=True,
            call=lambda settlement_id, _: settlements.approve_settlement(settlement_id),
        ),
        Action(
            verb="turn_away", label="退回", tone="warn", reason="needed", in_list=True,
            done="已退回，单位会收到原因", question="单位可以按原因补充后再次申请。",
            call=settlements.return_settlement,
        ),
        Action(
            verb="unsettle", label="取消入驻", tone="danger", reason="needed", done="已取消入驻",
            question="该单位的岗位将不再展示在这所学校；再次入驻后需由单位重新选择目标高校。",
            call=settlements.revoke_settlement,
        ),
    )  # fmt: skip
    choices = (
        Choice(
            "status", "状态",
            lambda: status_options(Status),
            lambda value: Settlement.status == value,
        ),
        Choice(
            "waits", "审核进度",
            lambda: [("overdue", f"超过 {settlements.REVIEW_HOURS} 小时未审核")],
            lambda _: is_overdue(),
        ),
        Choice("school", "学校", school_choice, lambda value: Settlement.school == int(value)),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Settlement, "入驻", endpoint="office_settlements", url="settlements", category="资料"
        )

    def joined(self) -> Any:
        """Applications with employer and school."""
        query = Settlement.select(Settlement, Employer, School).join(Employer)
        return query.switch(Settlement).join(School)

    def within(self, schools: frozenset[int]) -> Any:
        """At the schools."""
        return settlements_of(schools)

    def school_of(self, record: Settlement) -> int:
        """Whose place it is."""
        return record.school_id

    def title_of(self, record: Settlement) -> str:
        """Who asks where."""
        return f"{record.employer.name} · {record.school.name}"

    @expose("/approve-picked", methods=("POST",))
    def approve_picked(self) -> Any:
        """Take in whoever was ticked and still waits."""
        ticked = [parts[0] for parts in picked() if len(parts) == 1]
        theirs = self.in_remit().where(Settlement.id.in_(ticked))
        chosen = [one.id for one in theirs if self.may_change(one)]
        moved = settlements.approve_settlements(chosen)
        left = len(chosen) - moved
        if moved:
            flash(f"已通过 {moved} 个入驻申请", "good")
        if left:
            flash(f"{left} 个申请已被处理或撤回", "bad")
        if not chosen:
            flash("请先勾选要通过的申请", "bad")
        return redirect(local_address(request.form.get("next", "")) or self.get_url(".index_view"))
