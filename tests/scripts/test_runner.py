"""The foreground runner: what Ctrl-C, SIGTERM and a dying process do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.stack.ports import find_free
from scripts.stack.readiness import answers, wait_until

PROGRAM = """
import sys
from pathlib import Path
from scripts.stack.runner import QuietPrinter, Runner
from scripts.stack.services import Service

folder, port, other = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
server = (sys.executable, "-m", "http.server", "--bind", "127.0.0.1", port)
runner = Runner(
    [
        Service("pages", server, f"http://127.0.0.1:{port}/"),
        Service("other", (sys.executable, "-c", other)),
    ],
    QuietPrinter(folder, verbose=False),
    {"PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"},
)
code = runner.run(lambda: print("READY", flush=True))
print("first dead:", runner.first_dead, flush=True)
sys.exit(code)
"""
SLEEPER = "import os, time; print('pid', os.getpid()); time.sleep(600)"
WITH_CHILD = (
    "import subprocess, sys, time;"
    "c = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    "print('pid', c.pid); time.sleep(600)"
)
STUBBORN = (
    "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('pid', os.getpid()); time.sleep(600)"
)
CRASHING = "import sys, time; time.sleep(1); print('out of paper'); sys.exit(3)"

Start = Callable[[str], tuple[subprocess.Popen[str], int]]


@pytest.fixture
def start(tmp_path):
    """Start a runner with a web server and one more process; whatever is left is killed."""
    runners: list[subprocess.Popen[str]] = []

    def begin(other: str) -> tuple[subprocess.Popen[str], int]:
        (port,) = find_free(1)
        runner = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path), str(port), other],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        runners.append(runner)
        return runner, port

    yield begin
    for runner in runners:
        if runner.poll() is None:
            runner.kill()


def pid_printed(log: Path) -> int:
    """Return the process id that the second process wrote into its log."""
    assert wait_until(lambda: log.exists() and "pid" in log.read_text(), 20)
    return int(log.read_text().split()[1])


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_every_process_and_its_children(start: Start, tmp_path, number):
    runner, port = start(WITH_CHILD)
    grandchild = pid_printed(tmp_path / "other.log")
    assert runner.stdout is not None
    assert runner.stdout.readline() == "READY\n"
    assert answers(f"http://127.0.0.1:{port}/")

    runner.send_signal(number)

    assert runner.wait(15) == 0
    assert not answers(f"http://127.0.0.1:{port}/")
    assert wait_until(lambda: not lives(grandchild), 5)


def test_a_process_that_ends_takes_the_others_along_and_is_named(start: Start, tmp_path):
    runner, port = start(CRASHING)
    output, _ = runner.communicate(timeout=20)

    assert runner.returncode == 3
    assert "first dead: other" in output
    assert "out of paper" in (tmp_path / "other.log").read_text()
    assert not answers(f"http://127.0.0.1:{port}/")


def test_the_second_signal_kills_what_will_not_go(start: Start, tmp_path):
    runner, _ = start(STUBBORN)
    stubborn = pid_printed(tmp_path / "other.log")
    assert runner.stdout is not None
    assert runner.stdout.readline() == "READY\n"

    runner.send_signal(signal.SIGINT)
    assert "again to kill" in runner.stdout.readline() + runner.stdout.readline()
    assert lives(stubborn)
    time.sleep(0.5)
    runner.send_signal(signal.SIGINT)

    runner.wait(4)
    assert wait_until(lambda: not lives(stubborn), 3)


def test_ordinary_lines_stay_off_the_console(start: Start, tmp_path):
    runner, _ = start(
        "import time; print('all is well'); print('ERROR paper jam'); time.sleep(600)"
    )
    assert runner.stdout is not None
    lines = [runner.stdout.readline(), runner.stdout.readline()]
    runner.send_signal(signal.SIGTERM)
    rest, _ = runner.communicate(timeout=15)

    shown = "".join(lines) + rest
    assert "paper jam" in shown
    assert "all is well" not in shown
    assert "all is well" in (tmp_path / "other.log").read_text()
