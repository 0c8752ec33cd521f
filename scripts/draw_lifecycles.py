"""The state machines of every model as Mermaid, kept up to date in ARCHITECTURE.md.

``python -m scripts.draw_lifecycles`` rewrites the part between the marks;
``--check`` only says whether it is up to date.
"""

import importlib
import sys
from pathlib import Path

from app.core.database import BaseModel
from app.core.lifecycle import starts_of, transitions_of

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "ARCHITECTURE.md"
BEGIN, END = (
    "<!-- lifecycles: drawn by scripts/draw_lifecycles.py -->",
    "<!-- end of lifecycles -->",
)


def load_models() -> None:
    """Import every domain's models, so that they are known."""
    for path in sorted((ROOT / "app").glob("*/models*")):
        importlib.import_module(f"app.{path.parent.name}.models")


def draw(model: type[BaseModel]) -> str:
    """One model's lifecycle as a Mermaid state diagram."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {status}" for status in starts_of(model)]
    for verb, move in transitions_of(model).items():
        lines += [f"    {source} --> {move.to}: {verb}" for source in move.sources]
    return "\n".join([*lines, "```"])


def all_drawn() -> str:
    """Every lifecycle under its model's name."""
    load_models()
    models = sorted(
        BaseModel.__subclasses__(), key=lambda model: (model.__module__, model.__name__)
    )
    parts = []
    for model in models:
        if transitions_of(model):
            summary = (model.__doc__ or "").strip().splitlines()[0]
            parts.append(f"### {model.__name__}\n\n{summary}\n\n{draw(model)}")
    return "\n\n".join(parts)


def main(arguments: list[str]) -> int:
    """The command line."""
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    fresh = f"{head}{BEGIN}\n\n{all_drawn()}\n\n{END}{tail}"
    if "--check" in arguments:
        if fresh != page:
            print(
                "ARCHITECTURE.md: lifecycles are out of date; run python -m scripts.draw_lifecycles"
            )
            return 1
        return 0
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
