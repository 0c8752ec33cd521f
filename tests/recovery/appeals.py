"""What an applicant does, step by step."""

import io
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.conftest import answered
from tests.recovery.conftest import COMPANY, jpeg

REASON = "预留手机号已停用，邮箱无法登录。"
APPEAL_PHONE = "13900008888"


@dataclass
class Applicant:
    """Somebody who asks for a company's password without phone and mailbox."""

    client: FlaskClient
    uscc: str
    number: str = ""

    def open(self, **changes: str) -> TestResponse:
        """Fill in the form."""
        body = {
            "company_name": COMPANY,
            "uscc": self.uscc,
            "applicant": "周敏",
            "phone": APPEAL_PHONE,
            "reason": REASON,
            **answered(),
        }
        answer = self.client.post("/api/password-appeals", json=body | changes)
        self.number = (answer.json or {}).get("number", "")
        return answer

    def change(self, **changes: str) -> TestResponse:
        """Change the draft."""
        body = {"company_name": COMPANY, "uscc": self.uscc, "applicant": "周敏", "reason": REASON}
        return self.client.put("/api/password-appeals", json=body | self.key | changes)

    def upload(
        self, content: bytes, name: str = "statement.jpg", *, purpose: str = "appeal_statement"
    ) -> TestResponse:
        """Send a file without a login."""
        form: dict[str, Any] = {"file": (io.BytesIO(content), name), "purpose": purpose}
        return self.client.post("/api/uploads/visitor", data=form)

    def submit(
        self, *, claim: str | None = None, seal_name: str = COMPANY, paper_reason: str = REASON
    ) -> TestResponse:
        """Hand it in; with a statement of its own unless a claim is given."""
        if claim is None:
            claim = self.upload(jpeg()).json["claim"]
        body = {"claim": claim, "seal_name": seal_name, "paper_reason": paper_reason}
        return self.client.post("/api/password-appeals/submit", json=body | self.key)

    def look(self) -> TestResponse:
        """How it stands."""
        return self.client.post("/api/password-appeals/state", json=self.key)

    @property
    def key(self) -> dict[str, str]:
        """By which it is found."""
        return {"number": self.number, "phone_tail": APPEAL_PHONE[-4:]}
