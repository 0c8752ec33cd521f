"""Where things lie in the work tree."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VAR = ROOT / "var"
STAMPS = VAR / "stamps"
LOGS = VAR / "log"
