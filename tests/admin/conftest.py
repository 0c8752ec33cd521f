"""Staff at a browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from app.accounts.models import StaffUser
from app.core.audit import AuditEntry

PASSWORD = "correct horse 42"
# Signing in reads the cost out of the hash. What a password costs in the product is paid where
# passwords are the matter, in test_sign_in; two thirds of a page's test went into it elsewhere.
QUICK_HASH = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
Role = StaffUser.StaffRole


@dataclass
class Browser:
    """A browser that sends what a person's would: the form's token with every form."""

    client: FlaskClient
    staff: StaffUser | None = None
    token: str = field(default="")

    def get(self, path: str) -> TestResponse:
        """Open a page and remember its token."""
        response = self.client.get(path)
        if found := TOKEN.search(text_of(response)):
            self.token = found[1]
        return response

    def post(self, path: str, **form: Any) -> TestResponse:
        """Send a form with the token of the last page."""
        return self.client.post(path, data={"csrf_token": self.token} | form)

    def sign_in(self, username: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        """The sign-in page's form."""
        self.get("/admin/sign-in")
        return self.post("/admin/sign-in", username=username, password=password, **more)


def text_of(response: TestResponse) -> str:
    """A page's text, without escapes; nothing for a picture."""
    if not response.content_type or "html" not in response.content_type:
        return ""
    return unescape(response.get_data(as_text=True))


def audit_of(subject: str, action: str) -> list[AuditEntry]:
    """The audit rows of one act on one record."""
    chosen = (AuditEntry.subject == subject) & (AuditEntry.action == action)
    return list(AuditEntry.select().where(chosen))


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser nobody has signed in at."""
    return Browser(app.test_client())


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., Browser]:
    """A browser at which somebody of a role is signed in."""

    def make(role: Role = Role.OPERATOR, username: str = "") -> Browser:
        name = username or f"{role}-person"
        words = {"username": name, "name": f"{role} 甲", "role": role}
        staff = StaffUser.create(password_hash=QUICK_HASH, **words)
        browser = Browser(app.test_client(), staff)
        assert browser.sign_in(name).status_code == 302
        browser.get("/admin/")
        return browser

    return make
