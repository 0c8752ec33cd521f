"""密码申诉: the stamped statement beside the licence and the form; and resets by staff."""

from datetime import datetime, timedelta
from typing import Any

from flask import flash

from app.admin.cells import badge, link, minute, shown, tag
from app.admin.resources import Action, Choice, Resource
from app.admin.words import status_options
from app.config import current
from app.core import clock
from app.employers.models import Employer
from app.files.services import link_to
from app.recovery.models import PasswordAppeal
from app.recovery.names import same_text
from app.recovery.services import appeals, resets
from app.recovery.services.companies import find_administrator

Status = PasswordAppeal.Status
OVERDUE = timedelta(hours=24)  # a review is due within a day (A12)


def is_late(now: datetime) -> Any:
    """The condition of an appeal that has waited a day for its review."""
    return (PasswordAppeal.status == Status.PENDING) & (
        PasswordAppeal.submitted_at <= now - OVERDUE
    )


def late_tag(appeal: PasswordAppeal) -> Any:
    """When it was handed in, and whether that is too long ago."""
    handed_in = minute(appeal.submitted_at)
    is_waiting = appeal.status == Status.PENDING and appeal.submitted_at is not None
    if is_waiting and appeal.submitted_at <= clock.now() - OVERDUE:
        return handed_in + " " + tag("已超 24 小时", "bad")
    return handed_in


def open_reset(recruiter_id: int, reason: str) -> None:
    """Open a reset and show its code, this once (A17)."""
    code = resets.reset_by_staff(recruiter_id, reason)
    address = f"{current().public_url}/desk/recover#reset={code}"
    flash(
        f"一次性重设码：{code}（24 小时内有效，只显示这一次）。请转告本人：在登录页点“忘记密码”，"
        f"选择“联系管理员”后输入；也可直接打开 {address}",
        "good",
    )


class AppealView(Resource):
    """Appeals of companies that have lost password, phone and mailbox."""

    column_list = ("company_name", "uscc", "applicant", "status", "submitted_at", "number")
    column_details_list = (
        "number", "company_name", "uscc", "applicant", "phone", "reason", "status",
        "submitted_at", "decided_at", "rejected_reason", "created_at",
    )  # fmt: skip
    column_labels = {
        "number": "申诉编号", "company_name": "单位名称", "uscc": "统一社会信用代码",
        "applicant": "申诉人", "phone": "接收验证码的手机", "reason": "申诉原因", "status": "状态",
        "submitted_at": "提交时间", "decided_at": "审核时间", "rejected_reason": "退回原因",
        "created_at": "填写时间",
    }  # fmt: skip
    column_formatters = {
        "company_name": shown(
            lambda one: link(one.company_name, "office_appeals.details_view", id=one.id)
        ),
        "status": shown(lambda one: badge(one.status)),
        "submitted_at": shown(lambda one: late_tag(one) if one.submitted_at else None),
        "decided_at": shown(lambda one: minute(one.decided_at)),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = ("submitted_at",)
    column_default_sort = ("submitted_at", True)
    column_searchable_list = ("company_name", "uscc", "number")
    details_template = "office/appeal.html"
    search_hint = "单位名称、信用代码、申诉编号"
    lead_text = "单位忘记密码、且预留手机和邮箱都不可用时的申诉。请在 24 小时内审核。"
    empty_text = "还没有密码申诉"
    acts = (
        Action(
            verb="approve", label="通过", tone="primary",
            done="已通过，验证码将发送到申诉人的手机，24 小时内有效",
            question="请先核对公章名称、书面原因和接收验证码的手机号。通过后，持有该手机的人可以重设此单位的登录密码。",
            call=lambda appeal_id, _: appeals.approve_appeal(appeal_id),
        ),
        Action(
            verb="reject", label="退回", tone="danger", reason="needed", prompt="退回原因",
            done="已退回，申诉人可修改后重新提交",
            question="申诉人会看到退回原因。", call=appeals.reject_appeal,
        ),
    )  # fmt: skip
    choices = (
        Choice(
            "status", "状态",
            lambda: status_options(Status),
            lambda value: PasswordAppeal.status == value,
        ),
        Choice("late", "时限", lambda: [("late", "已超 24 小时")], lambda _: is_late(clock.now())),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            PasswordAppeal, "密码申诉", endpoint="office_appeals", url="appeals", category="审核"
        )

    def joined(self) -> Any:
        """Appeals."""
        return PasswordAppeal.select()

    def title_of(self, record: PasswordAppeal) -> str:
        """Whose appeal."""
        return record.company_name

    def shown_with(self, record: PasswordAppeal) -> dict[str, Any]:
        """The picture, and what on it must agree with what."""
        employer = appeals.find_employer(record)
        account = find_administrator(Employer.uscc == record.uscc, reachable=False)
        licence = appeals.licence_name_of(record)
        pairs = (
            ("公章与执照名称", record.seal_name, licence),
            ("书面原因与填写原因", record.paper_reason, record.reason),
            ("单位名称与执照名称", record.company_name, licence),
        )
        return {
            "employer": employer,
            "account": account,
            "picture": link_to(record.statement_id) if record.statement_id else None,
            "pairs": [(label, one, other, same_text(one, other)) for label, one, other in pairs],
        }
