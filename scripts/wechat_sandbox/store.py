"""Where a sandbox keeps its people between two starts: rows of JSON in SQLite."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Store:
    """Writes what changed about once a second, off the path of a request."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._dirty: dict[tuple[str, str], dict | None] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._writer: threading.Thread | None = None
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as database:
                database.execute("PRAGMA journal_mode=WAL")
                database.execute(
                    "CREATE TABLE IF NOT EXISTS thing"
                    " (kind TEXT, key TEXT, body TEXT, PRIMARY KEY (kind, key))"
                )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(str(self.path), timeout=5)
        try:
            with database:
                yield database
        finally:
            database.close()

    def start(self) -> None:
        """Begin writing in the background."""
        if self.path and self._writer is None:
            self._writer = threading.Thread(target=self._write_on, daemon=True, name="store")
            self._writer.start()

    def load(self) -> list[tuple[str, str, dict]]:
        """Everything kept: (kind, key, body), oldest first."""
        if not self.path:
            return []
        with self._open() as database:
            rows = database.execute("SELECT kind, key, body FROM thing ORDER BY rowid").fetchall()
        return [(kind, key, json.loads(body)) for kind, key, body in rows]

    def keep(self, kind: str, key: str, body: dict | None) -> None:
        """Note that a thing changed; None deletes it."""
        if self.path:
            with self._lock:
                self._dirty[kind, key] = body

    def clear(self) -> None:
        """Forget everything."""
        if not self.path:
            return
        with self._lock:
            self._dirty.clear()
        with self._open() as database:
            database.execute("DELETE FROM thing")

    def flush(self) -> None:
        """Write what changed since the last time."""
        with self._lock:
            dirty, self._dirty = self._dirty, {}
        if not dirty:
            return
        with self._open() as database:
            for (kind, key), body in dirty.items():
                if body is None:
                    database.execute("DELETE FROM thing WHERE kind=? AND key=?", (kind, key))
                else:
                    database.execute(
                        "INSERT INTO thing (kind, key, body) VALUES (?, ?, ?)"
                        " ON CONFLICT (kind, key) DO UPDATE SET body=excluded.body",
                        (kind, key, json.dumps(body, ensure_ascii=False)),
                    )

    def _write_on(self) -> None:
        while not self._stop.wait(1.0):
            self.flush()

    def close(self) -> None:
        """Write the last changes and stop."""
        self._stop.set()
        if self.path:
            self.flush()
