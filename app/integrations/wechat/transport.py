"""wechatpy's client, pointed at a configured root, made safe for many threads.

What wechatpy 1.8.18 does not do is done here: timeouts, pooled connections, a shared
token, exactly one retry, and every fault in our own words. Nothing that WeChat or the
network says about a request leaves this module: its address carries secrets.
"""

import logging
from collections.abc import Mapping
from typing import Any

import requests
from redis import Redis
from requests.adapters import HTTPAdapter
from wechatpy.client.base import BaseWeChatClient
from wechatpy.exceptions import WeChatClientException

from app.config import WeChatApp
from app.core.errors import DomainError
from app.integrations.wechat.errors import GENERAL, WeChatMisconfigured, WeChatUnavailable
from app.integrations.wechat.tokens import TokenKeeper

log = logging.getLogger(__name__)

STALE_TOKEN = {40001, 40014, 42001}
TIMEOUT_SECONDS = (3.05, 6.0)  # to connect, to read
POOL = 64  # connections kept open per process

Refusals = Mapping[int, type[DomainError]]


class TokenStale(Exception):
    """WeChat does not take the access token any more."""


class Transport(BaseWeChatClient):
    """One account's calls to WeChat."""

    def __init__(self, account: WeChatApp, root: str, redis: Redis | None) -> None:
        super().__init__(account.appid, timeout=TIMEOUT_SECONDS, auto_retry=False)
        self.account = account
        self.root = root.rstrip("/") + "/"
        self._http = _pooled_session()
        self._tokens = TokenKeeper(account.appid, self._fetch_token, redis)

    def call(
        self,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
        refusals: Refusals | None = None,
    ) -> Any:
        """An API that needs the access token; a stale one is renewed once, never twice."""
        known = refusals or {}
        token = self._tokens.current()
        try:
            return self.plain_call(
                method,
                path,
                body=body,
                query={**(query or {}), "access_token": token},
                refusals=known,
            )
        except TokenStale:
            token = self._tokens.renew(stale=token)
        try:
            return self.plain_call(
                method,
                path,
                body=body,
                query={**(query or {}), "access_token": token},
                refusals=known,
            )
        except TokenStale:
            log.error("WeChat refuses a token it has just given: %s", path)
            raise WeChatUnavailable("微信不接受访问凭证") from None

    def plain_call(
        self,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
        refusals: Refusals | None = None,
    ) -> Any:
        """One call as it is; parameters go as pairs, for wechatpy adds a token to a dict."""
        if not self.account.appid or not self.account.secret:
            raise WeChatMisconfigured("未配置微信账号")
        more = {"data": body} if body is not None else {}
        try:
            return self._request(
                method, self.root + path, params=list((query or {}).items()), **more
            )
        except WeChatClientException as fault:
            raise self._translated(path, fault, refusals or {}) from None
        except requests.RequestException as fault:
            log.warning("WeChat %s: %s", path, type(fault).__name__)
            raise WeChatUnavailable from None

    def _translated(self, path: str, fault: WeChatClientException, refusals: Refusals) -> Exception:
        code = fault.errcode
        if code is None:
            status = getattr(fault.response, "status_code", "?")
            log.warning("WeChat %s: HTTP %s", path, status)
            return WeChatUnavailable()
        if code in STALE_TOKEN:
            return TokenStale()
        kind = refusals.get(code) or GENERAL.get(code) or WeChatUnavailable
        level = logging.ERROR if kind is WeChatMisconfigured else logging.INFO
        log.log(level, "WeChat %s: %s %s", path, code, fault.errmsg)
        return kind(errcode=code)

    def _fetch_token(self) -> tuple[str, int]:
        """``stable_token``: asking again is free and never invalidates another's."""
        wanted = {
            "grant_type": "client_credential",
            "appid": self.account.appid,
            "secret": self.account.secret,
        }
        try:
            found = self.plain_call("post", "cgi-bin/stable_token", body=wanted)
        except TokenStale:  # here 40001 speaks of the secret
            log.error("WeChat refuses the secret of %s", self.account.appid)
            raise WeChatMisconfigured(errcode=40001) from None
        if not isinstance(found, dict) or not found.get("access_token"):
            raise WeChatUnavailable("微信返回的访问凭证无法识别")
        return found["access_token"], int(found.get("expires_in", 7200))


def _pooled_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no proxy or netrc of the machine's may see a secret
    adapter = HTTPAdapter(pool_connections=4, pool_maxsize=POOL)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
