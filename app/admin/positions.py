"""岗位: recorded, published and withdrawn."""

from typing import Any

from app.admin.cells import badge, link, minute, paragraphs, shown
from app.admin.forms import PositionEditForm, PositionForm
from app.admin.resources import Action, Choice, Resource
from app.admin.walls import positions_of
from app.admin.words import status_options
from app.employers.models import Employer
from app.positions import services
from app.positions.errors import SalaryRangeInvalid
from app.positions.models import Position


def pay(position: Position) -> str:
    """``8,000–12,000 元/月``."""
    return f"{position.salary_min:,}–{position.salary_max:,} 元/月"


class PositionView(Resource):
    """Positions: a school's staff see those at its fairs and change none."""

    is_of_schools = True
    can_create = can_edit = True
    form_on_create, form_on_edit = PositionForm, PositionEditForm
    column_list = ("title", "employer", "city", "salary_min", "degree", "headcount", "status")
    column_details_list = (
        "employer", "title", "city", "salary_min", "degree", "headcount", "majors", "duties",
        "requirements", "created_at",
    )  # fmt: skip
    column_labels = {
        "title": "岗位名称", "employer": "用人单位", "city": "城市", "salary_min": "月薪",
        "degree": "学历", "headcount": "人数", "majors": "专业", "duties": "职责",
        "requirements": "要求", "status": "状态", "created_at": "登记时间",
    }  # fmt: skip
    column_formatters = {
        "title": shown(lambda one: link(one.title, "office_positions.details_view", id=one.id)),
        "employer": shown(
            lambda one: link(one.employer.name, "office_employers.details_view", id=one.employer_id)
        ),
        "salary_min": shown(pay),
        "status": shown(lambda one: badge(one.status)),
    }
    column_formatters_detail = {
        "employer": column_formatters["employer"],
        "salary_min": shown(pay),
        "majors": shown(lambda one: one.majors or "不限"),
        "duties": shown(lambda one: paragraphs(one.duties)),
        "requirements": shown(lambda one: paragraphs(one.requirements)),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = ("title", ("employer", Employer.name), "salary_min", "headcount")
    column_default_sort = ("id", True)
    column_searchable_list = ("title", Employer.name)
    search_hint = "岗位、单位名称"
    empty_text = "还没有岗位"
    error_fields = {SalaryRangeInvalid: "salary_max"}
    acts = (
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
    choices = (
        Choice(
            "status", "状态",
            lambda: status_options(Position.Status),
            lambda value: Position.status == value,
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

    def title_of(self, record: Position) -> str:
        """The position's name."""
        return record.title

    def create(self, values: dict[str, Any]) -> Position:
        """Record it."""
        return services.create_position(**values)

    def change(self, record: Position, values: dict[str, Any]) -> Position:
        """Change it."""
        return services.update_position(record.id, **values)
