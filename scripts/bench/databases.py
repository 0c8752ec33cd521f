"""The two databases of the bench, each put back to the same state before every candidate."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from scripts.stack.postgres import postgres_url


@dataclass(frozen=True)
class SqliteBench:
    """A file; its state is a copy of the file."""

    file: Path

    name = "SQLite"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    def keep(self) -> None:
        """Remember the present state; nobody may be connected."""
        shutil.copy(self.file, self._kept)

    def put_back(self) -> None:
        """Return to the remembered state; nobody may be connected."""
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copy(self._kept, self.file)

    def server_pids(self) -> list[int]:
        """SQLite runs inside the candidates."""
        return []

    @property
    def _kept(self) -> Path:
        return self.file.with_suffix(".kept")


@dataclass(frozen=True)
class PostgresBench:
    """A database on a server of our own; its state is a template database."""

    server: str  # address of the maintenance database
    pid: int

    name = "PostgreSQL"

    @property
    def url(self) -> str:
        return urlunsplit(urlsplit(self.server)._replace(path="/bench"))

    def create(self) -> None:
        """Begin with an empty database."""
        self._run("DROP DATABASE IF EXISTS bench WITH (FORCE)", "CREATE DATABASE bench")

    def keep(self) -> None:
        """Remember the present state; nobody may be connected."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        self._run("DROP DATABASE IF EXISTS kept", "CREATE DATABASE kept TEMPLATE bench")

    def put_back(self) -> None:
        """Return to the remembered state."""
        self._run("DROP DATABASE bench WITH (FORCE)", "CREATE DATABASE bench TEMPLATE kept")

    def server_pids(self) -> list[int]:
        """Return the postmaster, whose descendants serve the connections."""
        return [self.pid]

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextmanager
def sqlite(folder: Path) -> Iterator[SqliteBench]:
    """A database file in *folder*."""
    yield SqliteBench(folder / "bench.db")


@contextmanager
def postgres(folder: Path) -> Iterator[PostgresBench]:
    """A PostgreSQL from a wheel with its ordinary settings, fsync included."""
    with postgres_url(folder / "postgres") as url:
        pid = int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        bench = PostgresBench(url, pid)
        bench.create()
        yield bench
