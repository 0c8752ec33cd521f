"""Bring the database up to date, one process at a time: ``python -m app.migrate up|down|status``."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import OperationalError, PostgresqlDatabase
from playhouse.migrations import Runner

from app.config import Config
from app.core.database import connect

FOLDER = Path(__file__).resolve().parents[1] / "migrations"
LOCK_NUMBER = 7_110_215  # of PostgreSQL's advisory lock
LOCK_SECONDS = 60


@contextmanager
def alone(database: object) -> Iterator[None]:
    """Hold the deployment's migration lock: the runner itself takes none."""
    if isinstance(database, PostgresqlDatabase):
        database.execute_sql("SELECT pg_advisory_lock(%s)", (LOCK_NUMBER,))
        try:
            yield
        finally:
            database.execute_sql("SELECT pg_advisory_unlock(%s)", (LOCK_NUMBER,))
        return
    lock = Path(f"{database.database}.migrating")
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            if time.monotonic() > deadline or time.time() - lock.stat().st_mtime > LOCK_SECONDS:
                lock.unlink(missing_ok=True)  # left behind by a killed process
            time.sleep(0.1)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def run(url: str, direction: str = "up") -> list[str]:
    """Apply every pending migration, or take all of them back; the names moved."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    database = connect(url, pool_size=2)
    database.connect()
    try:
        with alone(database):
            runner = Runner(database, directory=str(FOLDER))
            if direction == "up":
                return list(runner.up())
            applied = [migration.name for migration in runner.status() if migration.applied]
            return list(runner.down(target=applied[0])) if applied else []
    finally:
        database.close_all()


def main(arguments: list[str]) -> int:
    """The command line."""
    direction = arguments[0] if arguments else "up"
    if direction not in ("up", "down"):
        print("usage: python -m app.migrate up|down", file=sys.stderr)
        return 2
    try:
        moved = run(Config.from_env().database_url, direction)
    except OperationalError as error:
        print(f"The database does not answer: {error}", file=sys.stderr)
        return 1
    print(f"{len(moved)} migration(s) {direction}: {', '.join(moved) or 'nothing to do'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
