"""Every refusal has one shape, in Chinese."""

import re

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter

import app.factory  # noqa: F401 - every domain's errors are loaded
from app.core.errors import DomainError
from app.core.parsing import storable
from app.core.problems import MEDIA_TYPE, status_of, type_of

HAN = re.compile(r"[\u4e00-\u9fff]")


def classes(base=DomainError):
    for error in base.__subclasses__():
        yield error
        yield from classes(error)


ALL = sorted(
    {error for error in classes() if error.__module__.startswith("app.")}, key=lambda e: e.__name__
)


def test_every_error_has_a_chinese_title_without_a_placeholder():
    assert len(ALL) > 50
    for error in ALL:
        assert HAN.search(error.title), error
        assert "{" not in error.title and not error.title.endswith("。"), error


def test_every_error_has_a_type_of_its_own_and_a_status():
    types = [type_of(error) for error in ALL]
    assert len(set(types)) == len(types)
    assert all(400 <= status_of(error) < 600 for error in ALL)
    assert all(re.fullmatch(r"/problems/[a-z0-9-]+", one) for one in types)


def refused(answer, status):
    """A problem document, whole and in Chinese."""
    assert answer.status_code == status, answer.get_data(as_text=True)[:300]
    assert answer.content_type == MEDIA_TYPE
    problem = answer.json
    assert problem["status"] == status
    assert HAN.search(problem["title"])
    assert problem["instance"] == answer.request.path
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    for error in problem.get("errors", []):
        assert error["pointer"].startswith("#") and HAN.search(error["detail"]), error
    return problem


@pytest.fixture
def person(factory, login):
    return login(factory.account())


def test_unknown_address_is_a_problem(anybody):
    refused(anybody.get("/api/nothing-here"), 404)


def test_wrong_method_names_the_right_ones(anybody):
    answer = anybody.get("/api/login/renew")
    refused(answer, 405)
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"\xff\xfe",
        b'{"refresh_token": }',
        b"[" * 5000,
        b"[" * 400 + b'"\\u0041"' + b"]" * 400,
        b"null",
        b"[]",
        b'"x"',
    ],
)
def test_broken_json_is_a_problem(anybody, body):
    answer = anybody.post("/api/login/renew", data=body, content_type="application/json")
    assert answer.status_code in (400, 422)
    problem = refused(answer, answer.status_code)
    assert problem["type"] == "/problems/body-invalid" and problem["errors"]


def test_form_instead_of_json_is_a_problem(anybody):
    problem = refused(anybody.post("/api/login/renew", data={"refresh_token": "x"}), 422)
    assert problem["errors"] == [{"pointer": "#/refresh_token", "detail": "必填"}]


def test_body_above_two_megabytes_is_a_problem(anybody, person):
    huge = {"refresh_token": "x" * (2 * 1024 * 1024)}
    refused(anybody.post("/api/login/renew", json=huge), 413)
    refused(person.put("/api/resume/sections/basics", json={"content": huge}), 413)
    key = {"Idempotency-Key": "a-key-of-some-length"}
    refused(person.post("/api/fairs/1/enter", json=huge, headers=key), 413)


@pytest.mark.parametrize(
    "path",
    [
        "/api/screens/fairs/99999999999999999999",
        "/api/screens/fairs/9223372036854775808/hall",
        "/api/screens/booths/99999999999999999999999999",
        "/api/screens/my-interviews?fair_id=99999999999999999999",
        "/api/screens/my-interviews?fair_id=viele",
    ],
)
def test_number_beyond_every_column_is_refused_and_no_fault(person, path):
    answer = person.get(path)
    refused(answer, answer.status_code)
    assert answer.status_code in (404, 422)


def test_number_in_a_body_beyond_every_column_is_refused(factory, login):
    booth = factory.booth()
    student = factory.participant(booth.fair)
    answer = login(student.account).post(
        f"/api/booths/{booth.id}/interviews", json={"position_id": 10**30}
    )
    refused(answer, 422)


def test_address_with_a_nul_is_refused_and_no_fault(person, factory):
    fair = factory.fair()
    for path in (
        "/api/scenes/f.%00",
        "/api/login/codes/%00/scan",
        "/api/recruiter-codes/%00/redeem",
        f"/api/screens/fairs/{fair.id}/hall?q=%00",
    ):
        answer = person.get(path) if "scene" in path else person.post(path, json={"name": "x"})
        refused(answer, answer.status_code)
        assert answer.status_code < 500


def test_route_of_another_role_is_refused(person):
    assert refused(person.get("/api/screens/recruiter"), 403)["type"] == "/problems/role-required"


def example_of(kind):
    """Something that a part of an address takes."""
    if isinstance(kind, AnyConverter):
        return min(kind.items)
    return 1 if isinstance(kind, IntegerConverter) else "x"


def test_every_guarded_route_refuses_a_stranger(app, anybody):
    """Over the whole url map: no token, no answer."""
    checked = 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/"):
            continue
        view = app.view_functions[rule.endpoint]
        values = {name: example_of(kind) for name, kind in rule._converters.items()}
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            roles = getattr(view, "roles", None)
            if roles is None and hasattr(view, "view_class"):
                roles = getattr(getattr(view.view_class, method.lower()), "roles", None)
            if roles in (None, ("public",)):
                continue
            path = app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
            assert (
                refused(anybody.open(path, method=method), 401)["type"] == "/problems/token-invalid"
            )
            checked += 1
    assert checked >= 35


@pytest.mark.parametrize(
    ("value", "fine"),
    [("林小满", True), ("\x00", False), ("\ud800", False), ("😀", True), (["\ud800"], False),
     ({"a": ["b", {"c": "\x00"}]}, False), ({"\x00": 1}, False), (None, True), (7, True)],
)  # fmt: skip
def test_text_is_storable_without_nul_and_halves_of_pairs(value, fine):
    assert storable(value) is fine


def test_request_id_of_the_caller_is_kept_when_it_is_one(anybody):
    for asked, kept in (("abcdef-123", True), ("x", False), ("id with blank", False)):
        answer = anybody.get("/healthz", headers={"X-Request-Id": asked})
        assert (answer.headers["X-Request-Id"] == asked) is kept
