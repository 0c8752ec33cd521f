"""The virtual environment with pinned packages, made with nothing but Python itself."""

import shutil
import subprocess
import sys
from pathlib import Path

from scripts.setup import console, stamps
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT, VENV

OLDEST = (3, 11)
PYTHON = VENV / "bin" / "python"


def ensure(requirements: str) -> Path:
    """Return the environment's Python with *requirements* installed; fast when nothing changed.

    :raises SetupRefused: when Python is too old, cannot make environments, or a package fails.
    """
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetupRefused(
            f"Python 3.11 or newer is needed, this is {found}: make PYTHON=python3.11"
        )
    if not _works(PYTHON):
        _create()
    wanted = stamps.digest(sorted(ROOT.glob("requirements*.txt")), sys.version.split()[0])
    if not _installed(requirements, wanted):
        with console.step(f"Installing the Python packages of {requirements}"):
            _install(requirements)
        stamps.mark(_stamp(requirements), wanted, VENV)
    return PYTHON


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def _create() -> None:
    with console.step(f"Creating a virtual environment in {VENV.name}/"):
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            if "ensurepip" in made.stdout + made.stderr:
                raise SetupRefused(
                    "This Python cannot make virtual environments; on Debian and Ubuntu install it"
                    " with: sudo apt-get install python3-venv"
                )
            raise SetupRefused(f"python -m venv failed: {_last_line(made.stdout + made.stderr)}")


def _installed(requirements: str, wanted: str) -> bool:
    """The development set holds the runtime set, so either stamp serves for the runtime."""
    names = {requirements, "requirements-dev.txt"}
    return any(stamps.is_fresh(_stamp(name), wanted, VENV) for name in names)


def _stamp(requirements: str) -> str:
    return f"stamp-{requirements}"


def _install(requirements: str) -> None:
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--quiet",
    ]
    done = subprocess.run(
        [*pip, "--requirement", ROOT / requirements], capture_output=True, text=True, cwd=ROOT
    )
    if done.returncode:
        raise SetupRefused(f"pip could not install {requirements}: {_last_line(done.stderr)}")


def _last_line(text: str) -> str:
    """Return the line that names the fault: pip's last ERROR, or simply the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no message"])[-1]
