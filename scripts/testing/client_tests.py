"""The clients: unit tests, both builds of the phone client, the desk's, and what they weigh."""

import re
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

from scripts.setup import clients, console
from scripts.setup.console import SetupRefused
from scripts.setup.node import Node
from scripts.setup.paths import ROOT, VAR
from scripts.testing.outcomes import Outcome, count_junit

MAIN_PACKAGE_BYTES = 2 * 1024 * 1024  # WeChat refuses a larger main package
SUB_PACKAGE = re.compile(r'"root"\s*:\s*"([^"]+)"')


def unit(node: Node, outcome: Outcome) -> None:
    """Run the unit tests of every client."""
    for client in _present(outcome):
        clients.install(client, node)
        report = VAR / "test" / f"vitest-{client.name}.xml"
        report.unlink(missing_ok=True)
        options = ["--", "--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
        code = subprocess.run(
            [node.npm, "run", "--silent", "test", *options],
            cwd=client.folder,
            env=node.environment,
            stdin=subprocess.DEVNULL,
        ).returncode
        outcome.add(count_junit(report, code))


def builds(node: Node, python: Path, outcome: Outcome) -> None:
    """Build every target; each build that succeeds, and the main package's size, is one pass."""
    present = _present(outcome)
    for target in (clients.H5, clients.MINI_PROGRAM, clients.DESK_PAGE):
        if target.client in present:
            _count(outcome, target.name, partial(clients.build, target, node, python))
    if clients.PHONE in present:
        _count(outcome, "main package under 2 MB", check_main_package)


def check_main_package() -> None:
    """Weigh what WeChat counts into the main package: everything outside the sub-packages.

    :raises SetupRefused: at 2 MB and above
    """
    weight = main_package_bytes(clients.MINI_PROGRAM.output)
    console.say(f"  main package: {weight / 1024:.0f} kB of {MAIN_PACKAGE_BYTES // 1024} kB")
    if weight >= MAIN_PACKAGE_BYTES:
        raise SetupRefused(f"The mini-program's main package has {weight} bytes, WeChat takes 2 MB")


def main_package_bytes(folder: Path) -> int:
    """Return the bytes of a built mini-program that lie outside its sub-packages."""
    manifest = folder / "app.json"
    if not manifest.is_file():
        raise SetupRefused(f"No mini-program in {folder}")
    apart = tuple(folder / root for root in SUB_PACKAGE.findall(manifest.read_text()))
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(f.stat().st_size for f in files if not any(f.is_relative_to(root) for root in apart))


def _present(outcome: Outcome) -> list[clients.Client]:
    for client in clients.CLIENTS:
        if not client.exists:
            outcome.not_run.append(
                f"the {client.name} client: no {client.folder.relative_to(ROOT)}"
            )
    return [client for client in clients.CLIENTS if client.exists]


def _count(outcome: Outcome, title: str, action: Callable[[], None]) -> None:
    try:
        action()
        console.say(f"  {console.paint('✓', 'green')} {title}")
        outcome.passed += 1
    except SetupRefused as error:
        console.refuse(error)
        outcome.failed += 1
