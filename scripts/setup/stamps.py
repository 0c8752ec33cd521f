"""Stamps: a step is skipped when what it was made from has not changed since."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from scripts.setup.paths import STAMPS

SKIPPED = {"node_modules", "dist", ".git", "__pycache__", ".vite", "coverage"}


def files_under(folder: Path) -> list[Path]:
    """Return every source file below *folder*, in a stable order."""
    found: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            if entry.name not in SKIPPED:
                found += files_under(entry)
        elif entry.is_file():
            found.append(entry)
    return found


def digest(sources: Iterable[Path], *words: str) -> str:
    """Return a hash over names and contents of files and folders, and over *words*."""
    total = hashlib.sha256("\0".join(words).encode())
    for source in sources:
        for path in files_under(source) if source.is_dir() else [source]:
            total.update(str(path.relative_to(source.parent)).encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_fresh(name: str, value: str, folder: Path = STAMPS) -> bool:
    """Was the step *name* last finished with exactly this digest?"""
    stamp = folder / name
    return stamp.is_file() and stamp.read_text() == value


def mark(name: str, value: str, folder: Path = STAMPS) -> None:
    """Remember that the step *name* was finished with this digest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(value)
