"""Queries whose SQL is written once per process.

Writing the SQL of a peewee query costs several times what running it costs, and
finding out which column goes where costs as much as reading the rows. A hot
query is therefore declared at module level with :func:`bind` where its values
go; peewee writes the text and plans the reading at the first use, later uses
only fill in the values and follow the plan.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    CharField,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    ModelTupleCursorWrapper,
    PostgresqlDatabase,
    TextField,
    Value,
    fn,
)

from app.core.database import db


@dataclass(frozen=True)
class Bind:
    """A place in a query for a value given at each use."""

    name: str
    convert: Callable[[Any], Any] | None


def bind(name: str, field: Field | None = None) -> Value:
    """A place called *name*; *field* converts the value as a column of that kind would."""
    return Value(Bind(name, field.db_value if field is not None else None), converter=False)


def blank_columns(model: type[Model], columns: Iterable[str]) -> dict[Field, Value]:
    """The places of an INSERT or UPDATE: each of *columns* by its own name."""
    fields = model._meta.fields
    return {fields[name]: bind(name, fields[name]) for name in columns}


def constant(word: str) -> SQL:
    """A word of ours inside the SQL: a plan made for all values may then use an index over it."""
    return SQL(f"'{word}'")


def is_there(rows: Any, which: Any) -> Any:
    """EXISTS, looked up for each row by an index.

    To spare the look-ups of a few rows PostgreSQL may answer an EXISTS by reading the whole
    table of *rows*; a scalar it cannot. *rows* is a model or an alias of one.
    """
    one = rows.select(SQL("1")).where(which).limit(SQL("1"))
    return fn.COALESCE(one, SQL("0")) == SQL("1")


@dataclass
class _Text:
    database: object
    query: Any
    sql: str
    params: tuple[Any, ...]
    read_row: Callable[[tuple[Any, ...]], Any] | None = None


class Prepared:
    """A query declared once.

    ``BOOTH = Prepared(lambda: Booth.select().where(Booth.id == bind("booth_id")))``
    """

    def __init__(self, build: Callable[[], Any]):
        self._build = build
        self._text: _Text | None = None

    def all(self, **values: Any) -> list[Any]:
        """The rows, as the query itself would give them."""
        text, cursor = self._run(values)
        read_row = text.read_row
        if read_row is None:
            read_row = text.read_row = _plan(text.query, cursor)
        return [read_row(row) for row in cursor.fetchall()]

    def as_they_come(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows unread: what the driver gives, for long lists that are only put in order."""
        return self._run(values)[1].fetchall()

    def first(self, **values: Any) -> Any:
        """The first row, or None."""
        rows = self.all(**values)
        return rows[0] if rows else None

    def write(self, **values: Any) -> int:
        """Run an INSERT or UPDATE; how many rows it touched."""
        return self._run(values)[1].rowcount

    def write_returning(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run an INSERT or UPDATE … RETURNING; the returned columns as they come."""
        return self._run(values)[1].fetchall()

    def _run(self, values: dict[str, Any]) -> tuple[_Text, Any]:
        text = self._written()
        params = [_fill(param, values) if type(param) is Bind else param for param in text.params]
        return text, db.execute_sql(text.sql, params)

    def _written(self) -> _Text:
        text = self._text
        if text is None or text.database is not db.obj:
            query = self._build()
            sql, params = query.sql()
            text = self._text = _Text(db.obj, query, sql, tuple(params))
        return text


class PreparedCreate:
    """``Model.create`` with its SQL written once: ``create_room = PreparedCreate(Room)``."""

    def __init__(self, model: type[Model]):
        columns = [field.name for field in model._meta.sorted_fields if field.name != "id"]
        self._model, self._columns = model, columns
        self._insert = Prepared(
            lambda: model.insert(blank_columns(model, columns)).returning(model._meta.primary_key)
        )

    def __call__(self, **values: Any) -> Any:
        """The new record, with its defaults and its id."""
        record: Any = self._model(**values)
        row = {name: record.__data__.get(name) for name in self._columns}
        ((record.id,),) = self._insert.write_returning(**row)
        record._dirty.clear()
        return record


class PreparedList:
    """A prepared query over a list of ids.

    ``PreparedList(lambda ids: Desk.select().where(Desk.booth.in_(ids)))``. PostgreSQL takes
    the list as one value; SQLite has a text for each of a few lengths: a shorter list is
    filled up with its last id, a longer one is asked in pieces.
    """

    LENGTHS = (1, 4, 20, 64, 256)

    def __init__(self, build: Callable[[list[Any]], Any]):
        whole = SQL("SELECT UNNEST(CAST(%s AS BIGINT[]))", (Bind("_ids", None),))
        self._at_once = Prepared(partial(build, [whole]))
        self._by_length = {
            length: Prepared(partial(build, [bind(f"_{i}") for i in range(length)]))
            for length in self.LENGTHS
        }

    def all(self, ids: Iterable[int], **values: Any) -> list[Any]:
        """The rows for these ids; none for none."""
        wanted = list(dict.fromkeys(ids))
        if wanted and isinstance(db.obj, PostgresqlDatabase):
            return self._at_once.all(_ids=wanted, **values)
        rows: list[Any] = []
        for start in range(0, len(wanted), self.LENGTHS[-1]):
            piece = wanted[start : start + self.LENGTHS[-1]]
            length = next(length for length in self.LENGTHS if length >= len(piece))
            piece += [piece[-1]] * (length - len(piece))
            places = {f"_{i}": value for i, value in enumerate(piece)}
            rows += self._by_length[length].all(**places, **values)
        return rows


AS_THEY_COME = {BigAutoField, BigIntegerField, CharField, IntegerField, TextField}


def _plan(query: Any, cursor: Any) -> Callable[[tuple[Any, ...]], Any]:
    """How peewee reads a row of this query, without the conversions that change nothing."""
    plan: Any = query._get_cursor_wrapper(cursor)
    plan.initialize()
    plan.cursor = None
    plan.converters = [None if _is_needless(one) else one for one in plan.converters]
    places = range(plan.ncols)
    plan.convert = [place for place in places if plan.converters[place]]
    plan.no_convert = [place for place in places if not plan.converters[place]]
    if type(plan) is ModelTupleCursorWrapper and not plan.convert:
        return tuple
    if hasattr(plan, "_row_spec"):
        pairs = zip(plan._row_spec, plan.converters, strict=True)
        plan._row_spec = tuple((*spec[:3], converter) for spec, converter in pairs)
    return plan.process_row


def _is_needless(convert: Any) -> bool:
    field = getattr(convert, "__self__", None)
    return type(field.rel_field if isinstance(field, ForeignKeyField) else field) in AS_THEY_COME


def _fill(place: Bind, values: dict[str, Any]) -> Any:
    value = values[place.name]
    return place.convert(value) if place.convert is not None else value
