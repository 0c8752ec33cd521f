"""学校: tenants with their switches, and their colleges."""

from typing import Any

from peewee import JOIN

from app.accounts.models import StaffUser
from app.admin.cells import badge, link, minute, shown, tag
from app.admin.remit import NONE, Role, remit
from app.admin.resources import Action, Choice, Resource
from app.admin.schoolforms import (
    CollegeEditForm,
    CollegeForm,
    OwnSchoolForm,
    SchoolEditForm,
    SchoolForm,
)
from app.core.database import atomic
from app.schools import services
from app.schools.errors import CentreUnfit, CollegeNameTaken, SchoolNameTaken
from app.schools.models import College, School, StaffPost
from app.schools.switches import SWITCHES

CENTRE = School.alias()


def _switch_words(school: School) -> Any:
    chosen = services.switches_of(school.id)
    return "；".join(
        f"{switch.label}：{'开' if chosen[name] else '关'}" for name, switch in SWITCHES.items()
    )


def school_choice() -> list[tuple[str, str]]:
    """The schools that the person sees, to narrow a list by."""
    query = School.select(School.id, School.name).order_by(School.name)
    if not remit().is_everywhere:
        query = query.where(School.id.in_(remit().schools))
    return [(str(number), name) for number, name in query.tuples()]


class SchoolView(Resource):
    """Schools and provincial centres; a school's administrators keep their own (K02)."""

    write_role = Role.ADMIN
    is_of_schools, duties = True, NONE  # administrators only
    can_create = can_edit = True
    form_on_create, form_on_edit = SchoolForm, SchoolEditForm
    details_template = "office/school.html"
    column_list = ("name", "kind", "province", "centre")
    column_details_list = (
        "name", "short_name", "kind", "province", "centre", "switches", "created_at",
    )  # fmt: skip
    column_labels = {
        "name": "名称", "short_name": "简称", "kind": "类型", "province": "省份",
        "centre": "上级就业中心", "switches": "功能开关", "created_at": "创建时间",
    }  # fmt: skip
    column_formatters = {
        "name": shown(lambda one: link(one.name, "office_schools.details_view", id=one.id)),
        "kind": shown(lambda one: badge(one.kind)),
        "centre": shown(lambda one: one.above),
    }
    column_formatters_detail = {
        "kind": column_formatters["kind"],
        "centre": column_formatters["centre"],
        "switches": shown(_switch_words),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = ("name", "province")
    column_default_sort = "name"
    column_searchable_list = ("name", "short_name")
    search_hint = "学校名称"
    empty_text = "还没有学校"
    error_fields = {SchoolNameTaken: "name", CentreUnfit: "centre_id"}

    def __init__(self) -> None:
        super().__init__(School, "学校", endpoint="office_schools", url="schools", category="资料")

    def may_create(self) -> bool:
        """Only the platform takes a school in."""
        return remit().has_rank(self.write_role)

    def joined(self) -> Any:
        """Schools with the name of the centre above."""
        above = CENTRE.select(CENTRE.name).where(CENTRE.id == School.centre)
        return School.select(School, above.alias("above"))

    def within(self, schools: frozenset[int]) -> Any:
        """The schools themselves."""
        return School.id.in_(schools)

    def school_of(self, record: School) -> int:
        """Itself."""
        return record.id

    def edit_form(self, obj: Any = None) -> Any:
        """A school's own administrators find what is theirs to change."""
        if remit().is_everywhere:
            return super().edit_form(obj)
        self._edit_form_class, whole = OwnSchoolForm, self._edit_form_class
        try:
            return super().edit_form(obj)
        finally:
            self._edit_form_class = whole

    def create(self, values: dict[str, Any]) -> School:
        """Take it in."""
        switches = {name: values.pop(name) for name in SWITCHES}
        kind = School.Kind(values.pop("kind"))
        with atomic():
            values["centre_id"] = values["centre_id"] or None
            school = services.create_school(values.pop("name"), kind=kind, **values)
            services.set_switches(school.id, switches)
        return school

    def change(self, record: School, values: dict[str, Any]) -> School:
        """What the form had: data and switches, all or nothing."""
        switches = {name: values.pop(name) for name in SWITCHES}
        if "centre_id" in values:
            values["centre_id"] = values["centre_id"] or None
        with atomic():
            services.set_switches(record.id, switches)
            return services.update_school(record.id, **values)

    def shown_with(self, record: School) -> dict[str, Any]:
        """Its colleges, and who works there."""
        posts = StaffPost.select(StaffPost, StaffUser, College).join(StaffUser)
        posts = posts.switch(StaffPost).join(College, JOIN.LEFT_OUTER)
        colleges = College.select().where(College.school == record.id)
        return {
            "colleges": list(colleges.order_by(College.closed_at.is_null(False), College.name)),
            "posts": list(posts.where(StaffPost.school == record.id).order_by(StaffPost.id)),
        }


class CollegeView(Resource):
    """Colleges of the schools."""

    write_role = Role.ADMIN
    is_of_schools, duties = True, NONE
    can_create = can_edit = True
    form_on_create, form_on_edit = CollegeForm, CollegeEditForm
    column_list = ("name", "school", "state")
    column_details_list = ("name", "school", "state")
    column_labels = {"name": "院系", "school": "学校", "state": "状态"}
    column_formatters = {
        "name": shown(lambda one: link(one.name, "office_colleges.details_view", id=one.id)),
        "school": shown(
            lambda one: link(one.school.name, "office_schools.details_view", id=one.school_id)
        ),
        "state": shown(
            lambda one: tag("已停用", "plain") if one.closed_at else tag("在用", "good")
        ),
    }
    column_sortable_list = ("name", ("school", School.name))
    column_default_sort = "name"
    column_searchable_list = ("name", School.name)
    search_hint = "院系、学校"
    empty_text = "还没有院系"
    error_fields = {CollegeNameTaken: "name"}
    acts = (
        Action(
            verb="close_college", label="停用", tone="warn", reason="asked", role=Role.ADMIN,
            done="已停用", question="停用后不能再选用该院系，已有的记录不变。",
            call=services.close_college, when=lambda one: one.closed_at is None,
        ),
        Action(
            verb="reopen_college", label="恢复", tone="primary", role=Role.ADMIN, done="已恢复",
            call=lambda college_id, _: services.reopen_college(college_id),
            when=lambda one: one.closed_at is not None,
        ),
    )  # fmt: skip
    choices = (Choice("school", "学校", school_choice, lambda value: College.school == int(value)),)

    def __init__(self) -> None:
        super().__init__(
            College, "院系", endpoint="office_colleges", url="colleges", category="资料"
        )

    def joined(self) -> Any:
        """Colleges with their school."""
        return College.select(College, School).join(School)

    def within(self, schools: frozenset[int]) -> Any:
        """Of the schools."""
        return College.school.in_(schools)

    def school_of(self, record: College) -> int:
        """Whose college it is."""
        return record.school_id

    def create(self, values: dict[str, Any]) -> College:
        """Add it."""
        return services.add_college(values["school_id"], values["name"])

    def change(self, record: College, values: dict[str, Any]) -> College:
        """Another name."""
        return services.rename_college(record.id, values["name"])
