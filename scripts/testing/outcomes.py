"""What a part of the tests gave: counts, time, and what did not run."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from scripts.setup import console
from scripts.setup.console import SetupRefused


@dataclass
class Outcome:
    """One row of the closing table. *not_run* says loudly what could not be tried, and why."""

    title: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    not_run: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another run into this row."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.not_run += other.not_run


def timed(title: str, part: Callable[[Outcome], None]) -> Outcome:
    """Run a part; one that cannot even start counts as one failure, and the others go on."""
    console.say(f"\n{console.paint('━━', 'cyan')} {console.paint(title, 'bold')}")
    outcome = Outcome(title)
    started = time.monotonic()
    try:
        part(outcome)
    except SetupRefused as error:
        console.refuse(error)
        outcome.failed += 1
    outcome.seconds = time.monotonic() - started
    return outcome


def count_junit(report: Path, exit_code: int) -> Outcome:
    """Read a JUnit report. A run that broke before or beside its tests counts as one failure."""
    counted = Outcome(report.stem)
    if report.is_file():
        suites = ElementTree.parse(report).getroot()  # noqa: S314 - our own test run wrote it
        for suite in suites.iter("testsuite"):
            sums = {
                key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
            }
            counted.failed += sums["failures"] + sums["errors"]
            counted.skipped += sums["skipped"]
            counted.passed += sums["tests"] - sums["failures"] - sums["errors"] - sums["skipped"]
    if exit_code and not counted.failed:
        counted.failed = 1
    return counted


def table(outcomes: list[Outcome]) -> str:
    """Return the closing table."""
    width = max(len(outcome.title) for outcome in outcomes)
    lines = [f"  {'part'.ljust(width)}   passed  failed  skipped     time"]
    for row in outcomes:
        lines.append(
            f"  {row.title.ljust(width)}  {row.passed:7d} {row.failed:7d} {row.skipped:8d}"
            f" {row.seconds:7.1f} s"
        )
    lines.append(f"  {'together'.ljust(width)}  {'':23s} {sum(o.seconds for o in outcomes):8.1f} s")
    return "\n".join(lines)
