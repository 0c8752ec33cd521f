"""Endpoints of logging in."""

from urllib.parse import urlencode

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
)
from app.accounts.services import people, qr
from app.core import ratelimit
from app.core.auth import Role, public, requires
from app.core.errors import InvalidTransition, TooMany, UpstreamFailed
from app.core.problems import Blueprint
from app.core.qr import svg
from app.integrations.wechat import LoginCodeRefused, PhoneCodeRefused, WeChat

blp = Blueprint("accounts", __name__, url_prefix="/api", description="登录与账号")
STATE_SECONDS = 600
EXCHANGE_SECONDS = 60


def _wechat() -> WeChat:
    return current_app.extensions["wechat"]


def _signer(salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=salt)


@blp.post("/login/miniprogram")
@public
@blp.arguments(schemas.LoginCodeSchema)
@blp.shows(schemas.SessionSchema)
@blp.problems(LoginCodeRefused, AccountDisabled, UpstreamFailed)
def log_in_miniprogram(body: dict) -> dict:
    """Log in with the code of wx.login."""
    return people.log_in_by_miniprogram(_wechat(), body["code"])


@blp.get("/login/oauth")
@public
@blp.arguments(schemas.OauthQuerySchema, location="query")
@blp.response(302)
def start_oauth(query: dict) -> Response:
    """Send WeChat's browser to WeChat's consent page."""
    target = query["next"] if query["next"].startswith("/m/") else "/m/"
    state = _signer("oauth-state").dumps(target)
    callback = f"{current_app.extensions['config'].public_url}/api/login/oauth/callback"
    return redirect(_wechat().oauth_url(callback, state))


@blp.get("/login/oauth/callback")
@public
@blp.arguments(schemas.OauthCallbackSchema, location="query")
@blp.response(302)
@blp.problems(OauthStateInvalid, LoginCodeRefused, UpstreamFailed)
def finish_oauth(query: dict) -> Response:
    """Come back from WeChat; the page trades the fragment's code for a login."""
    try:
        target = _signer("oauth-state").loads(query["state"], max_age=STATE_SECONDS)
    except BadSignature as error:
        raise OauthStateInvalid from error
    account = people.log_in_by_oauth(_wechat(), query["code"])
    exchange = _signer("exchange").dumps(account.id)
    return redirect(f"{target}#{urlencode({'exchange': exchange})}")


@blp.post("/login/exchange")
@public
@blp.arguments(schemas.LoginCodeSchema)
@blp.shows(schemas.SessionSchema)
@blp.problems(ExchangeCodeInvalid, AccountDisabled, RefreshTokenInvalid)
def exchange_login(body: dict) -> dict:
    """Trade the code of an OAuth return for a login, within a minute and once."""
    try:
        account_id = _signer("exchange").loads(body["code"], max_age=EXCHANGE_SECONDS)
    except BadSignature as error:
        raise ExchangeCodeInvalid from error
    try:
        ratelimit.limit(f"exchange:{body['code'][-43:]}", times=1, seconds=EXCHANGE_SECONDS)
    except TooMany as error:
        raise ExchangeCodeInvalid from error
    return people.log_in(people.get_account(account_id))


@blp.post("/login/codes")
@public
@blp.arguments(schemas.DeviceSchema)
@blp.shows(schemas.QrCodeSchema, 201)
@blp.problems(TooMany)
def open_login_code(body: dict) -> dict:
    """A QR code by which a phone lets this desktop in."""
    ratelimit.limit(f"login-code:{request.remote_addr}", times=120, seconds=60)
    code, secret = qr.open_login_code(body["device"])
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
    """Ask whether the phone has confirmed; gives the login once."""
    claim = qr.claim_login_code(ticket, body["secret"])
    return {"status": claim["status"], "session": claim["login"]}


def _scanned(code: qr.QrLogin) -> dict:
    return {"status": code.status, "device": code.device, "requested_at": code.created_at}


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
@blp.problems(LoginCodeNotFound, LoginCodeExpired, LoginCodeTaken, InvalidTransition)
def confirm_login_code(ticket: str) -> dict:
    """Let the desktop in."""
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
