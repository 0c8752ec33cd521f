"""Quotas and the look-up of past requests."""

import re
from datetime import UTC, datetime

from flask import Blueprint, Response, g

from scripts.wechat_sandbox.gate import LIMITS, answer, api, body_object, world
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("upkeep", __name__)

CLEARS_PER_MONTH = 10
RID_SECONDS = 7 * 86_400
DAY = 86_400


@blp.route("/cgi-bin/clear_quota", methods=["GET", "POST"])
@api(post=True)
def clear_quota() -> Response:
    """Ten times a month the daily counts begin anew."""
    wanted = body_object()
    here = world()
    if wanted.get("appid") != g.app.appid:
        raise Refusal(40013)
    month = datetime.fromtimestamp(here.clock.now(), UTC).strftime("%Y-%m")
    with here.lock:
        if here.quotas.cleared[g.app.appid, month] >= CLEARS_PER_MONTH:
            raise Refusal(48006)
        here.quotas.cleared[g.app.appid, month] += 1
        for key in [key for key in here.quotas.day if key[0] == g.app.appid]:
            del here.quotas.day[key]
    return answer({}, ok=True)


@blp.route("/cgi-bin/openapi/quota/get", methods=["GET", "POST"])
@api(post=True)
def quota_get() -> Response:
    """How much of an API's daily quota is used."""
    path = str(body_object().get("cgi_path", ""))
    if path.startswith("/sns/") or not path.startswith("/"):
        raise Refusal(76022)
    here = world()
    limit = (
        here.quotas.limits.get(path, {}).get("day") or LIMITS.get(path, (None, None))[1] or 10**7
    )
    used = here.quotas.day[g.app.appid, path, int(here.clock.now()) // DAY]
    quota = {"daily_limit": limit, "used": used, "remain": max(limit - used, 0)}
    return answer({"quota": quota}, ok=True)


@blp.route("/cgi-bin/openapi/rid/get", methods=["GET", "POST"])
@api(post=True)
def rid_get() -> Response:
    """What a request of the last seven days said."""
    rid = str(body_object().get("rid", ""))
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{8}){2}", rid):
        raise Refusal(76002)
    here = world()
    with here.lock:
        call = next((one for one in here.history if one.rid == rid), None)
    if call is None:
        raise Refusal(76001)
    if call.appid != g.app.appid:
        raise Refusal(76003)
    if here.clock.now() - call.at > RID_SECONDS:
        raise Refusal(76004)
    request = {
        "invoke_time": int(call.at),
        "cost_in_ms": 1,
        "request_url": call.url,
        "request_body": call.body,
        "response_body": f'{{"errcode":{call.errcode}}}',
    }
    return answer({"request": request}, ok=True)
