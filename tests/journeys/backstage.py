"""What a journey needs before its curtain rises: fairs by the stagehand, people over the API."""

import json
import secrets
import subprocess
import sys
import uuid
from dataclasses import dataclass
from typing import Any

import requests

from scripts.demo.students import resume
from scripts.setup.paths import ROOT
from scripts.stack.stack import Stack
from tests.sandbox import SandboxControl, SandboxUser

OK, CREATED, NO_CONTENT = 200, 201, 204
EDITION = secrets.randbelow(9_000) + 1_000  # a story can be told again on the same product


@dataclass(frozen=True)
class Stand:
    """An employer's booth at a fair that is live, and the recruiter who is bound to it."""

    fair: str
    fair_id: int
    booth_id: int
    employer: str
    recruiter: SandboxUser
    caller: "Caller"  # the recruiter's calls, for journeys that do not look at the desk


class Backstage:
    """Orders the stagehand about and brings people who never show up in a browser."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.sandbox = SandboxControl(stack.settings.sandbox_url)
        self.public_url = stack.settings.public_url
        self._hand = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.stagehand"],
            env=stack.settings.environment(),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, act: str, **words: Any) -> Any:
        """Have the stagehand do something and answer with its result."""
        assert self._hand.stdin and self._hand.stdout
        self._hand.stdin.write(json.dumps({"act": act} | words) + "\n")
        self._hand.stdin.flush()
        told = json.loads(self._hand.stdout.readline() or '{"error": "the stagehand left"}')
        assert "error" not in told, told["error"]
        return told["answer"]

    def close(self) -> None:
        """Send the stagehand home."""
        assert self._hand.stdin
        self._hand.stdin.close()
        self._hand.wait(10)

    def user(self, nickname: str) -> SandboxUser:
        """A new person with WeChat on the phone."""
        return self.sandbox.create_user(nickname=nickname)

    def caller(self, user: SandboxUser) -> "Caller":
        """A person who uses the API as the mini-program does."""
        return Caller(self.public_url, self.sandbox.login_code(user))

    def student(self, user: SandboxUser, fair_id: int | None = None, number: int = 0) -> "Caller":
        """A person with a full résumé, who has entered a fair if one is named."""
        caller = self.caller(user)
        caller.write_resume(resume(user.nickname, number))
        caller.post("/device-checks", camera="ok", microphone="ok", speaker="ok", browser="")
        if fair_id is not None:
            caller.post(f"/fairs/{fair_id}/enter")
        return caller

    def stand(self, title: str, employer: str, recruiter: str, **rules: Any) -> Stand:
        """A fair of its own for a journey, with one booth and its recruiter."""
        name = f"{title}（第 {EDITION} 场）"
        fair_id = self.order("open_fair", name=name, **rules)["id"]
        words = {"employer": employer, "number": "A01", "position": "软件工程师"}
        booth_id = self.order("open_booth", fair_id=fair_id, **words)["id"]
        user = self.user(recruiter)
        caller = self.recruiter(user, booth_id)
        return Stand(name, fair_id, booth_id, employer, user, caller)

    def recruiter(self, user: SandboxUser, booth_id: int, title: str = "招聘主管") -> "Caller":
        """A person bound to a booth's employer by a code, who has not taken a seat yet."""
        caller = self.caller(user)
        token = self.order("issue_code", booth_id=booth_id).rsplit(".", 1)[1]
        caller.post(f"/recruiter-codes/{token}/redeem", name=user.nickname, title=title)
        caller.renew()
        return caller


class Caller:
    """Somebody's calls, as the phone makes them."""

    def __init__(self, public_url: str, login_code: str) -> None:
        self._root = f"{public_url}/api"
        self._http = requests.Session()
        self._http.trust_env = False
        self._begin(self.post("/login/miniprogram", code=login_code))

    def renew(self) -> None:
        """A new access token, with the roles as they are now."""
        self._begin(self.post("/login/renew", refresh_token=self._refresh_token))

    def get(self, path: str) -> Any:
        """Read a screen."""
        return self._told(self._http.get(self._root + path, timeout=20))

    def post(self, path: str, **body: Any) -> Any:
        """Do something, once."""
        once = {"Idempotency-Key": str(uuid.uuid4())}
        return self._told(self._http.post(self._root + path, json=body, headers=once, timeout=20))

    def write_resume(self, sections: dict[str, Any]) -> None:
        """Fill in a résumé."""
        for key, content in sections.items():
            self._put(f"/resume/sections/{key}", content=content)

    def apply(self, booth_id: int) -> int:
        """Apply for an interview; answers with the ticket's id."""
        return self.post(f"/booths/{booth_id}/interviews", position_id=None)["id"]

    def accept(self, ticket: int) -> None:
        """A recruiter accepts an application."""
        self.post(f"/interviews/{ticket}/accept")

    def come_online(self, page: str = "queue") -> None:
        """Be there for the next 45 s."""
        self.post("/presence", page=page)

    def _put(self, path: str, **body: Any) -> Any:
        return self._told(self._http.put(self._root + path, json=body, timeout=20))

    def _begin(self, session: dict[str, Any]) -> None:
        self._refresh_token = session["refresh_token"]
        self._http.headers["Authorization"] = f"Bearer {session['access_token']}"

    @staticmethod
    def _told(answer: requests.Response) -> Any:
        assert answer.status_code in (OK, CREATED, NO_CONTENT), answer.text[:400]
        return answer.json() if answer.content else None
