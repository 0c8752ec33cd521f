"""`make clean`: remove what runs, tests and builds made; the next run starts anew."""

import json
import os
import shutil
import sys
from pathlib import Path

from scripts.setup import console
from scripts.setup.paths import ROOT, VAR, VENV

MADE = (
    VAR,
    VENV,
    ROOT / "miniprogram" / "node_modules",
    ROOT / "miniprogram" / "dist",
    ROOT / "app" / "workbench" / "client" / "node_modules",
    ROOT / "app" / "workbench" / "client" / "dist",
    *(ROOT / f".{name}_cache" for name in ("pytest", "mypy", "ruff", "import_linter")),
    ROOT / ".hypothesis",
)


def is_running(state: Path) -> bool:
    """Does the runner that wrote *state* still live? One that was killed left the file behind."""
    if not state.is_file():
        return False
    try:
        os.kill(json.loads(state.read_text())["pid"], 0)
    except (ProcessLookupError, ValueError, KeyError):
        return False
    return True


def main() -> int:
    """Remove all of it, unless the product is running from it."""
    if is_running(VAR / "stack.json"):
        return console.refuse(console.SetupRefused("make run is going: stop it first"))
    for path in MADE:
        if path.exists():
            console.say(f"  removing {path.relative_to(ROOT)}")
            shutil.rmtree(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
