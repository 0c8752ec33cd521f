"""Two browsers that hold a call with the engine alone, over real web processes."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from playwright.sync_api import Page

from app.accounts.models import Account
from app.config import Config
from app.core import wire
from app.core.auth import issue_token
from app.core.database import db
from app.factory import bare_app
from app.rtc import services
from app.rtc.models import Room
from scripts.setup.paths import ROOT
from tests.realtime.stage import free_port, wait_until

MINIPROGRAM = ROOT / "miniprogram"
PAGE = """<!doctype html><meta charset="utf-8"><title>call</title>
<video id="remote" autoplay playsinline muted></video>
<script src="/engine.js"></script><script src="/stage.js"></script>"""
STAGE = """
const seen = { states: [], faults: [], reasons: [], peer: null, talk: 0, local: null };
window.seen = seen;
async function post(room, body) {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${window.bearer}` };
  const request = { method: 'POST', body: JSON.stringify(body), headers };
  const answer = await fetch(`/api/rooms/${room}/sync`, request);
  const content = await answer.json();
  if (answer.ok) return content;
  throw { status: answer.status, code: (content.type || '').split('/').pop() };
}
window.join = async (account, bearer, timing) => {
  window.bearer = bearer;
  const remote = document.getElementById('remote');
  window.call = CallEngine.createCall({
    credentials: () => window.credentials(account),
    sync: post,
    timing,
    onState: (state, { fault, reason }) => {
      seen.states.push(state);
      if (fault) seen.faults.push(fault);
      if (reason) seen.reasons.push(reason);
    },
    onLocalStream: (stream) => { seen.local = stream; },
    onRemoteStream: (stream) => { remote.srcObject = stream; },
    onTalkSeconds: (seconds) => { seen.talk = seconds; },
    onPeer: (peer) => { seen.peer = peer; },
  });
  await window.call.start();
};
"""


class WebProcesses:
    """gunicorn with two web processes on a database of their own; this process shares it."""

    def __init__(self, folder: Path, redis_url: str):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            "APP_ENV": "test",
            "SECRET_KEY": "call-room-secret-0123456789abcdef",
            "DATA_KEY": Fernet.generate_key().decode(),
            "REDIS_URL": redis_url,
            "DATABASE_URL": f"sqlite:///{folder / 'call.db'}",
            "PUBLIC_URL": self.url,
        }
        self.log = folder / "web.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.engine = bundle(folder)
        self.app: Any = None

    def start(self) -> None:
        environment = os.environ | self._environment
        python = [sys.executable, "-m"]
        subprocess.run([*python, "app.migrate", "up"], cwd=ROOT, env=environment, check=True)
        self.app = bare_app(Config.from_env(self._environment))
        size = ["--workers", "2", "--threads", "4", "--no-control-socket"]
        size += ["--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*python, "gunicorn", "wsgi:app", *size],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._answers, 30)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(15)

    def open_room(self) -> Room:
        with self.app.app_context():
            student, recruiter = Account.create(name="李同学"), Account.create(name="王经理")
            room = services.create_room(
                subject="interview:1",
                student_account_id=student.id,
                recruiter_account_id=recruiter.id,
            )
            db.close()
        return room

    def credentials(self, room: Room, account_id: int) -> Any:
        with self.app.app_context():
            credential = services.issue(services.get_room(room.name), account_id)
            db.close()
            return wire.reply(credential).get_json()

    def talk_seconds(self, room: Room) -> int:
        with self.app.app_context():
            seconds = services.talk_seconds(services.get_room(room.name))
            db.close()
            return seconds

    def close_room(self, room: Room) -> None:
        with self.app.app_context():
            services.close_room(room)
            db.close()

    def bearer(self, account_id: int) -> str:
        with self.app.app_context():
            return issue_token(account_id, ("student", "recruiter"))

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except OSError:
            return False


class CallPage:
    """One side's page in its own browser."""

    def __init__(self, page: Page, web: WebProcesses, room: Room, account_id: int):
        self.page, self.web, self.room, self.account_id = page, web, room, account_id
        page.route("**/call", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        page.route("**/engine.js", lambda route: route.fulfill(path=web.engine))
        page.route(
            "**/stage.js", lambda route: route.fulfill(body=STAGE, content_type="text/javascript")
        )
        page.expose_function("credentials", lambda account: web.credentials(room, account))
        self.load()

    def load(self) -> None:
        self.page.goto(f"{self.web.url}/call")

    def join(self, **timing: int) -> None:
        arguments = [self.account_id, self.web.bearer(self.account_id), timing]
        self.page.evaluate(
            "([account, bearer, timing]) => join(account, bearer, timing)", arguments
        )

    def seen(self, what: str) -> Any:
        return self.page.evaluate(f"seen.{what}")

    @property
    def state(self) -> str:
        return self.page.evaluate("call.state")

    def until_state(self, state: str, seconds: float = 15) -> None:
        self.page.wait_for_function(
            "(state) => window.call && call.state === state", arg=state, timeout=seconds * 1000
        )


def bundle(folder: Path) -> Path:
    """The engine as one script, built by the client's own bundler."""
    target = folder / "engine.js"
    source = MINIPROGRAM / "src" / "shared" / "call" / "index.ts"
    options = ["--bundle", "--format=iife", "--global-name=CallEngine", "--target=es2020"]
    subprocess.run(
        [
            MINIPROGRAM / "node_modules" / ".bin" / "esbuild",
            source,
            *options,
            f"--outfile={target}",
        ],
        check=True,
        capture_output=True,
    )
    return target


def wait_seconds(page: Page, seconds: float) -> float:
    """Let the pages go on for a while; answers how long it was."""
    began = time.monotonic()
    page.wait_for_timeout(seconds * 1000)
    return time.monotonic() - began
