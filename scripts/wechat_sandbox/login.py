"""Login of the mini-program, its session keys, and phone numbers."""

import hashlib
import hmac

from flask import Blueprint, Response, g, request

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.gate import answer, api, body_object, world
from scripts.wechat_sandbox.people import Code, User
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("login", __name__)

SESSION_KEY_SECONDS = 3 * 86_400


def take_code(text: str | None, *, kind: str, appid: str) -> Code:
    """Use up a code; 40029 unknown, foreign or late, 40163 used."""
    if not text:
        raise Refusal(41008)
    here = world()
    with here.lock:
        code = here.codes.get(text)
        if code is None or code.kind != kind or code.expires_at <= here.clock.now():
            raise Refusal(40029)
        if code.appid != appid:
            raise Refusal(40013 if kind == "phone" else 40029)
        if code.used:
            raise Refusal(40029 if kind == "phone" else 40163)
        code.used = True
        return code


@blp.get("/sns/jscode2session")
@api(token=False)
def jscode2session() -> Response:
    """wx.login's code becomes openid, unionid and a new session_key."""
    here = world()
    app = here.app(request.args.get("appid"), request.args.get("secret"))
    g.call.appid = app.appid
    if request.args.get("grant_type") != "authorization_code":
        raise Refusal(40002)
    code = take_code(request.args.get("js_code"), kind="login", appid=app.appid)
    user = here.users[code.user_id]
    if user.risky:
        raise Refusal(40226)
    with here.lock:
        now = here.clock.now()
        key = marks.session_key()
        user.session_keys[app.appid] = {"key": key, "expires_at": now + SESSION_KEY_SECONDS}
        user.active_at[app.appid] = now
        found = {"session_key": key, "openid": here.openid_of(user, app.appid)}
        if app.bound:
            found["unionid"] = user.unionid
        here.keep(user)
    return answer(found)


def _signed_user() -> User:
    """The user whose session_key signed the call (HMAC-SHA256 of nothing)."""
    here = world()
    user = here.user_by_openid(g.app.appid, request.args.get("openid"))
    if request.args.get("sig_method") != "hmac_sha256":
        raise Refusal(87008)
    kept = user.session_keys.get(g.app.appid)
    if kept is None or kept["expires_at"] <= here.clock.now():
        raise Refusal(87007)
    right = hmac.new(kept["key"].encode(), b"", hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right, request.args.get("signature", "")):
        raise Refusal(87009)
    return user


@blp.get("/wxa/checksession")
@api(kind="mini")
def checksession() -> Response:
    """Is this session_key still the user's?"""
    try:
        _signed_user()
    except Refusal as refusal:
        # checksession knows only one answer for a key that is not good
        raise Refusal(87009) if refusal.errcode == 87007 else refusal from None
    return answer({}, ok=True)


@blp.get("/wxa/resetusersessionkey")
@api(kind="mini")
def resetusersessionkey() -> Response:
    """A new session_key with the old one's expiry."""
    user = _signed_user()
    here = world()
    with here.lock:
        kept = user.session_keys[g.app.appid]
        kept["key"] = marks.session_key()
        here.keep(user)
        openid = here.openid_of(user, g.app.appid)
    return answer({"openid": openid, "session_key": kept["key"]}, ok=True)


@blp.route("/wxa/business/getuserphonenumber", methods=["GET", "POST"])
@api(post=True, kind="mini")
def getuserphonenumber() -> Response:
    """A phone code becomes the number; the code is good once for five minutes."""
    here = world()
    wanted = body_object()
    code = here.codes.get(str(wanted.get("code", "")))
    if code and wanted.get("openid"):
        user = here.users[code.user_id]
        if here.openid_of(user, g.app.appid) != wanted["openid"]:
            raise Refusal(40029)
    code = take_code(wanted.get("code"), kind="phone", appid=g.app.appid)
    number = here.users[code.user_id].phone
    return answer(
        {
            "phone_info": {
                "phoneNumber": number,
                "purePhoneNumber": number,
                "countryCode": "86",
                "watermark": {"timestamp": int(here.clock.now()), "appid": g.app.appid},
            }
        },
        ok=True,
    )
