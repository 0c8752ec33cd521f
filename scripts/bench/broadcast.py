"""A broadcast to a whole fair through one worker process, while WeChat answers in 100 ms.

    python -m scripts.bench.broadcast [--people 6000] [--database sqlite|postgresql]

Real parts throughout: RQ over Valkey, ``python -m app.worker``, HTTP to the sandbox. Fails
when not everybody was told exactly once within the minute that the product promises.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import requests
from peewee import chunked

from app import migrate
from app.accounts.models import Account, WeChatIdentity
from app.config import Config
from app.core.database import atomic, db
from app.factory import bare_app
from app.notifications.models import Notification, NotificationKind, Status, SubscriptionCredit
from app.notifications.services import notify_many
from scripts.bench import cpu
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT
from scripts.stack.postgres import postgres_url
from scripts.stack.readiness import answers, wait_until
from scripts.stack.settings import Settings
from scripts.stack.valkey import Valkey
from scripts.wechat_sandbox import demo

ANSWER_MS = 100  # how long WeChat takes
PROMISE_SECONDS = 60.0
PEOPLE = 6_000
GIVE_UP_SECONDS = 300.0
KIND = NotificationKind.FAIR_NOTICE
TEMPLATE = demo.template_id("mini", KIND)


class Sandbox:
    """The sandbox's control API, as far as a broadcast needs it."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._http = requests.Session()
        self._http.trust_env = False

    def post(self, path: str, **body: Any) -> Any:
        answer = self._http.post(f"{self.root}/sandbox{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def get(self, path: str, **query: Any) -> Any:
        answer = self._http.get(f"{self.root}/sandbox{path}", params=query, timeout=60)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def running(module: str, settings: Settings, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of the product's processes."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *options],
        cwd=ROOT,
        env=settings.environment() | {"SANDBOX_PUSH_URL": ""},
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def crowd(sandbox: Sandbox, people: int) -> list[int]:
    """People who agreed to one message each, on both sides of the wire; their accounts."""

    def create(number: int) -> str:
        user = {"nickname": f"学生{number}", "accepts": {TEMPLATE: 1}}
        return sandbox.post("/users", **user)["openids"][demo.MINI_APPID]

    with ThreadPoolExecutor(8) as hands:
        openids = list(hands.map(create, range(people)))
    accounts = range(1, people + 1)
    rows = [
        (Account, [{"id": one, "name": f"学生{one}"} for one in accounts]),
        (
            WeChatIdentity,
            [
                {"account": one, "appid": demo.MINI_APPID, "openid": openid}
                for one, openid in zip(accounts, openids, strict=True)
            ],
        ),
        (
            SubscriptionCredit,
            [{"account": one, "template_id": TEMPLATE, "remaining": 1} for one in accounts],
        ),
    ]
    with atomic():
        for model, content in rows:
            for part in chunked(content, 500):
                model.insert_many(part).execute()
    return list(accounts)


def wait_for(holds: Callable[[], bool], seconds: float) -> None:
    """Wait until *holds*.

    :raises SetupRefused: it did not come true
    """
    if not wait_until(holds, seconds):
        raise SetupRefused(f"not within {seconds:.0f} s")


def broadcast(settings: Settings, sandbox: Sandbox, people: int) -> dict[str, Any]:
    """Tell everybody, wait for the last one, and count what reached WeChat."""
    app = bare_app(Config.from_env(settings.environment()))
    with app.app_context():
        accounts = crowd(sandbox, people)
        sandbox.post("/switches", delay_ms=ANSWER_MS)
        with running("app.worker", settings) as worker:
            wait_for(lambda: bool(app.extensions["redis"].scard("rq:workers")), 30)
            began, before = time.monotonic(), cpu.seconds([worker.pid])
            words = {"fair": "2027 届毕业生春季视频双选会", "text": "会场今晚八点开放，请测试设备"}
            notify_many(accounts, KIND, params=words, page="pages-fair/home/home?id=1", subject="")
            written = time.monotonic() - began
            undone = Notification.select().where(Notification.status != Status.SENT)
            wait_for(lambda: not undone.exists(), GIVE_UP_SECONDS)
            took = time.monotonic() - began
            used = cpu.seconds([worker.pid]) - before
        db.close()
    calls = sandbox.get("/calls")
    return {
        "people": people,
        "database": db.obj.__class__.__name__.removeprefix("Pooled"),
        "seconds": round(took, 1),
        "command_seconds": round(written, 2),
        "per_second": round(people / took),
        "worker_cpu_ms_each": round(used * 1000 / people, 2),
        "sends": calls["counts"]["/cgi-bin/message/subscribe/send"],
        "most_at_once": calls["most_at_once"],
    }


def measure(database: str, people: int = PEOPLE) -> dict[str, Any]:
    """Tell *people* on a fresh ``sqlite`` or ``postgresql`` and return how it went.

    :raises SetupRefused: a part does not start, or not everybody is told within five minutes
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="broadcast-")))
        url = ""
        if database == "postgresql":
            url = stack.enter_context(postgres_url(folder / "postgres"))
        settings = Settings.on_free_ports(folder, url, {"LOG_LEVEL": "WARNING"})
        settings.make_folders()
        valkey = Valkey(settings.valkey_port, folder / "valkey")
        valkey.start()
        stack.callback(valkey.stop)
        migrate.run(settings.environment()["DATABASE_URL"])
        stack.enter_context(running("scripts.wechat_sandbox", settings, "--quiet", "--state", "-"))
        sandbox = Sandbox(settings.sandbox_url)
        wait_for(lambda: answers(f"{sandbox.root}/healthz"), 30)
        return broadcast(settings, sandbox, people)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench.broadcast", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    found = measure(given.database, given.people)
    print(json.dumps(found, ensure_ascii=False))
    exact = found["sends"] == found["people"]
    return 0 if exact and found["seconds"] <= PROMISE_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
