"""People who can be reached, a mail server, and a worker process to kill."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from werkzeug.serving import make_server

from app.accounts.models import Account, WeChatIdentity
from app.config import SmsSettings
from app.core.redis import client
from app.integrations.mail import Mailer
from app.integrations.sms import sms_provider
from app.notifications.jobs import deliver
from app.notifications.models import Notification, NotificationKind, SubscriptionCredit
from app.notifications.services import notify
from scripts.stack.templates import SMS_TEMPLATES, sandbox_templates
from scripts.wechat_sandbox import demo
from tests.sandbox import ROOT, SandboxControl, SandboxUser, free_port

Kind = NotificationKind
PAGE = "pages-interview/queue/queue?id=88"


@dataclass(frozen=True)
class Person:
    """An account and the WeChat user behind it."""

    account: Account
    user: SandboxUser

    @property
    def id(self) -> int:
        return self.account.id


class Mailroom:
    """Takes letters, unless it is told to be busy."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.is_busy = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list
    ) -> str:
        if self.is_busy:
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


class Cast:
    """Makes people and tells them things."""

    def __init__(self, app: Flask, sandbox: SandboxControl) -> None:
        self.app = app
        self.sandbox = sandbox

    def person(self, name: str = "林小满", *, credits: int = 0, **more: Any) -> Person:
        """Somebody with a mini-program login; follows=True, email=… make them easier to reach.

        *credits* accepts every interview template that often, on both sides of the wire.
        """
        user = self.sandbox.create_user(name, phone=more.get("phone", ""))
        account = Account.create(name=name, email=more.get("email"), phone=more.get("phone"))
        mini = self.sandbox.mini_appid
        WeChatIdentity.create(account=account, appid=mini, openid=user.openid, unionid=user.unionid)
        if more.get("follows"):
            self.sandbox.follow(user)
            service = self.sandbox.service_appid
            WeChatIdentity.create(
                account=account, appid=service, openid=user.service_openid, unionid=user.unionid
            )
        person = Person(account, user)
        if credits:
            self.agree(person, credits)
        return person

    def agree(self, person: Person, times: int = 1, kind: Kind = Kind.INTERVIEW_ACCEPTED) -> None:
        """The person agreed to *times* messages, and we know it."""
        template = self.sandbox.template_id(kind)
        self.sandbox.accept(person.user, template, times=times)
        SubscriptionCredit.create(account=person.account, template_id=template, remaining=times)

    def tell(self, person: Person, kind: Kind = Kind.INTERVIEW_ACCEPTED, **params: str) -> int:
        """One notification, as a command writes it."""
        words = {"employer": "远航科技有限公司", "position": "后端工程师", "booth": "A001"}
        return notify(person.id, kind, params=words | params, page=PAGE, subject="interview:88")

    def received(self, person: Person) -> list[dict[str, Any]]:
        """What reached the person's WeChat, oldest first."""
        return self.sandbox.messages(person.user)

    def credit(self, person: Person, kind: Kind = Kind.INTERVIEW_ACCEPTED) -> int:
        """What we think is left."""
        row = SubscriptionCredit.get_or_none(
            account=person.account, template_id=self.sandbox.template_id(kind)
        )
        return row.remaining if row else 0


def state(notification_id: int) -> Notification:
    """The row as it is now."""
    return Notification.get_by_id(notification_id)


def traces(notification_id: int) -> list[tuple[str, str, str]]:
    """(channel, outcome, code) of every attempt, in order."""
    row = state(notification_id)
    return [
        (str(one.channel), str(one.outcome), one.code)
        for one in sorted(row.deliveries, key=lambda one: one.id)
    ]


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for what another process does.

    :raises AssertionError: it has not happened in time
    """
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


@pytest.fixture
def mailroom() -> Iterator[tuple[Mailroom, str]]:
    """A mail server and its MAIL_URL."""
    room, port = Mailroom(), free_port()
    controller = Controller(room, hostname="127.0.0.1", port=port)
    controller.start()
    yield room, f"smtp://127.0.0.1:{port}"
    controller.stop()


@contextmanager
def settings_of(app: Flask, **changes: Any) -> Iterator[None]:
    """The app with other settings, for a while."""
    names = ("config", "mail", "sms")
    before = {name: app.extensions[name] for name in names}
    config = replace(before["config"], **changes)
    app.extensions["config"] = config
    app.extensions["mail"] = Mailer(config.mail_url, config.mail_from)
    app.extensions["sms"] = sms_provider(config.sms)
    try:
        yield
    finally:
        app.extensions |= before


@pytest.fixture
def cast(app: Flask, wechat_sandbox: SandboxControl) -> Iterator[Cast]:
    """People, with the sandbox's templates set and no mail server."""
    with settings_of(app, wechat_templates=sandbox_templates()):
        yield Cast(app, wechat_sandbox)


@pytest.fixture
def post(app: Flask, cast: Cast, mailroom: tuple[Mailroom, str]) -> Iterator[Mailroom]:
    """Mail is a channel too."""
    room, url = mailroom
    with settings_of(app, mail_url=url, mail_from="双选会 <fair@example.com>"):
        yield room


def sandbox_sms(root: str, **other: Any) -> SmsSettings:
    """SMS by the sandbox."""
    account = demo.SMS_ACCOUNT
    settings = {
        "provider": "tencent",
        "root": root,
        "secret_id": account.secret_id,
        "secret_key": account.secret_key,
        "app_id": account.app_id,
        "sign_name": account.sign_name,
        "templates": SMS_TEMPLATES,
    }
    return SmsSettings(**(settings | other))


@pytest.fixture
def texting(app: Flask, cast: Cast) -> Iterator[SandboxControl]:
    """SMS is a channel too; no pause between two to one number."""
    cast.sandbox.switch(sms_pause_seconds=0)
    with settings_of(app, sms=sandbox_sms(cast.sandbox.root)):
        yield cast.sandbox


@pytest.fixture
def web(app: Flask) -> Iterator[str]:
    """The app over real HTTP; the sandbox can reach it."""
    server = make_server("127.0.0.1", free_port(), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


class Processes:
    """Our own processes, started for a test and ended with it."""

    def __init__(self, environment: dict[str, str]) -> None:
        templates = json.dumps(sandbox_templates())
        self.environment = os.environ | environment | {"WECHAT_TEMPLATES": templates}
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        """``python -m module arguments…``."""
        running = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        self._running.append(running)
        return running

    def end_all(self) -> None:
        """End them with their children: RQ's scheduler outlives a killed worker."""
        for running in self._running:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()


@pytest.fixture
def processes(environment: dict[str, str]) -> Iterator[Processes]:
    """Worker and clock as in life."""
    ours = Processes(environment)
    yield ours
    ours.end_all()


@pytest.fixture
def queued(app: Flask) -> Callable[[], list[int]]:
    """The notifications that wait in Redis, for a run that was asked for."""

    def ids() -> list[int]:
        waiting = client(app).lrange(f"jobs:{deliver.name}", 0, -1)
        runs = app.extensions["queues"]["notify"].jobs
        assert len(runs) == bool(waiting), "however many they are, one run is enough"
        return [int(one) for one in waiting]

    return ids
