"""Database handle, base model and the column types every domain shares."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson
from peewee import BigAutoField, CharField, DatabaseProxy, DateTimeField, Model, TextField
from playhouse.pool import PooledPostgresqlDatabase, PooledSqliteDatabase
from psycopg import adapters
from psycopg.adapt import Dumper, PyFormat
from psycopg.types.numeric import Int4, IntBinaryDumper

from app.core.crypto import decrypt, encrypt

db = DatabaseProxy()

SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "normal",
    "foreign_keys": 1,
    "busy_timeout": 8000,
    "cache_size": -32_000,
    "temp_store": "memory",
}
IDLE_CHECK_SECONDS = 5.0
LIFE_SECONDS = 3600  # of a connection, mean; no two of one start end together
# The server reckons with turning disks, where a few rows by an index cost more than a whole table.
READ_BY_INDEX = "-c random_page_cost=1.1"


class WholeNumber(IntBinaryDumper):
    """Writes 7 and 70,000 with one type.

    By default they have two, and a query over ids of mixed sizes is another statement each
    time: never prepared, always planned anew.
    """

    _integer: Any = adapters.get_dumper(Int4, PyFormat.AUTO)(Int4)

    def upgrade(self, obj: int, format: PyFormat) -> Dumper:
        """Whoever writes *obj*: as integer, and as bigint or numeric what does not fit."""
        return self._integer if -(2**31) <= obj < 2**31 else super().upgrade(obj, format)


class PooledPostgres(PooledPostgresqlDatabase):
    """A pool that asks the server whether a connection lives only after it lay idle a while.

    The stock pool spends a ``SELECT 1`` on every request, and gives up every connection at one
    age. Those that a rush opened together ended together, and their successors planned every
    statement anew, in the middle of the fair: a second's wait for everybody, every five minutes.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        self._last_used: dict[int, float] = {}
        super().__init__(*args, **kwargs)

    def _is_closed(self, conn: Any) -> bool:
        if conn.closed:
            return True
        if time.monotonic() - self._last_used.get(id(conn), 0) < IDLE_CHECK_SECONDS:
            return False
        return super()._is_closed(conn)

    def _is_stale(self, timestamp: float) -> bool:
        """Whether a connection of that birth has lived its own half to one and a half lives."""
        return time.time() - timestamp > self._stale_timeout * (0.5 + timestamp % 1)

    def _connect(self) -> Any:
        conn = super()._connect()
        conn.adapters.register_dumper(int, WholeNumber)
        return conn

    def _close(self, conn: Any, close_conn: bool = False) -> None:
        self._last_used[id(conn)] = time.monotonic()
        super()._close(conn, close_conn)

    def _close_raw(self, conn: Any) -> None:
        self._last_used.pop(id(conn), None)
        super()._close_raw(conn)


def connect(url: str, *, pool_size: int = 20) -> PooledPostgres | PooledSqliteDatabase:
    """A pooled database for ``sqlite:///path`` or ``postgresql://user:pass@host/name``.

    :raises ValueError: the address names another kind of database
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return PooledSqliteDatabase(
            parts.path[1:] or ":memory:",
            pragmas=SQLITE_PRAGMAS,
            lock_type="IMMEDIATE",
            max_connections=pool_size,
            timeout=10,
            check_same_thread=False,
        )
    if parts.scheme in ("postgresql", "postgres"):
        # sslmode=require and what else libpq knows; an empty options= sends none at the start
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        host = query.pop("host", unquote(parts.hostname or ""))
        return PooledPostgres(
            unquote(parts.path[1:]),
            host=host or None,
            port=parts.port,
            user=unquote(parts.username or "") or None,
            password=unquote(parts.password or "") or None,
            prefer_psycopg3=True,
            max_connections=pool_size,
            stale_timeout=LIFE_SECONDS,
            timeout=10,
            **({"connect_timeout": "5", "options": READ_BY_INDEX} | query),
        )
    raise ValueError(f"DATABASE_URL must be sqlite:// or postgresql://, not {parts.scheme}://")


class BaseModel(Model):
    """A table. Names are singular, identifiers 64 bits."""

    id = BigAutoField()

    class Meta:
        database = db
        legacy_table_names = False

    if TYPE_CHECKING:
        status: Any  # of models with a lifecycle
        moved_from: Any

        def __getattr__(self, name: str) -> Any:
            """``booth_id`` beside ``booth``, and a query's own columns: made at run time."""

        def __iter__(self) -> Iterator[Any]:
            """The stubs take the rows of ``.tuples()`` for records."""


class EnumField(CharField):
    """A StrEnum stored by value."""

    def __init__(self, enum: type[StrEnum], **kwargs: Any):
        super().__init__(max_length=32, **kwargs)
        self.enum = enum

    def db_value(self, value: str | None) -> str | None:
        return None if value is None else self.enum(value).value

    def python_value(self, value: str | None) -> StrEnum | None:
        return None if value is None else self.enum(value)


class UTCDateTimeField(DateTimeField):
    """An aware UTC instant; the column stays naive so that both databases compare alike."""

    def db_value(self, value: datetime | None) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def python_value(self, value: Any) -> datetime | None:
        if isinstance(value, str):  # SQLite keeps text
            value = datetime.fromisoformat(value)
        return value.replace(tzinfo=UTC) if value else None


class JsonField(TextField):
    """JSON kept as text: the same bytes on both databases, never searched by content."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def python_value(self, value: str | None) -> Any:
        return None if value is None else orjson.loads(value)


class EncryptedField(TextField):
    """Personal text, encrypted at rest with the key of the deployment (DATA_KEY)."""

    def db_value(self, value: str | None) -> str | None:
        return encrypt(value) if value else value

    def python_value(self, value: str | None) -> str | None:
        return decrypt(value) if value else value


class SealedJsonField(EncryptedField):
    """JSON with personal details, encrypted at rest as :class:`EncryptedField` is."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else super().db_value(orjson.dumps(value).decode())

    def python_value(self, value: str | None) -> Any:
        text = super().python_value(value)
        return None if text is None else orjson.loads(text)


def after_commit(call: Callable[[], object]) -> None:
    """Run *call* once the open transaction commits (at once when none is open)."""
    db.after_commit(call)


def where_status(model: type[BaseModel], *statuses: StrEnum) -> Any:
    """The condition of a partial index, with literal values as index DDL wants them."""
    return model.status << [status.value for status in statuses]


def locked(query: Any) -> Any:
    """The rows of *query*, nobody else's to change until the transaction ends.

    SQLite needs no lock of rows: its transactions begin as the only writer.
    """
    return query if isinstance(db.obj, PooledSqliteDatabase) else query.for_update()


def held(query: Any) -> Any:
    """Like :func:`locked`, but other rows that point to these may be written meanwhile."""
    if isinstance(db.obj, PooledSqliteDatabase):
        return query
    return query.for_update("FOR NO KEY UPDATE")


def locked_or_left(query: Any) -> Any:
    """Like :func:`locked`, but rows that somebody else is changing are left out, not waited for."""
    if isinstance(db.obj, PooledSqliteDatabase):
        return query
    return query.for_update("FOR UPDATE SKIP LOCKED")


@contextmanager
def atomic() -> Iterator[None]:
    """One command's transaction; a command called by a command joins the one that is open.

    No savepoints: what fails inside fails the whole command, so that nothing
    it promised after commit can fire for work that was rolled back.
    """
    if db.transaction_depth():
        yield
        return
    with db.atomic():
        yield
