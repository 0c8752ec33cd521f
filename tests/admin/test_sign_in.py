"""Who may come in, how often one may try, and how a session ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.errors import LastAdmin
from app.accounts.models import StaffUser
from app.accounts.services.staff import change_staff_password, close_staff, create_staff
from app.admin.commands import staff_commands
from tests.admin.conftest import PASSWORD, Browser, Role, audit_of, text_of
from tests.racing import at_once


def test_stranger_is_asked_to_sign_in_and_comes_back(browser: Browser, app: Flask) -> None:
    create_staff("ann", PASSWORD, role=Role.OPERATOR)
    answer = browser.get("/admin/fairs/?status=draft")
    assert answer.status_code == 302
    assert answer.location == "/admin/sign-in?next=/admin/fairs/?status%3Ddraft"
    browser.get(answer.location)
    answer = browser.post(
        "/admin/sign-in", username="ann", password=PASSWORD, next="/admin/fairs/?status=draft"
    )
    assert answer.location == "/admin/fairs/?status=draft"
    assert browser.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/m/", "/admin\\@x"]
)
def test_sign_in_never_leads_out_of_the_back_office(
    browser: Browser, app: Flask, elsewhere: str
) -> None:
    create_staff("ann", PASSWORD, role=Role.OPERATOR)
    assert browser.sign_in("ann", next=elsewhere).location == "/admin/"


def test_wrong_name_and_wrong_password_read_the_same(browser: Browser, app: Flask) -> None:
    create_staff("ann", PASSWORD, role=Role.OPERATOR)
    wrong, unknown = browser.sign_in("ann", "guess guess"), browser.sign_in("bob", "guess guess")
    assert wrong.status_code == unknown.status_code == 401
    assert "用户名或密码不正确" in text_of(wrong)
    assert "用户名或密码不正确" in text_of(unknown)


def test_sixth_try_in_five_minutes_is_refused_even_with_the_right_password(
    browser: Browser, app: Flask
) -> None:
    create_staff("ann", PASSWORD, role=Role.OPERATOR)
    for _ in range(5):
        assert browser.sign_in("ann", "guess guess").status_code == 401
    answer = browser.sign_in("ann")
    assert answer.status_code == 429
    assert "请约 5 分钟后再试" in text_of(answer)
    assert browser.get("/admin/").status_code == 302


def test_wrong_tries_elsewhere_lock_nobody_out_and_are_written_down(
    browser: Browser, app: Flask
) -> None:
    ann = create_staff("ann", PASSWORD, role=Role.OPERATOR)
    elsewhere = Browser(app.test_client())
    elsewhere.client.environ_base["REMOTE_ADDR"] = "10.9.8.7"
    for _ in range(6):
        elsewhere.sign_in("ann", "guess guess")
    assert elsewhere.sign_in("ann").status_code == 429
    assert browser.sign_in("ann").status_code == 302
    assert len(audit_of(f"staffuser:{ann.id}", "sign_in_refused")) == 5


@pytest.mark.serial
def test_two_administrators_who_close_each_other_at_once_leave_one(app: Flask) -> None:
    first, second = (create_staff(name, PASSWORD, role=Role.ADMIN) for name in ("ann", "bob"))
    outcomes = at_once(app, lambda: close_staff(first.id), lambda: close_staff(second.id))
    assert sum(isinstance(outcome, LastAdmin) for outcome in outcomes) == 1
    still = StaffUser.select().where(StaffUser.disabled_at.is_null())
    assert still.count() == 1


def test_sign_in_without_the_pages_token_is_refused(browser: Browser, app: Flask) -> None:
    create_staff("ann", PASSWORD, role=Role.OPERATOR)
    answer = browser.client.post("/admin/sign-in", data={"username": "ann", "password": PASSWORD})
    assert answer.status_code == 400
    assert browser.get("/admin/").status_code == 302


def test_session_is_new_after_sign_in_and_its_cookie_is_guarded(
    browser: Browser, app: Flask
) -> None:
    create_staff("ann", PASSWORD, role=Role.OPERATOR)
    before = browser.get("/admin/sign-in")
    token = browser.token
    answer = browser.post("/admin/sign-in", username="ann", password=PASSWORD)
    assert before.headers["Set-Cookie"] != answer.headers["Set-Cookie"]
    for word in ("HttpOnly", "SameSite=Lax", "Path=/admin"):
        assert word in answer.headers["Set-Cookie"]
    browser.get("/admin/")
    assert browser.token != token


def test_sign_out_by_post_ends_the_session_and_copies_of_its_cookie(
    signed_in: Callable[..., Browser], app: Flask
) -> None:
    browser = signed_in()
    cookie = browser.client.get_cookie("office", path="/admin")
    assert cookie is not None
    assert browser.client.get("/admin/sign-out").status_code == 404
    assert browser.get("/admin/").status_code == 200
    assert browser.post("/admin/sign-out").status_code == 302
    assert browser.get("/admin/").status_code == 302
    thief = app.test_client()
    thief.set_cookie("office", cookie.value, path="/admin")
    assert thief.get("/admin/").status_code == 302
    assert browser.staff and audit_of(f"staffuser:{browser.staff.id}", "sign_out")


def test_new_password_and_closed_account_end_open_sessions(
    signed_in: Callable[..., Browser],
) -> None:
    first, second = signed_in(Role.OPERATOR), signed_in(Role.VIEWER)
    assert first.staff and second.staff
    change_staff_password(first.staff, "another horse 43")
    close_staff(second.staff.id)
    assert first.get("/admin/").status_code == 302
    assert second.get("/admin/").status_code == 302
    assert second.sign_in("viewer-person").status_code == 401


def test_session_is_worn_out_after_twelve_hours(
    signed_in: Callable[..., Browser], travel: Callable[[timedelta], None]
) -> None:
    browser = signed_in()
    travel(timedelta(hours=11, minutes=59))
    assert browser.get("/admin/").status_code == 200
    travel(timedelta(minutes=2))
    assert browser.get("/admin/").status_code == 302


def test_command_opens_the_first_account(app: Flask) -> None:
    runner = app.test_cli_runner(env={"STAFF_PASSWORD": PASSWORD})
    assert "已创建 boss" in runner.invoke(staff_commands, ["create", "boss"]).output
    boss = StaffUser.get(StaffUser.username == "boss")
    assert boss.role == Role.ADMIN
    assert audit_of(f"staffuser:{boss.id}", "create")[0].actor_role == "command"
    again = runner.invoke(staff_commands, ["create", "boss"])
    assert again.exit_code == 1
    assert "该用户名已存在" in again.output


def test_command_asks_for_a_password_and_refuses_a_weak_one(app: Flask) -> None:
    runner = app.test_cli_runner(env={"STAFF_PASSWORD": ""})
    weak = runner.invoke(staff_commands, ["create", "boss"], input="12345\n12345\n")
    assert weak.exit_code == 1
    assert "密码至少 10 位" in weak.output
    good = runner.invoke(staff_commands, ["create", "boss"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert good.exit_code == 0
    assert PASSWORD not in good.output
