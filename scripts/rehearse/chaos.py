"""Killing every server in turn while the fair goes on; the sheet shows when and for how long."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scripts.bench import cpu
from scripts.rehearse.journal import Journal
from scripts.stack.postgres import Postgres
from scripts.stack.readiness import wait_until
from scripts.stack.stack import Stack

DARK_SECONDS = 2.0  # between the kill and the start


@dataclass
class Chaos:
    """Takes servers away without a word and brings them back."""

    stack: Stack
    postgres: Postgres | None
    journal: Journal

    def victims(self) -> list[tuple[str, Callable[[], None]]]:
        """Who will be killed, in this order."""
        services = [name for name in self.stack.names if name not in ("sandbox", "proxy")]
        found: list[tuple[str, Callable[[], None]]] = [
            (name, partial(self._service, name)) for name in services
        ]
        found.append(("Redis", self._redis))
        if self.postgres:
            found.append(("PostgreSQL", self._database))
        return found

    def strike(self, name: str, kill_and_revive: Callable[[], None]) -> None:
        """One victim; the outage is written down before it begins, for calls meet it at once."""
        began = self.journal.now()
        place = len(self.journal.outages)
        self.journal.outages.append((began, float("inf"), name))
        kill_and_revive()
        self.journal.outages[place] = (began, self.journal.now(), name)

    def _service(self, name: str) -> None:
        self.stack.kill(name)
        time.sleep(DARK_SECONDS)
        self.stack.launch(name)
        self.stack.wait_ready(name)

    def _redis(self) -> None:
        self.stack.valkey.kill()
        time.sleep(DARK_SECONDS)
        self.stack.valkey.start()

    def _database(self) -> None:
        assert self.postgres
        self.postgres.kill()
        time.sleep(DARK_SECONDS)
        self.postgres.start()


class Meter:
    """Shares of the machine: the player's own beside the product's, in cores."""

    def __init__(self, stack: Stack, postgres: Postgres | None) -> None:
        self._roots: dict[str, Callable[[], int | None]] = {
            name: partial(stack.pid, name) for name in stack.names
        }
        self._roots["Redis"] = lambda: stack.valkey.pid
        if postgres:
            self._roots["PostgreSQL"] = lambda: postgres.pid
        self._before: dict[str, float] = {}
        self._at = time.monotonic()

    def read(self) -> dict[str, float]:
        """Cores used by each since the last reading."""
        now = time.monotonic()
        used, table = {"player": time.process_time()}, cpu.processes()
        for name, pid in self._roots.items():
            try:
                root = pid()
            except (KeyError, OSError):
                root = None  # it has just been killed
            used[name] = cpu.seconds([root], table) if root else self._before.get(name, 0.0)
        span = max(0.001, now - self._at)
        cores = {
            name: round(max(0.0, seconds - self._before.get(name, seconds)) / span, 3)
            for name, seconds in used.items()
        }
        self._before, self._at = used, now
        return cores


def wait_for_all(stack: Stack, seconds: float = 30.0) -> bool:
    """Whether every process works again."""
    return wait_until(lambda: all(stack.works(name) for name in stack.names), seconds)
