"""Queries whose SQL is written once per process.

Writing the SQL of a peewee query costs several times what running it costs. A
hot query is therefore declared at module level with :func:`bind` where its
values go; peewee writes the text at the first use, later uses only fill in the
values and read the rows as peewee always does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from peewee import Field, Model, Value

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


@dataclass(frozen=True)
class _Text:
    database: object
    query: Any
    sql: str
    params: tuple[Any, ...]


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
        return list(text.query._get_cursor_wrapper(cursor))

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


class PreparedList:
    """A prepared query over a list of ids, written once for a few lengths.

    ``PreparedList(lambda ids: Desk.select().where(Desk.booth.in_(ids)))``; a
    shorter list is filled up with its last id, a longer one is asked in pieces.
    """

    LENGTHS = (1, 4, 20, 64, 256)

    def __init__(self, build: Callable[[list[Value]], Any]):
        self._by_length = {
            length: Prepared(partial(build, [bind(f"_{i}") for i in range(length)]))
            for length in self.LENGTHS
        }

    def all(self, ids: Iterable[int], **values: Any) -> list[Any]:
        """The rows for these ids; none for none."""
        wanted = list(dict.fromkeys(ids))
        rows: list[Any] = []
        for start in range(0, len(wanted), self.LENGTHS[-1]):
            piece = wanted[start : start + self.LENGTHS[-1]]
            length = next(length for length in self.LENGTHS if length >= len(piece))
            piece += [piece[-1]] * (length - len(piece))
            places = {f"_{i}": value for i, value in enumerate(piece)}
            rows += self._by_length[length].all(**places, **values)
        return rows


def _fill(place: Bind, values: dict[str, Any]) -> Any:
    value = values[place.name]
    return place.convert(value) if place.convert is not None else value
