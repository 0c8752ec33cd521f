"""Raw calls of WeChat's API, as any client makes them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.sandbox import SandboxControl


class RawWeChat:
    """WeChat's HTTP without any of our own code between."""

    def __init__(self, sandbox: SandboxControl) -> None:
        self.sandbox = sandbox
        self.http = requests.Session()

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.http.get(self.sandbox.root + path, params=query, timeout=20)

    def post(self, path: str, body: Any = None, **query: Any) -> requests.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self.http.post(self.sandbox.root + path, params=query, data=raw, timeout=20)

    def token(self, **more: Any) -> dict[str, Any]:
        """stable_token of the mini-program."""
        wanted = {
            "grant_type": "client_credential",
            "appid": self.sandbox.mini_appid,
            "secret": self.sandbox.mini_secret,
        }
        return self.post("/cgi-bin/stable_token", wanted | more).json()

    def with_token(self, path: str, body: Any, appid: str = "", secret: str = "") -> dict[str, Any]:
        """A POST API with a token of the mini-program or another account."""
        account = {"appid": appid, "secret": secret} if appid else {}
        token = self.token(**account)["access_token"]
        return self.post(path, body, access_token=token).json()

    def log_in(self, code: str, **more: Any) -> requests.Response:
        """jscode2session."""
        query = {
            "appid": self.sandbox.mini_appid,
            "secret": self.sandbox.mini_secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        wanted = {name: text for name, text in (query | more).items() if text is not None}
        return self.get("/sns/jscode2session", **wanted)


@pytest.fixture
def raw(wechat_sandbox: SandboxControl) -> Iterator[RawWeChat]:
    client = RawWeChat(wechat_sandbox)
    yield client
    client.http.close()
