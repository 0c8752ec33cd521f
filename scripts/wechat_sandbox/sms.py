"""The SMS side of the sandbox: Tencent Cloud's ``SendSms`` over its own HTTP and signature."""

import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, g, request

from scripts.wechat_sandbox import demo, marks
from scripts.wechat_sandbox.control import player, wanted
from scripts.wechat_sandbox.gate import enter, leave, take_time, use_quota, world
from scripts.wechat_sandbox.people import Message, User
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("sms", __name__)

CLOCKS_APART_SECONDS = 300
LONGEST_WORD = 6  # signs of one variable of a notification
MOST_NUMBERS = 200
CREDENTIAL = re.compile(
    r"TC3-HMAC-SHA256 Credential=([^/]+)/(\d{4}-\d\d-\d\d)/sms/tc3_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)


class SmsFault(Exception):
    """The whole call is refused with one of Tencent Cloud's codes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@blp.post("/")
def tencent_cloud() -> Response:
    """Any action; the sandbox knows SendSms of 2021-01-11."""
    enter()
    try:
        use_quota()
        return _answer({"SendStatusSet": list(_send(_asked()))})
    except SmsFault as fault:
        return _answer({"Error": {"Code": fault.code, "Message": fault.code}})
    except Refusal:
        code = "RequestLimitExceeded"
        return _answer({"Error": {"Code": code, "Message": "the quota of the test is spent"}})
    finally:
        take_time()
        leave()


@blp.get("/sandbox/sms")
def all_sms() -> Response:
    """Every SMS, oldest first, of one *number* if given."""
    number = request.args.get("number")
    with world().lock:
        rows = [
            {"number": one.phone, "text": one.rows[0][1], "words": one.fields, "id": one.id}
            for one in world().messages.values()
            if one.channel == "sms" and number in (None, one.phone)
        ]
    return Response(json.dumps(rows, ensure_ascii=False), content_type="application/json")


@blp.post("/sandbox/sms/opt-out")
def opt_out() -> Response:
    """A number wants no more SMS (or does again: {"wants": true})."""
    number, here = str(wanted()["number"]), world()
    with here.lock:
        (here.sms_refusers.discard if wanted().get("wants") else here.sms_refusers.add)(number)
    return Response("{}", content_type="application/json")


def _answer(content: dict[str, Any]) -> Response:
    body = {"Response": content | {"RequestId": str(uuid.uuid4())}}
    return Response(json.dumps(body, ensure_ascii=False), content_type="application/json")


def _asked() -> dict[str, Any]:
    """The request, after its signature has been checked."""
    _check_signature(request.get_data(cache=True))
    action, version = request.headers.get("X-TC-Action"), request.headers.get("X-TC-Version")
    if action != "SendSms":
        raise SmsFault("InvalidAction")
    if version != "2021-01-11":
        raise SmsFault("NoSuchVersion")
    if not request.headers.get("X-TC-Region"):
        raise SmsFault("MissingParameter")
    try:
        asked = json.loads(request.get_data(cache=True))
    except ValueError:
        raise SmsFault("InvalidParameter") from None
    for name in ("PhoneNumberSet", "SmsSdkAppId", "TemplateId"):
        if not asked.get(name):
            raise SmsFault("MissingParameter")
    if len(asked["PhoneNumberSet"]) > MOST_NUMBERS:
        raise SmsFault("LimitExceeded.PhoneNumberCountLimit")
    return asked


def _check_signature(payload: bytes) -> None:
    """TC3-HMAC-SHA256, computed from what arrived."""
    here = world()
    found = CREDENTIAL.fullmatch(request.headers.get("Authorization", ""))
    stamp = request.headers.get("X-TC-Timestamp", "")
    if found is None or not stamp.isdigit():
        raise SmsFault("AuthFailure.InvalidAuthorization")
    secret_id, day, names, signature = found.groups()
    if secret_id != here.sms_account.secret_id:
        raise SmsFault("AuthFailure.SecretIdNotFound")
    right_day = datetime.fromtimestamp(int(stamp), UTC).strftime("%Y-%m-%d")
    if abs(here.clock.now() - int(stamp)) > CLOCKS_APART_SECONDS or day != right_day:
        raise SmsFault("AuthFailure.SignatureExpire")
    if not {"content-type", "host"} <= set(names.split(";")):
        raise SmsFault("AuthFailure.InvalidAuthorization")
    lines = "".join(f"{name}:{_header(name)}\n" for name in names.split(";"))
    hashed = hashlib.sha256(payload).hexdigest()
    said = f"POST\n/\n\n{lines}\n{names}\n{hashed}"
    scope = f"{day}/sms/tc3_request"
    key = f"TC3{here.sms_account.secret_key}".encode()
    for part in (day, "sms", "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    text = f"TC3-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(said.encode()).hexdigest()}"
    if not hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), signature):
        raise SmsFault("AuthFailure.SignatureFailure")


def _header(name: str) -> str:
    """A header as it is signed: only content-type and host keep their case in practice."""
    text = request.headers.get(name, "").strip()
    return text if name == "content-type" else text.lower()


def _send(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for given in asked["PhoneNumberSet"]:
        number = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", str(given))
        serial = ""
        code = _refusal(asked, number)
        if code == "Ok":
            serial = _put_into_chats(asked, number)
        g.call.errcode = 0 if code == "Ok" else 1
        yield {
            "SerialNo": serial,
            "PhoneNumber": f"+86{number}",
            "Fee": 1 if code == "Ok" else 0,
            "SessionContext": str(asked.get("SessionContext", "")),
            "Code": code,
            "Message": "send success" if code == "Ok" else code,
            "IsoCode": "CN",
        }


def _refusal(asked: dict[str, Any], number: str) -> str:
    """Why this number gets nothing, or "Ok"."""
    here = world()
    template = demo.SMS_TEMPLATES.get(str(asked["TemplateId"]))
    words = [str(word) for word in asked.get("TemplateParamSet") or []]
    if here.switches.sms_refusal:
        return here.switches.sms_refusal
    if asked["SmsSdkAppId"] != here.sms_account.app_id:
        return "InvalidParameterValue.SdkAppIdNotExist"
    if asked.get("SignName") != here.sms_account.sign_name:
        return "FailedOperation.SignatureIncorrectOrUnapproved"
    if not re.fullmatch(r"1\d{10}", number):
        return "InvalidParameterValue.IncorrectPhoneNumber"
    if template is None:
        return "FailedOperation.TemplateIncorrectOrUnapproved"
    if len(words) != len(set(re.findall(r"\{(\d+)\}", template))) or not all(words):
        return "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
    if any(len(word) > LONGEST_WORD for word in words):
        return "InvalidParameterValue.TemplateParameterLengthLimit"
    if any("://" in word or "www." in word for word in words):
        return "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"
    if number in here.sms_refusers:
        return "FailedOperation.PhoneNumberInBlacklist"
    return _over_limit(number)


def _over_limit(number: str) -> str:
    """Tencent Cloud's own limits per number: one in 30 s, ten in a day."""
    here = world()
    now, switches = here.clock.now(), here.switches
    with here.lock:
        sent = [at for at in here.sms_sent_at[number] if at > now - 86_400]
        if sent and now - sent[-1] < switches.sms_pause_seconds:
            return "LimitExceeded.PhoneNumberThirtySecondLimit"
        if len(sent) >= switches.sms_per_day:
            return "LimitExceeded.PhoneNumberDailyLimit"
        here.sms_sent_at[number] = [*sent, now]
    return "Ok"


def _put_into_chats(asked: dict[str, Any], number: str) -> str:
    here = world()
    words = [str(word) for word in asked.get("TemplateParamSet") or []]
    text = demo.SMS_TEMPLATES[str(asked["TemplateId"])]
    for place, word in enumerate(words, 1):
        text = text.replace(f"{{{place}}}", word)
    owner = _owner(number)
    message = Message(
        id=marks.message_id(),
        channel="sms",
        appid=here.sms_account.app_id,
        user_id=owner.id if owner else "",
        template_id=str(asked["TemplateId"]),
        title=f"【{here.sms_account.sign_name}】",
        rows=[["短信", text]],
        fields={str(place): word for place, word in enumerate(words, 1)},
        sent_at=here.clock.now(),
        url=player().login_address(demo.SMS_LEADS_TO),
        phone=number,
    )
    with here.lock:
        here.add_message(message)
    return message.id


def _owner(number: str) -> User | None:
    """Whose number it is; an SMS to a stranger's number arrives as well."""
    with world().lock:
        return next((user for user in world().users.values() if user.phone == number), None)
