"""Logging in: by WeChat, by a code on the desktop, and staying in."""

import hmac
import posixpath
from urllib.parse import unquote, urlencode, urlsplit

from flask import Response, current_app, g, redirect, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.accounts import schemas
from app.accounts.errors import (
    AccountDisabled,
    ExchangeCodeInvalid,
    LoginCodeExpired,
    LoginCodeNotFound,
    LoginCodeTaken,
    OauthStateInvalid,
    RefreshTokenInvalid,
    WeChatBound,
    WeChatElsewhere,
)
from app.accounts.services import people, qr
from app.accounts.views.blueprint import blp
from app.core import ratelimit
from app.core.auth import Role, public, requires
from app.core.errors import DomainError, InvalidTransition, TooMany, UpstreamFailed
from app.core.problems import type_of
from app.core.qr import svg
from app.core.secrets import new_token
from app.integrations.wechat import HighRiskUser, LoginCodeRefused, PhoneCodeRefused, WeChat

STATE_SECONDS = 600
STATE_COOKIE = "oauth_state"
CLIENT_ROOT = "/m/"
LOGIN_PAGE = "/m/pages/login/login"


def _wechat() -> WeChat:
    return current_app.extensions["wechat"]


def _signer(salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=salt)


def page_of_ours(address: str) -> str:
    """The address when it is a page of the client on our own host, else the client's first page.

    Browsers read ``\\`` as ``/`` and ``%2e%2e`` as ``..``, so those are looked through.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return CLIENT_ROOT
    path = unquote(unquote(parts.path))
    plain = address.isascii() and address.isprintable() and path.isprintable()
    local = not parts.scheme and not parts.netloc and "\\" not in address + path
    if not (plain and local and f"{posixpath.normpath(path)}/".startswith(CLIENT_ROOT)):
        return CLIENT_ROOT
    return parts._replace(fragment="").geturl()


@blp.post("/login/miniprogram")
@public
@blp.arguments(schemas.LoginCodeSchema)
@blp.shows(schemas.SessionSchema)
@blp.problems(LoginCodeRefused, HighRiskUser, AccountDisabled, UpstreamFailed)
def log_in_miniprogram(body: dict) -> dict:
    """Log in with the code of wx.login."""
    return people.log_in_by_miniprogram(_wechat(), body["code"])


@blp.get("/login/oauth")
@public
@blp.arguments(schemas.OauthQuerySchema, location="query")
@blp.response(302)
def start_oauth(query: dict) -> Response:
    """Send WeChat's browser to WeChat's consent page."""
    nonce = new_token(16)
    state = _signer("oauth-state").dumps([page_of_ours(query["next"]), nonce])
    config = current_app.extensions["config"]
    leaving = redirect(_wechat().oauth_url(f"{config.public_url}/api/login/oauth/callback", state))
    leaving.set_cookie(
        STATE_COOKIE,
        nonce,
        max_age=STATE_SECONDS,
        path="/api/login/oauth",
        secure=config.public_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )
    return leaving  # type: ignore[return-value]


@blp.get("/login/oauth/callback")
@public
@blp.arguments(schemas.OauthCallbackSchema, location="query")
@blp.response(302)
@blp.problems(OauthStateInvalid, LoginCodeRefused, HighRiskUser, UpstreamFailed)
def finish_oauth(query: dict) -> Response:
    """Come back from WeChat; the page trades the fragment's code for a login.

    A browser that cannot be logged in lands on the login page, which names the problem.
    """
    target = CLIENT_ROOT
    try:
        target, nonce = _read_state(query["state"])
        arriving = redirect(f"{target}#{urlencode({'exchange': _exchange(query, nonce)})}")
    except DomainError as error:
        if not request.accept_mimetypes.accept_html:
            raise
        wanted = {
            "next": target.removeprefix("/m"),
            "failed": type_of(type(error)).removeprefix("/problems/"),
        }
        arriving = redirect(f"{LOGIN_PAGE}?{urlencode(wanted)}")
    arriving.delete_cookie(STATE_COOKIE, path="/api/login/oauth")
    return arriving  # type: ignore[return-value]


def _read_state(state: str) -> tuple[str, str]:
    try:
        target, nonce = _signer("oauth-state").loads(state, max_age=STATE_SECONDS)
    except BadSignature as error:
        raise OauthStateInvalid from error
    return target, nonce


def _exchange(query: dict, nonce: str) -> str:
    # The browser that left must be the one that comes back, else a stranger's link
    # would log its reader in as the stranger.
    if not hmac.compare_digest(nonce.encode(), request.cookies.get(STATE_COOKIE, "").encode()):
        raise OauthStateInvalid
    return people.open_exchange(people.log_in_by_oauth(_wechat(), query["code"]))


@blp.post("/login/exchange")
@public
@blp.arguments(schemas.LoginCodeSchema)
@blp.shows(schemas.SessionSchema)
@blp.problems(ExchangeCodeInvalid, AccountDisabled)
def exchange_login(body: dict) -> dict:
    """Trade the code of an OAuth return for a login, within a minute and once."""
    return people.exchange_login(body["code"])


@blp.post("/login/codes")
@public
@blp.arguments(schemas.DeviceSchema)
@blp.shows(schemas.QrCodeSchema, 201)
@blp.problems(TooMany)
def open_login_code(body: dict) -> dict:
    """A QR code by which a phone lets this desktop in."""
    ratelimit.limit(f"login-code:{request.remote_addr}", times=120, seconds=60)
    return _to_show(*qr.open_login_code(body["device"]))


@blp.post("/me/wechat/codes")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(schemas.DeviceSchema)
@blp.shows(schemas.QrCodeSchema, 201)
@blp.problems(WeChatBound, TooMany)
def open_binding_code(body: dict) -> dict:
    """A QR code by which a phone gives its WeChat to this account (A06 ⑤)."""
    ratelimit.limit(f"binding-code:{g.account_id}", times=30, seconds=300)
    return _to_show(*qr.open_binding_code(g.account_id, body["device"]))


def _to_show(code: qr.QrLogin, secret: str) -> dict:
    scene = f"l.{code.ticket}"
    url = f"{current_app.extensions['config'].public_url}/m/s?scene={scene}"
    return {
        "ticket": code.ticket,
        "secret": secret,
        "scene": scene,
        "url": url,
        "qr_svg": svg(url),
        "expires_at": code.expires_at,
    }


@blp.post("/login/codes/<ticket>/claim")
@public
@blp.arguments(schemas.SecretSchema)
@blp.shows(schemas.QrClaimSchema)
@blp.problems(LoginCodeNotFound, AccountDisabled, InvalidTransition)
def claim_login_code(body: dict, ticket: str) -> dict:
    """Ask whether the phone has confirmed; gives the login once (none for a binding)."""
    claim = qr.claim_login_code(ticket, body["secret"])
    return {"status": claim["status"], "session": claim["login"]}


def _scanned(code: qr.QrLogin) -> dict:
    return {
        "status": code.status,
        "device": code.device,
        "requested_at": code.created_at,
        "binds_to": code.owner.name if code.owner is not None else None,
    }


@blp.post("/login/codes/<ticket>/scan")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(schemas.QrScanSchema)
@blp.problems(LoginCodeNotFound, LoginCodeExpired, LoginCodeTaken, InvalidTransition)
def scan_login_code(ticket: str) -> dict:
    """The phone has scanned a desktop's code."""
    return _scanned(qr.scan_login_code(ticket, g.account_id))


@blp.post("/login/codes/<ticket>/confirm")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(schemas.QrScanSchema)
@blp.problems(
    LoginCodeNotFound, LoginCodeExpired, LoginCodeTaken, InvalidTransition, WeChatElsewhere,
    WeChatBound,
)  # fmt: skip
def confirm_login_code(ticket: str) -> dict:
    """Let the desktop in, or give it this phone's WeChat."""
    return _scanned(qr.confirm_login_code(ticket, g.account_id))


@blp.post("/login/codes/<ticket>/refuse")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(schemas.QrScanSchema)
@blp.problems(LoginCodeNotFound, LoginCodeExpired, LoginCodeTaken, InvalidTransition)
def refuse_login_code(ticket: str) -> dict:
    """Keep the desktop out."""
    return _scanned(qr.refuse_login_code(ticket, g.account_id))


@blp.post("/login/renew")
@public
@blp.arguments(schemas.RefreshSchema)
@blp.shows(schemas.SessionSchema)
@blp.problems(RefreshTokenInvalid, AccountDisabled)
def renew_login(body: dict) -> dict:
    """A fresh access token for a device that stays logged in."""
    return people.renew_login(body["refresh_token"])


@blp.delete("/login")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(schemas.LogOutSchema)
@blp.done
def log_out(body: dict) -> None:
    """Log this device out (or, without a refresh token, every device)."""
    people.log_out(g.account_id, body["refresh_token"])


@blp.post("/me/phone")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(schemas.LoginCodeSchema)
@blp.shows(schemas.PhoneSchema)
@blp.problems(PhoneCodeRefused, UpstreamFailed)
def bind_phone(body: dict) -> dict:
    """Take the phone number that WeChat vouches for."""
    return {"phone_masked": people.bind_phone(_wechat(), g.account_id, body["code"])}
