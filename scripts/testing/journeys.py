"""The journeys: whole stories in real browsers, against the whole product."""

import ast
import os
from pathlib import Path

from scripts.setup.paths import ROOT
from scripts.testing import browser
from scripts.testing.outcomes import Outcome
from scripts.testing.python_tests import pytest

FOLDER = ROOT / "tests" / "journeys"
# Each worker has a product and browsers of its own. A journey mostly waits: for a page, for the
# other side's picture, for a clock of real seconds; one at a time left half the machine idle.
WORKERS = 2


def run(python: Path, outcome: Outcome) -> None:
    """Run every journey; without Chromium name each one that did not run.

    A machine of CI must not pass without them: there a missing browser is a failure.
    """
    stories = list_journeys(FOLDER)
    found = browser.find_or_install(python) if stories else None
    if found:
        os.environ["CHROMIUM"] = found
        spread = ["-n", str(WORKERS), "--dist", "loadfile"]
        outcome.add(pytest(python, "journeys", "tests/journeys", "-m", "journey", *spread))
        return
    outcome.not_run += [
        f"journey {name}: no Chromium, and none could be installed" for name in stories
    ]
    if stories and os.environ.get("CI", "") not in ("", "0", "false"):
        outcome.failed += 1


def list_journeys(folder: Path) -> list[str]:
    """Return the names of all journeys, read from the source: nothing needs to be importable."""
    names: list[str] = []
    for path in sorted(folder.glob("test_*.py")):
        functions = ast.walk(ast.parse(path.read_text()))
        found = [
            f for f in functions if isinstance(f, ast.FunctionDef) and f.name.startswith("test_")
        ]
        names += [f"{path.stem}::{f.name}" for f in found]
    return names
