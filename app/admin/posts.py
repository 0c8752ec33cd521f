"""学校任职: which duty a person holds at which school."""

from typing import Any

from peewee import JOIN

from app.accounts.errors import PasswordTooWeak, StaffNameTaken
from app.accounts.models import StaffUser
from app.accounts.services.staff import create_staff
from app.admin.cells import badge, link, minute, shown
from app.admin.remit import NONE, Role
from app.admin.resources import Action, Choice, Resource
from app.admin.schoolforms import PostForm
from app.admin.schools import school_choice
from app.admin.words import status_options
from app.core.database import atomic
from app.schools import services
from app.schools.errors import PlatformNeedsNoPost, PostNeedsCollege, PostTaken
from app.schools.models import College, Duty, School, StaffPost


class PostView(Resource):
    """Who does what at which school (A21)."""

    read_role = write_role = Role.ADMIN
    is_of_schools, duties = True, NONE
    can_create = True
    form_on_create = PostForm
    column_list = ("staff", "school", "duty", "college", "created_at")
    column_details_list = ("staff", "username", "school", "duty", "college", "created_at")
    column_labels = {
        "staff": "姓名", "username": "用户名", "school": "学校", "duty": "职责",
        "college": "院系", "created_at": "任命时间",
    }  # fmt: skip
    column_formatters = {
        "staff": shown(lambda one: link(one.staff.name, "office_posts.details_view", id=one.id)),
        "username": shown(lambda one: one.staff.username),
        "school": shown(
            lambda one: link(one.school.name, "office_schools.details_view", id=one.school_id)
        ),
        "duty": shown(lambda one: badge(one.duty)),
        "college": shown(lambda one: one.college.name if one.college_id else None),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = (("school", School.name), "created_at")
    column_default_sort = ("id", True)
    column_searchable_list = (StaffUser.name, StaffUser.username, School.name)
    search_hint = "姓名、用户名、学校"
    lead_text = "一个人可在多所学校担任多项职责；省级中心的审核员可审核下属高校。"
    empty_text = "还没有任职"
    error_fields = {
        PasswordTooWeak: "password", StaffNameTaken: "username", PlatformNeedsNoPost: "username",
        PostTaken: "duty", PostNeedsCollege: "college_id",
    }  # fmt: skip
    acts = (
        Action(
            verb="end_post", label="解除任职", tone="danger", reason="asked", role=Role.ADMIN,
            done="已解除", question="该人员立即失去这项职责的权限。", call=services.end_post,
            leaves=True,
        ),
    )  # fmt: skip
    choices = (
        Choice("school", "学校", school_choice, lambda value: StaffPost.school == int(value)),
        Choice(
            "duty", "职责", lambda: status_options(Duty), lambda value: StaffPost.duty == value
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            StaffPost, "学校任职", endpoint="office_posts", url="posts", category="系统"
        )

    def may_read(self) -> bool:
        """Administrators, of the platform or of a school."""
        return self.may_write()

    def joined(self) -> Any:
        """Posts with person, school and college."""
        query = StaffPost.select(StaffPost, StaffUser, School, College).join(StaffUser)
        query = query.switch(StaffPost).join(School).switch(StaffPost)
        return query.join(College, JOIN.LEFT_OUTER)

    def within(self, schools: frozenset[int]) -> Any:
        """At the schools that the person administers."""
        return StaffPost.school.in_(schools & self.writable_schools())

    def school_of(self, record: StaffPost) -> int:
        """Where the post is."""
        return record.school_id

    def title_of(self, record: StaffPost) -> str:
        """Who, where."""
        return f"{record.staff.name} · {record.school.name}"

    def create(self, values: dict[str, Any]) -> StaffPost:
        """Appoint somebody; the account is opened where nobody has the user name."""
        with atomic():
            staff = StaffUser.get_or_none(StaffUser.username == values["username"])
            if staff is None:
                words = {"name": values["name"], "is_platform": False}
                staff = create_staff(values["username"], values["password"] or "", **words)
            college_id = values["college_id"] or None
            return services.appoint(
                staff.id, values["school_id"], Duty(values["duty"]), college_id=college_id
            )
