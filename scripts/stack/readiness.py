"""Asking a process whether it works."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable

POLL_SECONDS = 0.15
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback needs no proxy


def answers(url: str) -> bool:
    """Does *url* answer with 200 within two seconds?"""
    try:
        with DIRECT.open(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until *condition* holds; False when it does not within *seconds*."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True
