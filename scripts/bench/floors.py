"""The floors: the same statements on bare WSGI and on bare Flask, without checks, names or schemas.

Both read ``BENCH_TRACES`` and ``DATABASE_URL``. A call is ``/<operation>/<number>``; it runs
the statements of that trace, in one transaction when they write, and gives our own answer.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from flask import Flask

from scripts.bench.traces import Trace, load

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class Replay:
    """One connection per thread, kept open: what a pool would give at no cost."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._local = threading.local()

    def run(self, trace: Trace) -> None:
        """Run the statements of one call and fetch their rows."""
        connection = self._connection()
        cursor = connection.cursor()
        if trace.writes:
            cursor.execute("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
        try:
            for sql, values in trace.statements:
                cursor.execute(sql, values)
                if cursor.description:
                    cursor.fetchall()
        except BaseException:
            if trace.writes:
                cursor.execute("ROLLBACK")
            raise
        if trace.writes:
            cursor.execute("COMMIT")

    @property
    def _is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def _connection(self) -> Any:
        if not hasattr(self._local, "connection"):
            self._local.connection = (
                self._open_sqlite() if self._is_sqlite else self._open_postgres()
            )
        return self._local.connection

    def _open_sqlite(self) -> sqlite3.Connection:
        connection = sqlite3.connect(urlsplit(self.url).path[1:], isolation_level=None, timeout=10)
        for pragma in ("journal_mode=wal", "synchronous=normal", "foreign_keys=1"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _open_postgres(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=True)


def _prepare() -> tuple[dict[str, list[Trace]], Replay]:
    return load(Path(os.environ["BENCH_TRACES"])), Replay(os.environ["DATABASE_URL"])


def wsgi() -> Callable[[dict[str, Any], StartResponse], Iterable[bytes]]:
    """The least that can answer over gunicorn."""
    traces, replay = _prepare()

    def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        _, name, number = environ["PATH_INFO"].split("/")
        trace = traces[name][int(number) % len(traces[name])]
        replay.run(trace)
        body = json.dumps(trace.answer, ensure_ascii=False).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response("200 OK", headers)
        return [body]

    return application


def flask() -> Flask:
    """One route and nothing else."""
    traces, replay = _prepare()
    app = Flask(__name__)

    @app.route("/<name>/<int:number>", methods=["GET", "POST"])
    def call(name: str, number: int) -> Any:
        trace = traces[name][number % len(traces[name])]
        replay.run(trace)
        return app.json.response(trace.answer)

    return app
