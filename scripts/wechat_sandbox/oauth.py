"""WeChat's OAuth for pages in its browser (the service account)."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Blueprint, Response, g, make_response, redirect, render_template, request

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.gate import answer, api, world
from scripts.wechat_sandbox.login import take_code
from scripts.wechat_sandbox.people import App, Token
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("oauth", __name__)

PHONE_COOKIE = "sandbox_user"
SCOPES = {"snsapi_base", "snsapi_userinfo"}


def with_query(address: str, **more: str) -> str:
    """*address* with further query parameters, its fragment kept."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True) + list(more.items())
    return urlunsplit(parts._replace(query=urlencode(query)))


def _fault(app: App | None, wanted: Mapping[str, str]) -> str:
    """What WeChat shows instead of the consent page."""
    if app is None or app.kind != "service":
        return "该链接无法访问：appid 参数错误"
    if wanted.get("scope") not in SCOPES:
        return "Scope 参数错误或没有 Scope 权限"
    if urlsplit(wanted.get("redirect_uri", "")).scheme not in ("http", "https"):
        return "redirect_uri 参数错误"
    if wanted.get("response_type") != "code":
        return "response_type 参数错误"
    return ""


@blp.route("/connect/oauth2/authorize", methods=["GET", "POST"])
def authorize() -> Response:
    """Stands for open.weixin.qq.com: gives the page a code for the phone's user."""
    here = world()
    wanted = request.args
    app = here.apps.get(wanted.get("appid", ""))
    fault = _fault(app, wanted)
    if fault or app is None:
        return make_response(render_template("oauth.html", fault=fault, people=[]))
    user = here.users.get(request.form.get("user") or request.cookies.get(PHONE_COOKIE, ""))
    asks = here.switches.oauth_asks and wanted["scope"] == "snsapi_userinfo"
    agreed = request.method == "POST" or not asks
    if user is None or not agreed:
        people = [user] if user else list(here.users.values())[:40]
        return make_response(render_template("oauth.html", app=app, people=people, fault=""))
    code = here.make_code("oauth", app.appid, user.id, scope=wanted["scope"])
    target = with_query(wanted["redirect_uri"], code=code.code, state=wanted.get("state", ""))
    response = make_response(redirect(target))
    response.set_cookie(PHONE_COOKIE, user.id, httponly=True, samesite="Lax")
    return response


@blp.get("/sns/oauth2/access_token")
@api(token=False)
def exchange() -> Response:
    """The page's code becomes openid; unionid only with snsapi_userinfo."""
    here = world()
    app = here.app(request.args.get("appid"), request.args.get("secret"))
    g.call.appid = app.appid
    if request.args.get("grant_type") != "authorization_code":
        raise Refusal(40002)
    code = take_code(request.args.get("code"), kind="oauth", appid=app.appid)
    user = here.users[code.user_id]
    if user.risky:
        raise Refusal(40226)
    token = Token(
        marks.access_token(), app.appid, "user", here.clock.now() + 7200, user.id, code.scope
    )
    with here.lock:
        here.tokens[token.token] = token
        found = {
            "access_token": token.token,
            "expires_in": 7200,
            "refresh_token": marks.access_token(),
            "openid": here.openid_of(user, app.appid),
            "scope": code.scope,
        }
    if app.bound and code.scope == "snsapi_userinfo":
        found["unionid"] = user.unionid
    return answer(found)


@blp.get("/sns/userinfo")
@api(token=False)
def userinfo() -> Response:
    """Nickname and unionid of a user who agreed to snsapi_userinfo."""
    here = world()
    token = here.tokens.get(request.args.get("access_token", ""))
    if token is None or token.kind != "user":
        raise Refusal(40001)
    if token.expires_at <= here.clock.now():
        raise Refusal(42001)
    if token.scope != "snsapi_userinfo":
        raise Refusal(48001)
    user = here.users[token.user_id]
    if here.openid_of(user, token.appid) != request.args.get("openid"):
        raise Refusal(40003)
    found = {
        "openid": request.args["openid"],
        "nickname": user.nickname,
        "sex": 0,
        "province": "",
        "city": "",
        "country": "",
        "headimgurl": "",
        "privilege": [],
    }
    if here.apps[token.appid].bound:
        found["unionid"] = user.unionid
    return answer(found)
