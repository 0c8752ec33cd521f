"""Sending files over HTTP, and the links that show them."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from app.core import ratelimit
from app.core.audit import AuditEntry
from app.core.auth import issue_token
from app.files.models import Upload
from app.files.purposes import ALLOWANCES, Purpose
from app.files.services import LINK_SECONDS, attach_visitor_upload, delete_upload, link_to
from tests import samples

SPAN = timedelta(seconds=LINK_SECONDS)
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # where a span of five minutes begins


@pytest.fixture
def recruiter(factory, login):
    account = factory.recruiter(factory.booth())
    client = login(account)
    client.account = account
    return client


def send(client, content, purpose="paper", name="执照.jpg", path="/api/uploads", **more):
    form = {"purpose": purpose, "file": (io.BytesIO(content), name), **more}
    return client.post(path, data=form, content_type="multipart/form-data")


def visit(client, content, purpose="appeal_statement", name="说明.jpg"):
    return send(client, content, purpose, name, "/api/uploads/visitor")


@pytest.mark.spec("A10")
def test_recruiter_sends_a_paper_and_sees_it(recruiter):
    answer = send(recruiter, samples.jpeg(), name="扫描/营业执照.jpg")
    assert answer.status_code == 201
    told = answer.json
    assert (told["purpose"], told["name"], told["media_type"]) == (
        "paper", "营业执照.jpg", "image/jpeg",
    )  # fmt: skip
    assert (told["width"], told["height"]) == (40, 20) and "claim" not in told
    upload = Upload.get_by_id(told["id"])
    assert upload.owner_id == recruiter.account.id
    shown = recruiter.get(told["url"])
    assert shown.status_code == 200 and len(shown.data) == told["size"] == upload.size
    assert AuditEntry.get(AuditEntry.action == "upload").actor_id == recruiter.account.id


def test_client_that_cannot_name_its_file_says_the_name(recruiter):
    answer = send(recruiter, samples.jpeg(), purpose="logo", name="tmp_7f3a.jpg")
    assert answer.json["name"] == "tmp_7f3a.jpg"
    form = {
        "purpose": "logo",
        "name": "标志.jpg",
        "file": (io.BytesIO(samples.jpeg()), "tmp_1.jpg"),
    }
    assert recruiter.post("/api/uploads", data=form).json["name"] == "标志.jpg"


@pytest.mark.spec("A16")
def test_visitor_sends_a_statement_and_gets_its_claim(anybody):
    answer = visit(anybody, samples.jpeg())
    assert answer.status_code == 201 and "id" not in answer.json
    assert anybody.get(answer.json["url"]).status_code == 200
    upload = attach_visitor_upload(answer.json["claim"], Purpose.APPEAL_STATEMENT)
    assert upload.owner_id is None
    entry = AuditEntry.get(AuditEntry.action == "upload")
    assert (entry.actor_id, entry.actor_role) == (None, "visitor")


def test_who_may_send_what(anybody, recruiter, factory, login):
    refused = send(anybody, samples.jpeg())
    assert (refused.status_code, refused.json["type"]) == (401, "/problems/token-invalid")
    for purpose in ("logo", "picture"):
        refused = visit(anybody, samples.jpeg(), purpose)
        assert (refused.status_code, refused.json["type"]) == (
            422, "/problems/purpose-not-for-visitors",
        )  # fmt: skip
    assert send(login(factory.account()), samples.jpeg()).status_code == 201
    assert send(recruiter, samples.jpeg(), "appeal_statement").status_code == 201


@pytest.mark.spec("A16")
def test_statement_of_two_megabytes_is_taken_and_not_a_byte_more(anybody):
    assert visit(anybody, samples.padded(samples.jpeg(), 2_097_152)).status_code == 201
    refused = visit(anybody, samples.padded(samples.jpeg(), 2_097_153))
    assert (refused.status_code, refused.json["type"]) == (413, "/problems/upload-too-large")
    assert refused.json["detail"] == "文件不能超过 2 MB"
    assert refused.json["most_bytes"] == 2_097_152
    refused = visit(anybody, samples.png())
    assert (refused.status_code, refused.json["type"]) == (422, "/problems/upload-type-refused")
    assert refused.json["allowed"] == ["image/jpeg"]


@pytest.mark.spec("A19")
def test_logo_of_a_hundred_kilobytes_is_taken_and_not_a_byte_more(recruiter):
    assert (
        send(recruiter, samples.padded(samples.png(), 102_400), "logo", "标志.png").status_code
        == 201
    )
    refused = send(recruiter, samples.padded(samples.png(), 102_401), "logo", "标志.png")
    assert (refused.status_code, refused.json["detail"]) == (413, "文件不能超过 100 KB")


def test_room_is_made_for_the_largest_file_only_where_files_are_sent(recruiter):
    most = ALLOWANCES[Purpose.PAPER].most_bytes
    assert send(recruiter, samples.padded(samples.jpeg(), most)).status_code == 201
    for size in (most + 1, most + 20_000, 9_000_000):  # the last are refused by their head
        refused = send(recruiter, samples.padded(samples.jpeg(), size))
        assert (refused.status_code, refused.json["title"]) == (413, "文件过大")
    elsewhere = recruiter.post("/api/login/renew", json={"refresh_token": "x" * 3_000_000})
    assert (elsewhere.status_code, elsewhere.json["title"]) == (413, "提交的内容过大")


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"purpose": "paper"}, "#/file"),
        ({"purpose": "paper", "file": "text"}, "#/file"),
        ({"purpose": "secret", "file": (io.BytesIO(b"x"), "a.jpg")}, "#/purpose"),
        ({"file": (io.BytesIO(b"x"), "a.jpg")}, "#/purpose"),
        ({"purpose": "paper", "file": (io.BytesIO(b"x"), "a.jpg"), "more": "x"}, "#/more"),
    ],
    ids=["no file", "text", "no such purpose", "no purpose", "unknown field"],
)
def test_form_is_checked(recruiter, form, pointer):
    refused = recruiter.post("/api/uploads", data=form, content_type="multipart/form-data")
    assert (refused.status_code, refused.json["type"]) == (422, "/problems/body-invalid")
    assert [error["pointer"] for error in refused.json["errors"]] == [pointer]


def test_json_is_no_form(recruiter):
    assert recruiter.post("/api/uploads", json={"purpose": "paper"}).status_code == 422


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jpg", b"", "upload-empty"),
        ("a.svg", samples.SVG, "upload-type-refused"),
        ("a.jpg", samples.HTML, "upload-type-refused"),
        ("a.jpg", samples.png(), "upload-renamed"),
        ("a.jpg", samples.grain("JPEG")[:9_000], "upload-broken"),
        ("a.png", samples.png_bomb(30_000, 30_000), "picture-too-large"),
        ("a.png", samples.animation("PNG"), "picture-moves"),
        ("a.pdf", samples.pdf(samples.named_script), "paper-active"),
        (
            "a.pdf",
            samples.pdf(lambda writer: writer.encrypt("x", algorithm="RC4-128")),
            "paper-sealed",
        ),
        ("a.pdf", samples.pdf(pages=51), "paper-too-long"),
        ("a.pdf", samples.saved(samples.picture(), "GIF") + samples.pdf(), "upload-type-refused"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_file_is_refused_in_words_that_a_person_understands(recruiter, name, content, code):
    refused = send(recruiter, content, name=name)
    assert (refused.status_code, refused.json["type"]) == (422, f"/problems/{code}")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in refused.json["title"])
    assert not Upload.select().exists()


def test_senders_are_counted(anybody, recruiter):
    for _ in range(30):
        ratelimit.limit("visitor-upload:127.0.0.1", times=30, seconds=3600)
    refused = visit(anybody, samples.jpeg())
    assert (refused.status_code, refused.json["type"]) == (429, "/problems/too-many")
    assert int(refused.headers["Retry-After"]) > 0
    assert send(recruiter, samples.jpeg()).status_code == 201


# -- links ------------------------------------------------------------------------------------


def test_picture_is_shown_and_can_do_nothing(anybody, factory):
    upload = factory.upload(name="执照 1.jpg")
    shown = anybody.get(link_to(upload))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Content-Disposition"].startswith("inline; filename")
    assert "filename*=UTF-8''%E6%89%A7%E7%85%A7%201.jpg" in shown.headers["Content-Disposition"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Cache-Control"].startswith("private, max-age=")
    assert shown.headers["Referrer-Policy"] == "no-referrer"


def test_pdf_is_saved_and_not_opened_in_place(recruiter):
    told = send(recruiter, samples.pdf(), name="授权书.pdf").json
    shown = recruiter.get(told["url"])
    assert shown.headers["Content-Type"] == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("attachment; filename")


def test_link_lives_for_its_span_and_ends(anybody, factory, travel):
    upload = factory.upload()
    for start in (timedelta(0), timedelta(seconds=1), SPAN - timedelta(seconds=1)):
        travel(NOON + start)
        link = link_to(upload)
        travel(NOON + start + SPAN)
        assert anybody.get(link).status_code == 200
        travel(NOON + start + 2 * SPAN)
        gone = anybody.get(link)
        assert (gone.status_code, gone.json["type"]) == (404, "/problems/link-expired")
        assert gone.json["title"] == "文件链接已失效，请刷新页面后重试"


def test_link_is_the_same_within_its_span_so_that_browsers_keep_what_they_have(
    anybody, factory, travel
):
    upload = factory.upload()
    travel(NOON)
    link = link_to(upload)
    travel(NOON + SPAN - timedelta(seconds=1))
    assert link_to(upload) == link_to(upload.id) == link
    first = anybody.get(link)
    assert first.headers["Cache-Control"] == f"private, max-age={LINK_SECONDS + 1}"
    again = anybody.get(link, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    travel(NOON + SPAN)
    assert link_to(upload) != link


def test_nothing_but_a_link_of_ours_leads_to_a_file(anybody, factory):
    upload, other = factory.upload(), factory.upload()
    link = link_to(upload)
    swapped = link_to(other).rpartition(".")[0] + "." + link.rpartition(".")[2]
    token = issue_token(upload.id, ("student",))  # signed by us, for something else
    for address in (
        link[:-1] + ("A" if link[-1] != "A" else "B"),
        swapped,
        f"/api/files/{token}",
        f"/api/files/{upload.id}",
        f"/api/files/{upload.key.rpartition('/')[2]}",
        "/api/files/..%2f..%2fetc%2fpasswd",
        "/api/files/%00",
        f"/api/files/{'x' * 3000}",
    ):
        assert anybody.get(address).status_code == 404, address
    assert anybody.get(f"/api/files/{upload.key}").status_code == 404


def test_deleted_files_link_ends_at_once(anybody, factory):
    upload = factory.upload()
    link = link_to(upload)
    delete_upload(upload)
    assert anybody.get(link).json["type"] == "/problems/link-expired"


def test_file_that_the_storage_lost_is_told_so(anybody, factory, app):
    upload = factory.upload()
    app.extensions["storage"].delete(upload.key)
    gone = anybody.get(link_to(upload))
    assert (gone.status_code, gone.json["type"]) == (404, "/problems/file-missing")
