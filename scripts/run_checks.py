"""`make check`: everything that can be said about the code without running it.

All checks run, also after one failed, so that one round shows everything.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.setup import clients, console, node, venv
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT

OFFLINE = ("ConnectionError", "Max retries exceeded", "Name or service not known", "timed out")
AUDIT_SECONDS = 120


@dataclass(frozen=True)
class Check:
    """One command that must end with 0."""

    title: str
    command: tuple[str | Path, ...]
    folder: Path = ROOT
    environment: dict[str, str] | None = None


def python_checks(python: Path) -> list[Check]:
    """Return the checks of the Python side."""
    tools = python.parent
    drawing = ROOT / "scripts" / "draw_lifecycles.py"
    checks = [
        Check("ruff format", (tools / "ruff", "format", "--check", ".")),
        Check("ruff", (tools / "ruff", "check", ".")),
        Check("mypy", (python, "-m", "mypy")),
        Check("import layers", (tools / "lint-imports", "--no-cache")),
        Check(
            "OpenAPI document and client types", (python, "-m", "scripts.write_openapi", "--check")
        ),
    ]
    if drawing.is_file():
        checks.append(
            Check("drawn lifecycles", (python, "-m", "scripts.draw_lifecycles", "--check"))
        )
    return checks


def client_checks(found: node.Node) -> list[Check]:
    """Return lint and type check of every client.

    :raises SetupRefused: when a client's packages cannot be installed
    """
    checks: list[Check] = []
    for client in clients.CLIENTS:
        if client.exists:
            clients.install(client, found)
            for script in ("lint", "typecheck"):
                command = (found.npm, "run", "--silent", script)
                title = f"{client.name} {script}"
                checks.append(Check(title, command, client.folder, found.environment))
    return checks


def passes(check: Check) -> bool:
    """Run one check; its output is shown only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        env=check.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    took = console.paint(f"({time.monotonic() - started:.1f} s)", "dim")
    if done.returncode:
        console.say(f"{console.paint('✗', 'red')} {check.title} {took}\n{done.stdout.rstrip()}\n")
        return False
    console.say(f"{console.paint('✓', 'green')} {check.title} {took}")
    return True


def audit(python: Path) -> bool:
    """Ask for known vulnerabilities of what we pin; without an answer say so and go on."""
    command: list[str | Path] = [
        python,
        "-m",
        "pip_audit",
        "--requirement",
        "requirements.txt",
        "--no-deps",
    ]
    command += ["--disable-pip", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=AUDIT_SECONDS
        )
    except subprocess.TimeoutExpired:
        return _no_audit("no answer")
    if done.returncode == 0:
        console.say(f"{console.paint('✓', 'green')} known vulnerabilities: none")
        return True
    if any(word in done.stderr for word in OFFLINE):
        return _no_audit("offline")
    console.say(f"{console.paint('✗', 'red')} known vulnerabilities\n{done.stdout}{done.stderr}")
    return False


def _no_audit(reason: str) -> bool:
    console.say(console.paint(f"!! known vulnerabilities NOT CHECKED: {reason}", "yellow"))
    return True


def format_code(python: Path) -> int:
    """Format the Python code and fix what ruff fixes safely."""
    ruff = python.parent / "ruff"
    subprocess.run([ruff, "check", "--fix", "--quiet", "."], cwd=ROOT)
    return subprocess.run([ruff, "format", "."], cwd=ROOT).returncode


def main() -> int:
    """Run every check and name those that failed."""
    parser = argparse.ArgumentParser(prog="make check", description=__doc__)
    parser.add_argument("--format", action="store_true", help="format instead of checking")
    parser.add_argument("--python-only", action="store_true", help="leave the clients out")
    wanted = parser.parse_args()
    try:
        python = venv.ensure("requirements-dev.txt")
        if wanted.format:
            return format_code(python)
        checks = python_checks(python)
        if not wanted.python_only:
            checks += client_checks(node.find(python))
    except SetupRefused as error:
        return console.refuse(error)
    failed = [check.title for check in checks if not passes(check)]
    if not audit(python):
        failed.append("known vulnerabilities")
    console.say(f"\n{len(checks) + 1 - len(failed)} checks passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
