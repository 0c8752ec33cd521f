"""Every setting, read once. What is missing or unsafe is named together."""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from app.core import crypto
from app.core.storage import StorageAddress

WECHAT_ROOT = "https://api.weixin.qq.com"
WECHAT_OAUTH_ROOT = "https://open.weixin.qq.com"
SMS_ROOT = "https://sms.tencentcloudapi.com"
SMS_DOMAIN = ".tencentcloudapi.com"
PRODUCTION_MUST_SET = (
    "DATABASE_URL",
    "REDIS_URL",
    "PUBLIC_URL",
    "REALTIME_URL",
    "WECHAT_MINI_APPID",
    "WECHAT_MINI_SECRET",
)


class ConfigInvalid(Exception):
    """The environment cannot run the product; the text lists every fault."""


@dataclass(frozen=True)
class WeChatApp:
    """One account on WeChat's side."""

    appid: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class SmsSettings:
    """Whoever sends SMS for us, and what they may say: ``templates`` by kind of notification."""

    provider: str = ""  # empty: no SMS
    root: str = SMS_ROOT
    secret_id: str = ""
    secret_key: str = field(default="", repr=False)
    app_id: str = ""
    sign_name: str = ""
    region: str = "ap-guangzhou"
    templates: dict[str, dict[str, object]] = field(default_factory=dict)
    per_day: int = 5  # messages to one person in a day

    def faults(self, *, is_production: bool) -> list[str]:
        """What is missing or unsafe."""
        if not self.provider:
            return []
        if self.provider != "tencent":
            return ["SMS_PROVIDER must be tencent or empty"]
        needed = {
            "SMS_SECRET_ID": self.secret_id,
            "SMS_SECRET_KEY": self.secret_key,
            "SMS_APP_ID": self.app_id,
            "SMS_SIGN_NAME": self.sign_name,
            "SMS_TEMPLATES": self.templates,
        }
        faults = [
            f"SMS_PROVIDER=tencent needs {name}" for name, value in needed.items() if not value
        ]
        parts = urlsplit(self.root)
        is_theirs = parts.scheme == "https" and f".{parts.hostname}".endswith(SMS_DOMAIN)
        if is_production and not is_theirs:
            faults.append(f"SMS_ROOT must be https:// at *{SMS_DOMAIN} in production")
        return faults


@dataclass(frozen=True)
class Config:
    """The settings of one deployment."""

    env: str
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    storage_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    data_key: str = field(repr=False)
    public_url: str
    realtime_url: str
    wechat_api_root: str
    wechat_oauth_root: str
    wechat_mini: WeChatApp
    wechat_service: WeChatApp
    wechat_push_token: str = field(repr=False)
    wechat_push_aes_key: str = field(repr=False)
    wechat_templates: dict[str, dict[str, object]]
    rtc_provider: str
    stun_urls: tuple[str, ...]
    turn_urls: tuple[str, ...]
    turn_secret: str = field(repr=False)
    agora_app_id: str
    agora_app_certificate: str = field(repr=False)
    agora_token_kind: str
    agora_webhook_secret: str = field(repr=False)
    mail_url: str = field(repr=False)
    mail_from: str
    support_contact: str  # whom employers ask, shown while they register (A12)
    sms: SmsSettings
    metrics_folder: str
    log_level: str
    pool_size: int

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Config":
        """Read the environment.

        :raises ConfigInvalid: something is missing, malformed or unsafe in production
        """
        malformed: list[str] = []
        config = cls(
            env=env.get("APP_ENV", "development"),
            database_url=env.get("DATABASE_URL", "sqlite:///var/shuangxuan.db"),
            redis_url=env.get("REDIS_URL", "redis://127.0.0.1:8379/0"),
            storage_url=env.get("STORAGE_URL", "file://var/files"),
            secret_key=env.get("SECRET_KEY", ""),
            data_key=env.get("DATA_KEY", ""),
            public_url=env.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
            realtime_url=env.get("REALTIME_URL", "ws://127.0.0.1:8001/ws"),
            wechat_api_root=env.get("WECHAT_API_ROOT", WECHAT_ROOT).rstrip("/"),
            wechat_oauth_root=env.get("WECHAT_OAUTH_ROOT", WECHAT_OAUTH_ROOT).rstrip("/"),
            wechat_mini=_wechat_app(env, "MINI"),
            wechat_service=_wechat_app(env, "SERVICE"),
            wechat_push_token=env.get("WECHAT_PUSH_TOKEN", ""),
            wechat_push_aes_key=env.get("WECHAT_PUSH_AES_KEY", ""),
            wechat_templates=_json(env, "WECHAT_TEMPLATES", malformed),
            **_calls(env),
            mail_url=env.get("MAIL_URL", ""),
            mail_from=env.get("MAIL_FROM", "双选会 <noreply@localhost>"),
            support_contact=env.get("SUPPORT_CONTACT", ""),
            sms=_sms(env, malformed),
            metrics_folder=env.get("PROMETHEUS_MULTIPROC_DIR", ""),
            log_level=env.get("LOG_LEVEL", "INFO").upper(),
            pool_size=_count(env, "DATABASE_POOL", 20, malformed),
        )
        config._stop_at_faults(malformed, env)
        return config

    def _stop_at_faults(self, malformed: list[str], env: Mapping[str, str]) -> None:
        faults = [*malformed, *self._faults(), *self._production_faults(env)]
        if faults:
            raise ConfigInvalid("configuration: " + "; ".join(faults))

    def _faults(self) -> list[str]:
        faults = [
            f"{name} is not set"
            for name, value in (("SECRET_KEY", self.secret_key), ("DATA_KEY", self.data_key))
            if not value
        ]
        faults += self._address_faults()
        if self.data_key and not crypto.are_keys(self.data_key):
            faults.append("DATA_KEY must be Fernet keys (32 bytes in base64), comma-separated")
        if self.log_level not in logging.getLevelNamesMapping():
            faults.append("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR")
        if self.env not in ("development", "test", "production"):
            faults.append("APP_ENV must be development, test or production")
        if self.rtc_provider not in ("webrtc", "agora"):
            faults.append("RTC_PROVIDER must be webrtc or agora")
        if self.agora_token_kind not in ("006", "007"):
            faults.append("AGORA_TOKEN_KIND must be 006 or 007")
        if self.rtc_provider == "agora" and not (self.agora_app_id and self.agora_app_certificate):
            faults.append("RTC_PROVIDER=agora needs AGORA_APP_ID and AGORA_APP_CERTIFICATE")
        if self.turn_urls and not self.turn_secret:
            faults.append("TURN_URLS needs TURN_SECRET")
        return faults + self.sms.faults(is_production=self.is_production)

    def _address_faults(self) -> list[str]:
        faults = []
        for name, value, schemes in (
            ("DATABASE_URL", self.database_url, ("sqlite", "postgresql", "postgres")),
            ("REDIS_URL", self.redis_url, ("redis", "rediss", "unix")),
            ("PUBLIC_URL", self.public_url, ("http", "https")),
            ("REALTIME_URL", self.realtime_url, ("ws", "wss")),
        ):
            if value.partition("://")[0] not in schemes:
                faults.append(f"{name} must begin with {'://, '.join(schemes)}://")
        try:
            StorageAddress.read(self.storage_url)
        except ValueError as fault:
            faults.append(f"STORAGE_URL {fault}")
        return faults

    def _production_faults(self, env: Mapping[str, str]) -> list[str]:
        if not self.is_production:
            return []
        faults = [f"{name} is not set" for name in PRODUCTION_MUST_SET if not env.get(name)]
        if self.wechat_api_root != WECHAT_ROOT:
            faults.append(f"WECHAT_API_ROOT must be {WECHAT_ROOT} in production")
        if self.wechat_oauth_root != WECHAT_OAUTH_ROOT:
            faults.append(f"WECHAT_OAUTH_ROOT must be {WECHAT_OAUTH_ROOT} in production")
        if len(self.secret_key) < 32:
            faults.append("SECRET_KEY must have 32 characters or more in production")
        if urlsplit(self.public_url).scheme != "https":
            faults.append("PUBLIC_URL must be https:// in production")
        if urlsplit(self.realtime_url).scheme != "wss":
            faults.append("REALTIME_URL must be wss:// in production")
        return faults


def current() -> Config:
    """The settings of the running app."""
    return current_app.extensions["config"]


def _calls(env: Mapping[str, str]) -> dict[str, Any]:
    """Who carries the video calls, and by which servers."""
    return {
        "rtc_provider": env.get("RTC_PROVIDER", "webrtc"),
        "stun_urls": _words(env, "STUN_URLS"),
        "turn_urls": _words(env, "TURN_URLS"),
        "turn_secret": env.get("TURN_SECRET", ""),
        "agora_app_id": env.get("AGORA_APP_ID", ""),
        "agora_app_certificate": env.get("AGORA_APP_CERTIFICATE", ""),
        "agora_token_kind": env.get("AGORA_TOKEN_KIND", "007"),
        "agora_webhook_secret": env.get("AGORA_WEBHOOK_SECRET", ""),
    }


def _wechat_app(env: Mapping[str, str], kind: str) -> WeChatApp:
    return WeChatApp(env.get(f"WECHAT_{kind}_APPID", ""), env.get(f"WECHAT_{kind}_SECRET", ""))


def _sms(env: Mapping[str, str], faults: list[str]) -> SmsSettings:
    return SmsSettings(
        provider=env.get("SMS_PROVIDER", ""),
        root=env.get("SMS_ROOT", SMS_ROOT).rstrip("/"),
        secret_id=env.get("SMS_SECRET_ID", ""),
        secret_key=env.get("SMS_SECRET_KEY", ""),
        app_id=env.get("SMS_APP_ID", ""),
        sign_name=env.get("SMS_SIGN_NAME", ""),
        region=env.get("SMS_REGION", "ap-guangzhou"),
        templates=_json(env, "SMS_TEMPLATES", faults),
        per_day=_count(env, "SMS_PER_DAY", 5, faults),
    )


def _words(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in env.get(name, "").split(",") if word.strip())


def _count(env: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        faults.append(f"{name} must be a positive whole number")
        return default
    return int(text)


def _json(env: Mapping[str, str], name: str, faults: list[str]) -> dict[str, dict[str, object]]:
    text = env.get(name, "")
    try:
        content = json.loads(text) if text else {}
    except ValueError:
        content = None
    if not isinstance(content, dict) or not all(isinstance(v, dict) for v in content.values()):
        faults.append(f"{name} must be a JSON object of objects")
        return {}
    return content
