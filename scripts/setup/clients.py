"""Building the clients: installed and built only when their sources have changed."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.setup import console, stamps
from scripts.setup.console import SetupRefused
from scripts.setup.node import Node
from scripts.setup.paths import LOGS, ROOT

TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Client:
    """One package of ours on Node, and the folders its sources lie in."""

    name: str
    folder: Path
    sources: tuple[Path, ...]

    @property
    def exists(self) -> bool:
        return (self.folder / "package.json").is_file()


@dataclass(frozen=True)
class Target:
    """One build of a client: npm's script and the folder it writes."""

    name: str
    client: Client
    script: str
    output: Path
    packed: bool  # compressed copies beside the files: Flask sends them as they are

    @property
    def index(self) -> Path:
        return self.output / ("index.html" if self.packed else "app.json")


PHONE = Client("miniprogram", ROOT / "miniprogram", (ROOT / "miniprogram",))
_DESK = ROOT / "app" / "workbench" / "client"
DESK = Client("desk", _DESK, (_DESK, ROOT / "miniprogram" / "src" / "shared"))
CLIENTS = (PHONE, DESK)

H5 = Target("H5", PHONE, "build:h5", PHONE.folder / "dist" / "build" / "h5", packed=True)
MINI_PROGRAM = Target(
    "mini-program", PHONE, "build:mp", PHONE.folder / "dist" / "build" / "mp-weixin", packed=False
)
DESK_PAGE = Target("desk", DESK, "build", DESK.folder / "dist", packed=True)


def install(client: Client, node: Node) -> None:
    """Install exactly what the client's lock names; fast when nothing changed.

    :raises SetupRefused: when npm fails; its last words are in the message, all in var/log.
    """
    lock = [client.folder / "package.json", client.folder / "package-lock.json"]
    wanted = stamps.digest([path for path in lock if path.is_file()], node.version)
    folder = client.folder / "node_modules"
    if stamps.is_fresh(".installed", wanted, folder):
        return
    with console.step(
        f"Installing the packages of the {client.name} client with Node {node.version}"
    ):
        npm(client, node, "ci", "--no-audit", "--no-fund", "--prefer-offline")
    stamps.mark(".installed", wanted, folder)


def build(target: Target, node: Node, python: Path) -> None:
    """Build *target* unless its sources are as they were at the last build.

    :raises SetupRefused: when the build fails.
    """
    wanted = stamps.digest(target.client.sources, node.version, target.script)
    stamp = f"build-{target.name}"
    if stamps.is_fresh(stamp, wanted) and target.index.is_file():
        if target.packed and not any(target.output.rglob("*.br")):
            _pack(target, python)  # somebody built by hand since
        return
    install(target.client, node)
    with console.step(f"Building the {target.name} client"):
        npm(target.client, node, "run", target.script)
        if not target.index.is_file():
            raise SetupRefused(f"{target.script} wrote no {target.index.relative_to(ROOT)}")
        if target.packed:
            _pack(target, python)
    stamps.mark(stamp, wanted)


def _pack(target: Target, python: Path) -> None:
    """Compress beside the files; brotli lives in the environment, so its Python does it."""
    pack: list[str | Path] = [python, "-m", "scripts.setup.precompress", target.output]
    subprocess.run(pack, check=True, cwd=ROOT)


def npm(client: Client, node: Node, *words: str) -> None:
    """Run npm in the client's folder, its output in ``var/log``.

    :raises SetupRefused: with npm's own last lines when it fails.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"npm-{client.name}-{words[-1 if words[0] == 'run' else 0].replace(':', '-')}.log"
    with log.open("w") as output:
        done = subprocess.run(
            [node.npm, *words],
            cwd=client.folder,
            env=node.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        text = TERMINAL_COLOURS.sub("", log.read_text(errors="replace"))
        tail = "\n    ".join(text.strip().splitlines()[-25:])
        raise SetupRefused(
            f"npm {' '.join(words)} failed for the {client.name} client"
            f" (all of it in {log.relative_to(ROOT)}):\n    {tail}"
        )


def forget(target: Target) -> None:
    """Remove a build, so that the next one starts from nothing."""
    shutil.rmtree(target.output, ignore_errors=True)
