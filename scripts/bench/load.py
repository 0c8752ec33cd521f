"""A load of HTTP requests from a few keep-alive connections, as cheap as Python can be."""

import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from scripts.stack.ports import HOST

LENGTH = re.compile(rb"^content-length:\s*(\d+)", re.IGNORECASE | re.MULTILINE)
TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Call:
    """One request, ready to be sent."""

    method: str
    path: str
    token: str = ""
    body: bytes = b""
    key: str = ""  # idempotency key

    def encode(self) -> bytes:
        """Return the request's bytes."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {HOST}", "Accept: application/json"]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        if self.key:
            lines.append(f"Idempotency-Key: {self.key}")
        if self.body or self.method in ("POST", "PUT"):
            lines += ["Content-Type: application/json", f"Content-Length: {len(self.body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + self.body


@dataclass
class Load:
    """What a load gave: how long, how often, which answers."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    example: str = ""  # the first answer that was no success

    @property
    def count(self) -> int:
        return len(self.latencies)

    @property
    def per_second(self) -> float:
        return self.count / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return a latency in milliseconds; *share* 0.5 is the median."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    @property
    def failures(self) -> int:
        return sum(count for status, count in self.statuses.items() if not 200 <= status < 300)


def run(
    port: int, calls: Sequence[Call], connections: int, *, per_second: float | None = None
) -> Load:
    """Send every call once, spread over *connections* that stay open, and return what came back.

    As fast as answers come, or *per_second* of them whatever the answers do: then a latency
    counts from the moment the call was due.
    """
    started = time.perf_counter()
    step = 1 / per_second if per_second else 0.0
    requests = [(started + number * step, call.encode()) for number, call in enumerate(calls)]
    load, lock = Load(), threading.Lock()
    shares = [requests[number::connections] for number in range(connections)]
    threads = [
        threading.Thread(target=_send_all, args=(port, share, load, lock, bool(per_second)))
        for share in shares
        if share
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - started
    return load


def _send_all(
    port: int,
    requests: Sequence[tuple[float, bytes]],
    load: Load,
    lock: threading.Lock,
    is_paced: bool,
) -> None:
    latencies: list[float] = []
    statuses: Counter[int] = Counter()
    example = ""
    connection = _Connection(port)
    for due, request in requests:
        if is_paced:
            time.sleep(max(0.0, due - time.perf_counter()))
        began = due if is_paced else time.perf_counter()
        status, body = connection.ask(request)
        latencies.append(time.perf_counter() - began)
        statuses[status] += 1
        if not 200 <= status < 300 and not example:
            example = f"{status} {body[:300].decode(errors='replace')}"
    connection.close()
    with lock:
        load.latencies += latencies
        load.statuses += statuses
        load.example = load.example or example


class _Connection:
    """One keep-alive connection that reads answers with a Content-Length."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send one request and return status and body; status 0 when the connection broke."""
        try:
            if self._socket is None:
                self._socket = socket.create_connection((HOST, self.port), TIMEOUT_SECONDS)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(request)
            head, body = self._read()
        except (OSError, ValueError) as error:
            self.close()
            return 0, str(error).encode()
        if b"\r\nconnection: close" in head.lower():
            self.close()
        return int(head[9:12]), body

    def _read(self) -> tuple[bytes, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        found = LENGTH.search(head)
        length = int(found[1]) if found else 0
        while len(body) < length:
            body += self._more()
        return head, body

    def _more(self) -> bytes:
        chunk = self._socket.recv(65536) if self._socket else b""
        if not chunk:
            raise ValueError("the server closed the connection")
        return chunk

    def close(self) -> None:
        """Close; the next request opens a new one."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
