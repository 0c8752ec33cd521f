"""One open page: its socket, what waits to be sent, what it watches."""

import os
import time
from collections import deque
from enum import StrEnum
from typing import Any

from gevent import with_timeout
from gevent.lock import RLock
from gevent.socket import SHUT_RDWR
from simple_websocket import ConnectionClosed, Server

from app.realtime import frames

QUEUE_FRAMES = 128
QUEUE_BYTES = 256 * 1024
FAREWELL_SECONDS = 2


class Farewell(StrEnum):
    """Why the gateway ends a connection."""

    SHUTDOWN = "shutdown"
    SLOW = "slow"
    TOKEN = "token"  # noqa: S105 (a reason, not a secret)
    REPLACED = "replaced"
    PROTOCOL = "protocol"


CLOSE_CODES = {
    Farewell.SHUTDOWN: 1001,
    Farewell.SLOW: 1013,
    Farewell.TOKEN: 4401,
    Farewell.REPLACED: 4409,
    Farewell.PROTOCOL: 1008,
}


class Wire:
    """The TCP socket under a WebSocket: whole frames only, and no write once it is closed.

    A closed descriptor's number is given to the next connection, so every
    write asks ``closed`` first.
    """

    __slots__ = ("_sock", "closed", "fd", "lock", "rest")

    def __init__(self, sock: Any):
        self._sock = sock
        self.fd = sock.fileno()
        self.closed = False
        self.lock = RLock()
        self.rest = b""  # of a frame that the kernel took in part

    def send(self, content: bytes) -> int:
        """Send everything, waiting for the peer to read (only this connection waits)."""
        with self.lock:
            if self.closed:
                raise OSError("closed")
            whole, self.rest = self.rest + content, b""
            self._sock.sendall(whole)
        return len(content)

    def offer(self, content: bytes) -> bool:
        """Send without waiting; False when the kernel takes nothing. A rest goes out first later.

        :raises OSError: the connection is gone
        """
        if self.rest or self.lock.locked():
            return False
        try:
            self.rest = content[os.write(self.fd, content) :]
        except BlockingIOError:
            return False
        return True

    def recv(self, size: int) -> bytes:
        return self._sock.recv(size)

    def cut(self) -> None:
        """End the connection under everybody who waits for it."""
        if not self.closed:
            self.closed = True
            try:
                self._sock.shutdown(SHUT_RDWR)
            except OSError:
                return

    def close(self) -> None:
        self.closed = True
        self._sock.close()


class Client:
    """A page that said hello. Everything runs in greenlets of one thread."""

    __slots__ = (
        "_bytes", "_queue", "_sending", "_wire", "account_id", "farewell", "greeted_at",
        "heard_at", "topics", "visible", "ws",
    )  # fmt: skip

    def __init__(self, ws: Server, account_id: int):
        self.ws = ws
        self._wire: Wire = ws.sock
        self.account_id = account_id
        self.topics: frozenset[str] = frozenset()
        self.visible = True
        self.greeted_at = self.heard_at = time.monotonic()
        self.farewell: Farewell | None = None
        self._queue: deque[bytes] = deque()
        self._bytes = 0
        self._sending = False

    @property
    def is_there(self) -> bool:
        """Whether anything said to the page could still reach it."""
        return self.farewell is None and not self._wire.closed and self.ws.connected

    def offer(self, frame: bytes) -> bool:
        """Send *frame* without ever waiting; False when the client has to be dropped.

        What the kernel does not take at once waits in a bounded queue, which
        the connection's own greenlet empties.
        """
        if self.farewell or self._wire.closed:
            return True
        try:
            taken = not self._queue and not self._sending and self._wire.offer(frame)
        except OSError:
            self._wire.cut()
            return True
        if taken:
            if self._wire.rest:
                self.ws.event.set()
            return True
        if len(self._queue) >= QUEUE_FRAMES or self._bytes + len(frame) > QUEUE_BYTES:
            return False
        self._queue.append(frame)
        self._bytes += len(frame)
        self.ws.event.set()
        return True

    def flush(self) -> None:
        """Send what waits; called by the connection's own greenlet only."""
        self._sending = True
        try:
            if self._wire.rest:
                self._wire.send(b"")
            while self._queue:
                frame = self._queue.popleft()
                self._wire.send(frame)
                self._bytes -= len(frame)
        finally:
            self._sending = False

    def part(self, farewell: Farewell) -> None:
        """Let the connection's greenlet say *farewell* and close; one that is stuck is cut."""
        if self.farewell:
            return
        self.farewell = farewell
        if self._sending or self._wire.lock.locked():
            self._wire.cut()
        self.ws.event.set()

    def say_farewell(self) -> None:
        """The last words and the close frame."""
        assert self.farewell is not None
        say_goodbye(self.ws, self.farewell)


def say_goodbye(ws: Server, farewell: Farewell) -> None:
    """``bye`` with the reason, then a close frame; at most 2 s, for who may not be reading."""
    with_timeout(FAREWELL_SECONDS, _say_goodbye, ws, farewell, timeout_value=None)


def _say_goodbye(ws: Server, farewell: Farewell) -> None:
    try:
        ws.sock.send(frames.message("bye", reason=farewell.value))
        ws.close(CLOSE_CODES[farewell], farewell.value)
    except (OSError, ConnectionClosed):
        return
