"""What the product asks of WeChat, each a verb of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from redis import Redis
from requests import Response

from app.config import Config
from app.integrations.wechat import errors
from app.integrations.wechat.push import PushDesk
from app.integrations.wechat.transport import TokenStale, Transport

PUBLISHED_SCENE = 3  # of content safety: 1 profile, 2 comment, 3 forum, 4 social log
ROW = re.compile(r"(.+?):\{\{(\w+?)\.DATA\}\}")


@dataclass(frozen=True)
class WeChatLogin:
    """Who logged in. The session_key is WeChat's and never leaves the server."""

    appid: str
    openid: str
    unionid: str  # empty unless the account is bound to an open platform
    session_key: str = field(default="", repr=False)


@dataclass(frozen=True)
class Follower:
    """What the service account may know of a person."""

    openid: str
    is_following: bool
    unionid: str


@dataclass(frozen=True)
class TextVerdict:
    """What WeChat's content safety says of a text: pass, review or risky, and why."""

    suggest: str
    label: int  # 100 normal, 10001 advertising, 20008 fraud …
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class MessageTemplate:
    """A message template with its rows: (label, key), e.g. ("公司名称", "thing1")."""

    id: str
    title: str
    rows: tuple[tuple[str, str], ...]
    long_term: bool


class WeChat:
    """The mini-program and the service account behind one set of verbs.

    Every method may raise :class:`~app.core.errors.UpstreamFailed`.
    """

    def __init__(self, config: Config, redis: Redis | None) -> None:
        self.mini = Transport(config.wechat_mini, config.wechat_api_root, redis)
        self.service = Transport(config.wechat_service, config.wechat_api_root, redis)
        self._oauth_root = config.wechat_oauth_root
        self.pushes = PushDesk(
            token=config.wechat_push_token,
            aes_key=config.wechat_push_aes_key,
            appids=(config.wechat_mini.appid, config.wechat_service.appid),
            redis=redis,
        )

    @property
    def mini_appid(self) -> str:
        """The mini-program's appid."""
        return self.mini.account.appid

    @property
    def service_appid(self) -> str:
        """The service account's appid."""
        return self.service.account.appid

    # -- who it is ------------------------------------------------------------
    def code_to_session(self, code: str) -> WeChatLogin:
        """``wx.login``'s code becomes openid and unionid.

        :raises LoginCodeRefused: wrong, late or used
        :raises HighRiskUser: WeChat holds the person for unsafe
        """
        query = self._credentials(self.mini, js_code=code, grant_type="authorization_code")
        found = self._login_call(self.mini, "sns/jscode2session", query)
        return WeChatLogin(
            self.mini.appid, found["openid"], found.get("unionid", ""), found.get("session_key", "")
        )

    def phone_number(self, code: str) -> str:
        """The number behind a phone-number button's code, without a country code for +86.

        :raises PhoneCodeRefused: wrong, late or used
        """
        path = "wxa/business/getuserphonenumber"
        found = self.mini.call("post", path, body={"code": code}, refusals=errors.PHONE)
        phone = _object(found).get("phone_info") or {}
        pure = str(phone.get("purePhoneNumber", ""))
        if not pure:
            raise errors.WeChatUnavailable("微信未返回手机号")
        country = str(phone.get("countryCode", "86"))
        return pure if country == "86" else f"+{country}{pure}"

    def oauth_url(self, redirect: str, state: str, *, scope: str = "snsapi_userinfo") -> str:
        """Where WeChat's browser is sent to log in; only snsapi_userinfo yields the unionid."""
        query = urlencode(
            {
                "appid": self.service.appid,
                "redirect_uri": redirect,
                "response_type": "code",
                "scope": scope,
                "state": state,
            }
        )
        return f"{self._oauth_root}/connect/oauth2/authorize?{query}#wechat_redirect"

    def oauth_exchange(self, code: str) -> WeChatLogin:
        """The code that WeChat's browser brought back becomes openid and unionid.

        :raises LoginCodeRefused: wrong, late or used
        :raises HighRiskUser: WeChat holds the person for unsafe
        """
        query = self._credentials(self.service, code=code, grant_type="authorization_code")
        found = self._login_call(self.service, "sns/oauth2/access_token", query)
        return WeChatLogin(self.service.appid, found["openid"], found.get("unionid", ""))

    def follower(self, openid: str) -> Follower:
        """Whether a person follows the service account, and the unionid.

        :raises ReceiverUnknown: the openid is not the service account's
        """
        query = {"openid": openid, "lang": "zh_CN"}
        found = _object(
            self.service.call("get", "cgi-bin/user/info", query=query, refusals=errors.SENDING)
        )
        return Follower(openid, found.get("subscribe") == 1, found.get("unionid", ""))

    @staticmethod
    def _credentials(transport: Transport, **more: str) -> dict[str, str]:
        account = transport.account
        return {"appid": account.appid, "secret": account.secret, **more}

    @staticmethod
    def _login_call(transport: Transport, path: str, query: dict[str, str]) -> dict[str, Any]:
        try:
            found = transport.plain_call("get", path, query=query, refusals=errors.LOGIN)
        except TokenStale:  # without a token in the call this speaks of the secret
            raise errors.WeChatMisconfigured from None
        if not _object(found).get("openid"):
            raise errors.WeChatUnavailable("微信未返回用户标识")
        return found

    # -- codes to print -------------------------------------------------------
    def mini_code(
        self, scene: str, page: str = "", *, width: int = 430, check_path: bool = True
    ) -> bytes:
        """A mini-program code as JPEG; *scene* has 1–32 characters of WeChat's set.

        :raises SceneRefused: scene, page or width is not to WeChat's liking
        """
        wanted: dict[str, Any] = {"scene": scene, "width": width, "check_path": check_path}
        if page:
            wanted["page"] = page
        path = "wxa/getwxacodeunlimit"
        found = self.mini.call("post", path, body=wanted, refusals=errors.SCENE)
        if not isinstance(found, Response) or not found.content:
            raise errors.WeChatUnavailable("微信未返回小程序码图片")
        return found.content

    # -- content safety -------------------------------------------------------
    def check_text(self, openid: str, content: str) -> TextVerdict:
        """Look over at most 2,500 characters by somebody who used the mini-program lately.

        :raises WriterInactive: not seen at the mini-program within two hours, or unknown
        :raises TextRefused: WeChat does not take the text for checking
        """
        wanted = {
            "content": content,
            "version": 2,
            "scene": PUBLISHED_SCENE,
            "openid": openid,
        }
        path = "wxa/msg_sec_check"
        found = _object(self.mini.call("post", path, body=wanted, refusals=errors.TEXT_CHECK))
        result = found.get("result")
        if not isinstance(result, dict) or not result.get("suggest"):
            raise errors.WeChatUnavailable("微信的回应无法识别")
        details = found.get("detail") or []
        words = (str(one.get("keyword", "")) for one in details if isinstance(one, dict))
        return TextVerdict(
            str(result["suggest"]),
            int(result.get("label", 0)),
            tuple(dict.fromkeys(word for word in words if word)),
        )

    # -- messages -------------------------------------------------------------
    def send_subscribe(
        self,
        openid: str,
        template_id: str,
        *,
        fields: Mapping[str, str],
        page: str = "",
        state: str = "formal",
    ) -> str:
        """Send a subscribe message; the answer is WeChat's message id.

        *fields* are fitted values by key (``thing1``). WeChat takes one message at a time
        per person: callers send in order.

        :raises NotSubscribed: no accepted popup is left, normal business
        :raises SendRefused: any other refusal that repeating does not cure
        """
        wanted: dict[str, Any] = {
            "touser": openid,
            "template_id": template_id,
            "miniprogram_state": state,
            "lang": "zh_CN",
            "data": {key: {"value": text} for key, text in fields.items()},
        }
        if page:
            wanted["page"] = page
        path = "cgi-bin/message/subscribe/send"
        found = self.mini.call("post", path, body=wanted, refusals=errors.SENDING)
        return str(_object(found).get("msgid", ""))

    def send_template(
        self,
        openid: str,
        template_id: str,
        *,
        fields: Mapping[str, str],
        client_msg_id: str,
        mini_page: str = "",
        url: str = "",
    ) -> str:
        """Send a service-account template message; the answer is WeChat's message id.

        The same *client_msg_id* (≤ 32 characters) is delivered once in ten minutes, so a
        repeated call is safe. A *mini_page* is preferred over *url* where it can be opened.

        :raises NotFollowing: the person does not follow the service account
        :raises SendRefused: any other refusal that repeating does not cure
        """
        wanted: dict[str, Any] = {
            "touser": openid,
            "template_id": template_id,
            "client_msg_id": client_msg_id,
            "data": {key: {"value": text} for key, text in fields.items()},
        }
        if url:
            wanted["url"] = url
        if mini_page:
            wanted["miniprogram"] = {"appid": self.mini.appid, "pagepath": mini_page}
        path = "cgi-bin/message/template/send"
        found = self.service.call("post", path, body=wanted, refusals=errors.SENDING)
        return str(_object(found).get("msgid", ""))

    def list_templates(self) -> list[MessageTemplate]:
        """The mini-program's own subscribe-message templates."""
        found = _object(self.mini.call("get", "wxaapi/newtmpl/gettemplate"))
        return [
            MessageTemplate(
                one["priTmplId"],
                one.get("title", ""),
                tuple(ROW.findall(one.get("content", ""))),
                one.get("type") == 3,
            )
            for one in found.get("data", [])
        ]


def _object(found: Any) -> dict[str, Any]:
    """What WeChat said, when it is a JSON object at all."""
    if not isinstance(found, dict):
        raise errors.WeChatUnavailable("微信的回应无法识别")
    return found
