"""Every page asks who is there, every change asks for the role and for the form's token."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.accounts.models import StaffUser
from app.core.audit import AuditEntry
from app.fairs.models import Fair
from tests.admin.conftest import Browser, Role, text_of
from tests.factories import Factory

OPEN = {"/admin/sign-in"}


def admin_routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Every address of the back office with each of its methods, but for the style sheets."""
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/admin") or rule.endpoint.endswith(".static"):
            continue
        values = dict.fromkeys(rule.arguments, 1) | {"kind": "png", "verb": "announce"}
        values = {name: values[name] for name in rule.arguments}
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield method, path


def test_every_address_is_closed_to_strangers(app: Flask) -> None:
    routes = [(method, path) for method, path in admin_routes(app) if path not in OPEN]
    assert len(routes) > 60
    for method, path in routes:
        answer = app.test_client().open(path, method=method)
        assert answer.status_code in (302, 401), (method, path, answer.status_code)
        if answer.status_code == 302:
            assert answer.location.startswith("/admin/sign-in")


def test_no_form_is_taken_without_its_token(
    app: Flask, signed_in: Callable[..., Browser], factory: Factory
) -> None:
    factory.booth()
    browser = signed_in(Role.ADMIN)
    before = AuditEntry.select().count()
    for method, path in admin_routes(app):
        if method == "POST":
            answer = browser.client.post(path, data={"csrf_token": "forged", "name": "x"})
            refused = answer.status_code == 400 or "页面已过期" in text_of(answer)
            gone = answer.status_code == 302 and "url" not in path  # a form this view does not have
            assert refused or gone, (path, answer.status_code)
    assert AuditEntry.select().count() == before


def test_worn_out_form_keeps_what_was_typed(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    browser = signed_in()
    form = {"name": "江海智造", "code": "91330100000000001X", "city": "杭州"}
    answer = browser.client.post("/admin/employers/new/", data=form | {"csrf_token": "old"})
    page = text_of(answer)
    assert "页面已过期，内容仍保留在下面" in page
    assert 'value="江海智造"' in page


def test_viewer_reads_everything_and_changes_nothing(
    app: Flask, signed_in: Callable[..., Browser], factory: Factory
) -> None:
    booth = factory.booth(factory.fair(announced=False))
    viewer = signed_in(Role.VIEWER)
    before = AuditEntry.select().count()
    for path in ("/admin/", "/admin/fairs/", f"/admin/fairs/details/?id={booth.fair_id}"):
        assert viewer.get(path).status_code == 200
    assert "发布后学生即可看到" not in text_of(
        viewer.get(f"/admin/fairs/details/?id={booth.fair_id}")
    )
    for method, path in admin_routes(app):
        is_change = method == "POST" or path.endswith(("/new/", "/edit/"))
        if is_change and path not in (*OPEN, "/admin/sign-out"):
            answer = viewer.client.open(path, method=method, data={"csrf_token": viewer.token})
            assert answer.status_code == 403, (method, path, answer.status_code)
    assert AuditEntry.select().count() == before
    assert Fair.get_by_id(booth.fair_id).status == Fair.Status.DRAFT


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_only_administrators_see_staff(signed_in: Callable[..., Browser], role: Role) -> None:
    browser = signed_in(role)
    assert browser.get("/admin/staff/").status_code == 403
    assert "/admin/staff/" not in text_of(browser.get("/admin/"))


def test_a_lowered_role_counts_from_the_next_click(
    signed_in: Callable[..., Browser], app: Flask
) -> None:
    signed_in(Role.ADMIN, "root-person")
    browser = signed_in(Role.ADMIN, "second")
    assert browser.staff
    StaffUser.update(role=Role.VIEWER).where(StaffUser.id == browser.staff.id).execute()
    assert browser.get("/admin/staff/").status_code == 302


def test_pages_may_run_no_inline_script_and_are_not_kept(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair = factory.fair()
    browser = signed_in(Role.ADMIN)
    for path in ("/admin/", "/admin/fairs/", f"/admin/fairs/{fair.id}/board", "/admin/nowhere"):
        answer = browser.get(path)
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        page = text_of(answer)
        assert "onclick=" not in page
        assert " style=" not in page
        assert "<script>" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/admin/fairs/details/?id=999999", "/admin/fairs/details/?id=x%27", "/admin/fairs/details/",
        "/admin/fairs/999999/board", "/admin/fairs/999999/board.json", "/admin/nowhere/at/all",
        "/admin/fairs/edit/?id=99999999999999999999",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_page_in_chinese(
    signed_in: Callable[..., Browser], path: str
) -> None:
    answer = signed_in().get(path)
    assert answer.status_code == 404
    assert "没有找到" in text_of(answer)


@pytest.mark.parametrize(
    "query",
    ["?page=99999999999999", "?search=%25%27%22;--", "?sort=99", "?sort=-1&desc=1",
     "?status=nonsense", "?fair=x", "?page_size=100000",
     "?search=" + "长" * 500],
)  # fmt: skip
@pytest.mark.parametrize("place", ["fairs", "booths", "students", "codes", "notices", "records"])
def test_odd_addresses_of_lists_are_harmless(
    signed_in: Callable[..., Browser], factory: Factory, place: str, query: str
) -> None:
    factory.booth()
    assert signed_in().get(f"/admin/{place}/{query}").status_code == 200
