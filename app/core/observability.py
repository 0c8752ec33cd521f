"""Structured logs with a request id, and metrics for Prometheus."""

import logging
import re
import secrets
import time

import orjson
from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from app.core import audit
from app.core.auth import public

ACCESS_LOG = logging.getLogger("access")
REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,40}$")
REQUESTS = Counter("web_requests_total", "Requests answered", ["endpoint", "status"])
LATENCY = Histogram(
    "web_request_seconds",
    "Time to answer",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= getattr(record, "fields", {})
        if request_id := audit.actor().request_id:
            line.setdefault("request_id", request_id)
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


def configure_logging(level: str) -> None:
    """Send everything to standard error as JSON lines."""
    stream = logging.StreamHandler()
    stream.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[stream], force=True)
    # WeChat wants secrets and login codes in addresses, and urllib3 logs every address.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    # peewee logs the values of every statement: names, hashes of tokens.
    logging.getLogger("peewee").setLevel(logging.INFO)


def observe(app: Flask, *, metrics_folder: str) -> None:
    """Number, time and log every request of *app*; serve ``/metrics``."""
    app.before_request(_begin)
    app.after_request(_end)

    @app.get("/metrics")
    @public
    def metrics() -> Response:
        """What Prometheus scrapes; closed to the outside by the reverse proxy."""
        if not metrics_folder:
            return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, path=metrics_folder)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _begin() -> None:
    asked = request.headers.get("X-Request-Id", "")
    g.request_id = asked if REQUEST_ID.match(asked) else secrets.token_hex(8)
    g.began = time.perf_counter()
    audit.enter(audit.Actor(request_id=g.request_id, role="visitor"))


def _end(response: Response) -> Response:
    if "began" not in g:
        return response
    response.headers["X-Request-Id"] = g.request_id
    seconds = time.perf_counter() - g.began
    endpoint = request.endpoint or "unknown"
    REQUESTS.labels(endpoint, response.status_code).inc()
    LATENCY.labels(endpoint).observe(seconds)
    if ACCESS_LOG.isEnabledFor(logging.INFO):
        ACCESS_LOG.info("request", extra={"fields": _line(response, seconds)})
    return response


def _line(response: Response, seconds: float) -> dict[str, object]:
    return {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "account": g.get("account_id"),
        "request_id": g.request_id,
    }
