"""`make simulate`: set up the environment, then simulate inside it."""

import os
import sys

from scripts.setup import console, venv
from scripts.setup.console import SetupRefused


def main() -> int:
    """Hand over to :mod:`scripts.simulate`."""
    try:
        python = str(venv.ensure("requirements.txt"))
    except SetupRefused as error:
        return console.refuse(error)
    os.execv(python, [python, "-m", "scripts.simulate", *sys.argv[1:]])  # noqa: S606 - no shell


if __name__ == "__main__":
    sys.exit(main())
