"""Subscribe messages of the mini-program, template messages of the service account."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, g, request

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.fields import is_fit, kind_of
from scripts.wechat_sandbox.gate import answer, api, body_object, take_time, world
from scripts.wechat_sandbox.people import Message, Template, User
from scripts.wechat_sandbox.push import event, sender
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("messages", __name__)

SAME_MESSAGE_SECONDS = 600  # one client_msg_id is sent once in ten minutes
SENSITIVE = ("法轮", "枪支买卖")
STATES = {"developer", "trial", "formal"}
LANGUAGES = {"zh_CN", "en_US", "zh_HK", "zh_TW"}


def rows_of(content: str) -> list[tuple[str, str]]:
    """(label, key) of every row of a template's content."""
    return re.findall(r"(.+?):\{\{(\w+?)\.DATA\}\}", content)


def _template(wanted: dict) -> Template:
    template = world().templates.get(str(wanted.get("template_id", "")))
    if template is None or template.appid != g.app.appid:
        raise Refusal(40037)
    return template


def _checked_fields(template: Template, given: object, *, strict: bool) -> dict[str, str]:
    """The values by key, every one within its type's limits, or 47003."""
    if not isinstance(given, dict):
        raise Refusal(47003, "argument invalid! data format error")
    keys = [key for _, key in rows_of(template.content)]
    fields = {}
    for key in keys:
        content = given.get(key)
        text = content.get("value") if isinstance(content, dict) else None
        fit = is_fit(kind_of(key), text, allowed=template.enums.get(key))
        if not fit or not isinstance(text, str):
            raise Refusal(47003, f"argument invalid! data.{key}.value invalid")
        if any(word in text for word in SENSITIVE):
            raise Refusal(45168)
        fields[key] = text
    if strict and (extra := set(given) - set(keys)):
        raise Refusal(47003, f"argument invalid! data.{sorted(extra)[0]}.value invalid")
    return fields


@contextmanager
def _alone(user: User) -> Iterator[None]:
    """One send at a time to a person; a second one meanwhile is 43108."""
    here = world()
    key = (g.app.appid, user.id)
    with here.lock:
        if here.switches.serial_sends and key in here.sending:
            raise Refusal(43108)
        here.sending.add(key)
    try:
        yield
        take_time()
    finally:
        with here.lock:
            here.sending.discard(key)


def _deliver(user: User, template: Template, fields: dict[str, str], **more: Any) -> Message:
    rows = [[label, fields[key]] for label, key in rows_of(template.content)]
    message = Message(
        id=marks.message_id(),
        appid=g.app.appid,
        user_id=user.id,
        template_id=template.id,
        title=template.title,
        rows=rows,
        fields=fields,
        sent_at=world().clock.now(),
        **more,
    )
    world().add_message(message)
    return message


def _checked_page(page: object) -> str:
    """A page of the mini-program with its query, or 41030."""
    text = str(page or "")
    path = text.partition("?")[0]
    if g.app.pages and path and path.lstrip("/") not in g.app.pages:
        raise Refusal(41030)
    if len(text) > 1024 or re.search(r"[\s\u4e00-\u9fff]|^https?:", text):
        raise Refusal(41030)
    return text


@blp.route("/cgi-bin/message/subscribe/send", methods=["GET", "POST"])
@api(post=True, kind="mini")
def send_subscribe() -> Response:
    """One accepted popup pays for one message."""
    here = world()
    wanted = body_object()
    user = here.user_by_openid(g.app.appid, wanted.get("touser"))
    template = _template(wanted)
    if wanted.get("miniprogram_state", "formal") not in STATES:
        raise Refusal(40097)
    if wanted.get("lang", "zh_CN") not in LANGUAGES:
        raise Refusal(40097)
    with _alone(user):
        if g.app.banned:
            raise Refusal(43107)
        page = _checked_page(wanted.get("page"))
        fields = _checked_fields(template, wanted.get("data"), strict=True)
        with here.lock:
            if template.id in user.refused or user.accepts.get(template.id, 0) < 1:
                raise Refusal(43101)
            if template.kind == 2:
                user.accepts[template.id] -= 1
            message = _deliver(user, template, fields, channel="subscribe", page=page)
            here.keep(user)
    if here.switches.sent_events:
        sender().post(
            g.app.appid,
            event(
                g.app,
                here.openid_of(user, g.app.appid),
                "subscribe_msg_sent_event",
                here.clock.now(),
                List={
                    "TemplateId": template.id,
                    "MsgID": message.id,
                    "ErrorCode": "0",
                    "ErrorStatus": "success",
                },
            ),
        )
    return answer({"msgid": int(message.id)}, ok=True)


@blp.route("/cgi-bin/message/template/send", methods=["GET", "POST"])
@api(post=True, kind="service")
def send_template() -> Response:
    """To followers only; a client_msg_id is delivered once in ten minutes."""
    here = world()
    wanted = body_object()
    user = here.user_by_openid(g.app.appid, wanted.get("touser"))
    template = _template(wanted)
    if g.app.appid not in user.follows:
        raise Refusal(43004)
    miniprogram = wanted.get("miniprogram") or None
    if miniprogram and miniprogram.get("appid") not in here.apps:
        raise Refusal(40013)
    fields = _checked_fields(template, wanted.get("data"), strict=False)
    client_msg_id = str(wanted.get("client_msg_id", ""))[:64]
    with here.lock:
        known = _sent_before(user, client_msg_id)
        message = known or _deliver(
            user,
            template,
            fields,
            channel="template",
            url=str(wanted.get("url", "")),
            page=str((miniprogram or {}).get("pagepath", "")),
            miniprogram=miniprogram,
            client_msg_id=client_msg_id,
        )
    if known is None:
        openid = here.openid_of(user, g.app.appid)
        now = here.clock.now()
        finished = event(
            g.app, openid, "TEMPLATESENDJOBFINISH", now, MsgID=message.id, Status="success"
        )
        sender().post(g.app.appid, finished)
    return answer({"msgid": int(message.id)}, ok=True)


def _sent_before(user: User, client_msg_id: str) -> Message | None:
    if not client_msg_id:
        return None
    since = world().clock.now() - SAME_MESSAGE_SECONDS
    for message in reversed(world().messages.values()):
        if message.sent_at < since:
            return None
        if message.client_msg_id == client_msg_id and message.user_id == user.id:
            return message
    return None


@blp.get("/cgi-bin/user/info")
@api(kind="service")
def follower() -> Response:
    """A follower with unionid; subscribe 0 and nothing else for others."""
    here = world()
    user = here.user_by_openid(g.app.appid, request.args.get("openid"))
    openid = here.openid_of(user, g.app.appid)
    if g.app.appid not in user.follows:
        known = {"subscribe": 0, "openid": openid}
        return answer(known | ({"unionid": user.unionid} if g.app.bound else {}))
    found = {
        "subscribe": 1,
        "openid": openid,
        "language": "zh_CN",
        "subscribe_time": user.followed_at.get(g.app.appid, 0),
        "remark": "",
        "groupid": 0,
        "tagid_list": [],
        "subscribe_scene": "ADD_SCENE_QR_CODE",
        "qr_scene": 0,
        "qr_scene_str": "",
    }
    return answer(found | ({"unionid": user.unionid} if g.app.bound else {}))
