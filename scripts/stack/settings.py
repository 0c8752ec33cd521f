"""Where a stack lives: ports, folder, database and Redis; and what its children are told."""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.setup.paths import ROOT, VAR
from scripts.stack import proxy
from scripts.stack.ports import HOST, find_free
from scripts.stack.secrets import development_secrets
from scripts.stack.templates import SMS_TEMPLATES, sandbox_templates
from scripts.wechat_sandbox import demo

PORTS = {
    "WEB_PORT": 8000,
    "REALTIME_PORT": 8001,
    "SANDBOX_PORT": 8002,
    "LIVE_PORT": 8003,  # the two gunicorns behind WEB_PORT
    "BROWSE_PORT": 8004,
    "VALKEY_PORT": 8379,
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One stack's place on this machine. Empty URLs mean the embedded ones."""

    var: Path
    web_port: int
    realtime_port: int
    sandbox_port: int
    live_port: int
    browse_port: int
    valkey_port: int
    database_url: str = ""
    redis_url: str = ""
    storage_url: str = ""
    app_env: str = "development"
    isolated: bool = False  # a test's stack: nothing in the caller's shell may reach it
    seeds_demo: bool = True  # a rehearsal brings its own people
    extra: Mapping[str, str] | None = None

    @classmethod
    def from_environment(cls) -> "Settings":
        """Return the settings of ``make run``: defaults, moved by environment variables."""
        ports = {name: int(os.environ.get(name, port)) for name, port in PORTS.items()}
        return cls(
            var=Path(os.environ.get("VAR_FOLDER", VAR)),
            database_url=os.environ.get("DATABASE_URL", ""),
            redis_url=os.environ.get("REDIS_URL", ""),
            storage_url=os.environ.get("STORAGE_URL", ""),
            app_env=os.environ.get("APP_ENV", "development"),
            web_port=ports["WEB_PORT"],
            realtime_port=ports["REALTIME_PORT"],
            sandbox_port=ports["SANDBOX_PORT"],
            live_port=ports["LIVE_PORT"],
            browse_port=ports["BROWSE_PORT"],
            valkey_port=ports["VALKEY_PORT"],
        )

    @classmethod
    def on_free_ports(
        cls,
        var: Path,
        database_url: str = "",
        extra: Mapping[str, str] | None = None,
        *,
        seeds_demo: bool = True,
    ) -> "Settings":
        """Return the settings of a stack of its own, for tests and measurements."""
        web, realtime, sandbox, live, browse, valkey = find_free(6)
        return cls(
            var=var,
            web_port=web,
            realtime_port=realtime,
            sandbox_port=sandbox,
            live_port=live,
            browse_port=browse,
            valkey_port=valkey,
            database_url=database_url,
            isolated=True,
            seeds_demo=seeds_demo,
            extra=extra,
        )

    @property
    def embeds_valkey(self) -> bool:
        return not self.redis_url

    @property
    def metrics_folder(self) -> Path:
        """Return where the processes keep their counters for each other."""
        return self.var / "metrics"

    def make_folders(self) -> None:
        """Create the var folder and the proxy's settings; old processes' counters go."""
        shutil.rmtree(self.metrics_folder, ignore_errors=True)
        self.metrics_folder.mkdir(parents=True)
        proxy.write_configuration(
            self.proxy_folder, port=self.web_port, live=self.live_port, browse=self.browse_port
        )

    @property
    def proxy_folder(self) -> Path:
        """Return where the front door keeps its settings."""
        return self.var / "proxy"

    @property
    def public_url(self) -> str:
        return f"http://{HOST}:{self.web_port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://{HOST}:{self.sandbox_port}"

    def own_ports(self) -> dict[str, int]:
        """Return the ports that this stack binds itself, by the setting that moves each."""
        ports = {name: getattr(self, name.lower()) for name in PORTS}
        return (
            ports if self.embeds_valkey else {k: v for k, v in ports.items() if k != "VALKEY_PORT"}
        )

    def environment(self) -> dict[str, str]:
        """Return a child's whole environment; the caller's shell wins over our defaults."""
        given = dict(os.environ)
        given.pop("PYTHONHOME", None)
        ours = self._addresses() | self._wechat() | self._sms()
        ours |= development_secrets(self.var / "dev.env")
        fixed = {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), "VAR_FOLDER": str(self.var)}
        fixed["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), given.get("PATH", "")])
        told = given | ours if self.isolated else ours | given
        return told | fixed | self._own() | dict(self.extra or {})

    def _addresses(self) -> dict[str, str]:
        return {
            "APP_ENV": self.app_env,
            "PUBLIC_URL": self.public_url,
            "REALTIME_URL": f"ws://{HOST}:{self.realtime_port}/ws",
            "WECHAT_API_ROOT": self.sandbox_url,
            "WECHAT_OAUTH_ROOT": self.sandbox_url,
            "RTC_PROVIDER": "webrtc",
        }

    def _own(self) -> dict[str, str]:
        """What belongs to this stack, whatever the shell says about another one."""
        default_database = f"sqlite:///{self.var / 'shuangxuan.db'}"
        return {
            "DATABASE_URL": self.database_url or default_database,
            "STORAGE_URL": self.storage_url or f"file://{self.var / 'files'}",
            "PROMETHEUS_MULTIPROC_DIR": str(self.metrics_folder),
            "REDIS_URL": self.redis_url or f"redis://{HOST}:{self.valkey_port}/0",
            **{name: str(getattr(self, name.lower())) for name in PORTS},
        }

    def _sms(self) -> dict[str, str]:
        """The sandbox is the SMS provider too."""
        return {
            "SMS_PROVIDER": "tencent",
            "SMS_ROOT": self.sandbox_url,
            "SMS_SECRET_ID": demo.SMS_ACCOUNT.secret_id,
            "SMS_APP_ID": demo.SMS_ACCOUNT.app_id,
            "SMS_SIGN_NAME": demo.SMS_ACCOUNT.sign_name,
            "SMS_TEMPLATES": json.dumps(SMS_TEMPLATES),
        }

    def _wechat(self) -> dict[str, str]:
        """The accounts of the sandbox; their secrets are this machine's own."""
        return {
            "WECHAT_MINI_APPID": demo.MINI_APPID,
            "WECHAT_SERVICE_APPID": demo.SERVICE_APPID,
            "WECHAT_TEMPLATES": json.dumps(sandbox_templates()),
            "MAIL_FROM": "shuangxuan@example.invalid",
        }
