"""加入申请: who wants to join a company, and who wants to administer one."""

from typing import Any

from markupsafe import Markup

from app.accounts.models import Account
from app.admin.cells import badge, link, minute, shown
from app.admin.resources import Action, Choice, Resource
from app.admin.words import status_options
from app.core import crypto
from app.employers.models import Employer, Membership
from app.employers.services import membership
from app.files.services import link_to


def _is_open_claim(record: Membership) -> bool:
    is_claim = record.kind == Membership.Kind.CLAIM
    return is_claim and record.status == Membership.Status.PENDING


def _letter(record: Membership) -> Any:
    if record.letter_id is None:
        return ""
    address = link_to(record.letter_id)
    return Markup('<a href="{}" target="_blank" rel="noopener">查看授权书</a>').format(address)


class MembershipView(Resource):
    """Wishes to join a company, answered by its administrator, or to administer it, by staff."""

    column_list = ("name", "employer", "kind", "created_at", "status")
    column_details_list = (
        "name", "title", "phone", "employer", "kind", "note", "letter", "created_at", "decided_at",
        "answer",
    )  # fmt: skip
    column_labels = {
        "name": "申请人", "title": "职务", "phone": "手机", "employer": "用人单位", "kind": "申请",
        "note": "说明", "letter": "授权书", "created_at": "申请时间", "decided_at": "处理时间",
        "answer": "未通过原因", "status": "状态",
    }  # fmt: skip
    column_formatters = {
        "name": shown(lambda one: link(one.name, "office_memberships.details_view", id=one.id)),
        "employer": shown(
            lambda one: link(one.employer.name, "office_employers.details_view", id=one.employer_id)
        ),
        "kind": shown(lambda one: badge(one.kind)),
        "created_at": shown(lambda one: minute(one.created_at)),
        "status": shown(lambda one: badge(one.status)),
    }
    column_formatters_detail = column_formatters | {
        "name": shown(lambda one: one.name),
        "phone": shown(lambda one: crypto.mask_phone(one.account.phone)),
        "letter": shown(_letter),
        "decided_at": shown(lambda one: minute(one.decided_at)),
    }
    column_sortable_list = ("created_at",)
    column_default_sort = ("id", True)
    column_searchable_list = ("name", Employer.name)
    search_hint = "申请人、单位名称"
    lead_text = "加入申请由单位管理员处理；管理员申请由平台核对授权书后处理。"
    empty_text = "还没有人申请加入单位"
    acts = (
        Action(
            verb="approve", label="同意成为管理员", tone="primary", reason="needed",
            prompt="核实情况", done="已同意，该申请人成为单位管理员",
            question="原管理员将成为普通成员，其他管理员申请将一并谢绝。",
            call=membership.approve_claim, when=_is_open_claim,
        ),
        Action(
            verb="turn_away", label="不同意", tone="warn", reason="needed", done="已谢绝该申请",
            question="申请人会收到原因。", call=membership.decline_claim,
            when=_is_open_claim,
        ),
    )  # fmt: skip
    choices = (
        Choice(
            "kind", "申请",
            lambda: status_options(Membership.Kind),
            lambda value: Membership.kind == value,
        ),
        Choice(
            "status", "状态",
            lambda: status_options(Membership.Status),
            lambda value: Membership.status == value,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Membership,
            "加入申请",
            endpoint="office_memberships",
            url="memberships",
            category="资料",
        )

    def joined(self) -> Any:
        """Requests with company and account."""
        query = Membership.select(Membership, Employer, Account).join(Employer)
        return query.switch(Membership).join(Account)
