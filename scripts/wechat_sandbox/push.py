"""Message push: WeChat calls the application, plain or secure, JSON or XML."""

import hashlib
import json
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import requests
from flask import current_app

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.envelope import seal
from scripts.wechat_sandbox.people import App
from scripts.wechat_sandbox.world import World

ATTEMPTS = 4  # the first and three retries
NESTS = {
    "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
    "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
    "subscribe_msg_sent_event": "SubscribeMsgSentEvent",
}


@dataclass
class Push:
    """One event on its way to the application."""

    number: int
    appid: str
    message: dict
    state: str = "pending"  # pending | delivered | failed
    attempts: int = 0
    statuses: list[int | str] = field(default_factory=list)
    answer: str = ""


def event(app: App, openid: str, name: str, now: float, **more: object) -> dict:
    """An event as the JSON form has it; numbers come as text."""
    return {
        "ToUserName": app.original_id,
        "FromUserName": openid,
        "CreateTime": str(int(now)),
        "MsgType": "event",
        "Event": name,
        **more,
    }


def sign(*parts: str) -> str:
    """SHA-1 of the parts in sorted order, WeChat's signature of a push."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def as_xml(message: dict) -> str:
    """The XML form; lists of the subscribe events are nested one deeper."""
    nest = NESTS.get(str(message.get("Event", "")))
    parts = []
    for name, content in message.items():
        if name == "List" and nest:
            rows = content if isinstance(content, list) else [content]
            inner = "".join(f"<List>{_elements(row)}</List>" for row in rows)
            parts.append(f"<{nest}>{inner}</{nest}>")
        else:
            parts.append(_elements({name: content}))
    return f"<xml>{''.join(parts)}</xml>"


def _elements(row: dict) -> str:
    return "".join(f"<{name}>{_text(content)}</{name}>" for name, content in row.items())


def _text(content: object) -> str:
    text = str(content)
    if text.isdigit():
        return text
    return escape(text) if "]]>" in text else f"<![CDATA[{text}]]>"


class PushSender:
    """Sends events in the background and remembers what became of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pushes: dict[int, Push] = {}
        self._lock = threading.Lock()
        self._count = 0
        self._open: set[Future] = set()
        self._pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="push")
        self._http = requests.Session()
        self._http.trust_env = False

    def post(self, appid: str, message: dict) -> Push | None:
        """Queue an event; nothing happens for an account without a push URL."""
        app = self.world.apps.get(appid)
        if app is None or not app.push_url:
            return None
        with self._lock:
            self._count += 1
            push = Push(self._count, appid, message)
            self.pushes[push.number] = push
            self.pushes.pop(push.number - 5_000, None)
            future = self._pool.submit(self._deliver, push)
            self._open.add(future)
        future.add_done_callback(self._open.discard)
        return push

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is on its way; False when *seconds* were not enough."""
        end = time.monotonic() + seconds
        while self._open and time.monotonic() < end:
            time.sleep(0.01)
        return not self._open

    def forget(self) -> None:
        """Forget what was sent (a reset)."""
        with self._lock:
            self.pushes.clear()

    def _deliver(self, push: Push) -> None:
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(self.world.switches.push_retry_seconds)
            push.attempts += 1
            app = self.world.apps.get(push.appid)
            if app is None:
                break
            status, text = self.send(app, push.message)
            push.statuses.append(status)
            push.answer = text
            if status == 200:
                push.state = "delivered"
                return
        push.state = "failed"

    def send(
        self, app: App, message: dict, *, at: int | None = None, tamper: str = "", nonce: str = ""
    ) -> tuple[int | str, str]:
        """One attempt: (HTTP status or the fault's name, body of the answer)."""
        body, query = self.letter(app, message, at=at, tamper=tamper, nonce=nonce)
        kind = "application/json" if app.push_format == "json" else "text/xml"
        try:
            answer = self._http.post(
                app.push_url,
                params=query,
                data=body.encode(),
                headers={"Content-Type": kind},
                timeout=self.world.switches.push_timeout_seconds,
            )
        except requests.RequestException as fault:
            return type(fault).__name__, ""
        return answer.status_code, answer.text[:2_000]

    def letter(
        self, app: App, message: dict, *, at: int | None = None, tamper: str = "", nonce: str = ""
    ) -> tuple[str, dict[str, str]]:
        """Body and query of a push; *tamper* spoils "signature", "body" or "appid"."""
        timestamp = str(at if at is not None else int(self.world.clock.now()))
        nonce = nonce or marks.nonce()
        query = {
            "signature": sign(app.push_token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": str(message.get("FromUserName", "")),
        }
        text = (
            as_xml(message) if app.push_format == "xml" else json.dumps(message, ensure_ascii=False)
        )
        if app.push_mode == "secure":
            appid = "wx0000000000000000" if tamper == "appid" else app.appid
            sealed = seal(text, app.push_aes_key, appid)
            query |= {
                "encrypt_type": "aes",
                "msg_signature": sign(app.push_token, timestamp, nonce, sealed),
            }
            outer = {"ToUserName": app.original_id, "Encrypt": sealed}
            text = as_xml(outer) if app.push_format == "xml" else json.dumps(outer)
        if tamper == "signature":
            for name in ("signature", "msg_signature"):
                if name in query:
                    query[name] = query[name][::-1]
        if tamper == "body":
            text = text.replace("Encrypt", "Encrypted") if "Encrypt" in text else text[:-3]
        return text, query

    def check_url(self, app: App) -> dict:
        """The GET by which WeChat verifies a push URL: echostr must come back."""
        timestamp, nonce, echo = str(int(self.world.clock.now())), marks.nonce(), marks.message_id()
        query = {
            "signature": sign(app.push_token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "echostr": echo,
        }
        try:
            answer = self._http.get(app.push_url, params=query, timeout=5)
        except requests.RequestException as fault:
            return {"ok": False, "status": type(fault).__name__}
        return {"ok": answer.text == echo, "status": answer.status_code}


def sender() -> PushSender:
    """The push sender of this sandbox."""
    return current_app.extensions["push"]
