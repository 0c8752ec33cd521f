"""A real gateway process and pages that speak its protocol."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from simple_websocket import Client, ConnectionClosed

from app.core import auth

ROOT = Path(__file__).resolve().parents[2]
SECRET = "gateway-secret-0123456789abcdefghij"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition: Callable[[], Any], seconds: float = 8.0) -> Any:
    """The first true answer of *condition*; fails loudly when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.03)


def token_of(account_id: int, secret: str = SECRET) -> str:
    return auth.signer(secret).dumps([account_id, ["student"]])


class GatewayProcess:
    """gunicorn with the gateway, as production runs it."""

    def __init__(self, redis_url: str, log: Path, secret: str = SECRET):
        self.port = free_port()
        self.log = log
        self._redis_url = redis_url
        self._secret = secret
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | {
            "APP_ENV": "test",
            "SECRET_KEY": self._secret,
            "DATA_KEY": Fernet.generate_key().decode(),
            "REDIS_URL": self._redis_url,
            "LOG_LEVEL": "WARNING",
        }
        target = ["-c", "app/realtime/gunicorn_conf.py", "app.gateway:app"]
        target += ["--no-control-socket"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *target, "--bind", f"127.0.0.1:{self.port}"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(lambda: self.status("/readyz") == 200, 20)

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=3) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def metric(self, name: str) -> float:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=3) as answer:
            lines = answer.read().decode().splitlines()
        return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])

    def terminate(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)

    def page(self, account_id: int, *topics: str, token: str | None = None) -> "Page":
        page = Page(self.port)
        page.say(
            t="hello",
            token=token or token_of(account_id, self._secret),
            page="hall",
            topics=list(topics),
        )
        return page


class Page:
    """One open page."""

    def __init__(self, port: int):
        self.ws = Client(f"ws://127.0.0.1:{port}/ws")

    def say(self, **message: Any) -> None:
        self.ws.send(json.dumps(message))

    def hear(self, seconds: float = 5.0) -> dict[str, Any]:
        text = self.ws.receive(timeout=seconds)
        assert text is not None, "nothing was said"
        return json.loads(text)

    def hear_kind(self, kind: str, seconds: float = 5.0) -> dict[str, Any]:
        """The next event of *kind*; others are skipped."""
        deadline = time.monotonic() + seconds
        while True:
            said = self.hear(max(0.1, deadline - time.monotonic()))
            if said.get("kind") == kind:
                return said["payload"]

    def welcomed(self) -> "Page":
        assert self.hear()["t"] == "welcome"
        return self

    def is_quiet(self, seconds: float = 0.4) -> bool:
        return self.ws.receive(timeout=seconds) is None

    def end(self) -> int:
        """Wait for the close frame; answers its code."""
        try:
            while True:
                if self.ws.receive(timeout=8) is None:
                    raise AssertionError("the connection stays open")
        except ConnectionClosed as closed:
            return int(closed.reason)

    def close(self) -> None:
        try:
            self.ws.close()
        except ConnectionClosed:
            return
