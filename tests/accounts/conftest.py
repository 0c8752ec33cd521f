"""Who signs in by password, and captchas that a test can answer."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import Account
from app.accounts.services.passwords import open_password_account
from app.core.captchas import Kind, open_captcha
from tests.core.conftest import frail_redis

__all__ = ["frail_redis"]

PASSWORD = "correct horse 42"
SignIn = Callable[..., TestResponse]


def opened(username: str = "zhou.min", *, password: str = PASSWORD, **more: Any) -> Account:
    """An account as a registration opens it."""
    reach = {"name": "周敏", "phone": "13900020001", "email": "zhoumin@corp.cn"}
    return open_password_account(username=username, password=password, **(reach | more))


def answered() -> dict[str, str]:
    """A captcha with its right answer: the sum, which a test can read."""
    captcha = open_captcha(Kind.TEXT)
    left, right = str(captcha["question"]).split(" + ")
    return {"captcha_id": str(captcha["id"]), "captcha_answer": str(int(left) + int(right))}


@pytest.fixture
def sign_in(anybody: FlaskClient) -> SignIn:
    """The form at the desk, sent from an address."""

    def send(
        username: str = "zhou.min",
        password: str = PASSWORD,
        *,
        address: str = "10.0.0.1",
        **captcha,
    ) -> TestResponse:
        body = {"username": username, "password": password, **captcha}
        here = {"REMOTE_ADDR": address}
        return anybody.post("/api/login/password", json=body, environ_base=here)

    return send
