"""Content safety: text at once, pictures and sound by a later push."""

import json
import secrets
from urllib.parse import urlsplit

from flask import Blueprint, Response, g

from scripts.wechat_sandbox.gate import answer, api, body_object, world
from scripts.wechat_sandbox.push import event, sender
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("safety", __name__)

ACTIVE_SECONDS = 2 * 3600
LONGEST_TEXT = 2_500
NORMAL, ADVERTISING, CRIME = 100, 10001, 20006


def _active_user(openid: object) -> None:
    here = world()
    user = here.user_by_openid(g.app.appid, str(openid or ""))
    seen = user.active_at.get(g.app.appid)
    if seen is None or here.clock.now() - seen > ACTIVE_SECONDS:
        raise Refusal(61010)


def _trace() -> str:
    return "-".join(secrets.token_hex(4) for _ in range(3))


def _judge(text: str) -> tuple[str, int, str]:
    switches = world().switches
    for word in switches.risky_words:
        if word in text:
            return "risky", CRIME, word
    for word in switches.doubtful_words:
        if word in text:
            return "review", ADVERTISING, word
    return "pass", NORMAL, ""


@blp.route("/wxa/msg_sec_check", methods=["GET", "POST"])
@api(post=True, kind="mini")
def msg_sec_check() -> Response:
    """Version 2: pass, review or risky, from a list of words."""
    wanted = body_object()
    content = wanted.get("content")
    if wanted.get("version") != 2 or wanted.get("scene") not in (1, 2, 3, 4):
        raise Refusal(40129 if wanted.get("version") == 2 else 40097)
    if not isinstance(content, str) or not 0 < len(content) <= LONGEST_TEXT:
        raise Refusal(40097)
    _active_user(wanted.get("openid"))
    whole = " ".join(str(wanted.get(key, "")) for key in ("title", "nickname", "signature"))
    suggest, label, word = _judge(f"{content} {whole}")
    detail = [
        {"strategy": "content_model", "errcode": 0, "suggest": suggest, "label": label, "prob": 90}
    ]
    if word:
        detail.append(
            {
                "strategy": "keyword",
                "errcode": 0,
                "suggest": suggest,
                "label": label,
                "level": 90,
                "keyword": word,
            }
        )
    result = {"suggest": suggest, "label": label}
    return answer({"result": result, "detail": detail, "trace_id": _trace()}, ok=True)


@blp.route("/wxa/media_check_async", methods=["GET", "POST"])
@api(post=True, kind="mini")
def media_check_async() -> Response:
    """The verdict follows as a ``wxa_media_check`` event; a risky word in the address decides."""
    wanted = body_object()
    address = str(wanted.get("media_url", ""))
    if wanted.get("media_type") not in (1, 2) or wanted.get("version") != 2:
        raise Refusal(40004)
    if urlsplit(address).scheme not in ("http", "https"):
        raise Refusal(40097)
    _active_user(wanted.get("openid"))
    here, trace = world(), _trace()
    suggest, label = ("risky", 20002) if "risky" in address else ("pass", NORMAL)
    verdict = event(
        g.app,
        str(wanted["openid"]),
        "wxa_media_check",
        here.clock.now(),
        appid=g.app.appid,
        trace_id=trace,
        version=2,
        detail=[
            {
                "strategy": "content_model",
                "errcode": 0,
                "suggest": suggest,
                "label": label,
                "prob": 90,
            }
        ],
        errcode=0,
        errmsg="ok",
        result={"suggest": suggest, "label": label},
    )
    if g.app.push_format == "xml":
        verdict["detail"] = json.dumps(verdict["detail"])
        verdict["result"] = json.dumps(verdict["result"])
    sender().post(g.app.appid, verdict)
    return answer({"trace_id": trace}, ok=True)
