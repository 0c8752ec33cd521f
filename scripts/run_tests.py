"""`make test`: every test there is, a table of what each part took, and one closing line.

The parts run one after the other. Only the clients are built beside the Python tests, at the
lowest priority: those wait much, and whoever wants the processor gets it before a build does.
`--only sqlite,clients` runs some of them.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from scripts.setup import console, node, venv
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT
from scripts.testing import client_tests, journeys, python_tests
from scripts.testing.outcomes import Outcome, table, timed

LOWEST_PRIORITY = 19
PARTS = ("sqlite", "postgresql", "clients", "builds", "journeys")


def plan(wanted: list[str]) -> list[tuple[str, Callable[[Outcome], None]]]:
    """Return the wanted parts with their titles, ready to run.

    :raises SetupRefused: when the environment or Node cannot be set up
    """
    python = venv.ensure("requirements-dev.txt")
    found = node.find(python) if {"clients", "builds", "journeys"} & set(wanted) else None
    every: dict[str, tuple[str, Callable[[Outcome], None]]] = {
        "sqlite": ("Python on SQLite", partial(python_tests.run, python, "sqlite")),
        "postgresql": ("Python on PostgreSQL", partial(python_tests.run, python, "postgresql")),
    }
    if found:
        every["clients"] = ("Clients' unit tests", partial(client_tests.unit, found))
        every["builds"] = ("Clients' builds", partial(client_tests.builds, found, python))
    every["journeys"] = ("Journeys in browsers", partial(journeys.run, python))
    return [every[name] for name in PARTS if name in wanted]


@contextmanager
def building_ahead(wanted: list[str]) -> Iterator[None]:
    """Build the clients beside the Python tests; the builds' own part then finds them fresh.

    A build that fails here fails again there, where it counts.
    """
    if not {"sqlite", "builds"} <= set(wanted):
        yield
        return
    alone = [sys.executable, "-m", "scripts.run_tests", "--only", "builds"]
    quiet = subprocess.DEVNULL  # what fails is told where it counts
    ahead = subprocess.Popen(
        ["nice", "-n", str(LOWEST_PRIORITY), *alone],
        cwd=ROOT,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
    )
    try:
        yield
        ahead.wait()
    finally:
        ahead.terminate()
        ahead.wait()


def close(outcomes: list[Outcome]) -> int:
    """Print the table, what did not run, and the closing line; return the exit code."""
    console.say(f"\n{table(outcomes)}")
    missing = [reason for outcome in outcomes for reason in outcome.not_run]
    if missing:
        console.say(console.paint(f"\n  !! NOT RUN ({len(missing)}):", "yellow"))
        for reason in missing:
            console.say(console.paint(f"  !! {reason}", "yellow"))
    failed = sum(outcome.failed for outcome in outcomes)
    console.say(f"\n{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed")
    return 1 if failed else 0


def main() -> int:
    """Run the parts."""
    parser = argparse.ArgumentParser(prog="make test", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    wanted = parser.parse_args().only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    os.chdir(ROOT)
    try:
        parts = plan(wanted)
    except SetupRefused as error:
        return console.refuse(error)
    with building_ahead(wanted):
        outcomes = [timed(title, part) for title, part in parts if title.startswith("Python")]
    rest = parts[len(outcomes) :]
    return close(outcomes + [timed(title, part) for title, part in rest])


if __name__ == "__main__":
    sys.exit(main())
