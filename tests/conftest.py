"""What every test may stand on: a real database, a real Redis, WeChat's sandbox, our app."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis

from app import migrate
from app.accounts.models import Account
from app.config import Config
from app.core import clock
from app.core.auth import issue_token
from app.core.database import BaseModel, db
from app.factory import create_app
from scripts.stack.postgres import postgres_url
from scripts.stack.valkey import Valkey
from tests.factories import Factory
from tests.sandbox import SandboxControl, free_port, sandbox_server, wechat_sandbox

__all__ = ["sandbox_server", "wechat_sandbox"]
DATA_KEY = Fernet.generate_key().decode()
UNCHECKED = "SET session_replication_role = {}"  # rows may go before those that point to them


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which database the tests stand on."""
    parser.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite", help="database to test on"
    )


@pytest.fixture(scope="session")
def database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """An empty database of this run's own."""
    folder = tmp_path_factory.mktemp("database")
    if request.config.getoption("database") == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    with postgres_url(folder / "pg", is_durable=False) as url:
        yield url


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """A Redis of this run's own."""
    server = Valkey(free_port(), Path(tmp_path_factory.mktemp("redis")))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def environment(
    database_url: str,
    valkey: Valkey,
    sandbox_server: SandboxControl,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """The variables by which our processes find this run's parts."""
    return {
        "APP_ENV": "test",
        "DATABASE_URL": database_url,
        "REDIS_URL": valkey.url,
        "STORAGE_URL": f"file://{tmp_path_factory.mktemp('files')}",
        "SECRET_KEY": "test-secret-key-of-at-least-32-characters",
        "DATA_KEY": DATA_KEY,
        "WECHAT_API_ROOT": sandbox_server.root,
        "WECHAT_OAUTH_ROOT": sandbox_server.root,
        "WECHAT_MINI_APPID": sandbox_server.mini_appid,
        "WECHAT_MINI_SECRET": sandbox_server.mini_secret,
        "WECHAT_SERVICE_APPID": sandbox_server.service_appid,
        "WECHAT_SERVICE_SECRET": sandbox_server.service_secret,
        "WECHAT_PUSH_TOKEN": sandbox_server.push_token,
        "WECHAT_PUSH_AES_KEY": sandbox_server.push_aes_key,
        "LOG_LEVEL": "WARNING",
    }


@pytest.fixture(scope="session")
def config(environment: dict[str, str]) -> Config:
    """The settings of this run."""
    return Config.from_env(environment)


@pytest.fixture(scope="session")
def shared_app(config: Config) -> Flask:
    """The web application on a migrated database."""
    migrate.run(config.database_url)
    return create_app(config)


@pytest.fixture
def app(shared_app: Flask, wechat_sandbox: SandboxControl) -> Iterator[Flask]:
    """The web application with nothing in its database, its Redis and its WeChat."""
    redis: Redis = shared_app.extensions["redis"]
    redis.flushdb()
    with shared_app.app_context():
        empty_tables()
        yield shared_app
        clock.travel(None)
        if not db.is_closed():
            db.close()


def empty_tables() -> None:
    """Leave every table, take every row, and number from 1 again.

    Only tables with rows are touched: to truncate all of them takes PostgreSQL longer
    than most tests.
    """
    names = [model._meta.table_name for model in models()]
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
    full = [name for (name,) in db.execute_sql(" UNION ALL ".join(asked)).fetchall()]
    on_sqlite = db.obj.__class__.__name__.startswith("PooledSqlite")
    db.execute_sql("PRAGMA foreign_keys = 0" if on_sqlite else UNCHECKED.format("replica"))
    with db.atomic():
        for name in full:
            db.execute_sql(f'DELETE FROM "{name}"')
            if not on_sqlite:
                db.execute_sql(f"ALTER SEQUENCE {name}_id_seq RESTART")
    db.execute_sql("PRAGMA foreign_keys = 1" if on_sqlite else UNCHECKED.format("DEFAULT"))


def models() -> list[type[BaseModel]]:
    """Every table."""
    return sorted(BaseModel.__subclasses__(), key=lambda model: model.__name__)


@pytest.fixture
def factory(app: Flask) -> Factory:
    """Makes people, fairs and tickets through the services."""
    return Factory()


@pytest.fixture
def anybody(app: Flask) -> FlaskClient:
    """A client that is not logged in."""
    return app.test_client()


@pytest.fixture
def login(app: Flask) -> Callable[[Account], FlaskClient]:
    """A client that acts for an account."""

    def log_in(account: Account) -> FlaskClient:
        client = app.test_client()
        account = Account.get_by_id(account.id)
        token = issue_token(account.id, account.roles)
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    return log_in


@pytest.fixture
def travel() -> Iterator[Callable[[datetime | timedelta], None]]:
    """Moves the app's clock: to an instant or by a span; afterwards it is now again."""

    def move(to: datetime | timedelta) -> None:
        clock.travel(to if isinstance(to, timedelta) else to.astimezone(UTC))

    yield move
    clock.travel(None)
