"""A broadcast through RQ: one worker process, a sandbox that answers in 100 ms."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.bench import cpu
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT
from scripts.stack.ports import find_free
from scripts.stack.readiness import answers, wait_until

SIZE = 2000
MOST_SECONDS = 120.0


def measure(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Return how many notifications a second one worker delivers, and what each costs in CPU.

    :raises SetupRefused: when the broadcast is not out within two minutes
    """
    (port,) = find_free(1)
    root = f"http://127.0.0.1:{port}"
    told = {"SANDBOX_PORT": str(port), "SANDBOX_PUSH_URL": "", "VAR_FOLDER": str(folder)}
    env = {**environment, **told, "WECHAT_API_ROOT": root, "WECHAT_OAUTH_ROOT": root}
    with _process("scripts.wechat_sandbox", env, folder):
        if not wait_until(lambda: answers(f"{root}/healthz"), 30):
            raise SetupRefused("the sandbox did not start")
        _crowd(env, "prepare", str(SIZE))
        with _process("app.worker", env, folder) as worker:
            time.sleep(3)  # a worker that still imports would count as slow sending
            before = cpu.seconds([worker.pid])
            _crowd(env, "tell")
            if not wait_until(lambda: _crowd(env, "fate")["done"] == SIZE, MOST_SECONDS):
                raise SetupRefused(f"the broadcast is not out: {_crowd(env, 'fate')}")
            spent = cpu.seconds([worker.pid]) - before
    found = _crowd(env, "fate")
    return {
        "notifications": SIZE,
        "sent": found["sent"],
        "seconds": round(found["seconds"], 2),
        "per_second": round(found["sent"] / found["seconds"], 1) if found["seconds"] else 0.0,
        "cpu_ms": round(1000 * spent / SIZE, 2),
    }


def _crowd(env: Mapping[str, str], *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench.crowd", *words],
        env=dict(env),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SetupRefused(f"crowd {words[0]} failed:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


@contextmanager
def _process(
    module: str, env: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "deliveries.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=dict(env),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
