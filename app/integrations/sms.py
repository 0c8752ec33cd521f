"""SMS for what cannot wait, behind one small interface; Tencent Cloud is the provider.

Requests are signed with TC3-HMAC-SHA256 as Tencent Cloud documents it. A number is masked
in every log line, and nothing that the network says about a request leaves this module.
"""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from app.config import SmsSettings
from app.core.crypto import mask_phone
from app.core.errors import Conflict, Invalid, UpstreamFailed

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = (3.05, 5.0)  # to connect, to read
POOL = 32  # connections kept open per process
SERVICE, ACTION, VERSION = "sms", "SendSms", "2021-01-11"
CONTENT_TYPE = "application/json; charset=utf-8"
SIGNED = "content-type;host;x-tc-action"
ALGORITHM = "TC3-HMAC-SHA256"


class SmsUnavailable(UpstreamFailed):
    """The provider did not take the message; trying again later may help."""

    title = "短信服务暂时不可用，请稍后再试"


class SmsMisconfigured(UpstreamFailed):
    """Keys, signature, template or package are wrong: only an operator can help."""

    title = "短信服务配置有误，请联系平台"


class SmsRefused(Conflict):
    """The provider will not send to this number now: too many, or the person opted out."""

    title = "短信未能发送给该号码"


class PhoneRefused(Invalid):
    """This cannot be a mobile number."""

    title = "手机号码无效"


class SmsProvider(Protocol):
    """Whoever sends our messages."""

    @property
    def is_available(self) -> bool:
        """Whether SMS is a channel at all."""

    def send(self, number: str, template_id: str, words: Sequence[str], *, tag: str = "") -> str:
        """Send one message made of a template and its words; the provider's own id.

        :raises PhoneRefused: not a mobile number
        :raises SmsRefused: this number gets none now
        :raises SmsMisconfigured: keys, signature or template are wrong
        :raises SmsUnavailable: no answer; the message may or may not have gone out
        """


class NoSms:
    """A deployment without SMS."""

    is_available = False

    def send(self, number: str, template_id: str, words: Sequence[str], *, tag: str = "") -> str:
        """:raises SmsMisconfigured: always"""
        raise SmsMisconfigured("未配置短信服务")


class TencentSms:
    """Tencent Cloud SMS, ``SendSms`` of 2021-01-11."""

    is_available = True

    def __init__(self, settings: SmsSettings) -> None:
        self._settings = settings
        self._host = urlsplit(settings.root).netloc
        self._http = _pooled_session()

    def send(self, number: str, template_id: str, words: Sequence[str], *, tag: str = "") -> str:
        """See :class:`SmsProvider`."""
        body = {
            "PhoneNumberSet": [_dialled(number)],
            "SmsSdkAppId": self._settings.app_id,
            "SignName": self._settings.sign_name,
            "TemplateId": template_id,
            "TemplateParamSet": list(words),
            "SessionContext": tag[:500],
        }
        answer = self._post(body)
        if fault := answer.get("Error"):
            raise _fault(str(fault.get("Code", "")), number)
        try:
            (sent,) = answer["SendStatusSet"]
            code, serial = str(sent["Code"]), str(sent.get("SerialNo", ""))
        except (KeyError, TypeError, ValueError):
            raise SmsUnavailable("短信服务的回复无法识别") from None
        if code != "Ok":
            raise _fault(code, number)
        return serial

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        payload = json.dumps(body, ensure_ascii=False).encode()
        now = int(time.time())
        headers = {
            "Authorization": authorization(
                self._settings.secret_id,
                self._settings.secret_key,
                service=SERVICE,
                host=self._host,
                action=ACTION,
                timestamp=now,
                payload=payload,
            ),
            "Content-Type": CONTENT_TYPE,
            "X-TC-Action": ACTION,
            "X-TC-Timestamp": str(now),
            "X-TC-Version": VERSION,
            "X-TC-Region": self._settings.region,
        }
        try:
            answer = self._http.post(
                f"{self._settings.root}/", data=payload, headers=headers, timeout=TIMEOUT_SECONDS
            )
            found = answer.json()["Response"]
        except (requests.RequestException, ValueError, KeyError, TypeError) as fault:
            log.warning("SMS: %s", type(fault).__name__)
            raise SmsUnavailable from None
        if not isinstance(found, dict):
            raise SmsUnavailable("短信服务的回复无法识别")
        return found


def sms_provider(settings: SmsSettings) -> SmsProvider:
    """The provider that the deployment has chosen."""
    return TencentSms(settings) if settings.provider == "tencent" else NoSms()


def authorization(
    secret_id: str,
    secret_key: str,
    *,
    service: str,
    host: str,
    action: str,
    timestamp: int,
    payload: bytes,
) -> str:
    """The Authorization header of Tencent Cloud's signature v3 for a POST to ``/``."""
    day = datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    said = "\n".join(
        (
            "POST",
            "/",
            "",
            f"content-type:{CONTENT_TYPE}\nhost:{host}\nx-tc-action:{action.lower()}\n",
            SIGNED,
            hashlib.sha256(payload).hexdigest(),
        )
    )
    digest = hashlib.sha256(said.encode()).hexdigest()
    key = f"TC3{secret_key}".encode()
    for part in (day, service, "tc3_request"):
        key = _hmac(key, part)
    signature = _hmac(key, f"{ALGORITHM}\n{timestamp}\n{scope}\n{digest}").hex()
    return (
        f"{ALGORITHM} Credential={secret_id}/{scope}, SignedHeaders={SIGNED}, Signature={signature}"
    )


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _dialled(number: str) -> str:
    """The number with its country; mainland numbers are the only ones without one."""
    digits = "".join(sign for sign in number if sign not in " -()")
    if digits.startswith("+") and digits[1:].isdigit() and digits.isascii() and len(digits) > 8:
        return digits
    if digits.isascii() and digits.isdigit() and len(digits) == 11 and digits[0] == "1":
        return f"+86{digits}"
    raise PhoneRefused


def _fault(code: str, number: str) -> Exception:
    """Tencent's code in our words; its last part names the case."""
    area, _, case = code.partition(".")
    if case == "IncorrectPhoneNumber":
        kind: type[PhoneRefused | SmsRefused | UpstreamFailed] = PhoneRefused
    elif case.startswith("PhoneNumber") or case == "DeliveryFrequencyLimit":
        kind = SmsRefused
    elif area in ("InternalError", "RequestLimitExceeded", "LimitExceeded", ""):
        kind = SmsUnavailable
    else:
        kind = SmsMisconfigured
    level = logging.ERROR if kind is SmsMisconfigured else logging.INFO
    log.log(level, "SMS to %s: %s", mask_phone(number), code)
    return kind(errcode=(case or area)[:32])


def _pooled_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no proxy or netrc of the machine's may see a number
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=POOL)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
