"""The second half of ``make run``, inside the environment: servers, database, demo, processes."""

import json
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from scripts.setup import console
from scripts.setup.console import SetupRefused
from scripts.setup.paths import LOGS, ROOT, VAR
from scripts.stack import ports
from scripts.stack.runner import QuietPrinter, Runner
from scripts.stack.services import preparations, services
from scripts.stack.settings import Settings
from scripts.stack.valkey import Valkey

DOORS = (
    ("学生 student      ", "{web}/m/"),
    ("招聘方 recruiter  ", "{web}/desk/"),
    ("后台 staff        ", "{web}/admin/"),
    ("微信沙箱 phone    ", "{sandbox}/"),
)


def main() -> int:
    """Start everything, stay in the foreground, and leave nothing behind."""
    settings = Settings.from_environment()
    started = time.monotonic()
    valkey = (
        Valkey(settings.valkey_port, settings.var / "valkey") if settings.embeds_valkey else None
    )
    signal.signal(signal.SIGTERM, _leave)
    try:
        ports.require_free(settings.own_ports())
        settings.make_folders()
        if valkey:
            with console.step(f"Starting Valkey on port {settings.valkey_port}"):
                valkey.start()
        introduction = prepare(settings)
        return hold(settings, introduction, started)
    except SetupRefused as error:
        return console.refuse(error)
    except KeyboardInterrupt:
        console.say("\nStopped.")
        return 0
    finally:
        if valkey:
            valkey.stop()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """SIGTERM before the processes run is a Ctrl-C."""
    raise KeyboardInterrupt


def prepare(settings: Settings) -> str:
    """Run migrations and the demo seed; return what the seed says about the people it made.

    :raises SetupRefused: with the last line of the one that fails
    """
    said = ""
    for title, command in preparations(settings):
        with console.step(title):
            done = subprocess.run(
                command, env=settings.environment(), cwd=ROOT, capture_output=True, text=True
            )
            if done.returncode:
                log = LOGS / "preparation.log"
                log.parent.mkdir(parents=True, exist_ok=True)
                log.write_text(done.stdout + done.stderr)
                last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
                raise SetupRefused(f"{title}: {last} (all of it in {log.relative_to(ROOT)})")
            said = done.stdout
    return said


def hold(settings: Settings, introduction: str, started: float) -> int:
    """Run the processes until they are stopped, with the addresses printed once all work."""
    verbose = os.environ.get("VERBOSE", "") not in ("", "0")
    printer = QuietPrinter(settings.var / "log", verbose=verbose)
    runner = Runner(services(settings), printer, settings.environment())
    names = ", ".join(service.name for service in runner.services)
    console.say(f"{console.paint('▸', 'cyan')} Starting {names} …")
    state = settings.var / "stack.json"

    def on_ready() -> None:
        state.write_text(json.dumps({"pid": os.getpid(), "public_url": settings.public_url}))
        welcome(settings, introduction, time.monotonic() - started)

    try:
        code = runner.run(on_ready)
    finally:
        state.unlink(missing_ok=True)
    if runner.first_dead:
        _explain(runner, printer)
        return code or 1
    console.say("Stopped.")
    return code


def welcome(settings: Settings, introduction: str, seconds: float) -> None:
    """Print the addresses and who is who."""
    console.say(f"{console.paint('✓', 'green')} Everything works ({seconds:.1f} s)\n")
    for label, address in DOORS:
        url = address.format(web=settings.public_url, sandbox=settings.sandbox_url)
        console.say(f"  {label} {console.paint(url, 'bold')}")
    if introduction.strip():
        console.say("\n" + "\n".join(f"  {line}" for line in introduction.strip().splitlines()))
    console.say(
        f"\n  Logs in {VAR.name}/log, all on the console with VERBOSE=1. Ctrl-C stops everything.\n"
    )


def _explain(runner: Runner, printer: QuietPrinter) -> None:
    name = runner.first_dead or ""
    log = printer.log_of(name)
    tail = log.read_text(errors="replace").strip().splitlines()[-15:] if log.exists() else []
    shown = "\n    ".join(tail)
    console.refuse(
        SetupRefused(f"{name} ended by itself; its last lines (all in {log}):\n    {shown}")
    )


if __name__ == "__main__":
    sys.exit(main())
