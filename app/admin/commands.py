"""``flask --app wsgi staff …``: the first account, before anybody can sign in."""

import os

import click
from flask.cli import AppGroup

from app.accounts.models import StaffUser
from app.accounts.services.staff import create_staff
from app.core import audit
from app.core.errors import DomainError

staff_commands = AppGroup("staff", help="Accounts of the school's staff.")


@staff_commands.command("create")
@click.argument("username")
@click.option("--name", default="", help="How the person is called; the user name when left out.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in StaffUser.StaffRole]),
    default=StaffUser.StaffRole.ADMIN.value,
    show_default=True,
)
def create(username: str, name: str, role: str) -> None:
    """Open a staff account; the password is STAFF_PASSWORD, or asked for."""
    password = os.environ.get("STAFF_PASSWORD") or click.prompt(
        "密码（至少 10 位）", hide_input=True, confirmation_prompt="再输入一次"
    )
    with audit.acting(None, "command"):
        try:
            create_staff(username, password, role=StaffUser.StaffRole(role), name=name)
        except DomainError as error:
            raise click.ClickException(error.title) from error
    click.echo(f"已创建 {username}（{role}），请在 /admin/ 登录。")
