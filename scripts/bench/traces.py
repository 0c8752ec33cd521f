"""The SQL that one call of ours runs, written down so that the floors can run exactly the same.

A trace belongs to one call: its statements with their values, whether they write,
and what was answered. The floors replay it against a database in the same state.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from peewee import Database

WRITING = ("INSERT", "UPDATE", "DELETE")
TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class Trace:
    """What one call did to the database and what it answered."""

    statements: list[tuple[str, list[Any]]] = field(default_factory=list)
    answer: Any = None

    @property
    def writes(self) -> bool:
        return any(sql.lstrip().upper().startswith(WRITING) for sql, _ in self.statements)


@contextmanager
def recording(database: Database) -> Iterator[Trace]:
    """Write down every statement that *database* runs inside the block."""
    trace = Trace()
    native = database.execute_sql

    def execute_sql(sql: str, params: Any = None, *rest: Any, **more: Any) -> Any:
        if not sql.lstrip().upper().startswith(TRANSACTION):
            trace.statements.append((sql, list(params or ())))
        return native(sql, params, *rest, **more)

    database.execute_sql = execute_sql  # type: ignore[method-assign]
    try:
        yield trace
    finally:
        del database.execute_sql


def save(traces: dict[str, list[Trace]], path: Path) -> None:
    """Write all traces of a dataset, one operation after the other."""
    plain = {name: [asdict(trace) for trace in several] for name, several in traces.items()}
    path.write_text(json.dumps(plain, default=_encode, ensure_ascii=False))


def load(path: Path) -> dict[str, list[Trace]]:
    """Read what :func:`save` wrote."""
    content = json.loads(path.read_text(), object_hook=_decode)
    return {name: [Trace(**trace) for trace in several] for name, several in content.items()}


def _encode(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"$instant": value.isoformat()}
    raise TypeError(f"a trace cannot keep {type(value)}")


def _decode(value: dict[str, Any]) -> Any:
    if set(value) == {"$instant"}:
        return datetime.fromisoformat(value["$instant"])
    return value
