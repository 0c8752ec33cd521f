"""A gunicorn for each candidate, all of the same size, one at a time."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.bench import load
from scripts.bench.load import Call
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT
from scripts.stack.ports import HOST, find_free
from scripts.stack.readiness import wait_until
from scripts.stack.services import WEB_THREADS, WEB_WORKERS

START_SECONDS, STOP_SECONDS = 40.0, 15.0


@dataclass(frozen=True)
class Candidate:
    """Something that could answer our calls: at our addresses, or by the number of a trace."""

    name: str
    target: str
    speaks_api: bool = False
    keeps_up: bool = True  # with an opening; who does not only gathers timeouts


CANDIDATES = (
    Candidate("bare WSGI", "scripts.bench.floors:wsgi()"),
    Candidate("bare Flask", "scripts.bench.floors:flask()"),
    Candidate("Flask + SQLAlchemy", "scripts.bench.orm:create()", speaks_api=True, keeps_up=False),
    Candidate("Shuangxuan", "wsgi:app", speaks_api=True),
)


@dataclass(frozen=True)
class Server:
    """A running candidate."""

    port: int
    pid: int


@contextmanager
def serving(candidate: Candidate, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Start *candidate* under gunicorn as ``make run`` starts the web; stop it afterwards.

    :raises SetupRefused: when it does not start
    """
    (port,) = find_free(1)
    command = [sys.executable, "-m", "gunicorn", candidate.target, "--bind", f"{HOST}:{port}"]
    size = [
        "--workers",
        str(WEB_WORKERS),
        "--threads",
        str(WEB_THREADS),
        "--worker-class",
        "gthread",
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [
                *command,
                *size,
                "--keep-alive",
                "60",
                "--graceful-timeout",
                "5",
                "--no-control-socket",
            ],
            env=dict(environment),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    first = [Call("GET", "/")]  # any answer will do, also that there is no such page

    def works() -> bool:
        return process.poll() is not None or 0 not in load.run(port, first, 1).statuses

    try:
        if not wait_until(works, START_SECONDS) or process.poll() is not None:
            raise SetupRefused(f"{candidate.name} does not run:\n{log.read_text()[-2000:]}")
        yield Server(port, process.pid)
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
