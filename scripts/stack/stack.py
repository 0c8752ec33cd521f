"""The whole product under a test's control: the same processes as ``make run``, on free ports."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT
from scripts.stack.readiness import answers, wait_until
from scripts.stack.services import Service, preparations, services
from scripts.stack.settings import Settings
from scripts.stack.valkey import Valkey

READY_SECONDS = 60.0
STOP_SECONDS = 10.0


class Stack:
    """All processes of the product and Valkey, each of which a test may stop or kill."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.valkey = Valkey(settings.valkey_port, settings.var / "valkey")
        self._known = {service.name: service for service in services(settings)}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @classmethod
    def on_free_ports(
        cls,
        var: Path,
        database_url: str = "",
        extra: Mapping[str, str] | None = None,
        *,
        seeds_demo: bool = True,
    ) -> "Stack":
        """Return a stack that nobody else can meet: own ports, own folder, own secrets."""
        return cls(Settings.on_free_ports(var, database_url, extra, seeds_demo=seeds_demo))

    def __enter__(self) -> "Stack":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything and wait until it works.

        :raises SetupRefused: with the last lines of what does not
        """
        self.settings.make_folders()
        try:
            if self.settings.embeds_valkey:
                self.valkey.start()
            self.prepare()
            for name in self._known:
                self.launch(name)
            for name in self._known:
                self.wait_ready(name)
        except BaseException:
            self.stop()
            raise

    def prepare(self) -> None:
        """Run the migrations and the demo seed."""
        for title, command in preparations(self.settings):
            done = self.run(*command)
            if done.returncode:
                raise SetupRefused(f"{title} failed:\n{done.stdout}{done.stderr}")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product to its end, in this stack's environment."""
        return subprocess.run(
            command, env=self.settings.environment(), cwd=ROOT, capture_output=True, text=True
        )

    def launch(self, name: str) -> None:
        """Start one process without waiting for it."""
        logs = self.settings.var / "log"
        logs.mkdir(parents=True, exist_ok=True)
        with (logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                self._known[name].argv,
                env=self.settings.environment(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_ready(self, name: str) -> None:
        """Wait until the process *name* works.

        :raises SetupRefused: when it ends, or does not answer within 60 s
        """
        service, running = self._known[name], self._running[name]

        def settled() -> bool:
            return running.poll() is not None or self._works(service)

        if not wait_until(settled, READY_SECONDS) or running.poll() is not None:
            raise SetupRefused(f"{name} does not work:\n{self.tail(name)}")

    def pid(self, name: str) -> int:
        """Return the process id of *name*."""
        return self._running[name].pid

    def stop_one(self, name: str) -> None:
        """Stop one process as an operator would; kill it when it will not go within 10 s."""
        self._signal(name, signal.SIGTERM)
        try:
            self._running[name].wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill(name)
        self._running.pop(name, None)

    def kill(self, name: str) -> None:
        """Take one process and all its children away without a word."""
        self._signal(name, signal.SIGKILL)
        self._running.pop(name).wait()

    def restart(self, name: str) -> None:
        """Stop one process, start it anew and wait until it works."""
        if name in self._running:
            self.stop_one(name)
        self.launch(name)
        self.wait_ready(name)

    def stop(self) -> None:
        """Stop everything, Valkey last: the others still write to it while they leave."""
        for name in self._running:
            self._signal(name, signal.SIGTERM)
        for name in list(self._running):
            self.stop_one(name)
        self.valkey.stop()

    def tail(self, name: str, lines: int = 30) -> str:
        """Return the last lines of a process's log."""
        log = self.settings.var / "log" / f"{name}.log"
        return (
            "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
        )

    @property
    def names(self) -> list[str]:
        """Return the names of the processes, in the order in which they start."""
        return list(self._known)

    def works(self, name: str) -> bool:
        """Does the process *name* live, and answer if it can be asked?"""
        running = self._running.get(name)
        return running is not None and running.poll() is None and self._works(self._known[name])

    def _works(self, service: Service) -> bool:
        return not service.ready_url or answers(service.ready_url)

    def _signal(self, name: str, number: signal.Signals) -> None:
        running = self._running.get(name)
        if running and running.poll() is None:
            os.killpg(running.pid, number)
