"""The phone page: a person in the browser is a WeChat user."""

import secrets
from dataclasses import asdict

from flask import Blueprint, Response, jsonify, render_template, request

from scripts.wechat_sandbox.control import player, wanted
from scripts.wechat_sandbox.gate import world
from scripts.wechat_sandbox.oauth import PHONE_COOKIE
from scripts.wechat_sandbox.people import User
from scripts.wechat_sandbox.play import Unplayable
from scripts.wechat_sandbox.scan import open_code, read_picture

blp = Blueprint("phone", __name__)

COLOURS = ["#f59e0b", "#3b82f6", "#ec4899", "#10b981", "#6366f1", "#ef4444", "#14b8a6"]
SHOWN = 60


@blp.get("/")
def page() -> str:
    """The phone."""
    return render_template("phone.html")


@blp.errorhandler(Unplayable)
def unplayable(fault: Unplayable) -> tuple[Response, int]:
    """A phone says why something did not work."""
    return jsonify(error=str(fault)), 400


def _owner() -> User:
    user = world().users.get(request.cookies.get(PHONE_COOKIE, ""))
    if user is None:
        raise Unplayable("请先选择一个微信用户")
    return user


def _card(user: User) -> dict:
    return {name: getattr(user, name) for name in ("id", "nickname", "title", "colour", "phone")}


@blp.get("/phone/people")
def people() -> Response:
    """Who can be on this phone, and who is."""
    return jsonify(
        me=request.cookies.get(PHONE_COOKIE, ""),
        people=[_card(user) for user in world().users.values()][:SHOWN],
    )


@blp.post("/phone/people")
def new_person() -> Response:
    """A new WeChat user with a made-up number."""
    nickname = str(wanted().get("nickname", "")).strip()[:16]
    number = str(wanted().get("phone", "")).strip()
    if not nickname:
        raise Unplayable("请填写昵称")
    if number and not (number.isdigit() and len(number) == 11):
        raise Unplayable("手机号应为 11 位数字")
    number = number or f"137{secrets.randbelow(10**8):08d}"
    user = User(
        id=f"u-{secrets.token_hex(4)}",
        nickname=nickname,
        phone=number,
        title="新用户",
        colour=secrets.choice(COLOURS),
    )
    return _pick_up(world().add_user(user))


@blp.put("/phone/me")
def pick_up() -> Response:
    """Somebody takes the phone."""
    return _pick_up(player().user(str(wanted().get("id", ""))))


def _pick_up(user: User) -> Response:
    response = jsonify(_card(user))
    response.set_cookie(PHONE_COOKIE, user.id, httponly=True, samesite="Lax", max_age=30 * 86_400)
    return response


@blp.get("/phone/state")
def state() -> Response:
    """All the phone shows: the person, the messages, the subscriptions."""
    if request.cookies.get(PHONE_COOKIE, "") not in world().users:
        return jsonify(me=None)
    user, here = _owner(), world()
    mini, service = player().account("mini"), player().account("service")
    messages = [
        asdict(one) | {"opens": player().opens(one)} for one in player().messages(user)[-SHOWN:]
    ]
    templates = [
        {
            "id": one.id,
            "title": one.title,
            "rows": one.content,
            "accepts": user.accepts.get(one.id, 0),
            "refused": one.id in user.refused,
        }
        for one in list(here.templates.values())
        if one.appid == mini.appid
    ]
    return jsonify(
        me=_card(user) | {"openid": here.openid_of(user, mini.appid)},
        mini={"name": mini.name, "opens": player().login_address("")},
        service={"name": service.name, "followed": service.appid in user.follows},
        sms={"wanted": user.phone not in here.sms_refusers},
        messages=messages,
        templates=templates,
        now=here.clock.now(),
    )


@blp.post("/phone/scan")
def scan() -> Response:
    """Scan a picture (the body) or a text ({"text"})."""
    _owner()
    if (request.content_type or "").startswith("image/"):
        return jsonify(open_code(player(), read_picture(request.get_data())))
    return jsonify(open_code(player(), str(wanted().get("text", ""))))


@blp.post("/phone/messages/<message_id>/tap")
def tap(message_id: str) -> Response:
    """Tap one of the phone's own messages."""
    message = world().messages.get(message_id)
    if message is None or message.user_id != _owner().id:
        raise Unplayable("消息不存在")
    return jsonify(player().tap(message))


@blp.post("/phone/read")
def read() -> Response:
    """A chat was looked at."""
    channel = wanted().get("channel")
    for message in player().messages(_owner()):
        if message.channel == channel and not message.read:
            message.read = True
            world().keep(message)
    return jsonify(ok=True)


@blp.post("/phone/subscriptions")
def subscribe() -> Response:
    """The popup's answers, at most five templates at a time."""
    results = wanted().get("results") or {}
    if not set(results.values()) <= {"accept", "reject"}:
        raise Unplayable("请选择允许或拒绝")
    player().answer_popup(_owner(), results)
    return jsonify(ok=True)


@blp.post("/phone/subscription-setting")
def subscription_setting() -> Response:
    """The switch on a message card: 接收 or 不接收."""
    template = player().template(str(wanted().get("template_id", "")))
    player().change_setting(_owner(), template, str(wanted().get("status", "reject")))
    return jsonify(ok=True)


@blp.post("/phone/follow")
def follow() -> Response:
    """Follow or leave the service account."""
    service = player().account("service")
    (player().follow if wanted().get("follow") else player().unfollow)(_owner(), service)
    return jsonify(ok=True)


@blp.post("/phone/sms")
def sms_setting() -> Response:
    """The phone's number takes SMS, or is on the provider's do-not-disturb list."""
    here, number = world(), _owner().phone
    with here.lock:
        (here.sms_refusers.discard if wanted().get("wanted") else here.sms_refusers.add)(number)
    return jsonify(ok=True)
