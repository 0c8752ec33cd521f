"""工作人员: who may sign in here, and as what. Administrators only."""

from typing import Any

from markupsafe import Markup

from app.accounts.errors import LastAdmin, PasswordTooWeak, StaffNameTaken
from app.accounts.models import StaffUser
from app.accounts.services import staff as services
from app.admin.cells import badge, link, minute, shown, tag
from app.admin.remit import Role
from app.admin.resources import Action, Resource
from app.admin.staffforms import PLATFORM, StaffEditForm, StaffForm
from app.schools.models import School, StaffPost
from app.schools.services import posts_of


def posts_cell(staff: StaffUser) -> Any:
    """A colleague's posts, each with its school."""
    if staff.is_platform:
        return "全部学校"
    posts = getattr(staff, "held", None)
    posts = posts_of(staff.id) if posts is None else posts
    return Markup(" ").join(
        Markup("{} {}").format(post.school.short_name or post.school.name, badge(post.duty))
        for post in posts
    )


def with_posts(colleagues: list[Any]) -> list[Any]:
    """Put each colleague's posts on the row."""
    ids = [one.id for one in colleagues]
    posts = StaffPost.select(StaffPost, School).join(School).where(StaffPost.staff.in_(ids))
    held: dict[int, list[StaffPost]] = {number: [] for number in ids}
    for post in posts.order_by(StaffPost.id):
        held[post.staff_id].append(post)
    for one in colleagues:
        one.held = held[one.id]
    return colleagues


class StaffView(Resource):
    """Colleagues."""

    read_role = write_role = Role.ADMIN
    can_create = can_edit = True
    form_on_create, form_on_edit = StaffForm, StaffEditForm
    column_list = ("username", "name", "role", "posts", "state", "last_login_at")
    column_details_list = (
        "username", "name", "role", "posts", "state", "last_login_at", "created_at",
    )  # fmt: skip
    column_labels = {
        "username": "用户名", "name": "姓名", "role": "角色", "posts": "任职", "state": "状态",
        "last_login_at": "最近登录", "created_at": "创建时间",
    }  # fmt: skip
    column_formatters = {
        "username": shown(lambda one: link(one.username, "office_staff.details_view", id=one.id)),
        "role": shown(lambda one: badge(one.role) if one.is_platform else tag("学校人员")),
        "posts": shown(posts_cell),
        "state": shown(
            lambda one: tag("已停用", "bad") if one.disabled_at else tag("启用", "good")
        ),
        "last_login_at": shown(lambda one: minute(one.last_login_at)),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = ("username", "last_login_at")
    column_default_sort = "username"
    column_searchable_list = ("username", "name")
    search_hint = "用户名、姓名"
    error_fields = {PasswordTooWeak: "password", StaffNameTaken: "username", LastAdmin: "role"}
    acts = (
        Action(
            verb="close", label="停用", tone="danger", reason="asked", role=Role.ADMIN,
            done="账号已停用", question="停用后该人员立即退出并不能再登录。",
            call=services.close_staff, when=lambda one: one.disabled_at is None,
        ),
        Action(
            verb="reopen", label="启用", tone="primary", role=Role.ADMIN, done="账号已启用",
            call=lambda staff_id, _: services.reopen_staff(staff_id),
            when=lambda one: one.disabled_at is not None,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            StaffUser, "工作人员", endpoint="office_staff", url="staff", category="系统"
        )

    def joined(self) -> Any:
        """Everybody."""
        return StaffUser.select()

    def get_list(self, *args: Any, **kwargs: Any) -> Any:
        """The page's colleagues with their posts, in one more query."""
        count, colleagues = super().get_list(*args, **kwargs)
        return count, with_posts(list(colleagues))

    def create(self, values: dict[str, Any]) -> StaffUser:
        """A new account."""
        role, scope = StaffUser.StaffRole(values.pop("role")), values.pop("scope")
        return services.create_staff(
            values.pop("username"),
            values.pop("password"),
            role=role,
            is_platform=scope == PLATFORM,
            **values,
        )

    def change(self, record: StaffUser, values: dict[str, Any]) -> StaffUser:
        """Name, role, and a new password when one was typed; all or nothing."""
        role = StaffUser.StaffRole(values.pop("role"))
        return services.update_staff(record.id, role=role, **values)
