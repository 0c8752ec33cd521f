"""Mini-program codes and links."""

import io
import json
import re
import secrets

import qrcode
from flask import Blueprint, Response, g

from scripts.wechat_sandbox.gate import answer, api, body_object, world
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("codes", __name__)

SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]+")
QUERY = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~%]*")
ENVIRONMENTS = {"release", "trial", "develop"}
LONGEST_SECONDS = 30 * 86_400


def _checked_page(page: str, *, check_path: bool) -> str:
    if page.startswith("/") or "?" in page:
        raise Refusal(41030)
    if check_path and g.app.pages and page and page not in g.app.pages:
        raise Refusal(41030)
    return page


@blp.route("/wxa/getwxacodeunlimit", methods=["GET", "POST"])
@api(post=True, kind="mini")
def getwxacodeunlimit() -> Response:
    """An image that the sandbox's phone can scan: it says page and scene."""
    wanted = body_object()
    scene = str(wanted.get("scene", ""))
    if not 1 <= len(scene) <= 32:
        raise Refusal(40169)
    if not SCENE.fullmatch(scene):
        raise Refusal(40129)
    if "scancode_time" in scene:
        raise Refusal(85096)
    page = _checked_page(str(wanted.get("page", "")), check_path=wanted.get("check_path", True))
    env_version = wanted.get("env_version", "release")
    width = wanted.get("width", 430)
    if env_version not in ENVIRONMENTS or not isinstance(width, int) or not 280 <= width <= 1280:
        raise Refusal(40097)
    content = {"appid": g.app.appid, "page": page, "scene": scene, "env_version": env_version}
    return Response(_image(json.dumps(content), width), content_type="image/jpeg")


def _image(text: str, width: int) -> bytes:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    picture = code.make_image(fill_color="#07230f", back_color="white").convert("RGB")
    picture = picture.resize((width, width))
    sink = io.BytesIO()
    picture.save(sink, "JPEG", quality=92)
    return sink.getvalue()


def _checked_target(path: str, query: str, env_version: str) -> None:
    if "?" in path or (path and not path.startswith("/")):
        raise Refusal(40165)
    if g.app.pages and path and path.lstrip("/") not in g.app.pages:
        raise Refusal(40165)
    if len(query) > 1024 or not QUERY.fullmatch(query):
        raise Refusal(40212)
    if env_version not in ENVIRONMENTS:
        raise Refusal(85402)


def _expiry(wanted: dict) -> float:
    """When a link dies: a moment or a number of days, at most 30 days off."""
    now = world().clock.now()
    if wanted.get("expire_type", 0) == 1:
        span = float(wanted.get("expire_interval") or 0) * 86_400
    else:
        span = float(wanted.get("expire_time") or now + LONGEST_SECONDS) - now
    if not 60 < span <= LONGEST_SECONDS:
        raise Refusal(85401)
    return now + span


def _keep_link(address: str, path: str, query: str, expires_at: float) -> None:
    with world().lock:
        world().links[address] = {
            "appid": g.app.appid,
            "page": path.lstrip("/") + (f"?{query}" if query else ""),
            "expires_at": expires_at,
        }


@blp.route("/wxa/generate_urllink", methods=["GET", "POST"])
@api(post=True, kind="mini")
def generate_urllink() -> Response:
    """A web address that opens the mini-program."""
    wanted = body_object()
    path, query = str(wanted.get("path", "")), str(wanted.get("query", ""))
    _checked_target(path, query, wanted.get("env_version", "release"))
    link = f"https://wxaurl.cn/{secrets.token_urlsafe(8)}"
    _keep_link(link, path, query, _expiry(wanted))
    return answer({"url_link": link}, ok=True)


@blp.route("/wxa/generatescheme", methods=["GET", "POST"])
@api(post=True, kind="mini")
def generatescheme() -> Response:
    """A weixin:// address that opens the mini-program."""
    wanted = body_object()
    target = wanted.get("jump_wxa") or {}
    path, query = str(target.get("path", "")), str(target.get("query", ""))
    _checked_target(path, query, target.get("env_version", "release"))
    link = f"weixin://dl/business/?t={secrets.token_urlsafe(8)}"
    _keep_link(link, path, query, _expiry(wanted))
    return answer({"openlink": link}, ok=True)
