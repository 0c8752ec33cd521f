"""`make run`: from a fresh checkout to the running product, with Python and nothing else of ours.

This half needs only the standard library. When the environment and the clients are
ready it hands over to :mod:`scripts.stack`, which runs inside the environment.
"""

import os
import sys

from scripts.setup import clients, console, node, venv
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT


def prepare() -> str:
    """Set up everything that lies on disk and return the environment's Python.

    :raises SetupRefused: with the one line that says what is missing.
    """
    python = venv.ensure("requirements.txt")
    pages = [target for target in (clients.H5, clients.DESK_PAGE) if target.client.exists]
    found = node.find(python)
    for target in pages:
        clients.build(target, found, python)
    return str(python)


def main() -> int:
    """Prepare, then become the process runner."""
    console.say(console.paint("Shuangxuan 双选", "bold"))
    os.chdir(ROOT)
    try:
        python = prepare()
    except SetupRefused as error:
        return console.refuse(error)
    except KeyboardInterrupt:
        console.say("\nStopped.")
        return 130
    if sys.argv[1:] == ["--prepare-only"]:
        return 0
    os.execv(python, [python, "-m", "scripts.stack", *sys.argv[1:]])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    sys.exit(main())
