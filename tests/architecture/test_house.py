"""The house rules, checked."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from app.core.database import BaseModel
from app.core.errors import DomainError
from app.core.jobs import REGISTRY, QueueName
from app.core.lifecycle import starts_of, transitions_of
from app.core.problems import type_of
from scripts.draw_lifecycles import load_models

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path
    for folder in ("app", "scripts", "tests", "migrations")
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts
)
APP = [path for path in MODULES if (ROOT / "app") in path.parents]
NAMES = {path: str(path.relative_to(ROOT)) for path in MODULES}
BANNED_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "misc", "handle"}
MOST_LINES, MOST_FUNCTION_LINES = 300, 40
load_models()
MODELS = [model for model in BaseModel.__subclasses__() if transitions_of(model)]


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_every_route_names_its_roles(shared_app: Flask):
    ours = ("flask_admin", "admin")
    unguarded = {
        rule.endpoint
        for rule in shared_app.url_map.iter_rules()
        if not getattr(shared_app.view_functions[rule.endpoint], "roles", None)
        and not rule.rule.startswith("/admin")
        and rule.endpoint.split(".")[0] not in (*ours, "api-docs")
    }
    assert unguarded == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_status_is_reachable(model):
    reached = set(starts_of(model)) | {move.to for move in transitions_of(model).values()}
    assert reached == set(model.Status)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_status_has_its_chinese_word(model):
    source = Path(ROOT / (model.__module__.replace(".", "/") + ".py")).read_text(encoding="utf-8")
    for status in model.Status:
        line = re.search(rf'{status.name} = "{status.value}"  # (.*)', source)
        assert line and re.search(r"[\u4e00-\u9fff]", line.group(1)), status


def test_every_job_is_on_a_queue_that_the_worker_watches():
    assert REGISTRY
    assert {job.queue for job in REGISTRY.values()} <= set(QueueName)


@pytest.mark.parametrize("path", MODULES, ids=NAMES.get)
def test_module_keeps_its_budget_and_imports_at_its_top(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES
    for function in functions_of(ast.parse(text)):
        inside = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        assert not inside, f"{function.name} imports inside"
        if path in APP:
            assert function.end_lineno - function.lineno < MOST_FUNCTION_LINES, function.name


@pytest.mark.parametrize("path", APP, ids=NAMES.get)
def test_status_moves_only_by_transition(path):
    """Nobody assigns a status, except a row that was read without it and is known."""
    assigned = [
        node.lineno
        for statement in ast.walk(parse(path))
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if node.attr == "status"
    ]
    assert assigned == []


def test_only_services_jobs_and_the_kernel_open_transactions():
    openers = {
        path.relative_to(ROOT / "app")
        for path in APP
        if re.search(r"\batomic\(\)", path.read_text(encoding="utf-8"))
    }
    outside = {p for p in openers if not {"services", "jobs", "core"} & {p.stem, *p.parts}}
    assert outside == set()


def test_no_module_is_a_drawer():
    assert {path.stem for path in MODULES} & BANNED_NAMES == set()


def test_only_the_configuration_reads_the_environment():
    readers = {NAMES[path] for path in APP if "os.environ" in path.read_text(encoding="utf-8")}
    assert readers <= {"app/config.py", "app/realtime/gunicorn_conf.py", "app/admin/commands.py"}


def test_nothing_mocks_our_own_code():
    me = Path(__file__)
    for path in MODULES:
        if ROOT / "tests" in path.parents and path != me:
            text = path.read_text(encoding="utf-8")
            assert "mock.patch" not in text and "unittest.mock" not in text, NAMES[path]


def every_error(kind: type[DomainError] = DomainError) -> set[type[DomainError]]:
    found = {kind}
    for child in kind.__subclasses__():
        found |= every_error(child)
    return found


def test_every_domain_error_speaks_chinese_and_has_a_type_of_its_own(shared_app: Flask):
    errors = every_error()
    for error in errors:
        assert re.search(r"[\u4e00-\u9fff]", error.title), error
    types = [type_of(error) for error in errors if error.__module__.startswith("app.")]
    assert len(types) == len(set(types))


def test_no_service_is_deaf_to_its_spec_rows():
    """Every public service says in its docstring what it does."""
    for path in APP:
        if "services" not in (path.stem, path.parent.name):
            continue
        for node in parse(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{NAMES[path]}: {node.name}"
