"""The sandbox's own time: the real clock, moved forward at a test's wish."""

import threading
import time


class Clock:
    """Seconds since 1970, plus the span a test has advanced it by."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        """The present of the sandbox, in unix seconds."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> float:
        """Move the clock by *seconds* and return the new present."""
        with self._lock:
            self._offset += seconds
        return self.now()

    def reset(self) -> None:
        """Back to the real time."""
        with self._lock:
            self._offset = 0.0
