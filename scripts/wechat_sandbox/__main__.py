"""``python -m scripts.wechat_sandbox``: start the sandbox on the loopback interface."""

import argparse
import atexit
import ipaddress
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication

from scripts.wechat_sandbox import demo
from scripts.wechat_sandbox.application import create_sandbox
from scripts.wechat_sandbox.people import App, SmsAccount
from scripts.wechat_sandbox.world import World

BANNER = """\
============================================================
  微信沙箱 WeChat sandbox: NOT WeChat, for development only.
  Never point a production system at this address.
  {address}/  (phone page)
============================================================"""
THREADS = 96
PUSH_PATH = "/api/wechat/push"


class Server(BaseApplication):
    """gunicorn with one process (the world lives in it) and many threads."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        super().__init__()

    def load_config(self) -> None:
        """Settings of the server."""
        settings = {
            "bind": f"{self.arguments.host}:{self.arguments.port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "worker_connections": 1_000,
            "keepalive": 60,
            "timeout": 0,
            "graceful_timeout": 1,
            "loglevel": "warning",
            "proc_name": "wechat-sandbox",
            "control_socket_disable": True,
        }
        for name, choice in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, choice)

    def load(self) -> Flask:
        """The application, made in the worker process."""
        state = None if self.arguments.state in ("", "-") else Path(self.arguments.state)
        given = self.arguments
        sms_account = SmsAccount(
            given.sms_secret_id, given.sms_secret_key, given.sms_app_id, given.sms_sign_name
        )
        world = World(
            _accounts(given), state=state, public_url=given.public_url, sms_account=sms_account
        )
        atexit.register(world.store.close)
        return create_sandbox(world)


def _accounts(given: argparse.Namespace) -> list[App]:
    mini, service = demo.accounts()
    push = {
        "push_url": given.push_url,
        "push_token": given.push_token,
        "push_aes_key": given.push_aes_key,
        "push_mode": given.push_mode,
    }
    return [
        replace(mini, appid=given.mini_appid, secret=given.mini_secret, push_format="json", **push),
        replace(
            service,
            appid=given.service_appid,
            secret=given.service_secret,
            push_format="xml",
            **push,
        ),
    ]


def _loopback(host: str) -> str:
    """Only 127.x.x.x, ::1 and localhost."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise argparse.ArgumentTypeError(f"the sandbox listens on loopback only, not on {host}")
    return host


def arguments(environ: Mapping[str, str]) -> argparse.ArgumentParser:
    """The command line; the product's own variables are its defaults."""
    public_url = environ.get("PUBLIC_URL", "http://127.0.0.1:8000")
    folder = environ.get("VAR_FOLDER", "")
    defaults = {
        "port": int(environ.get("SANDBOX_PORT", "8002")),
        "state": str(Path(folder) / "wechat_sandbox.sqlite") if folder else "",
        "push_url": environ.get("SANDBOX_PUSH_URL", f"{public_url}{PUSH_PATH}"),
        "mini_appid": environ.get("WECHAT_MINI_APPID", demo.MINI_APPID),
        "mini_secret": environ.get("WECHAT_MINI_SECRET", demo.MINI_SECRET),
        "service_appid": environ.get("WECHAT_SERVICE_APPID", demo.SERVICE_APPID),
        "service_secret": environ.get("WECHAT_SERVICE_SECRET", demo.SERVICE_SECRET),
        "push_token": environ.get("WECHAT_PUSH_TOKEN", demo.PUSH_TOKEN),
        "push_aes_key": environ.get("WECHAT_PUSH_AES_KEY", demo.PUSH_AES_KEY),
        "sms_secret_id": environ.get("SMS_SECRET_ID", demo.SMS_ACCOUNT.secret_id),
        "sms_secret_key": environ.get("SMS_SECRET_KEY", demo.SMS_ACCOUNT.secret_key),
        "sms_app_id": environ.get("SMS_APP_ID", demo.SMS_ACCOUNT.app_id),
        "sms_sign_name": environ.get("SMS_SIGN_NAME", demo.SMS_ACCOUNT.sign_name),
    }
    parser = argparse.ArgumentParser(prog="python -m scripts.wechat_sandbox", description=__doc__)
    parser.set_defaults(**defaults)
    parser.add_argument("--host", type=_loopback, default="127.0.0.1")
    parser.add_argument("--port", type=int)
    parser.add_argument("--state", help="SQLite file to keep people in; empty: in memory only")
    parser.add_argument("--public-url", default=public_url, help="the product's site")
    for name in (
        *("mini-appid", "mini-secret", "service-appid", "service-secret"),
        *("sms-secret-id", "sms-secret-key", "sms-app-id", "sms-sign-name"),
    ):
        parser.add_argument(f"--{name}")
    parser.add_argument("--push-url", help="where events are pushed; empty: nowhere")
    parser.add_argument("--push-token")
    parser.add_argument("--push-aes-key")
    parser.add_argument("--push-mode", choices=["plain", "secure"], default="secure")
    parser.add_argument("--quiet", action="store_true", help="no banner")
    return parser


def main() -> None:
    """Start and stay."""
    given = arguments(os.environ).parse_args()
    sys.argv = sys.argv[:1]  # gunicorn must not read our command line
    if not given.quiet:
        address = f"http://{given.host}:{given.port}"
        print(BANNER.format(address=address), file=sys.stderr, flush=True)
    Server(given).run()


if __name__ == "__main__":
    main()
