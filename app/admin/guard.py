"""What every page of the back office passes: sign-in, role, CSRF, audit, headers, errors."""

from http import HTTPStatus
from typing import Any

from flask import Response, current_app, g, make_response, redirect, request, url_for
from peewee import OperationalError
from playhouse.pool import MaxConnectionsExceeded
from werkzeug.exceptions import HTTPException

from app.accounts.models import StaffUser
from app.admin.remit import Role, posts_word, remit
from app.admin.session import csrf_token, current_staff, is_csrf_right
from app.core import audit
from app.core.errors import Denied, DomainError
from app.core.problems import status_of
from app.schools.models import Duty

SAFE = ("GET", "HEAD", "OPTIONS")
FORM_PAGES = ("create_view", "edit_view")

# Flask-Admin's own templates, with their inline scripts, are not used: nothing inline is allowed.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class RoleTooLow(Denied):
    """The staff member's role does not reach."""

    title = "您的角色没有此操作的权限，请联系管理员"


class Guarded:
    """Mixed into every view: nothing below it runs for a stranger or a role that does not reach.

    Platform staff pass by their role. Who holds posts at schools reads the views that are
    *of schools*, and changes something with one of the view's *duties* at a school (an
    administrator always may); which schools' records those are is the view's own matter.
    """

    read_role = Role.VIEWER
    write_role = Role.OPERATOR
    is_of_schools = False
    duties: frozenset[Duty] | None = None  # None: only platform staff change something here
    open_pages: tuple[str, ...] = ()  # pages before sign-in

    def writable_schools(self) -> frozenset[int]:
        """Where somebody with posts may change something."""
        return frozenset() if self.duties is None else remit().schools_with(self.duties)

    def may_read(self) -> bool:
        """Whether the person sees this view at all."""
        person = remit()
        if person.is_everywhere:
            return person.has_rank(self.read_role)
        return self.is_of_schools and bool(person.schools)

    def may_write(self) -> bool:
        """Whether there is something that the person may change here."""
        person = remit()
        if person.is_everywhere:
            return person.has_rank(self.write_role)
        return self.is_of_schools and bool(self.writable_schools())

    def is_accessible(self) -> bool:
        """Whether the menu shows the view."""
        return self.may_read()

    def _handle_view(self, name: str, **kwargs: Any) -> Any:
        g.is_change = request.method not in SAFE or name in FORM_PAGES
        if name not in self.open_pages:
            if current_staff() is None:
                return self._ask_to_sign_in()
            if not (self.may_write() if g.is_change else self.may_read()):
                return self._framed(self._broken(RoleTooLow()))
        g.csrf_failed = request.method not in SAFE and not is_csrf_right(
            request.form.get("csrf_token", "")
        )
        if g.csrf_failed and name not in FORM_PAGES:
            return self._framed(self._page(400, "页面已过期", "请返回上一页刷新后再操作。"))
        return None

    def _run_view(self, fn: Any, *args: Any, **kwargs: Any) -> Response:
        staff = current_staff()
        role = _acting_as(staff)
        with audit.acting(staff.id if staff else None, role, g.get("request_id", "")):
            try:
                answer = fn(self, *args, **kwargs)
            except DomainError as error:
                answer = self._broken(error)
            except (MaxConnectionsExceeded, OperationalError):
                current_app.logger.exception("database unavailable")
                answer = self._page(503, "服务繁忙", "请稍后再试。")
            except HTTPException as error:
                answer = error.response or self._page(error.code or 500, *_told(error.code or 500))
            except Exception:
                if current_app.testing:
                    raise
                current_app.logger.exception("a page of the back office broke")
                answer = self._page(500, "服务出现故障", "我们已记录，请稍后再试。")
        return self._framed(answer)

    def _ask_to_sign_in(self) -> Any:
        if request.method in SAFE:
            return redirect(url_for("admin.sign_in", next=request.full_path.rstrip("?")))
        text = "登录已过期。请在新窗口重新登录，再返回本页重新提交，已填写的内容不会丢失。"
        return self._framed(self._page(401, "请重新登录", text, sign_in=True))

    def _broken(self, error: DomainError) -> Any:
        return self._page(status_of(type(error)), error.title, error.detail)

    def _page(self, status: int, title: str, text: str, **more: Any) -> Any:
        page = self.render("office/stopped.html", title=title, text=text, status=status, **more)  # type: ignore[attr-defined]
        return page, status

    def _framed(self, answer: Any) -> Response:
        response = make_response(answer)
        response.headers.update(HEADERS)
        return response

    @property
    def _template_args(self) -> dict[str, Any]:
        args = super()._template_args  # type: ignore[misc]
        args |= {
            "staff": current_staff(),
            "posts_word": posts_word,
            "csrf_token": csrf_token,
            "can_write": self.may_write(),
        }
        return args


def _acting_as(staff: StaffUser | None) -> str:
    """How the audit names the person: by the role on the platform, or as a school's own."""
    if staff is None:
        return "visitor"
    return f"staff:{staff.role}" if staff.is_platform else "staff:school"


def _told(status: int) -> tuple[str, str]:
    if status == HTTPStatus.NOT_FOUND:
        return "没有找到这个页面", "它可能已被移走，或者地址有误。"
    if status == HTTPStatus.FORBIDDEN:
        return RoleTooLow.title, ""
    return "请求无法完成", "请返回上一页再试。"


def text_of(error: DomainError) -> str:
    """A broken rule's words: the title, and what exactly where the rule says more."""
    return f"{error.title}：{error.detail}" if error.detail else error.title
