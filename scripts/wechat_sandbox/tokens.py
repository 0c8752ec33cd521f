"""Access tokens: ``cgi-bin/token`` and ``cgi-bin/stable_token``."""

from flask import Blueprint, Response, request

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.gate import answer, api, body_object, world
from scripts.wechat_sandbox.people import App, Token
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("tokens", __name__)

LIFE_SECONDS = 7200
OVERLAP_SECONDS = 300  # the last token lives on this long beside the new one
FORCED_PER_DAY = 20
FORCED_GAP_SECONDS = 30


def _refuse_foreign_address() -> None:
    listed = world().switches.ip_whitelist
    if listed and request.remote_addr not in listed:
        raise Refusal(40164, f"invalid ip {request.remote_addr}, not in whitelist")


def _account(appid: str | None, secret: str | None) -> App:
    _refuse_foreign_address()
    return world().app(appid, secret)


def _issue(app: App, kind: str) -> Token:
    """A new token; the one before it stays good for five minutes at most."""
    now = world().clock.now()
    before = world().tokens.get(world().current_token.get((app.appid, kind), ""))
    if before:
        before.expires_at = min(before.expires_at, now + OVERLAP_SECONDS)
    token = Token(marks.access_token(), app.appid, kind, now + LIFE_SECONDS)
    world().tokens[token.token] = token
    world().current_token[app.appid, kind] = token.token
    return token


def _say(token: Token) -> Response:
    left = int(token.expires_at - world().clock.now())
    return answer({"access_token": token.token, "expires_in": left})


@blp.get("/cgi-bin/token")
@api(token=False)
def old_token() -> Response:
    """Every call makes a new token."""
    if request.args.get("grant_type") != "client_credential":
        raise Refusal(40002)
    app = _account(request.args.get("appid"), request.args.get("secret"))
    with world().lock:
        return _say(_issue(app, "old"))


@blp.route("/cgi-bin/stable_token", methods=["GET", "POST"])
@api(token=False, post=True)
def stable_token() -> Response:
    """The same token until five minutes before its end."""
    wanted = body_object()
    if wanted.get("grant_type") != "client_credential":
        raise Refusal(40002)
    app = _account(wanted.get("appid"), wanted.get("secret"))
    with world().lock:
        now = world().clock.now()
        current = world().tokens.get(world().current_token.get((app.appid, "stable"), ""))
        if wanted.get("force_refresh"):
            _count_forced(app.appid, now)
            if current:
                del world().tokens[current.token]
            return _say(_issue(app, "stable"))
        if current and current.expires_at - now > OVERLAP_SECONDS:
            return _say(current)
        return _say(_issue(app, "stable"))


def _count_forced(appid: str, now: float) -> None:
    times = [at for at in world().forced.get(appid, []) if now - at < 86_400]
    if len(times) >= FORCED_PER_DAY:
        raise Refusal(45009)
    if times and now - times[-1] < FORCED_GAP_SECONDS:
        raise Refusal(45011)
    world().forced[appid] = [*times, now]
