"""The gateway's WSGI application; :mod:`app.gateway` starts it."""

from collections.abc import Callable, Mapping

import gevent
from flask import Flask, Response, request
from flask_sock import Sock
from gevent.event import Event
from prometheus_client import CONTENT_TYPE_LATEST
from simple_websocket import Server
from wsproto.utilities import RemoteProtocolError

from app.config import Config
from app.core import auth, redis
from app.core.auth import public
from app.core.observability import configure_logging
from app.realtime.asks import Answerer, Asks
from app.realtime.gateway import LARGEST_MESSAGE, Gateway
from app.realtime.hub import Hub
from app.realtime.leases import Leases
from app.realtime.metrics import Exposition, Tally
from app.realtime.subscription import Subscription

SWEEP_SECONDS = 15


class ReaderGreenlet:
    """What simple-websocket wants of a thread, as a bare greenlet (a fifth of the memory)."""

    def __init__(self, target: Callable[[], None]):
        self._target = target
        self.name = "reader"

    def start(self) -> None:
        """Read until the connection ends."""
        gevent.spawn(self._read)

    def _read(self) -> None:
        try:
            self._target()
        except RemoteProtocolError:
            # simple-websocket lets broken frames fall through; the connection is unusable.
            ws: Server = self._target.__self__  # type: ignore[attr-defined]
            ws.connected = False
            ws.event.set()


def create_gateway(config: Config, answerers: Mapping[str, Answerer]) -> Flask:
    """Build the gateway and start its greenlets: subscription, leases, sweep, and one for
    each thing that pages may ask about, with who answers it.
    """
    app = Flask(__name__)
    configure_logging(config.log_level)
    connection = redis.connect(config.redis_url)
    hub = Hub(Tally())
    leases = Leases(connection)
    subscription = Subscription(connection, hub)
    asks = {about: Asks(hub, answerer) for about, answerer in answerers.items()}
    gateway = Gateway(hub, leases, asks)
    app.extensions |= {
        "config": config,
        "redis": connection,
        "token_signer": auth.signer(config.secret_key),
        "hub": hub,
    }
    app.config["SOCK_SERVER_OPTIONS"] = {
        "max_message_size": LARGEST_MESSAGE,
        "thread_class": ReaderGreenlet,
        "event_class": Event,
    }
    _route(app, gateway, subscription, Exposition(hub.tally, lambda: len(hub)))
    gevent.spawn(subscription.run, gevent.sleep)
    gevent.spawn(leases.run, gevent.sleep)
    gevent.spawn(_sweep, hub)
    for one in asks.values():
        gevent.spawn(_answer, app, one)
    return app


def _route(
    app: Flask, gateway: Gateway, subscription: Subscription, exposition: Exposition
) -> None:
    sock = Sock(app)

    @app.before_request
    def refuse_compression() -> None:
        # Compression would raise a connection from 39 to 135 KB; our frames are short.
        request.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)

    @sock.route("/ws")
    @public
    def page(ws: Server) -> None:
        """One page's connection; its token comes with hello."""
        gateway.serve(ws)

    @app.get("/healthz")
    @public
    def healthz() -> Response:
        """The process lives."""
        return Response("ok")

    @app.get("/readyz")
    @public
    def readyz() -> Response:
        """Events reach this process."""
        return Response("ready") if subscription.is_live else Response("no Redis", 503)

    @app.get("/metrics")
    @public
    def metrics() -> Response:
        """What Prometheus scrapes."""
        return Response(exposition.text(), content_type=CONTENT_TYPE_LATEST)


def _sweep(hub: Hub) -> None:
    while True:
        gevent.sleep(SWEEP_SECONDS)
        hub.sweep()


def _answer(app: Flask, asks: Asks) -> None:
    with app.app_context():
        asks.run(gevent.sleep)
