"""`make spec`: the rows of the specification with the tests that prove them; bare rows last.

Markers are read from the source, `@pytest.mark.spec("E05", "E18")` on a function, on a
class or as the module's `pytestmark`, and in the clients' tests as `[E05]` in a test's title.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from scripts.setup import console
from scripts.setup.paths import ROOT

ROWS = ROOT / "tests" / "spec_rows.tsv"
CLIENT_TESTS = (ROOT / "miniprogram", ROOT / "app" / "workbench" / "client")
ROW = re.compile(r"[A-Z]\d\d")  # a row of the list; SM7.3 and the like name a state machine's rule
TITLE = re.compile(r"\b(?:it|test|describe)\(\s*(['\"`])(.*?)\1")
CITED = re.compile(r"\[((?:[A-Z]\d\d[, ]*)+)\]")

Proofs = dict[str, list[str]]


def known_rows(path: Path = ROWS) -> dict[str, str]:
    """Return the rows of the specification in their order, id → rule."""
    rows: dict[str, str] = {}
    for line in path.read_text().splitlines():
        row, _tab, rule = line.partition("\t")
        rows[row] = rule
    return rows


def python_proofs(folder: Path) -> Proofs:
    """Return row → test ids from the markers below *folder*."""
    proofs: Proofs = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text())
        whole_module = _module_rows(tree)
        for name, rows in _tests(tree):
            for row in dict.fromkeys([*whole_module, *rows]):
                proofs[row].append(f"{path.relative_to(folder)}::{name}")
    return proofs


def client_proofs(folders: tuple[Path, ...] = CLIENT_TESTS) -> Proofs:
    """Return row → test titles of the clients' tests that cite a row in brackets."""
    proofs: Proofs = defaultdict(list)
    for folder in folders:
        for path in sorted(folder.rglob("*.test.ts")):
            if "node_modules" in path.parts:
                continue
            for _quote, title in TITLE.findall(path.read_text()):
                for group in CITED.findall(title):
                    for row in ROW.findall(group):
                        proofs[row].append(f"{path.name}: {title}")
    return proofs


def _tests(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            of_class = _decorated_rows(node)
            methods = (m for m in node.body if isinstance(m, ast.FunctionDef))
            for method in methods:
                if method.name.startswith("test"):
                    yield f"{node.name}::{method.name}", [*of_class, *_decorated_rows(method)]
            machine = any("StateMachine" in ast.unparse(base) for base in node.bases)
            if machine:
                yield node.name, of_class
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield node.name, _decorated_rows(node)
        elif isinstance(node, ast.Assign) and "TestCase" in ast.unparse(node.value):
            yield ast.unparse(node.targets[0]), []


def _decorated_rows(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    return [row for decorator in node.decorator_list for row in _rows_of(decorator)]


def _module_rows(tree: ast.Module) -> list[str]:
    assigned = (n for n in tree.body if isinstance(n, ast.Assign))
    marks = (n.value for n in assigned if ast.unparse(n.targets[0]) == "pytestmark")
    return [row for mark in marks for call in ast.walk(mark) for row in _rows_of(call)]


def _rows_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.spec"):
        return [str(word.value) for word in node.args if isinstance(word, ast.Constant)]
    return []


def show(rows: dict[str, str], proofs: Proofs) -> list[str]:
    """Return the lines: proven rows, then rules outside the list, then rows without a test."""
    lines: list[str] = []
    for row in [r for r in rows if r in proofs] + sorted(r for r in proofs if r not in rows):
        lines.append(f"{row}  {rows.get(row, '')}".rstrip())
        lines += [f"       {test}" for test in proofs[row]]
    bare = [row for row in rows if row not in proofs]
    lines += ["", f"No test cites these {len(bare)} rows:"] + [f"{r}  {rows[r]}" for r in bare]
    proven = len(rows) - len(bare)
    return [*lines, "", f"{proven} of {len(rows)} rows proven"]


def main() -> int:
    """Print the table; a marker that cites a row which does not exist is an error."""
    rows, proofs = known_rows(), python_proofs(ROOT / "tests")
    for row, titles in client_proofs().items():
        proofs[row] += titles
    console.say("\n".join(show(rows, proofs)))
    wrong = sorted(row for row in proofs if ROW.fullmatch(row) and row not in rows)
    if wrong:
        return console.refuse(console.SetupRefused(f"No such rows: {', '.join(wrong)}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
