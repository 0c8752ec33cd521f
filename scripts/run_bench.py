"""`make bench`: set up the environment, then measure inside it."""

import os
import sys

from scripts.setup import console, venv
from scripts.setup.console import SetupRefused


def main() -> int:
    """Hand over to :mod:`scripts.bench`."""
    try:
        python = str(venv.ensure("requirements-dev.txt"))
    except SetupRefused as error:
        return console.refuse(error)
    os.execv(python, [python, "-m", "scripts.bench", *sys.argv[1:]])  # noqa: S606 - no shell


if __name__ == "__main__":
    sys.exit(main())
