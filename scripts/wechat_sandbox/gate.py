"""What every API call passes: faults, delays, quotas, tokens, the shape of answers."""

import json
import secrets
import socket
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, g, request

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.people import App, Fault
from scripts.wechat_sandbox.refusals import Refusal
from scripts.wechat_sandbox.world import Call, World

# WeChat's own limits per account: calls a minute, calls a day.
LIMITS = {
    "/cgi-bin/token": (None, 2_000),
    "/cgi-bin/stable_token": (10_000, 500_000),
    "/wxa/getwxacodeunlimit": (5_000, None),
    "/wxa/msg_sec_check": (4_000, 2_000_000),
    "/wxa/media_check_async": (2_000, 200_000),
    "/wxa/resetusersessionkey": (60_000, None),
    "/cgi-bin/message/subscribe/send": (None, 10_000_000),
    "/cgi-bin/message/template/send": (None, 100_000),
}


def world() -> World:
    """The world of this sandbox."""
    return current_app.extensions["world"]


class Dropped(Exception):
    """The connection closes without an answer."""


def api(*, token: bool = True, post: bool = False, kind: str = "") -> Callable:
    """Make a view an API of WeChat's.

    *token* asks for an access token and leaves the account in ``g.app``; *post*
    refuses GET with 43002; *kind* names the only sort of account allowed (48001).
    """

    def decorate(view: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(view)
        def guarded(**path: Any) -> Response:
            enter()
            try:
                if post and request.method != "POST":
                    raise Refusal(43002)
                if token:
                    g.app = _account_by_token()
                    if kind and g.app.kind != kind:
                        raise Refusal(48001)
                use_quota()
                return view(**path)
            except Refusal as refusal:
                g.call.errcode = refusal.errcode
                return refusal_answer(refusal)
            finally:
                take_time()
                leave()

        return guarded

    return decorate


def enter() -> None:
    """Begin a call: note it, and let it suffer what a test has asked for."""
    here = world()
    g.app = None
    g.call = Call(
        rid=marks.request_id(here.clock.now()),
        path=request.path,
        appid=request.args.get("appid", ""),
        at=here.clock.now(),
        url=request.full_path,
        body=request.get_data(cache=True)[:4_000].decode("utf-8", "replace"),
    )
    with here.lock:
        here.calls[request.path] += 1
        here.history.append(g.call)
        here.at_once += 1
        here.most_at_once = max(here.most_at_once, here.at_once)
        fault = _next_fault(request.path)
        busy = here.switches.busy_rate
    g.ready_at = time.monotonic() + here.switches.delay_ms / 1000
    try:
        if fault:
            _suffer(fault)
        if busy and secrets.randbelow(10_000) < busy * 10_000:
            raise Faulty(refusal_answer(Refusal(-1)))
    except BaseException:
        leave()
        raise


def take_time() -> None:
    """Spend what is left of the delay every answer is to have."""
    left = g.ready_at - time.monotonic()
    if left > 0:
        time.sleep(left)


def leave() -> None:
    """End a call."""
    here = world()
    with here.lock:
        here.at_once -= 1


def _next_fault(path: str) -> Fault | None:
    faults = world().faults
    for fault in faults:
        if fault.path in ("*", path):
            fault.times -= 1
            if fault.times <= 0:
                faults.remove(fault)
            return fault
    return None


class Faulty(Exception):
    """The answer a fault gives instead of the view's."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def _suffer(fault: Fault) -> None:
    if fault.hang_seconds:
        time.sleep(fault.hang_seconds)
    if fault.drop:
        raise Dropped
    if fault.errcode is not None:
        g.call.errcode = fault.errcode
        raise Faulty(refusal_answer(Refusal(fault.errcode)))
    if fault.http_status or fault.body is not None:
        page = fault.body if fault.body is not None else "<html>502 Bad Gateway</html>"
        raise Faulty(Response(page, status=fault.http_status or 200))


def drop_connection() -> Response:
    """Close the client's connection; the answer is written to nobody."""
    connection = request.environ.get("gunicorn.socket") or request.environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    return Response(status=500)


def _account_by_token() -> App:
    text = request.args.get("access_token")
    if not text:
        raise Refusal(41001)
    here = world()
    with here.lock:
        token = here.tokens.get(text)
    if token is None or token.kind == "user":
        raise Refusal(40001)
    if token.expires_at <= here.clock.now():
        raise Refusal(42001)
    g.call.appid = token.appid
    return here.apps[token.appid]


def use_quota() -> None:
    """Count the call; 45011 and 45009 when the minute's or the day's are spent."""
    here, path = world(), request.path
    minute, day = LIMITS.get(path, (None, None))
    own = here.quotas.limits.get(path, {})
    minute, day = own.get("minute", minute), own.get("day", day)
    if minute is None and day is None:
        return
    appid = g.call.appid or str(peek_body().get("appid", ""))
    now = int(here.clock.now())
    with here.lock:
        for limit, used, span, code in (
            (minute, here.quotas.minute, 60, 45011),
            (day, here.quotas.day, 86_400, 45009),
        ):
            key = (appid, path, now // span)
            if limit is not None and used[key] >= limit:
                raise Refusal(code)
            used[key] += 1


def peek_body() -> dict:
    """The body when it is a JSON object, else nothing."""
    try:
        found = json.loads(request.get_data(cache=True))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def body_object() -> dict:
    """The body as a JSON object, whatever Content-Type says."""
    raw = request.get_data(cache=True)
    if not raw:
        raise Refusal(44002)
    try:
        found = json.loads(raw.decode("utf-8"))
    except ValueError:
        raise Refusal(47001) from None
    if not isinstance(found, dict):
        raise Refusal(47001)
    return found


def answer(content: dict, *, ok: bool = False) -> Response:
    """A success; *ok* adds errcode 0 as most POST APIs do."""
    if ok:
        content = {"errcode": 0, "errmsg": "ok", **content}
    return _write(content)


def refusal_answer(refusal: Refusal) -> Response:
    """An error in WeChat's words: the text ends with the rid."""
    comma = "," if request.path.startswith("/sns/") else ""
    words = f"{refusal.text}{comma} rid: {g.call.rid}"
    return _write({"errcode": refusal.errcode, "errmsg": words})


def _write(content: dict) -> Response:
    text = json.dumps(content, ensure_ascii=False)
    kind = "application/json; encoding=utf-8"
    if request.path.startswith("/sns/"):
        kind = "text/plain"
    return Response(text, content_type=kind)
