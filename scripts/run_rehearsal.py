"""`make rehearse`: set up the environment, then play a fair day inside it."""

import os
import sys

from scripts.setup import console, venv
from scripts.setup.console import SetupRefused


def main() -> int:
    """Hand over to :mod:`scripts.rehearse`."""
    try:
        python = str(venv.ensure("requirements-dev.txt"))
    except SetupRefused as error:
        return console.refuse(error)
    os.execv(python, [python, "-m", "scripts.rehearse", *sys.argv[1:]])  # noqa: S606 - no shell


if __name__ == "__main__":
    sys.exit(main())
