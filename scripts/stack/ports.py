"""Ports of the loopback interface: which are free, and one clear line when one is not."""

import random
import socket

from scripts.setup.console import SetupRefused

HOST = "127.0.0.1"
FIRST, LAST = 20000, 32000  # below the ephemeral range, so that no outgoing connection takes one


def is_free(port: int, host: str = HOST) -> bool:
    """Can a server bind *port* now?"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def require_free(wanted: dict[str, int]) -> None:
    """Check every port before anything starts; *wanted* maps the setting's name to its port.

    :raises SetupRefused: naming the port that is taken and the setting that moves it
    """
    for name, port in wanted.items():
        if not is_free(port):
            raise SetupRefused(
                f"Port {port} is taken (is another make run going?): stop it, or choose another,"
                f" for example: {name}={port + 100} make run"
            )


def find_free(count: int) -> list[int]:
    """Return *count* different ports that are free now; two test runs at once rarely meet."""
    found: list[int] = []
    for port in random.sample(range(FIRST, LAST), k=200):
        if is_free(port):
            found.append(port)
        if len(found) == count:
            return found
    raise SetupRefused(f"No {count} free ports between {FIRST} and {LAST}")
