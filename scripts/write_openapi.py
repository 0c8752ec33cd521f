"""`make openapi`: writes openapi.json from the application, and the clients' types from that.

With ``--check`` nothing is written: a difference is an error that shows its first lines.
"""

import difflib
import subprocess
import sys
from pathlib import Path

from scripts.setup import clients, console, node, venv
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT, VAR

DOCUMENT = ROOT / "openapi.json"
TYPES = ROOT / "miniprogram" / "src" / "shared" / "api" / "schema.d.ts"
SHOWN_LINES = 40


def export(python: Path) -> str:
    """Return the document that the application has now.

    :raises SetupRefused: when the application cannot be built
    """
    done = subprocess.run(
        [python, "-m", "scripts.export_openapi"], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        raise SetupRefused(f"The application could not be built:\n{done.stderr}")
    return done.stdout


def generate_types(found: node.Node) -> str:
    """Return the clients' TypeScript types for the checked-in document."""
    clients.install(clients.PHONE, found)
    draft = VAR / "schema.d.ts"
    draft.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [found.npm, "exec", "--no", "--", "openapi-typescript", str(DOCUMENT), "-o", str(draft)],
        cwd=clients.PHONE.folder,
        env=found.environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SetupRefused(f"openapi-typescript failed:\n{done.stdout}{done.stderr}")
    return draft.read_text()


def compare(path: Path, fresh: str) -> bool:
    """Is the checked-in file what the application gives now? If not, show where they part."""
    kept = path.read_text() if path.is_file() else ""
    if kept == fresh:
        return True
    name = str(path.relative_to(ROOT))
    diff = list(
        difflib.unified_diff(kept.splitlines(), fresh.splitlines(), name, "now", lineterm="")
    )
    console.say("\n".join(diff[:SHOWN_LINES]))
    console.say(f"{name} is out of date ({len(diff)} lines of difference): make openapi")
    return False


def main() -> int:
    """Write both files, or compare them."""
    checking = sys.argv[1:] == ["--check"]
    try:
        python = venv.ensure("requirements-dev.txt")
        fresh = export(python)
        if checking and not compare(DOCUMENT, fresh):
            return 1
        if not checking:
            DOCUMENT.write_text(fresh)
        if not clients.PHONE.exists:
            return 0
        types = generate_types(node.find(python))
        if checking:
            return 0 if compare(TYPES, types) else 1
        TYPES.parent.mkdir(parents=True, exist_ok=True)
        TYPES.write_text(types)
    except SetupRefused as error:
        return console.refuse(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
