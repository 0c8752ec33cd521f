"""The Python tests on one database: most of them two at a time, races and timings alone."""

import os
import subprocess
import tempfile
from pathlib import Path

from scripts.setup.paths import ROOT, VAR
from scripts.testing.outcomes import Outcome, count_junit

NO_TESTS_COLLECTED = 5
PARALLEL = 2
NO_DATABASE = ("architecture", "integrations", "realtime", "scripts", "wechat_sandbox", "workbench")
REPORTS = VAR / "test"


def run(python: Path, database: str, outcome: Outcome) -> None:
    """Run everything but the journeys on *database* (``sqlite`` or ``postgresql``)."""
    apart = ["--ignore", "tests/journeys", "--database", database]
    if database != "sqlite":  # what meets no database need not meet it twice
        apart += [word for folder in NO_DATABASE for word in ("--ignore", f"tests/{folder}")]
    parallel = ["-n", str(PARALLEL), "--dist", "loadfile", "-m", "not serial"]
    outcome.add(pytest(python, f"{database}-parallel", *apart, *parallel))
    outcome.add(pytest(python, f"{database}-serial", *apart, "-m", "serial"))


def pytest(python: Path, name: str, *options: str) -> Outcome:
    """Run pytest once and count its report; an empty selection is no failure."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    command: list[str | Path] = [
        python,
        "-m",
        "pytest",
        "-q",
        "--junitxml",
        report,
        "--durations",
        "5",
        *options,
    ]
    with tempfile.TemporaryDirectory(prefix="sx-test-", ignore_cleanup_errors=True) as folder:
        # Of the folder that pytest shares out by itself, a third run removes the first one's.
        code = subprocess.run(
            [*command, "--basetemp", f"{folder}/t"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        ).returncode
    return count_junit(report, 0 if code == NO_TESTS_COLLECTED else code)
