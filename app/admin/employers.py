"""用人单位 and the recruiters that act for them."""

from typing import Any

from peewee import fn

from app.accounts.models import Account
from app.admin.cells import badge, link, minute, paragraphs, shown
from app.admin.forms import INDUSTRIES, EmployerEditForm, EmployerForm
from app.admin.resources import Action, Choice, Resource
from app.admin.words import status_options
from app.employers import services
from app.employers.errors import UsccInvalid, UsccTaken
from app.employers.models import Employer, Recruiter
from app.fairs.models import Booth, Fair
from app.positions.models import Position


class EmployerView(Resource):
    """Employers."""

    can_create = can_edit = True
    form_on_create, form_on_edit = EmployerForm, EmployerEditForm
    details_template = "office/employer.html"
    column_list = ("name", "industry", "nature", "size", "city", "positions", "recruiters")
    column_details_list = (
        "name", "uscc", "nature", "industry", "size", "city", "introduction", "created_at",
    )  # fmt: skip
    column_labels = {
        "name": "单位名称", "uscc": "统一社会信用代码", "nature": "性质", "industry": "行业",
        "size": "规模", "city": "城市", "introduction": "介绍", "positions": "岗位",
        "recruiters": "招聘人员", "created_at": "登记时间",
    }  # fmt: skip
    column_formatters = {
        "name": shown(lambda one: link(one.name, "office_employers.details_view", id=one.id)),
        "positions": shown(
            lambda one: link(one.position_count, "office_positions.index_view", search=one.name)
        ),
        "recruiters": shown(
            lambda one: link(one.recruiter_count, "office_recruiters.index_view", search=one.name)
        ),
    }
    column_formatters_detail = {
        "introduction": shown(lambda one: paragraphs(one.introduction)),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = ("name", "industry", "city")
    column_default_sort = "name"
    column_searchable_list = ("name", "uscc")
    search_hint = "单位名称、信用代码"
    empty_text = "还没有用人单位"
    error_fields = {UsccInvalid: "code", UsccTaken: "code"}
    choices = (
        Choice(
            "industry", "行业", lambda: [(word, word) for word in INDUSTRIES],
            lambda value: Employer.industry == value,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Employer, "用人单位", endpoint="office_employers", url="employers", category="资料"
        )

    def joined(self) -> Any:
        """Employers with how many positions and recruiters they have."""
        positions = Position.select(fn.COUNT(Position.id)).where(
            (Position.employer == Employer.id) & (Position.status != Position.Status.DELETED)
        )
        recruiters = Recruiter.select(fn.COUNT(Recruiter.id)).where(
            (Recruiter.employer == Employer.id) & (Recruiter.status == Recruiter.Status.ACTIVE)
        )
        return Employer.select(
            Employer, positions.alias("position_count"), recruiters.alias("recruiter_count")
        )

    def create(self, values: dict[str, Any]) -> Employer:
        """Record it."""
        return services.create_employer(**values)

    def change(self, record: Employer, values: dict[str, Any]) -> Employer:
        """Change what may change."""
        return services.update_employer(record.id, **values)

    def shown_with(self, record: Employer) -> dict[str, Any]:
        """Its positions and where it stands."""
        theirs = (Position.employer == record.id) & (Position.status != Position.Status.DELETED)
        positions = Position.select().where(theirs).order_by(Position.id)
        booths = Booth.select(Booth, Fair).join(Fair).where(Booth.employer == record.id)
        return {
            "positions": list(positions),
            "booths": list(booths.order_by(Fair.starts_at.desc())),
        }


class RecruiterView(Resource):
    """Accounts that act for an employer; bound by a code, ended here."""

    column_list = ("name", "employer", "title", "status", "created_at")
    column_details_list = column_list
    column_labels = {
        "name": "姓名", "employer": "用人单位", "title": "职务", "status": "状态",
        "created_at": "绑定时间",
    }  # fmt: skip
    column_formatters = {
        "name": shown(lambda one: link(one.name, "office_recruiters.details_view", id=one.id)),
        "employer": shown(
            lambda one: link(one.employer.name, "office_employers.details_view", id=one.employer_id)
        ),
        "status": shown(lambda one: badge(one.status)),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = ("name", ("employer", Employer.name), "created_at")
    column_default_sort = ("created_at", True)
    column_searchable_list = ("name", Employer.name)
    search_hint = "姓名、单位名称"
    lead_text = "招聘人员扫描展位二维码后自动绑定到单位，无需在这里新建。"
    empty_text = "还没有招聘人员扫码绑定"
    acts = (
        Action(
            verb="revoke", label="解除绑定", tone="danger", reason="needed",
            done="已解除，该微信号不能再代表单位操作",
            question="该微信号将立即失去代表此单位操作的权限。", call=services.revoke_recruiter,
        ),
    )  # fmt: skip
    choices = (
        Choice(
            "status", "状态",
            lambda: status_options(Recruiter.Status),
            lambda value: Recruiter.status == value,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Recruiter, "招聘人员", endpoint="office_recruiters", url="recruiters", category="资料"
        )

    def joined(self) -> Any:
        """Recruiters with employer and account."""
        query = Recruiter.select(Recruiter, Employer, Account).join(Employer)
        return query.switch(Recruiter).join(Account)
