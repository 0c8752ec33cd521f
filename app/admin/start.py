"""The first page, signing in and out."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import AdminIndexView, expose
from flask_admin.form import BaseForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.services.staff import sign_in_staff, sign_out_staff
from app.admin.guard import Guarded, text_of
from app.admin.overview import overview
from app.admin.remit import FAIR_DUTIES, Role, remit
from app.admin.resources import local_address
from app.admin.session import close_session, current_staff, open_session
from app.core.errors import DomainError
from app.core.problems import status_of


class SignInForm(BaseForm):
    """Who signs in."""

    username = StringField("用户名", [InputRequired("请填写用户名"), Length(max=40)])
    password = PasswordField("密码", [InputRequired("请填写密码"), Length(max=200)])


class StartView(Guarded, AdminIndexView):
    """今日: the fairs that go on, and what waits for staff."""

    write_role = Role.VIEWER  # signing out is everybody's
    is_of_schools = True
    open_pages = ("sign_in",)

    def __init__(self) -> None:
        super().__init__(name="今日", url="/admin")

    def may_read(self) -> bool:
        """Everybody who is signed in, were it to read that all posts have ended."""
        return current_staff() is not None

    may_write = may_read

    @expose("/")
    def index(self) -> str:
        """What goes on today."""
        return self.render("office/start.html", makes_fairs=_makes_fairs(), **overview())

    @expose("/sign-in", methods=("GET", "POST"))
    def sign_in(self) -> Any:
        """Name and password; tries are limited."""
        target = local_address(request.values.get("next", "")) or url_for("admin.index")
        if request.method == "GET" and current_staff():
            return redirect(target)
        form = SignInForm(request.form if request.method == "POST" else None)
        status = 200
        if request.method == "POST" and form.validate():
            try:
                staff = sign_in_staff(
                    form.username.data.strip(), form.password.data, request.remote_addr or ""
                )
            except DomainError as error:
                status = status_of(type(error))
                form.form_errors.append(_words(error))
            else:
                open_session(staff)
                return redirect(target)
        elif request.method == "POST":
            status = 422
        return self.render("office/sign_in.html", form=form, next=target), status

    @expose("/sign-out", methods=("POST",))
    def sign_out(self) -> Any:
        """End this browser's session."""
        staff = current_staff()
        close_session()
        if staff is not None:
            sign_out_staff(staff)
        flash("已退出登录", "good")
        return redirect(url_for("admin.sign_in"))

    @expose("/<path:_rest>")
    def nowhere(self, _rest: str) -> Any:
        """An address that does not exist, told on a page and not as JSON."""
        abort(404)


def _makes_fairs() -> bool:
    """Whether there is a school for which the person may set up a fair."""
    person = remit()
    return person.has_rank(Role.OPERATOR) or bool(person.schools_with(FAIR_DUTIES))


def _words(error: DomainError) -> str:
    wait = error.extensions.get("retry_after")
    if not isinstance(wait, int):
        return text_of(error)
    minutes = -(-wait // 60)
    return f"尝试次数过多，请约 {minutes} 分钟后再试"
