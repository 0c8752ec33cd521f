"""Ten thousand open pages on one gateway process: memory of each, and how fast news reaches all.

    python -m scripts.bench.sockets [--sockets 10000] [--slow 100] [--events 30]

The gateway runs as ``make run`` starts it. The pages are bare sockets in this process, which
say hello, ping every 15 s and read; the slow ones among them never read again.
"""

import argparse
import json
import os
import resource
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis

from app.core import auth
from scripts.bench import cpu
from scripts.setup import console
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT
from scripts.stack.ports import HOST
from scripts.stack.readiness import DIRECT, answers, wait_until
from scripts.stack.services import services
from scripts.stack.settings import Settings
from scripts.stack.valkey import Valkey

TOPIC, SLOW_TOPIC = "fair:1", "booth:1"
STORM = 100  # further events, for the slow ones alone, beside each that is measured
BATCH = 100
PING_SECONDS = 15.0
EVENT_BYTES, STORM_BYTES = 120, 4_000  # as a real one; and what fills the kernel's buffers
SPARE_FILES = 300
HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@dataclass
class Crowd:
    """Pages that read, and pages that do not."""

    port: int
    secret: str
    watching: selectors.EpollSelector = field(default_factory=selectors.EpollSelector)
    pages: list[socket.socket] = field(default_factory=list)
    slow: list[socket.socket] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    heard: int = 0
    _ping_at: float = 0.0
    _next: int = 0

    def bring(self, count: int, *, slow: int) -> None:
        """Connect *count* pages, *slow* of which will not read."""
        signer = auth.signer(self.secret)
        for start in range(0, count, BATCH):
            batch = [self._dial(n < slow) for n in range(start, min(count, start + BATCH))]
            for number, page in enumerate(batch, start=start):
                if b" 101 " not in page.recv(1024):
                    raise SetupRefused(f"the gateway refused connection {number}")
                token = signer.dumps([number + 1, ["student"]])
                topics = [TOPIC, SLOW_TOPIC] if number < slow else [TOPIC]
                page.sendall(_frame(t="hello", token=token, topics=topics, page="x" * 80))
                if number < slow:
                    self.slow.append(page)
                else:
                    self.pages.append(page)
                    page.setblocking(False)
                    self.watching.register(page, selectors.EVENT_READ)
            self.read(0.0)

    def _dial(self, is_slow: bool) -> socket.socket:
        page = socket.socket()
        if is_slow:
            page.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        page.settimeout(20)
        page.connect((HOST, self.port))
        page.sendall(HANDSHAKE)
        return page

    def read(self, seconds: float, wanted: int = 0) -> None:
        """Read whatever comes for so long, or until *wanted* events were heard; ping meanwhile."""
        until, began = time.perf_counter() + seconds, self.heard
        while True:
            for key, _ in self.watching.select(0.02):
                self._hear(key.fileobj)  # type: ignore[arg-type]
            self._ping()
            if time.perf_counter() >= until or (wanted and self.heard - began >= wanted):
                return

    def _hear(self, page: socket.socket) -> None:
        try:
            content = page.recv(65536)
        except BlockingIOError:
            return
        if not content:
            self.watching.unregister(page)
            self.pages.remove(page)
            return
        now = time.time()
        for part in content.split(b'"sent":')[1:]:
            self.heard += 1
            self.delays.append(now - float(part.partition(b"}")[0].partition(b",")[0]))

    def _ping(self) -> None:
        """Everybody pings every 15 s, spread evenly."""
        now = time.perf_counter()
        due = int((now - (self._ping_at or now)) * len(self.pages) / PING_SECONDS)
        if due or not self._ping_at:
            self._ping_at = now
        for _ in range(min(due, len(self.pages))):
            self._next = (self._next + 1) % len(self.pages)
            self.pages[self._next].send(_frame(t="ping"))


def _frame(**message: object) -> bytes:
    """A client's text frame under a mask of zeros."""
    text = json.dumps(message, separators=(",", ":")).encode()
    size = bytes((0x80 | len(text),))
    if len(text) > 125:
        size = bytes((0x80 | 126,)) + len(text).to_bytes(2, "big")
    return b"\x81" + size + b"\0\0\0\0" + text


def allow(files: int) -> None:
    """Let us and the gateway open so many files.

    :raises SetupRefused: the machine does not allow it
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < files:
        raise SetupRefused(
            f"{files:,} open files are needed and {hard:,} allowed:"
            f" ulimit -Hn {files}, or fewer --sockets"
        )
    if soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))


@contextmanager
def gateway(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The gateway as the runner starts it."""
    service = next(one for one in services(settings) if one.name == "realtime")
    running = subprocess.Popen(
        service.argv, cwd=ROOT, env=settings.environment(), start_new_session=True
    )
    try:
        if not wait_until(lambda: answers(service.ready_url), 30):
            raise SetupRefused("the gateway does not start")
        yield running
    finally:
        os.killpg(running.pid, signal.SIGKILL)  # ten thousand goodbyes measure nothing
        running.wait()


def memory_kb(root: int) -> int:
    """Resident memory of a process and its children."""
    lines = (Path(f"/proc/{pid}/status").read_text() for pid in cpu.family([root]))
    return sum(int(text.split("VmRSS:")[1].split()[0]) for text in lines if "VmRSS:" in text)


def metric(port: int, name: str) -> float:
    """A counter of the gateway."""
    with DIRECT.open(f"http://{HOST}:{port}/metrics", timeout=10) as answer:
        rows = answer.read().decode().splitlines()
    return float(next(row for row in rows if row.startswith(f"{name} ")).split()[1])


def measure(sockets: int, slow: int, events: int) -> dict[str, float]:
    """Open the pages, publish, and say how it went.

    :raises SetupRefused: too few open files, or a server does not start
    """
    allow(sockets + SPARE_FILES)
    with tempfile.TemporaryDirectory(prefix="sockets-") as folder:
        settings = Settings.on_free_ports(Path(folder), "", {"LOG_LEVEL": "ERROR"})
        settings.make_folders()
        valkey = Valkey(settings.valkey_port, Path(folder) / "valkey")
        valkey.start()
        try:
            with gateway(settings) as running:
                return _measured(settings, running.pid, (sockets, slow, events))
        finally:
            valkey.stop()


def _measured(settings: Settings, pid: int, size: tuple[int, int, int]) -> dict[str, float]:
    sockets, slow, events = size
    port = settings.realtime_port
    crowd = Crowd(port, settings.environment()["SECRET_KEY"])
    empty = memory_kb(pid)
    began = time.perf_counter()
    crowd.bring(sockets, slow=slow)
    crowd.read(3.0)
    opened = time.perf_counter() - began
    full = memory_kb(pid)
    redis = Redis(port=settings.valkey_port)
    used, mine, start = cpu.seconds([pid]), time.process_time(), time.perf_counter()
    for _ in range(events):
        for _ in range(STORM):
            _publish(redis, SLOW_TOPIC, STORM_BYTES)
        _publish(redis, TOPIC, EVENT_BYTES)
        crowd.read(10.0, wanted=len(crowd.pages))
        crowd.read(0.2)
    span = time.perf_counter() - start
    delays = sorted(crowd.delays)
    return {
        "sockets": metric(port, "realtime_sockets"),
        "slow": slow,
        "open_seconds": round(opened, 1),
        "kb_each": round((full - empty) / sockets, 1),
        "events": events,
        "heard": crowd.heard,
        "missing": events * len(crowd.pages) - crowd.heard,
        "p50_ms": round(1000 * delays[len(delays) // 2], 1),
        "p99_ms": round(1000 * delays[int(len(delays) * 0.99)], 1),
        "slow_dropped": metric(port, "realtime_dropped_total"),
        "gateway_cores": round((cpu.seconds([pid]) - used) / span, 2),
        "gateway_us_per_message": round(1e6 * (cpu.seconds([pid]) - used) / max(1, crowd.heard), 1),
        "player_cores": round((time.process_time() - mine) / span, 2),
    }


def _publish(redis: Redis, topic: str, size: int) -> None:
    payload = {"pad": "x" * size, "sent": time.time()}
    redis.publish(f"rt:topic:{topic}", json.dumps({"kind": "bench", "payload": payload}))


def main() -> int:
    """The command line; fails when a page that reads missed an event."""
    name = "python -m scripts.bench.sockets"
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--sockets", type=int, default=10_000)
    parser.add_argument("--slow", type=int, default=100, help="of them, that never read")
    parser.add_argument("--events", type=int, default=30)
    given = parser.parse_args()
    try:
        found = measure(given.sockets, given.slow, given.events)
    except SetupRefused as error:
        return console.refuse(error)
    print(json.dumps(found, indent=2))
    return 0 if found["missing"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
