"""Counts what the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from app.core.database import db


@dataclass
class Asked:
    """The statements that ran inside the block, without those that open and close it."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return "\n".join(f"{number}. {text}" for number, text in enumerate(self.statements, 1))


@contextmanager
def queries() -> Iterator[Asked]:
    """Every statement the app sends while the block runs, on the real database."""
    asked, database = Asked(), db.obj
    real = database.execute_sql

    def counting(sql: str, params: Any = None, *more: Any, **options: Any) -> Any:
        asked.statements.append(sql)
        return real(sql, params, *more, **options)

    database.execute_sql = counting
    try:
        yield asked
    finally:
        del database.execute_sql
