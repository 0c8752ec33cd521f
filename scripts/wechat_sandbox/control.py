"""The tests' hands in the sandbox: ``/sandbox/…``, JSON in and out."""

from dataclasses import asdict, fields, replace
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.gate import world
from scripts.wechat_sandbox.people import App, Fault, Switches
from scripts.wechat_sandbox.play import Player, Unplayable
from scripts.wechat_sandbox.push import sender

blp = Blueprint("control", __name__, url_prefix="/sandbox")


def player() -> Player:
    """The users' hands in this sandbox."""
    return current_app.extensions["player"]


def wanted() -> dict[str, Any]:
    """The request's JSON object; nothing when there is no body."""
    return request.get_json(force=True, silent=True) or {}


def known_fields(model: type, changes: dict) -> dict:
    names = {one.name for one in fields(model)}
    if unknown := set(changes) - names:
        raise Unplayable(f"unknown: {', '.join(sorted(unknown))}")
    return changes


@blp.errorhandler(Unplayable)
def unplayable(fault: Unplayable) -> tuple[Response, int]:
    """What a test asked for cannot be done."""
    return jsonify(error=str(fault)), 400


@blp.get("/state")
def state() -> Response:
    """Alive, with its time, accounts and counts."""
    here = world()
    return jsonify(
        sandbox=True,
        now=here.clock.now(),
        public_url=here.public_url,
        apps=[asdict(app) for app in here.apps.values()],
        templates=[asdict(one) for one in here.templates.values()],
        users=len(here.users),
        messages=len(here.messages),
        switches=asdict(here.switches),
    )


@blp.post("/reset")
def reset() -> Response:
    """Everything back to the first day."""
    sender().wait(5)
    world().reset()
    sender().forget()
    return jsonify(ok=True)


@blp.post("/clock")
def clock() -> Response:
    """Advance the sandbox's time by some seconds."""
    return jsonify(now=world().clock.advance(float(wanted().get("advance", 0))))


@blp.post("/switches")
def switches() -> Response:
    """Change how the sandbox behaves."""
    here = world()
    with here.lock:
        here.switches = replace(here.switches, **known_fields(Switches, wanted()))
    return jsonify(asdict(here.switches))


@blp.post("/faults")
def faults() -> Response:
    """The next calls of a path suffer a fault."""
    with world().lock:
        world().faults.append(Fault(**known_fields(Fault, wanted())))
    return jsonify(ok=True)


@blp.delete("/faults")
def no_faults() -> Response:
    """No more faults."""
    with world().lock:
        world().faults.clear()
    return jsonify(ok=True)


@blp.post("/quotas")
def quotas() -> Response:
    """Set limits: path, calls a day, calls a minute."""
    asked = wanted()
    limits: dict[str, int] = {n: int(asked[n]) for n in ("day", "minute") if n in asked}
    with world().lock:
        world().quotas.limits[asked["path"]] = limits
    return jsonify(limits)


@blp.post("/tokens/revoke")
def revoke_tokens() -> Response:
    """All access tokens die at once, as after a reset of the secret."""
    here = world()
    with here.lock:
        here.tokens.clear()
        here.current_token.clear()
    return jsonify(ok=True)


@blp.get("/calls")
def calls() -> Response:
    """How often every path was called, and the most calls at one time."""
    here = world()
    with here.lock:
        return jsonify(counts=dict(here.calls), most_at_once=here.most_at_once)


@blp.get("/history")
def history() -> Response:
    """The last calls, oldest first, of one *path* if given."""
    here, path = world(), request.args.get("path")
    with here.lock:
        rows = [asdict(one) for one in here.history if path in (None, one.path)]
    return jsonify(rows[-500:])


@blp.delete("/calls")
def forget_calls() -> Response:
    """Begin counting anew."""
    here = world()
    with here.lock:
        here.calls.clear()
        here.history.clear()
        here.most_at_once = here.at_once
    return jsonify(ok=True)


@blp.put("/apps/<appid>")
def put_app(appid: str) -> Response:
    """Register an account, or change one's settings."""
    asked = known_fields(App, wanted())
    here = world()
    known = here.apps.get(appid)
    if known:
        return jsonify(asdict(player().change_account(known, asked)))
    kind = asked.get("kind", "mini")
    birth = {
        "secret": marks.session_key()[:22].encode().hex()[:32],
        "kind": kind,
        "name": "测试号",
        "original_id": f"gh_{appid[2:14]}",
    }
    app = App(**(birth | asked | {"appid": appid}))
    with here.lock:
        here.apps[appid] = app
        here.keep(app)
    return jsonify(asdict(app))


@blp.post("/apps/<appid>/check-url")
def check_url(appid: str) -> Response:
    """Let WeChat verify an account's push URL."""
    return jsonify(sender().check_url(world().apps[appid]))


@blp.get("/messages")
def messages() -> Response:
    """Messages, oldest first, of one *user* if given."""
    user_id = request.args.get("user")
    with world().lock:
        rows = [asdict(one) for one in world().messages.values() if user_id in (None, one.user_id)]
    return jsonify(rows[-int(request.args.get("last", 10_000)) :])


@blp.post("/messages/<message_id>/tap")
def tap(message_id: str) -> Response:
    """Tap a message."""
    message = world().messages.get(message_id)
    if message is None:
        raise Unplayable(f"no message {message_id}")
    return jsonify(player().tap(message))


@blp.get("/pushes")
def pushes() -> Response:
    """Message pushes and what became of them; waits *wait* seconds for those on their way."""
    sender().wait(float(request.args.get("wait", 0)))
    return jsonify([asdict(one) for one in sender().pushes.values()])


@blp.post("/pushes")
def push() -> Response:
    """Send one event now: *message*, *tamper*, *at* and *nonce* for forged and stale ones."""
    asked = wanted()
    app = world().apps[asked["appid"]]
    status, text = sender().send(
        app,
        asked["message"],
        at=asked.get("at"),
        tamper=asked.get("tamper", ""),
        nonce=asked.get("nonce", ""),
    )
    return jsonify(status=status, text=text)


@blp.post("/letters")
def letter() -> Response:
    """Body and query of a push without sending it, for tests of the receiver alone."""
    asked = wanted()
    app = world().apps[asked["appid"]]
    body, query = sender().letter(
        app,
        asked["message"],
        at=asked.get("at"),
        tamper=asked.get("tamper", ""),
        nonce=asked.get("nonce", ""),
    )
    return jsonify(body=body, query=query)
