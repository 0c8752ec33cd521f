"""`make clean`: remove what runs, tests and builds made; the next run starts from a fresh checkout."""

import shutil
import sys

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


def main() -> int:
    """Remove all of it, unless the product is running from it."""
    if (VAR / "stack.json").exists():
        return console.refuse(console.SetupRefused("make run is going: stop it first"))
    for path in MADE:
        if path.exists():
            console.say(f"  removing {path.relative_to(ROOT)}")
            shutil.rmtree(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
