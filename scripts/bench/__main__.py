"""`make bench`: every candidate, every operation, both databases, in one run."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from redis import Redis

from scripts.bench import broadcast, databases, report
from scripts.bench.databases import PostgresBench, SqliteBench
from scripts.bench.dataset import AN_OPENING, OPENING, RECRUITERS_FROM, RINGS, read_calls
from scripts.bench.load import Call
from scripts.bench.measure import Cost, Measure, better, measure
from scripts.bench.servers import CANDIDATES, Candidate, serving
from scripts.setup import console
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT, VAR
from scripts.stack.ports import find_free
from scripts.stack.settings import Settings
from scripts.stack.valkey import Valkey

OPENERS: dict[str, Callable[[Path], AbstractContextManager[Any]]] = {
    "sqlite": databases.sqlite,
    "postgresql": databases.postgres,
}
# Desks of one booth would only collide; an opening comes at its own pace.
LOADS: dict[str, dict[str, Any]] = {
    "ring next of 50": {"connections": 1},
    "ring next of 2,000": {"connections": 1},
    AN_OPENING: {"per_second": sum(OPENING.values())},
}
LEASE_SECONDS = 3600  # everybody stays online for the whole run
Database = SqliteBench | PostgresBench


class Bench:
    """One database with its data, the calls, and a Valkey of its own."""

    def __init__(self, database: Database, valkey: Valkey, folder: Path) -> None:
        self.database, self.valkey, self.folder = database, valkey, folder
        settings = Settings.on_free_ports(folder, database.url, {})
        settings.make_folders()
        self.environment = settings.environment() | {
            "REDIS_URL": valkey.url,
            "BENCH_TRACES": str(folder / "traces.json"),
        }
        self.calls: dict[str, list[Call]] = {}

    def prepare(self) -> None:
        """Migrate, fill, and write down the SQL of every call."""
        calls, traces = self.folder / "calls.json", self.folder / "traces.json"
        self._python("app.migrate", "up")
        self._python("scripts.bench.dataset", str(calls))
        self.database.keep()
        self.calls = read_calls(calls)
        self._everybody_online()
        self._python("scripts.bench.record", str(calls), str(traces))

    def run(self, candidate: Candidate) -> Iterator[Measure]:
        """Measure every operation at one candidate, on the same data as the others had."""
        self.database.put_back()
        self._everybody_online()
        servers = [*self.database.server_pids(), *([self.valkey.pid] if self.valkey.pid else [])]
        with serving(candidate, self.environment, self.folder / "servers.log") as server:
            cost = Cost(server.pid, servers)
            for operation, calls in self.calls.items():
                if operation == AN_OPENING and not candidate.keeps_up:
                    continue
                sent = calls if candidate.speaks_api else list(_numbered(operation, calls))
                named = (self.database.name, operation, candidate.name)
                how = LOADS.get(operation, {})
                row = measure(server.port, sent, cost, named=named, **how)
                console.say(f"  {candidate.name:<20} {operation:<20} {row.per_second:7.0f}/s")
                yield row

    def _everybody_online(self) -> None:
        with Redis.from_url(self.valkey.url) as redis:
            redis.flushall()
            pipeline = redis.pipeline(transaction=False)
            for account in range(1, RECRUITERS_FROM + 2 * RINGS):
                pipeline.set(f"presence:{account}", b"1", ex=LEASE_SECONDS)
            pipeline.execute()

    def _python(self, module: str, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SetupRefused(f"{module} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def _numbered(operation: str, calls: Sequence[Call]) -> Iterator[Call]:
    """The floors take an operation and the number of a trace."""
    name = operation.replace(" ", "%20")
    for number, call in enumerate(calls):
        yield replace(call, path=f"/{name}/{number}", token="", key="", body=b"")


@contextmanager
def opened(name: str) -> Iterator[Bench]:
    """A bench on one database, in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as text:
        folder = Path(text)
        (port,) = find_free(1)
        valkey = Valkey(port, folder / "valkey")
        valkey.start()
        try:
            with OPENERS[name](folder) as database:
                yield Bench(database, valkey, folder)
        finally:
            valkey.stop()


def _best_of(bench: Bench, rounds: int) -> list[Measure]:
    """Every candidate's figures; candidates take turns, so that a bad minute hits none alone."""
    best: dict[tuple[str, str], Measure] = {}
    for number in range(rounds):
        console.say(f"▸ Round {number + 1} of {rounds} on {bench.database.name}")
        for candidate in CANDIDATES:
            for row in bench.run(candidate):
                key = row.operation, row.candidate
                best[key] = better(best[key], row) if key in best else row
    return sorted(best.values(), key=lambda row: list(bench.calls).index(row.operation))


def main() -> int:
    """Run everything, print the table and the aims, keep the JSON."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--rounds", type=int, default=2, help="each figure is the best of them")
    parser.add_argument("--skip-deliveries", action="store_true")
    wanted = parser.parse_args()
    os.chdir(ROOT)
    rows: list[Measure] = []
    content: dict[str, Any] = {"aims": {}, "deliveries": {}}
    try:
        for name in wanted.databases.split(","):
            with opened(name) as bench:
                with console.step(f"Filling {bench.database.name} and recording the calls"):
                    bench.prepare()
                rows += _best_of(bench, wanted.rounds)
                content["aims"][name] = report.aims(rows, bench.database.name)
            if not wanted.skip_deliveries:
                with console.step(f"A broadcast to {broadcast.PEOPLE:,} students on {name}"):
                    told = content["deliveries"][name] = broadcast.measure(name)
                content["aims"][name].append(report.broadcast_aim(told))
    except SetupRefused as error:
        return console.refuse(error)
    console.say(report.table(rows))
    for name, found in content["aims"].items():
        console.say(f"\nAims on {name}:\n{report.show_aims(found)}")
    for name, figures in content["deliveries"].items():
        console.say(f"\nDeliveries on {name}: {figures}")
    kept = report.save(content, rows, VAR / "bench")
    console.say(f"\nKept in {kept.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
