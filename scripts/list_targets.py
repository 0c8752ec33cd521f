"""`make help`: the targets of the Makefile with their one-line descriptions."""

import re

from scripts.setup import console
from scripts.setup.paths import ROOT

TARGET = re.compile(r"^(\w+):\s+## (.+)$", re.MULTILINE)


def targets() -> list[tuple[str, str]]:
    """Return each target and what it does, in the Makefile's order."""
    return TARGET.findall((ROOT / "Makefile").read_text())


if __name__ == "__main__":
    for name, what in targets():
        console.say(f"  make {console.paint(name.ljust(8), 'bold')}  {what}")
