"""The door of the built clients: which file, how it is cached, what it may load."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.config import Config
from app.core.problems import register_error_handlers
from app.core.spa import BuiltClient, content_security_policy
from app.workbench.views import workbench_blueprint

SCRIPT = b"console.log('desk')"
INDEX = "<!doctype html><title>招聘工作台</title>".encode()
ENV = {
    "APP_ENV": "development",
    "SECRET_KEY": "k" * 40,
    "DATA_KEY": "zH0eY0Jt9y0m3n3yq3Qq0g8mJm3bW1o2mYb2o5rN3aE=",
    "REALTIME_URL": "wss://fair.example:8443/ws",
    "WECHAT_OAUTH_ROOT": "http://127.0.0.1:8002",
}

PRODUCTION = {
    "APP_ENV": "production",
    "DATABASE_URL": "postgresql://db/fair",
    "REDIS_URL": "redis://redis/0",
    "PUBLIC_URL": "https://fair.example",
    "WECHAT_OAUTH_ROOT": "https://open.weixin.qq.com",
    "WECHAT_MINI_APPID": "wx1",
    "WECHAT_MINI_SECRET": "s",
    "WECHAT_SERVICE_APPID": "wx2",
    "WECHAT_SERVICE_SECRET": "s",
    "WECHAT_PUSH_TOKEN": "t",
    "WECHAT_PUSH_AES_KEY": "a" * 43,
}


def build(root: Path) -> None:
    """What a build leaves: an index, a hashed script with its packed versions, a plain icon."""
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_bytes(INDEX)
    (root / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    script = root / "assets" / "index-Bd6pf7XW.js"
    script.write_bytes(SCRIPT)
    script.with_name(script.name + ".br").write_bytes(b"packed by brotli")
    script.with_name(script.name + ".gz").write_bytes(gzip.compress(SCRIPT, mtime=0))


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    desk, phone = tmp_path / "desk", tmp_path / "phone"
    build(desk)
    build(phone)
    (tmp_path / "secret.txt").write_text("not for the web")
    return desk, phone


def serve(desk: Path, phone: Path, **env: str) -> FlaskClient:
    app = Flask(__name__, static_folder=None)
    app.extensions["config"] = Config.from_env(ENV | env)
    register_error_handlers(app)
    app.register_blueprint(
        workbench_blueprint(
            BuiltClient("招聘工作台", desk, "make client"),
            BuiltClient("学生端网页", phone, "make client"),
        )
    )
    return app.test_client()


@pytest.fixture
def web(roots: tuple[Path, Path]) -> FlaskClient:
    return serve(*roots)


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/booths/12/hall", "/desk/booths/12/hall/7", "/m/", "/m/s"]
)
def test_every_address_of_a_client_answers_its_index(web: FlaskClient, path: str) -> None:
    response = web.get(path)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    assert response.data == INDEX
    assert response.headers["Cache-Control"] == "no-cache"


def test_index_is_asked_again_and_costs_nothing_when_unchanged(
    web: FlaskClient, roots: tuple[Path, Path]
) -> None:
    first = web.get("/desk/")
    again = web.get("/desk/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    (roots[0] / "index.html").write_bytes(INDEX + b"<!-- new build -->")
    assert web.get("/desk/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_hashed_file_is_kept_for_a_year_and_a_plain_one_is_not(web: FlaskClient) -> None:
    hashed = web.get("/desk/assets/index-Bd6pf7XW.js")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashed.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert web.get("/desk/favicon.svg").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepts", "encoding", "body"),
    [
        ("gzip, deflate, br", "br", b"packed by brotli"),
        ("gzip", "gzip", gzip.compress(SCRIPT, mtime=0)),
        ("br;q=0, gzip", "gzip", gzip.compress(SCRIPT, mtime=0)),
        ("identity", None, SCRIPT),
        ("", None, SCRIPT),
    ],
)
def test_smallest_version_the_browser_takes(
    web: FlaskClient, accepts: str, encoding: str | None, body: bytes
) -> None:
    response = web.get("/desk/assets/index-Bd6pf7XW.js", headers={"Accept-Encoding": accepts})
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.mimetype == "text/javascript"
    if encoding == "gzip":
        assert gzip.decompress(response.data) == SCRIPT
    else:
        assert response.data == body


def test_versions_of_one_file_have_different_validators(web: FlaskClient) -> None:
    path = "/desk/assets/index-Bd6pf7XW.js"
    tags = {
        web.get(path, headers={"Accept-Encoding": kind}).headers["ETag"]
        for kind in ("br", "gzip", "identity")
    }
    assert len(tags) == 3


def test_missing_file_is_a_clear_problem_and_never_a_page(web: FlaskClient) -> None:
    response = web.get("/desk/assets/index-OLDBUILD.js")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert response.json["title"] == "页面文件不存在，请刷新页面"


@pytest.mark.parametrize(
    "path",
    [
        "/desk/../secret.txt",
        "/desk/%2e%2e/secret.txt",
        "/desk/assets/../../secret.txt",
        "/desk/.git/config",
        "/m//etc/passwd",
    ],
)
def test_nothing_outside_the_build_is_served(web: FlaskClient, path: str) -> None:
    response = web.get(path)
    assert b"not for the web" not in response.data
    assert b"root:" not in response.data


def test_page_loads_only_from_itself_and_the_realtime_origin(web: FlaskClient) -> None:
    policy = web.get("/desk/").headers["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == directives["script-src"] == "'self'"
    assert directives["connect-src"] == "'self' wss://fair.example:8443"
    assert directives["object-src"] == "'none'"


def test_agora_is_allowed_only_when_it_carries_the_calls() -> None:
    without = content_security_policy(realtime_url="/ws", agora=False)
    with_agora = content_security_policy(realtime_url="/ws", agora=True)
    assert "agora" not in without
    assert "wss://*.agora.io:*" in with_agora
    assert "script-src 'self';" in with_agora


def test_camera_belongs_to_our_own_pages(web: FlaskClient) -> None:
    headers = web.get("/m/").headers
    assert "camera=(self), microphone=(self)" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def frames(response: TestResponse) -> str:
    return response.headers["Content-Security-Policy"].rsplit("frame-ancestors ", 1)[1]


def test_only_the_sandbox_may_frame_the_phone_client_and_nobody_the_desk(web: FlaskClient) -> None:
    assert frames(web.get("/m/")) == "'self' http://127.0.0.1:8002"
    assert frames(web.get("/desk/")) == "'none'"


def test_nobody_may_frame_either_client_in_production(roots: tuple[Path, Path]) -> None:
    web = serve(*roots, **PRODUCTION)
    assert frames(web.get("/m/")) == "'none'"


def test_client_that_was_not_built_says_so(tmp_path: Path) -> None:
    response = serve(tmp_path / "no-desk", tmp_path / "no-phone").get("/desk/booths/12/hall")
    assert response.status_code == 503
    assert "招聘工作台尚未构建" in response.text
    assert "make client" in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_bare_addresses_lead_to_a_client(web: FlaskClient) -> None:
    assert web.get("/").headers["Location"] == "/m/"
    assert web.get("/desk").headers["Location"].endswith("/desk/")
