"""The foreground runner of ``make run``: honcho holds the processes, Ctrl-C ends them all."""

import re
import shlex
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TextIO

from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer

from scripts.setup.paths import ROOT
from scripts.stack.readiness import answers, wait_until
from scripts.stack.services import Service

READY_SECONDS = 90.0
WORTH_SHOWING = re.compile(
    r"\b(WARNING|ERROR|CRITICAL|Traceback)\b|\"level\": ?\"(warning|error|critical)\""
)
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class QuietPrinter(Printer):
    """Every line goes to the process's log; the console shows what a person should look at."""

    def __init__(self, logs: Path, *, verbose: bool) -> None:
        super().__init__(sys.stdout)
        self.logs, self.verbose = logs, verbose
        self._files: dict[str, TextIO] = {}
        logs.mkdir(parents=True, exist_ok=True)

    def write(self, message: Message) -> None:
        """Keep one line, and show it when it matters."""
        text = (
            message.data.decode(errors="replace")
            if isinstance(message.data, bytes)
            else message.data
        )
        self._log(message.name).write(text if text.endswith("\n") else text + "\n")
        if message.name == SYSTEM_PRINTER_NAME:
            return
        if self.verbose or WORTH_SHOWING.search(text):
            super().write(message)

    def log_of(self, name: str) -> Path:
        """Return the file that keeps the lines of process *name*."""
        return self.logs / f"{name}.log"

    def close(self) -> None:
        """Close every log."""
        for file in self._files.values():
            file.close()

    def _log(self, name: str) -> TextIO:
        if name not in self._files:
            path = self.log_of(name)
            if path.exists():
                path.replace(path.with_suffix(".log.1"))  # the run before stays readable
            self._files[name] = path.open("w", buffering=1)
        return self._files[name]


class Runner(Manager):
    """Holds the processes until one ends or a person stops them.

    The first Ctrl-C or SIGTERM asks all to stop, the second one kills.
    """

    def __init__(self, services: list[Service], printer: QuietPrinter, env: dict[str, str]) -> None:
        super().__init__(printer)
        self.services, self.printer = services, printer
        self.stopped_by: signal.Signals | None = None
        self.first_dead: str | None = None
        for service in services:
            command = "exec " + shlex.join(service.argv)  # the shell gives way to the process
            self.add_process(service.name, command, env=env, cwd=str(ROOT))

    def run(self, on_ready: Callable[[], None]) -> int:
        """Start all, call *on_ready* once every process works, and return the exit code."""
        self._on_ready = on_ready
        self.loop()
        self.printer.close()
        return 0 if self.stopped_by else (self.returncode or 1)

    def _start(self) -> None:
        """Start the processes, then take over the signals that honcho has just set up."""
        super()._start()
        for number in SIGNALS:
            signal.signal(number, self._on_signal)
        threading.Thread(target=self._watch, daemon=True).start()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.stopped_by:
            self.kill()
            return
        self.stopped_by = signal.Signals(number)
        print("\nStopping … (again to kill)", flush=True)
        if self._all_started():  # otherwise the watch does it, once every process can be reached
            self.terminate()

    def _watch(self) -> None:
        wanted = [service for service in self.services if service.ready_url]

        wait_until(self._all_started, READY_SECONDS)
        if self.stopped_by:
            self.terminate()

        def all_ready() -> bool:
            return self._any_stopped() or all(answers(service.ready_url) for service in wanted)

        ready = wait_until(all_ready, READY_SECONDS)
        if self.stopped_by or self._any_stopped():
            return
        if ready:
            self._on_ready()
            return
        late = [service.name for service in wanted if not answers(service.ready_url)]
        print(f"✗ Not ready after {READY_SECONDS:.0f} s: {', '.join(late)}", file=sys.stderr)
        self.terminate()

    def terminate(self) -> None:
        """Stop all; remember who ended first, for that one is the reason."""
        dead = [name for name, p in self._processes.items() if p.get("returncode") is not None]
        if not self.stopped_by and self.first_dead is None and dead:
            self.first_dead = dead[0]
        super().terminate()
