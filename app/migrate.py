"""Bring the database up to date, one run at a time: ``python -m app.migrate up|down|status``."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import Database, OperationalError, PostgresqlDatabase
from playhouse.migrations import Runner

from app.config import Config, ConfigInvalid
from app.core.database import connect

FOLDER = Path(__file__).resolve().parents[1] / "migrations"
LOCK_NUMBER = 7_110_215  # of PostgreSQL's advisory lock


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Hold the deployment's migration lock: the runner itself takes none.

    Both locks end with their process, so a killed run leaves nothing behind.
    """
    if isinstance(database, PostgresqlDatabase):
        database.execute_sql("SELECT pg_advisory_lock(%s)", (LOCK_NUMBER,))
        try:
            yield
        finally:
            database.execute_sql("SELECT pg_advisory_unlock(%s)", (LOCK_NUMBER,))
        return
    with Path(f"{database.database}.migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(url: str, direction: str = "up") -> list[str]:
    """Apply every pending migration, take all of them back, or only look.

    The names moved; for ``status`` those that are pending.
    """
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    database = connect(url, pool_size=2)
    try:
        with alone(database):
            runner = Runner(database, directory=str(FOLDER))
            if direction == "up":
                return list(runner.up())
            steps = runner.status()
            if direction == "status":
                return [step.name for step in steps if not step.applied]
            applied = [step.name for step in steps if step.applied]
            return list(runner.down(target=applied[0])) if applied else []
    finally:
        database.close_all()


def main(arguments: list[str]) -> int:
    """The command line."""
    direction = arguments[0] if arguments else "up"
    if direction not in ("up", "down", "status"):
        print("usage: python -m app.migrate up|down|status", file=sys.stderr)
        return 2
    try:
        names = run(Config.from_env().database_url, direction)
    except ConfigInvalid as error:
        print(error, file=sys.stderr)
        return 1
    except OperationalError as error:
        print(f"The database does not answer: {error}", file=sys.stderr)
        return 1
    word = "pending" if direction == "status" else direction
    print(f"{len(names)} migration(s) {word}: {', '.join(names) or 'nothing to do'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
