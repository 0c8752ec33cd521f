"""Does browsing at full load slow rings, presence or the queue page?

    python -m scripts.bench.browsing [--seconds 10] [--browsers 24] [--database postgresql|sqlite]

The whole product as ``make run`` starts it, with the bench's fair. The same live calls at the
same pace: alone; while browsers read the hall and booths as fast as they are answered; and, to
see what the split is worth, once more among the browsers' own workers.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from redis import Redis

from scripts.bench import cpu, load
from scripts.bench.dataset import RECRUITERS_FROM, RINGS, read_calls
from scripts.bench.load import Call, Load
from scripts.setup import console
from scripts.setup.console import SetupRefused
from scripts.stack.postgres import postgres_url
from scripts.stack.stack import Stack

SHARES = {"queue page": 30, "presence": 12, "ring next of 50": 3}  # a second
CONNECTIONS = 16
LEASE_SECONDS = 3600


def live_calls(calls: dict[str, list[Call]], seconds: float, part: int) -> list[Call]:
    """What people in lines and calls do; each *part* of three takes other rings."""
    queue = calls["queue page"]
    presence = [Call("POST", "/api/presence", call.token, b'{"page":"queue"}') for call in queue]
    wanted = {name: int(rate * seconds) for name, rate in SHARES.items()}
    third = len(calls["ring next of 50"]) // 3
    pools = {
        "queue page": queue,
        "presence": presence,
        "ring next of 50": calls["ring next of 50"][part * third : (part + 1) * third],
    }
    mixed = [call for name, pool in pools.items() for call in pool[: wanted[name]]]
    random.Random(7).shuffle(mixed)  # noqa: S311 (an order, not a secret)
    return mixed


def browse(port: int, calls: Sequence[Call], browsers: int, done: Any) -> None:
    """Read as fast as answers come, until told to stop (in a process of its own)."""
    count = 0
    while not done.is_set():
        count += load.run(port, calls, browsers).count
    print(f"  browsers were answered {count:,} times", flush=True)


def measure(stack: Stack, database: int | None, given: argparse.Namespace) -> dict[str, Any]:
    """The live calls alone and beside the browsers."""
    calls_file = stack.settings.var / "calls.json"
    done = stack.run(sys.executable, "-m", "scripts.bench.dataset", str(calls_file))
    if done.returncode:
        raise SetupRefused(done.stderr[-2000:])
    calls = read_calls(calls_file)
    _everybody_online(stack)
    port = stack.settings.web_port
    load.run(port, calls["queue page"][:100], 8)  # warm
    rate = sum(SHARES.values())
    alone = load.run(port, live_calls(calls, given.seconds, 0), CONNECTIONS, per_second=rate)
    stop = multiprocessing.Event()
    seen = [*calls["list employers"][:400], *_booth_pages(calls["list employers"][:400])]
    crowd = multiprocessing.Process(target=browse, args=(port, seen, given.browsers, stop))
    crowd.start()
    try:
        time.sleep(2)
        pids = [stack.pid(name) for name in stack.names] + ([database] if database else [])
        used, began = cpu.seconds(pids), time.monotonic()
        full = load.run(port, live_calls(calls, given.seconds, 1), CONNECTIONS, per_second=rate)
        cores = (cpu.seconds(pids) - used) / (time.monotonic() - began)
        among = live_calls(calls, given.seconds, 2)
        shared = load.run(stack.settings.browse_port, among, CONNECTIONS, per_second=rate)
    finally:
        stop.set()
        crowd.join()
    return {
        "alone": _figures(alone),
        "beside browsers": _figures(full),
        "among the browsers' workers": _figures(shared),
        "cores": round(cores, 2),
    }


def _booth_pages(halls: Sequence[Call]) -> list[Call]:
    return [
        Call("GET", f"/api/screens/booths/{2 + number % 250}", call.token)
        for number, call in enumerate(halls)
    ]


def _figures(ran: Load) -> dict[str, Any]:
    return {
        "calls": ran.count,
        "failures": ran.failures,
        "example": ran.example[:200],
        "p50_ms": round(ran.percentile(0.5), 1),
        "p95_ms": round(ran.percentile(0.95), 1),
        "p99_ms": round(ran.percentile(0.99), 1),
    }


def _everybody_online(stack: Stack) -> None:
    with Redis(port=stack.settings.valkey_port) as redis:
        pipeline = redis.pipeline(transaction=False)
        for account in range(1, RECRUITERS_FROM + 2 * RINGS):
            pipeline.set(f"presence:{account}", b"1", ex=LEASE_SECONDS)
        pipeline.execute()


def main() -> int:
    """The command line; fails when a live call did."""
    name = "python -m scripts.bench.browsing"
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--browsers", type=int, default=24)
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    given = parser.parse_args()
    try:
        with ExitStack() as cleaning:
            folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="browsing-")))
            url = ""
            if given.database == "postgresql":
                url = cleaning.enter_context(postgres_url(folder / "postgres"))
            quiet = {"LOG_LEVEL": "WARNING"}
            stack = Stack.on_free_ports(folder / "var", url, quiet, seeds_demo=False)
            cleaning.enter_context(stack)
            pid = folder / "postgres" / "postmaster.pid"
            database = int(pid.read_text().splitlines()[0]) if pid.is_file() else None
            found = measure(stack, database, given)
    except SetupRefused as error:
        return console.refuse(error)
    print(json.dumps(found, indent=2, ensure_ascii=False))
    return 0 if not found["beside browsers"]["failures"] else 1


if __name__ == "__main__":
    sys.exit(main())
