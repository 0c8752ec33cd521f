"""Message push: what WeChat tells us, verified, opened and brought into one shape."""

import hashlib
import hmac
import json
import logging
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict
from redis import Redis, RedisError
from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from app.core import clock
from app.integrations.wechat.errors import PushRefused, PushReplayed

log = logging.getLogger(__name__)

WINDOW_SECONDS = 600  # older or younger pushes are not WeChat's
LARGEST_BODY = 256 * 1024
NESTED = ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent")


@dataclass(frozen=True)
class PushMessage:
    """One message of WeChat's, the same for JSON and XML, plain and secure."""

    appid: str  # whose push it is; empty in plain mode, which does not say
    account: str  # our account's original id, gh_…
    openid: str  # who did it
    created_at: datetime
    kind: str  # MsgType: event, text …
    event: str  # empty unless kind is event
    content: dict[str, Any] = field(repr=False)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a subscribe event, always a list: TemplateId, SubscribeStatusString …"""
        found = self.content.get("List") or []
        return [found] if isinstance(found, dict) else list(found)

    @property
    def key(self) -> str:
        """The same for every repetition of one message: its id, or who did what when."""
        number = self.content.get("MsgId")
        if number:
            return f"id:{number}"
        rows = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        return "event:" + hashlib.sha256(rows.encode()).hexdigest()


class PushDesk:
    """Receives pushes for the mini-program and the service account, which share one key."""

    def __init__(
        self, *, token: str, aes_key: str, appids: tuple[str, ...], redis: Redis | None
    ) -> None:
        self._token = token
        self._aes_key = aes_key
        self._appids = tuple(appid for appid in appids if appid)
        self._redis = redis

    def verify_address(self, query: Mapping[str, str]) -> str:
        """WeChat checks our push address: the text to answer.

        :raises PushRefused: not WeChat
        """
        self._check(query, "signature")
        self._check_window(query)
        return query.get("echostr", "")

    def read(self, query: Mapping[str, str], body: bytes) -> PushMessage:
        """Verify and open one push; see :meth:`receive` for use in an endpoint.

        :raises PushRefused: forged, spoilt or too old
        """
        self._check_window(query)
        if len(body) > LARGEST_BODY:
            raise PushRefused("消息过长")
        if query.get("encrypt_type", "raw") != "aes":
            self._check(query, "signature")
            return _message(_parsed(body), appid="")
        outer = _parsed(body)
        sealed = outer.get("Encrypt")
        if not isinstance(sealed, str):
            raise PushRefused("消息没有密文")
        self._check(query, "msg_signature", sealed)
        text, appid = self._unsealed(sealed)
        return _message(_parsed(text.encode()), appid=appid)

    @contextmanager
    def receive(self, query: Mapping[str, str], body: bytes) -> Iterator[PushMessage]:
        """Verify, open and take a push; if the work on it fails, WeChat's retry is let in.

        :raises PushRefused: forged, spoilt or too old
        :raises PushReplayed: taken before; answer ``success``
        """
        message = self.read(query, body)
        seen = self._claim(query)
        try:
            yield message
        except BaseException:
            self._let_go(seen)
            raise

    def _check(self, query: Mapping[str, str], name: str, *more: str) -> None:
        if not self._token:
            raise PushRefused("未配置消息推送")
        parts = sorted([self._token, query.get("timestamp", ""), query.get("nonce", ""), *more])
        right = hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()
        if not hmac.compare_digest(right.encode(), query.get(name, "").encode()):
            raise PushRefused("签名不符")

    @staticmethod
    def _check_window(query: Mapping[str, str]) -> None:
        timestamp = query.get("timestamp", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            raise PushRefused("时间戳不符")
        if abs(clock.now().timestamp() - int(timestamp)) > WINDOW_SECONDS:
            raise PushRefused("消息已过期")

    def _unsealed(self, sealed: str) -> tuple[str, str]:
        """The message and whose it is: its appid must be one of ours."""
        try:
            crypto = PrpCrypto(b64decode(self._aes_key + "="))
        except ValueError:
            raise PushRefused("未配置消息加密密钥") from None
        for appid in self._appids:
            try:
                return crypto.decrypt(sealed, appid), appid
            except InvalidAppIdException:
                continue
            except Exception:  # wechatpy lets every fault of a spoilt text through
                raise PushRefused("消息无法解密") from None
        raise PushRefused("消息属于另一个账号")

    def _claim(self, query: Mapping[str, str]) -> str:
        """Remember a push by its nonce; without Redis the receiver's own record must do."""
        said = "|".join(query.get(name, "") for name in ("timestamp", "nonce", "msg_signature"))
        seen = "wechat:push:" + hashlib.sha256(said.encode()).hexdigest()
        if self._redis is None:
            return ""
        try:
            fresh = self._redis.set(seen, b"1", nx=True, ex=2 * WINDOW_SECONDS)
        except RedisError:
            log.warning("redis is out of reach: a WeChat push is taken without a replay check")
            return ""
        if not fresh:
            raise PushReplayed
        return seen

    def _let_go(self, seen: str) -> None:
        if not seen or self._redis is None:
            return
        try:
            self._redis.delete(seen)
        except RedisError:
            log.warning("redis is out of reach: WeChat's retry of a push may be taken for a replay")


def _parsed(body: bytes) -> dict[str, Any]:
    """JSON or XML, by its first sign."""
    try:
        text = body.decode().strip()
        found = xmltodict.parse(text)["xml"] if text.startswith("<") else json.loads(text)
    except (ValueError, ExpatError, KeyError, RecursionError):
        raise PushRefused("消息无法识别") from None
    if not isinstance(found, dict):
        raise PushRefused("消息无法识别")
    return found


def _message(found: dict[str, Any], *, appid: str) -> PushMessage:
    for nest in NESTED:
        if nest in found:
            inner = found.pop(nest)
            found["List"] = inner.get("List") if isinstance(inner, dict) else []
    created = str(found.get("CreateTime", ""))
    if not (created.isascii() and created.isdigit() and len(created) <= 12):
        raise PushRefused("消息没有时间")
    return PushMessage(
        appid=appid,
        account=str(found.get("ToUserName", "")),
        openid=str(found.get("FromUserName", "")),
        created_at=datetime.fromtimestamp(int(created), UTC),
        kind=str(found.get("MsgType", "")),
        event=str(found.get("Event", "")) if found.get("MsgType") == "event" else "",
        content=found,
    )
