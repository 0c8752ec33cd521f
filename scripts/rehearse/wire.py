"""A person's calls of the public API, as the clients make them: timed, repeated by one key."""

import asyncio
import json
import uuid
from dataclasses import dataclass
from typing import Any

import aiohttp

from scripts.rehearse.journal import Journal

GIVE_UP_SECONDS = 25.0
# Open at a time; who waits for one waits inside the measured time. Phones have one each: a few
# hundred for all hid from the server how many were waiting, and it refused nobody.
CONNECTIONS = 2_000
PAUSES = (0.8, 1.6, 3.0, 5.0, 8.0)  # between repetitions, as the clients'
REPEATED = (0, 502, 503, 504)


@dataclass(frozen=True)
class Answer:
    """What came back. *status* 0: nobody answered, however often it was asked."""

    status: int
    body: Any
    asked_at: float  # of the first attempt

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def problem(self) -> str:
        """The last word of a problem's type: ``already-in-line``."""
        kind = self.body.get("type", "") if isinstance(self.body, dict) else ""
        return str(kind).rsplit("/", 1)[-1]


class Wire:
    """The way to the product and to the sandbox, shared by everybody."""

    def __init__(self, base: str, sandbox: str, journal: Journal, *, is_chaos: bool) -> None:
        self.base, self.sandbox, self.journal = base, sandbox, journal
        self.tries = 8 if is_chaos else 3
        self.paths: set[str] = set()
        self.http: aiohttp.ClientSession
        self.sockets: aiohttp.ClientSession  # of their own: an open page holds no call back

    async def __aenter__(self) -> "Wire":
        connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=1.5)
        self.http = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=GIVE_UP_SECONDS),
            trust_env=False,
        )
        self.sockets = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), trust_env=False
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()
        await self.sockets.close()

    async def learn_paths(self) -> None:
        """Read what the product can do from its own description."""
        async with self.http.get(f"{self.base}/api/openapi.json") as answer:
            self.paths = set((await answer.json())["paths"])

    def has(self, path: str) -> bool:
        """Whether the product has an endpoint; one that is missing is said in the sheet."""
        if path in self.paths:
            return True
        self.journal.skipped.add(path)
        return False

    async def play(self, path: str, **body: Any) -> Any:
        """Something that WeChat's client does, in the sandbox; None when it does not answer."""
        try:
            async with self.http.post(f"{self.sandbox}/sandbox{path}", json=body) as answer:
                return await answer.json() if answer.status == 200 else None
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None

    async def send(self, caller: "Caller", request: "Request") -> Answer:
        """One call, repeated while nobody answers."""
        asked_at = self.journal.now()
        status, body = 0, None
        for number in range(self.tries):
            status, body = await self._once(caller, request)
            if status not in REPEATED or not request.may_repeat:
                break
            self.journal.counts["repeated calls"] += 1
            asked = body.get("retry_after", 0) if isinstance(body, dict) else 0
            await asyncio.sleep(max(PAUSES[min(number, len(PAUSES) - 1)], asked))
        return Answer(status, body, asked_at)

    async def _once(self, caller: "Caller", request: "Request") -> tuple[int, Any]:
        began = self.journal.now()
        text = ""
        try:
            async with self.http.request(
                request.method,
                self.base + request.path,
                data=request.body,
                headers=caller.headers | request.headers,
            ) as answer:
                status, text = answer.status, await answer.text()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            status, text = 0, repr(error)
        self.journal.call(request.kind, began, status, text)
        return status, _parsed(text) if status else None


@dataclass(frozen=True)
class Request:
    """A call, ready to be sent any number of times."""

    kind: str
    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]
    may_repeat: bool = True


class Caller:
    """One person's calls."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.headers: dict[str, str] = {}
        self.token = ""

    async def log_in(self, user: str) -> bool:
        """Log in by WeChat's code, and carry the access token from now on."""
        code = await self.wire.play(f"/users/{user}/login-code")
        if code is None:
            return False
        session = await self.post("log in", "/api/login/miniprogram", code=code["code"])
        if session.ok:
            self.token = session.body["access_token"]
            self.headers = {"Authorization": f"Bearer {self.token}"}
        return session.ok

    async def get(self, kind: str, path: str) -> Answer:
        """Read something."""
        return await self.wire.send(self, Request(kind, "GET", path, None, {}))

    async def post(self, kind: str, path: str, /, key: str = "", **body: Any) -> Answer:
        """Do something, once, however often it has to be sent."""
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key or str(uuid.uuid4()),
        }
        sent = json.dumps(body).encode()
        return await self.wire.send(self, Request(kind, "POST", path, sent, headers))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None
