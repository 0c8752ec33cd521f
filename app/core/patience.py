"""Saying "in a moment" early instead of answering late (load shedding).

On a full machine requests wait in the workers' lines until their senders give up and ask
again; the machine then works for nobody. The proxy stamps when a request came (X-Request-Start);
one that has waited too long when its turn comes is refused for the price of a header, with a
moment at which to ask again. Reads are given up before commands: a page asks again by itself.
"""

import random
import time
from collections.abc import Callable, Iterable
from typing import Any

import orjson
from prometheus_client import Counter

SHED = Counter("web_shed_total", "Requests refused because they had waited too long", ["method"])
READ_SECONDS, COMMAND_SECONDS = 4.0, 10.0
UNBELIEVABLE_SECONDS = 600.0  # a clock that is wrong, not a request that waited
AGAIN_SECONDS = 2, 8  # spread, so that those who were refused do not come back together
TITLE = "现在人太多，请稍候片刻"
READS = ("GET", "HEAD")


class Patience:
    """WSGI middleware: refuses what has waited too long, and passes on everything else."""

    def __init__(self, wsgi_app: Callable[..., Iterable[bytes]]):
        self._wsgi_app = wsgi_app

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        most = READ_SECONDS if method in READS else COMMAND_SECONDS
        if most < _waited(environ) < UNBELIEVABLE_SECONDS:
            SHED.labels(method).inc()
            return _refuse(environ, start_response)
        return self._wsgi_app(environ, start_response)


def _waited(environ: dict[str, Any]) -> float:
    """Seconds since the proxy took the request; 0 where none says when."""
    try:
        return time.time() - float(environ["HTTP_X_REQUEST_START"].removeprefix("t="))
    except (KeyError, ValueError):
        return 0.0


def _refuse(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    again = random.randint(*AGAIN_SECONDS)  # noqa: S311 (spreads the crowd)
    body = orjson.dumps(
        {
            "type": "/problems/overloaded",
            "title": TITLE,
            "status": 503,
            "instance": environ.get("PATH_INFO", ""),
            "retry_after": again,
        }
    )
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(again)),
    ]
    start_response("503 Service Unavailable", headers)
    return [body]
