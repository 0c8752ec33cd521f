"""A room with two people, and pages that sync with it over HTTP."""

from typing import Any

from app.accounts.models import Account
from app.core.auth import issue_token
from app.rtc import services
from app.rtc.models import Room


class Caller:
    """One side's page: keeps its token, its credential and how far it has read."""

    def __init__(self, app: Any, room: Room, account_id: int, name: str = ""):
        self._client = app.test_client()
        self.room = room
        self.account_id = account_id
        self.name = name or f"page-of-{account_id:04d}"
        self.after = 0
        self.bearer = issue_token(account_id, ("student", "recruiter"))
        self.token = services.issue(room, account_id)["sync_token"]

    def post(self, *signals: dict[str, Any], flowing: bool = False, **changes: Any) -> Any:
        """One raw sync; *changes* replace members of the body."""
        body = {
            "after": self.after,
            "client": self.name,
            "token": self.token,
            "signals": list(signals),
            "media": {"flowing": flowing},
        } | changes
        headers = {"Authorization": f"Bearer {self.bearer}"}
        return self._client.post(f"/api/rooms/{self.room.name}/sync", json=body, headers=headers)

    def sync(self, *signals: dict[str, Any], flowing: bool = False) -> dict[str, Any]:
        """One sync that has to work."""
        response = self.post(*signals, flowing=flowing)
        assert response.status_code == 200, response.get_data(as_text=True)
        answer = response.get_json()
        self.after = answer["after"]
        return answer

    def refused(self, **changes: Any) -> tuple[int, str]:
        """Status and problem type of a sync that has to fail."""
        response = self.post(**changes)
        return response.status_code, response.get_json()["type"].rsplit("/", 1)[1]


def open_room(subject: str = "interview:42") -> Room:
    student, recruiter = Account.create(name="李同学"), Account.create(name="王经理")
    return services.create_room(
        subject=subject, student_account_id=student.id, recruiter_account_id=recruiter.id
    )


def signal(kind: str, **body: Any) -> dict[str, Any]:
    return {"kind": kind, "body": body}
