"""The WeChat sandbox in tests: one server per run, and hands to play its users with.

``conftest`` takes the fixtures over::

    pytest_plugins = ["tests.sandbox"]

    def test_login(wechat_sandbox):
        user = wechat_sandbox.create_user(nickname="林小满", phone="13800010001")
        code = wechat_sandbox.login_code(user)
"""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from scripts.wechat_sandbox import demo

ROOT = Path(__file__).resolve().parent.parent
FIRST_PORT, LAST_PORT = 20_000, 32_000  # below the ephemeral ports


@dataclass(frozen=True)
class SandboxUser:
    """A WeChat user of the sandbox."""

    id: str
    nickname: str
    phone: str
    unionid: str
    openid: str  # at the mini-program
    service_openid: str  # at the service account


class SandboxControl:
    """Plays WeChat's users and turns the sandbox's switches."""

    mini_appid = demo.MINI_APPID
    mini_secret = demo.MINI_SECRET
    service_appid = demo.SERVICE_APPID
    service_secret = demo.SERVICE_SECRET
    push_token = demo.PUSH_TOKEN
    push_aes_key = demo.PUSH_AES_KEY

    def __init__(self, root: str) -> None:
        self.root = root
        self._http = requests.Session()
        self._http.trust_env = False

    def request(self, method: str, path: str, /, **more: Any) -> Any:
        """A call of the control API; what the sandbox refuses is an error."""
        answer = self._http.request(method, f"{self.root}/sandbox{path}", timeout=30, **more)
        if answer.status_code != 200:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer.json()

    def post(self, path: str, /, **body: Any) -> Any:
        """POST with a JSON body."""
        return self.request("POST", path, json=body)

    # -- people ---------------------------------------------------------------
    def create_user(self, nickname: str = "测试用户", **more: Any) -> SandboxUser:
        """A new person; phone=, id=, unionid=, openids=, risky= … may be given."""
        return self._user(self.post("/users", nickname=nickname, **more))

    def user(self, user_id: str) -> SandboxUser:
        """A person by id, such as the demo user "lin-xiaoman"."""
        return self._user(self.request("GET", f"/users/{user_id}"))

    def state_of(self, user: SandboxUser) -> dict[str, Any]:
        """All the sandbox knows of a person: accepts, refused, follows, session_keys …"""
        return self.request("GET", f"/users/{user.id}")

    def change_user(self, user: SandboxUser, **changes: Any) -> None:
        """Change a person: risky=True, phone=…"""
        self.request("PATCH", f"/users/{user.id}", json=changes)

    def _user(self, row: dict[str, Any]) -> SandboxUser:
        openids = row["openids"]
        return SandboxUser(
            row["id"],
            row["nickname"],
            row["phone"],
            row["unionid"],
            openids[self.mini_appid],
            openids[self.service_appid],
        )

    def login_code(self, user: SandboxUser, appid: str = "") -> str:
        """wx.login on the person's phone."""
        return self.post(f"/users/{user.id}/login-code", appid=appid)["code"]

    def phone_code(self, user: SandboxUser) -> str:
        """The phone-number button on the person's phone."""
        return self.post(f"/users/{user.id}/phone-code")["code"]

    def oauth_code(self, user: SandboxUser, scope: str = "snsapi_userinfo") -> str:
        """Consent on the OAuth page."""
        return self.post(f"/users/{user.id}/oauth-code", scope=scope)["code"]

    def accept(self, user: SandboxUser, *template_ids: str, times: int = 1) -> None:
        """The person accepts a subscription popup (event pushed once per popup)."""
        results = dict.fromkeys(template_ids, "accept")
        self.post(f"/users/{user.id}/subscriptions", results=results, times=times)

    def reject(self, user: SandboxUser, *template_ids: str) -> None:
        """The person refuses a subscription popup."""
        results = dict.fromkeys(template_ids, "reject")
        self.post(f"/users/{user.id}/subscriptions", results=results)

    def switch_off(self, user: SandboxUser, template_id: str) -> None:
        """The person sets a template to 不接收 on the message card (change event)."""
        self.post(f"/users/{user.id}/subscription-setting", template_id=template_id)

    def follow(self, user: SandboxUser) -> None:
        """Follow the service account."""
        self.request("POST", f"/users/{user.id}/follow")

    def unfollow(self, user: SandboxUser) -> None:
        """Stop following."""
        self.request("DELETE", f"/users/{user.id}/follow")

    def messages(self, user: SandboxUser | None = None) -> list[dict[str, Any]]:
        """Messages received, oldest first."""
        return self.request("GET", "/messages", params={"user": user.id} if user else {})

    def sms(self, number: str | None = None) -> list[dict[str, Any]]:
        """SMS sent, oldest first: {"number", "text", "words", "id"}."""
        return self.request("GET", "/sms", params={"number": number} if number else {})

    def opt_out(self, number: str) -> None:
        """The owner of a number wants no more SMS."""
        self.post("/sms/opt-out", number=number)

    def tap(self, message: dict[str, Any]) -> dict[str, str]:
        """Tap a message: {"page", "url", "opens"}."""
        return self.post(f"/messages/{message['id']}/tap")

    # -- the sandbox itself ---------------------------------------------------
    def reset(self) -> None:
        """Back to the first day."""
        self.post("/reset")

    def switch(self, **switches: Any) -> None:
        """delay_ms, busy_rate, ip_whitelist, serial_sends, sent_events, push_* …"""
        self.post("/switches", **switches)

    def fault(self, path: str, **fault: Any) -> None:
        """The next times= calls of path ("*": any) suffer errcode=, http_status=,
        body=, hang_seconds= or drop=True."""
        self.post("/faults", path=path, **fault)

    def quota(self, path: str, **limits: int) -> None:
        """Set day= and minute= limits of a path."""
        self.post("/quotas", path=path, **limits)

    def advance(self, seconds: float) -> float:
        """Move the sandbox's clock."""
        return self.post("/clock", advance=seconds)["now"]

    def revoke_tokens(self) -> None:
        """All access tokens die."""
        self.post("/tokens/revoke")

    def app(self, appid: str, **settings: Any) -> dict[str, Any]:
        """Register an account or change its settings."""
        return self.request("PUT", f"/apps/{appid}", json=settings)

    def push_to(self, url: str, *, mode: str = "secure", mini_format: str = "json") -> None:
        """Let both accounts push their events to *url*."""
        keys = {"push_token": self.push_token, "push_aes_key": self.push_aes_key}
        for appid, form in ((self.mini_appid, mini_format), (self.service_appid, "xml")):
            self.app(appid, push_url=url, push_mode=mode, push_format=form, **keys)

    def pushes(self, wait: float = 10) -> list[dict[str, Any]]:
        """Events pushed and their fate, after those on their way have arrived."""
        return self.request("GET", "/pushes", params={"wait": wait})

    def push(self, appid: str, message: dict[str, Any], **how: Any) -> dict[str, Any]:
        """Send one event now; tamper=, at= and nonce= forge it. {"status", "text"}."""
        return self.post("/pushes", appid=appid, message=message, **how)

    def letter(self, appid: str, message: dict[str, Any], **how: Any) -> tuple[bytes, dict]:
        """Body and query of a push, not sent."""
        found = self.post("/letters", appid=appid, message=message, **how)
        return found["body"].encode(), found["query"]

    def calls(self, path: str) -> int:
        """How often a path was called since the last reset or forget_calls()."""
        return self.request("GET", "/calls")["counts"].get(path, 0)

    def most_at_once(self) -> int:
        """The most calls that were open at one time."""
        return self.request("GET", "/calls")["most_at_once"]

    def history(self, path: str) -> list[dict[str, Any]]:
        """The last calls of a path."""
        return self.request("GET", "/history", params={"path": path})

    def forget_calls(self) -> None:
        """Count anew."""
        self.request("DELETE", "/calls")

    @staticmethod
    def template_id(kind: str, account: str = "mini") -> str:
        """The id of a demo template by the notification's kind."""
        return demo.template_id(account, kind)


def free_port() -> int:
    """A free loopback port below the ephemeral range."""
    for port in random.sample(range(FIRST_PORT, LAST_PORT), 200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port")


@contextmanager
def running_sandbox(*options: str, port: int = 0) -> Iterator[SandboxControl]:
    """Start a sandbox of one's own with further command line *options*."""
    port = port or free_port()
    command = [sys.executable, "-m", "scripts.wechat_sandbox", "--quiet", "--port", str(port)]
    settings = {"SANDBOX_PUSH_URL": ""} | {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("WECHAT_", "SMS_", "SANDBOX_", "PUBLIC_URL", "VAR_FOLDER"))
    }
    server = subprocess.Popen([*command, *options], cwd=ROOT, env=settings)
    control = SandboxControl(f"http://127.0.0.1:{port}")
    try:
        _wait_until_up(control, server)
        yield control
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_up(control: SandboxControl, server: subprocess.Popen) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"the WeChat sandbox ended with {server.returncode}")
        try:
            control.request("GET", "/state")
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the WeChat sandbox did not start within 30 s")


@pytest.fixture(scope="session")
def sandbox_server() -> Iterator[SandboxControl]:
    """One sandbox for the whole run."""
    with running_sandbox() as control:
        yield control


@pytest.fixture
def wechat_sandbox(sandbox_server: SandboxControl) -> SandboxControl:
    """The sandbox on its first day."""
    sandbox_server.reset()
    return sandbox_server
