"""用人单位 and the recruiters that act for them."""

from typing import Any

from peewee import fn

from app.accounts.models import Account, PasswordLogin
from app.admin.appeals import open_reset
from app.admin.cells import badge, link, minute, paragraphs, shown, tag
from app.admin.forms import EmployerEditForm, EmployerForm
from app.admin.registrations import STANDING
from app.admin.remit import remit
from app.admin.resources import Action, Choice, Resource
from app.admin.walls import employers_of, fairs_of, recruiters_of
from app.admin.words import status_options
from app.employers import services
from app.employers.choices import INDUSTRIES
from app.employers.errors import UsccInvalid, UsccTaken
from app.employers.models import Employer, Recruiter
from app.employers.services.membership import make_administrator
from app.fairs.models import Booth, Fair
from app.positions.models import Position


class EmployerView(Resource):
    """Employers: a school's staff see those at its fairs and change none."""

    is_of_schools = True
    can_create = can_edit = True
    form_on_create, form_on_edit = EmployerForm, EmployerEditForm
    details_template = "office/employer.html"
    column_list = (
        "name", "industry", "nature", "size", "city", "positions", "recruiters", "status",
    )  # fmt: skip
    column_details_list = (
        "name", "uscc", "nature", "industry", "size", "city", "introduction", "created_at",
        "returned_reason",
    )  # fmt: skip
    column_labels = {
        "name": "单位名称", "uscc": "统一社会信用代码", "nature": "性质", "industry": "行业",
        "size": "规模", "city": "城市", "introduction": "介绍", "positions": "岗位",
        "recruiters": "招聘人员", "created_at": "登记时间", "status": "状态",
        "returned_reason": "退回或停用原因",
    }  # fmt: skip
    column_formatters = {
        "name": shown(lambda one: link(one.name, "office_employers.details_view", id=one.id)),
        "positions": shown(
            lambda one: link(one.position_count, "office_positions.index_view", search=one.name)
        ),
        "recruiters": shown(
            lambda one: link(one.recruiter_count, "office_recruiters.index_view", search=one.name)
        ),
        "status": shown(lambda one: badge(one.status)),
    }
    acts = STANDING
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
        Choice(
            "status", "状态",
            lambda: status_options(Employer.Status),
            lambda value: Employer.status == value,
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

    def within(self, schools: frozenset[int]) -> Any:
        """At the schools' fairs."""
        return employers_of(schools)

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
        if not remit().is_everywhere:
            booths = booths.where(fairs_of(remit().schools))
        return {
            "positions": list(positions),
            "booths": list(booths.order_by(Fair.starts_at.desc())),
        }


class RecruiterView(Resource):
    """Accounts that act for an employer; bound by a code, ended here."""

    is_of_schools = True
    column_list = ("name", "employer", "title", "username", "is_admin", "status", "created_at")
    column_details_list = column_list
    column_labels = {
        "name": "姓名", "employer": "用人单位", "title": "职务", "status": "状态",
        "username": "登录用户名", "created_at": "绑定时间", "is_admin": "身份",
    }  # fmt: skip
    column_formatters = {
        "name": shown(lambda one: link(one.name, "office_recruiters.details_view", id=one.id)),
        "employer": shown(
            lambda one: link(one.employer.name, "office_employers.details_view", id=one.employer_id)
        ),
        "is_admin": shown(lambda one: tag("管理员", "note") if one.is_admin else "成员"),
        "status": shown(lambda one: badge(one.status)),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = ("name", ("employer", Employer.name), "created_at")
    column_default_sort = ("created_at", True)
    column_searchable_list = ("name", Employer.name)
    search_hint = "姓名、单位名称"
    lead_text = "招聘人员由单位注册、同事加入或扫描展位二维码而来，无需在这里新建。"
    empty_text = "还没有招聘人员扫码绑定"
    acts = (
        Action(
            verb="revoke", label="解除绑定", tone="danger", reason="needed",
            done="已解除，该微信号不能再代表单位操作",
            question="该微信号将立即失去代表此单位操作的权限。", call=services.revoke_recruiter,
        ),
        Action(
            verb="make_admin", label="设为单位管理员", reason="needed", done="已设为单位管理员",
            prompt="核实情况", question="原管理员将成为普通成员。", call=make_administrator,
            when=lambda one: one.status == Recruiter.Status.ACTIVE and not one.is_admin,
        ),
        Action(
            verb="reset_password", label="重设密码", tone="warn", reason="needed",
            done="原密码已停用，所有设备已退出登录，并已通知本人",
            question="请先确认对方身份。将生成一次性重设码，由本人设置新密码；原密码立即停用。",
            call=open_reset, when=lambda one: one.username is not None,
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
        """Recruiters with employer, account and the name by which they sign in."""
        login = PasswordLogin.select(PasswordLogin.username).where(
            PasswordLogin.account == Recruiter.account
        )
        columns = (Recruiter, Employer, Account, login.alias("username"))
        query = Recruiter.select(*columns).join(Employer)
        return query.switch(Recruiter).join(Account)

    def within(self, schools: frozenset[int]) -> Any:
        """For employers at the schools' fairs."""
        return recruiters_of(schools)
