"""A company whose recruiter signs in by password, a phone and a mailbox that take codes."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from app.accounts.models import Account
from app.accounts.services.passwords import open_password_account
from app.core.errors import DomainError
from app.employers.models import Employer
from app.employers.services import bind_recruiter
from app.recovery.jobs import send_code
from app.recovery.models import PasswordRecovery
from tests.accounts.conftest import PASSWORD, SignIn, answered, sign_in
from tests.factories import Factory
from tests.notifications.conftest import Mailroom, mailroom, sandbox_sms, settings_of
from tests.sandbox import SandboxControl

__all__ = ["PASSWORD", "SignIn", "answered", "mailroom", "sign_in"]

COMPANY = "远航科技（杭州）有限公司"
PHONE, MAIL = "13812346666", "zhoumin@corp.cn"
NEW = "fresh battery 77"


@dataclass(frozen=True)
class Company:
    """An employer and the account of its administrator."""

    employer: Employer
    account: Account


def company_of(factory: Factory, name: str = COMPANY, *, username: str = "zhou.min", **more: Any):
    """A company with an administrator who registered phone and mailbox."""
    employer = factory.employer(name)
    reach = {"name": "周敏", "phone": PHONE, "email": MAIL} | more
    account = open_password_account(username=username, password=PASSWORD, **reach)
    bind_recruiter(account, employer.id, name="周敏", title="招聘主管")
    return Company(employer, Account.get_by_id(account.id))


@pytest.fixture
def company(factory: Factory, reachable: None) -> Company:
    """The company of these tests."""
    return company_of(factory)


@pytest.fixture
def reachable(
    app: Flask, wechat_sandbox: SandboxControl, mailroom: tuple[Mailroom, str]
) -> Iterator[None]:
    """SMS by the sandbox without its pauses, and a mail server."""
    wechat_sandbox.switch(sms_pause_seconds=0)
    _, url = mailroom
    sms = sandbox_sms(wechat_sandbox.root)
    with settings_of(app, sms=sms, mail_url=url, mail_from="双选会 <fair@example.com>"):
        yield


@pytest.fixture
def letters(mailroom: tuple[Mailroom, str]) -> Mailroom:
    """What the mail server has taken."""
    return mailroom[0]


@pytest.fixture
def begin(anybody: FlaskClient) -> Callable[..., TestResponse]:
    """Recovery ①, with a captcha answered right."""

    def send(company: str = COMPANY, **more: str) -> TestResponse:
        body = {"company": company, **answered(), **more}
        return anybody.post("/api/recoveries", json=body)

    return send


@pytest.fixture
def hand(anybody: FlaskClient) -> "Hand":
    """What a person does in the wizard after the first step."""
    return Hand(anybody)


@dataclass(frozen=True)
class Hand:
    """The wizard's further steps over HTTP."""

    client: FlaskClient

    def ask(self, ticket: str, way: str = "phone", *, runs: bool = True) -> TestResponse:
        """Ask for a code; the worker sends it."""
        answer = self.client.post(f"/api/recoveries/{ticket}/code", json={"way": way})
        if runs:
            run_worker()
        return answer

    def prove(self, ticket: str, code: str) -> TestResponse:
        """Type the code."""
        return self.client.post(f"/api/recoveries/{ticket}/proof", json={"code": code})

    def choose(self, token: str, password: str = NEW) -> TestResponse:
        """Choose the new password."""
        body = {"reset_token": token, "password": password}
        return self.client.post("/api/password-resets", json=body)


def run_worker() -> None:
    """The worker's turn: every code that was asked for is sent."""
    for row in PasswordRecovery.select().where(PasswordRecovery.status == "asked"):
        send_code(row.id)


def texted(sandbox: SandboxControl, number: str = PHONE) -> str:
    """The last code that a phone got."""
    return sandbox.sms(number)[-1]["words"]["1"]


def mailed(letters: Mailroom) -> str:
    """The last code that a mailbox got."""
    found = re.search(r"\b\d{6}\b", letters.letters[-1].get_content())
    assert found
    return found[0]


def another(code: str) -> str:
    """Six digits that are not *code*."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def problem(answer: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json["type"].removeprefix("/problems/")


def code_of(error: Any) -> str:
    """The code of a raised refusal."""
    assert isinstance(error, DomainError), error
    return error.code()


def jpeg(size: int = 0) -> bytes:
    """A stamped statement of *size* bytes."""
    written = io.BytesIO()
    Image.new("RGB", (240, 320), "white").save(written, "JPEG")
    return written.getvalue().ljust(size, b"\0")


def png() -> bytes:
    """The same as PNG."""
    written = io.BytesIO()
    Image.new("RGB", (240, 320), "white").save(written, "PNG")
    return written.getvalue()
