"""The state of the sandbox: one world, one lock."""

import threading
from collections import Counter, defaultdict, deque
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from scripts.wechat_sandbox import demo, marks
from scripts.wechat_sandbox.clock import Clock
from scripts.wechat_sandbox.people import (
    App,
    Code,
    Fault,
    Message,
    SmsAccount,
    Switches,
    Template,
    Token,
    User,
)
from scripts.wechat_sandbox.refusals import Refusal
from scripts.wechat_sandbox.store import Store

KEPT = {"app": App, "user": User, "template": Template, "message": Message}
LOGIN_CODE_SECONDS = 300
MESSAGES_KEPT = 20_000


@dataclass
class Call:
    """One API call, for assertions and for rid/get."""

    rid: str
    path: str
    appid: str
    at: float
    errcode: int = 0
    url: str = ""
    body: str = ""


@dataclass
class Quotas:
    """Calls used up, and limits other than WeChat's own."""

    limits: dict[str, dict[str, int]] = field(default_factory=dict)
    day: Counter = field(default_factory=Counter)  # (appid, path, day) → calls
    minute: Counter = field(default_factory=Counter)
    cleared: Counter = field(default_factory=Counter)  # (appid, month) → clear_quota calls


class World:
    """Everything the sandbox knows. Take ``lock`` for every change."""

    def __init__(
        self,
        accounts: list[App],
        *,
        state: Path | None = None,
        public_url: str,
        sms_account: SmsAccount = demo.SMS_ACCOUNT,
    ) -> None:
        self.lock = threading.RLock()
        self.sms_account = sms_account
        self.clock = Clock()
        self.public_url = public_url.rstrip("/")
        self.accounts = accounts  # the accounts every start and reset begins with
        self.store = Store(state)
        self.switches = Switches()
        self._empty()
        self._furnish()
        self._recall()

    def _empty(self) -> None:
        self.apps: dict[str, App] = {}
        self.users: dict[str, User] = {}
        self.templates: dict[str, Template] = {}
        self.messages: dict[str, Message] = {}
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, Token] = {}
        self.current_token: dict[tuple[str, str], str] = {}  # (appid, kind) → token
        self.forced: dict[str, list[float]] = {}  # appid → times of forced refreshes
        self.links: dict[str, dict] = {}
        self.faults: list[Fault] = []
        self.calls: Counter = Counter()  # path → calls
        self.history: deque[Call] = deque(maxlen=20_000)
        self.quotas = Quotas()
        self.sending: set[tuple[str, str]] = set()
        self.sms_sent_at: dict[str, list[float]] = defaultdict(list)  # by number
        self.sms_refusers: set[str] = set()
        self.by_openid: dict[tuple[str, str], str] = {}
        self.most_at_once = 0
        self.at_once = 0

    def _furnish(self) -> None:
        for account in self.accounts:
            self.apps[account.appid] = replace(account)
        for template in demo.templates(self.accounts):
            self.templates[template.id] = template
        for user in demo.users():
            self.add_user(user)

    def _recall(self) -> None:
        configured = {account.appid for account in self.accounts}
        shelves: dict[str, dict[str, Any]] = {
            "app": self.apps,
            "user": self.users,
            "template": self.templates,
            "message": self.messages,
        }
        for kind, key, body in self.store.load():
            if kind == "app" and key in configured:
                continue  # what the command line says about an account wins
            shelves[kind][key] = KEPT[kind](**body)
        for user in self.users.values():
            self._index(user)

    def reset(self) -> None:
        """Back to the first day: demo users, no messages, all switches off."""
        with self.lock:
            self.clock.reset()
            self.switches = Switches()
            self.store.clear()
            self._empty()
            self._furnish()

    def keep(self, thing: App | User | Template | Message) -> None:
        """Let a changed thing survive a restart."""
        kind = type(thing).__name__.lower()
        self.store.keep(kind, thing.appid if isinstance(thing, App) else thing.id, asdict(thing))

    def _index(self, user: User) -> None:
        for appid, openid in user.openids.items():
            self.by_openid[appid, openid] = user.id

    def add_user(self, user: User) -> User:
        """A person gets a phone: openids for every account, one unionid."""
        with self.lock:
            steady = user.demo
            if not user.unionid:
                user.unionid = marks.steady_openid("union", user.id) if steady else marks.openid()
            for appid in self.apps:
                self._meet(user, appid)
            self.users[user.id] = user
            self.keep(user)
            return user

    def _meet(self, user: User, appid: str) -> str:
        if appid not in user.openids:
            user.openids[appid] = (
                marks.steady_openid(appid, user.id) if user.demo else marks.openid()
            )
        self.by_openid[appid, user.openids[appid]] = user.id
        return user.openids[appid]

    def openid_of(self, user: User, appid: str) -> str:
        """The person's openid at an account, given at the first meeting."""
        with self.lock:
            return self._meet(user, appid)

    def app(self, appid: str | None, secret: str | None) -> App:
        """The account that shows the right *secret*, or WeChat's refusal."""
        if not appid:
            raise Refusal(41002)
        if not secret:
            raise Refusal(41004)
        app = self.apps.get(appid)
        if app is None:
            raise Refusal(40013)
        if app.frozen:
            raise Refusal(40243)
        if app.secret != secret:
            raise Refusal(40125)
        return app

    def user_by_openid(self, appid: str, openid: str | None) -> User:
        """The person an account knows by *openid*; 40003 for others'."""
        user_id = self.by_openid.get((appid, openid or ""))
        if user_id is None or user_id not in self.users:
            raise Refusal(40003)
        return self.users[user_id]

    def make_code(self, kind: str, appid: str, user_id: str, *, scope: str = "") -> Code:
        """A code of one use and five minutes."""
        text = marks.phone_code() if kind == "phone" else marks.login_code()
        code = Code(text, kind, appid, user_id, self.clock.now() + LOGIN_CODE_SECONDS, scope=scope)
        with self.lock:
            self.codes[text] = code
        return code

    def add_message(self, message: Message) -> None:
        """Put a message into its receiver's chats."""
        self.messages[message.id] = message
        self.keep(message)
        if len(self.messages) > MESSAGES_KEPT:
            oldest = next(iter(self.messages))
            del self.messages[oldest]
            self.store.keep("message", oldest, None)
