"""What a person sees while the set-up works: a line per step, one clear line when it fails."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

COLOURED = sys.stdout.isatty() and not os.environ.get("NO_COLOR")


class SetupRefused(Exception):
    """The set-up cannot go on; the message is the one line that says why and what to do."""


def paint(text: str, colour: str) -> str:
    """Return *text* in a terminal colour, or as it is when nobody would see the colour."""
    codes = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
    return f"\033[{codes[colour]}m{text}\033[0m" if COLOURED else text


def say(text: str = "") -> None:
    """Print one line at once, also when the output goes to a file."""
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step, then say how long it took."""
    say(f"{paint('▸', 'cyan')} {title} …")
    started = time.monotonic()
    yield
    say(f"{paint('✓', 'green')} {title} {paint(f'({time.monotonic() - started:.1f} s)', 'dim')}")


def refuse(error: SetupRefused) -> int:
    """Print the one clear line and give the exit code of a refused set-up."""
    print(f"{paint('✗', 'red')} {error}", file=sys.stderr, flush=True)
    return 2
