"""Shuangxuan 双选: the composition root, the only module that knows every part."""

import logging
from typing import Any

from flask import Flask, Response, jsonify
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from werkzeug.middleware.proxy_fix import ProxyFix

from app.accounts.views import blp as accounts
from app.admin import init_admin
from app.bookings.views import blp as bookings
from app.conduct.views import blp as conduct
from app.config import Config
from app.core import crypto
from app.core import redis as redis_store
from app.core.auth import public, signer
from app.core.database import connect, db
from app.core.jobs import QueueName
from app.core.observability import configure_logging, observe
from app.core.patience import Patience
from app.core.problems import Api, register_error_handlers
from app.employers.views.registration import blp as registration
from app.employers.views.settlements import blp as employers
from app.fairs.views import blp as fairs
from app.files.views import blp as files
from app.integrations.mail import Mailer
from app.integrations.s3 import storage_at
from app.integrations.sms import sms_provider
from app.integrations.wechat import WeChat
from app.interviews.views import blp as interviews
from app.notifications.views import blp as notifications
from app.positions.views import blp as positions
from app.recovery.views import blp as recovery
from app.rtc.views import blp as rtc
from app.screens import BLUEPRINTS as SCREENS
from app.students.phones import phones_of
from app.students.views import blp as students
from app.workbench.views import blp as workbench

API_BLUEPRINTS = (
    *(accounts, recovery, files, notifications),
    *(students, registration, employers, positions, fairs, interviews, conduct, bookings, rtc),
    *SCREENS,
)
MOST_BODY_BYTES = 2 * 1024 * 1024


def create_app(config: Config | None = None) -> Flask:
    """Build the web application from its configuration.

    :raises ConfigInvalid: the environment cannot run the product
    """
    config = config or Config.from_env()
    app = bare_app(config)
    observe(app, metrics_folder=config.metrics_folder)
    register_error_handlers(app)
    manage_connections(app)
    api = Api(app)
    for blueprint in API_BLUEPRINTS:
        api.register_blueprint(blueprint)
    app.register_blueprint(workbench)
    init_admin(app)
    add_health(app)
    app.wsgi_app = Patience(app.wsgi_app)  # type: ignore[method-assign]
    if config.is_production:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def bare_app(config: Config) -> Flask:
    """What web, worker and clock share: settings, database, Redis, queues, outside services."""
    configure_logging(config.log_level)
    crypto.use_keys(config.data_key)
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(
        SECRET_KEY=config.secret_key,
        TESTING=config.env == "test",
        MAX_CONTENT_LENGTH=MOST_BODY_BYTES,
        API_TITLE="Shuangxuan 双选",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
    )
    db.initialize(connect(config.database_url, pool_size=config.pool_size))
    redis = redis_store.connect(config.redis_url)
    app.extensions |= {
        "config": config,
        "redis": redis,
        "storage": storage_at(config.storage_url),
        "token_signer": signer(config.secret_key),
        "wechat": WeChat(config, redis),
        "mail": Mailer(config.mail_url, config.mail_from),
        "sms": sms_provider(config.sms),
        "phonebook": phones_of,
        "queues": {
            name: Queue(name, connection=redis, serializer=JSONSerializer) for name in QueueName
        },
    }
    # A web process must not hold every request's log line for the libraries' chatter.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    return app


def manage_connections(app: Flask) -> None:
    """A request's database connection opens at its first query and goes back to the pool."""

    @app.teardown_request
    def give_back(_error: BaseException | None) -> None:
        if not db.is_closed() and not app.config.get("KEEP_CONNECTION"):
            db.close()


def add_health(app: Flask) -> None:
    """``/healthz``: the process answers. ``/readyz``: database and Redis do too."""

    @app.get("/healthz")
    @public
    def healthz() -> Response:
        """Whether the process answers."""
        return jsonify(status="ok")

    @app.get("/readyz")
    @public
    def readyz() -> tuple[Response, int]:
        """Whether what the process needs answers. Redis away is degraded, not down."""
        parts: dict[str, Any] = {"database": "ok", "redis": "ok"}
        try:
            db.execute_sql("SELECT 1")
        except Exception as error:  # any fault of any driver means not ready
            parts["database"] = type(error).__name__
        try:
            app.extensions["redis"].ping()
        except RedisError as error:
            parts["redis"] = type(error).__name__
        ready = parts["database"] == "ok"
        return jsonify(status="ready" if ready else "unavailable", **parts), 200 if ready else 503
