"""The processes of the product, as data: what starts each and how one knows that it works."""

import sys
from dataclasses import dataclass

from scripts.setup.paths import ROOT
from scripts.stack import proxy
from scripts.stack.ports import HOST
from scripts.stack.settings import Settings

# Few threads each: threads that all want the interpreter cost more than they bring, and
# some have to be left while others wait for WeChat.
LIVE_WORKERS, BROWSE_WORKERS, WEB_THREADS = 2, 2, 4
WEB_WORKERS = 3  # of a web that is not split, as the bench compares it
BROWSE_NICENESS = 5  # on a full machine the live calls get three times the share
GATEWAY_CONF = str(ROOT / "app" / "realtime" / "gunicorn_conf.py")  # goodbye on SIGTERM


@dataclass(frozen=True)
class Service:
    """One process. *ready_url* answers 200 when it works; without one, living is enough."""

    name: str
    argv: tuple[str, ...]
    ready_url: str = ""


def services(settings: Settings) -> list[Service]:
    """Return the processes of a stack, in the order in which they start."""
    return [
        Service("sandbox", _module("scripts.wechat_sandbox"), f"{settings.sandbox_url}/healthz"),
        Service("web-live", *_web(settings.live_port, LIVE_WORKERS)),
        Service("web-browse", *_web(settings.browse_port, BROWSE_WORKERS, BROWSE_NICENESS)),
        Service("proxy", _proxy(settings), f"{settings.public_url}/readyz"),
        Service("realtime", _realtime(settings), f"http://{HOST}:{settings.realtime_port}/readyz"),
        # What is of use within seconds has a worker of its own: a broadcast takes half a minute.
        Service("urgent", (*_module("app.worker"), "urgent")),
        Service("worker", (*_nice(BROWSE_NICENESS), *_module("app.worker"), "notify", "default")),
        Service("scheduler", _module("app.schedule")),
    ]


def preparations(settings: Settings) -> list[tuple[str, tuple[str, ...]]]:
    """Return what runs to its end before the processes start: a title and a command each."""
    schema = ("Bringing the database up to date", (*_module("app.migrate"), "up"))
    demo = ("Seeding the demo fair", _module("scripts.seed_demo"))
    return [schema, demo] if settings.seeds_demo else [schema]


def _module(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name)


def _gunicorn(target: str, port: int, *options: str) -> tuple[str, ...]:
    shared = ("--bind", f"{HOST}:{port}", "--graceful-timeout", "4", "--no-control-socket")
    return (*_module("gunicorn"), target, *shared, *options)


def _web(port: int, workers: int, niceness: int = 0) -> tuple[tuple[str, ...], str]:
    """A gunicorn's command, and where it says that it is ready."""
    size = ("--workers", str(workers), "--threads", str(WEB_THREADS))
    kept = ("--keep-alive", str(proxy.SERVER_KEEPS_SECONDS))
    started = _gunicorn("wsgi:app", port, "--worker-class", "gthread", *size, *kept)
    return (*_nice(niceness), *started), f"http://{HOST}:{port}/readyz"


def _nice(niceness: int) -> tuple[str, ...]:
    return ("nice", "-n", str(niceness)) if niceness else ()


def _proxy(settings: Settings) -> tuple[str, ...]:
    return proxy.command(settings.proxy_folder / "nginx.conf")


def _realtime(settings: Settings) -> tuple[str, ...]:
    """Worker class, sockets and goodbyes stand in the gateway's own settings file."""
    file = ROOT / "app" / "realtime" / "gunicorn_conf.py"
    target = "app.gateway:app"
    return _gunicorn(target, settings.realtime_port, "--config", str(file))
