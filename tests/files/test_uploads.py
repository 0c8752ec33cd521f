"""Whose a file is, what it may be used for, and when it goes."""

from datetime import timedelta
from hashlib import sha256

import pytest

from app.core.audit import AuditEntry
from app.core.database import atomic
from app.core.storage import LocalStorage, StorageUnavailable, storage
from app.files.errors import (
    PurposeNotForVisitors,
    UploadMisplaced,
    UploadNotFound,
    UploadTypeRefused,
)
from app.files.models import LooseFile, Upload
from app.files.purposes import ALLOWANCES, MediaType, Purpose
from app.files.services import (
    attach_upload,
    attach_visitor_upload,
    content_of,
    delete_upload,
    forget_loose_files,
    forget_unattached_uploads,
    store_upload,
    store_visitor_upload,
)
from tests import samples

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def owner(factory):
    return factory.account("周敏")


def paper(owner, content=b""):
    return store_upload(owner.id, Purpose.PAPER, "执照.jpg", content or samples.jpeg())


def statement():
    return store_visitor_upload(Purpose.APPEAL_STATEMENT, "说明.jpg", samples.jpeg())


@pytest.mark.spec("A10")
def test_file_is_kept_as_it_was_checked(owner):
    upload = Upload.get_by_id(paper(owner, samples.photo_with_place()).id)
    content = content_of(upload)
    assert (upload.owner_id, upload.purpose, upload.media_type) == (
        owner.id, Purpose.PAPER, MediaType.JPEG,
    )  # fmt: skip
    assert upload.size == len(content) and upload.sha256 == sha256(content).hexdigest()
    assert b"Exif" not in content and (upload.width, upload.height) == (20, 40)
    assert upload.attached_at is None and upload.claim_hash is None
    assert not LooseFile.select().exists()


def test_key_is_never_the_name_and_never_the_same(owner):
    keys = {paper(owner).key for _ in range(5)}
    assert len(keys) == 5
    assert all(key.startswith("paper/") and "执照" not in key and len(key) > 40 for key in keys)


def test_every_purpose_has_its_allowance():
    assert set(ALLOWANCES) == set(Purpose)
    assert ALLOWANCES[Purpose.LOGO].types_word == "JPG、PNG 或 WebP"


@pytest.mark.spec("A10")
def test_owner_attaches_a_file_and_may_use_it_in_a_second_place(owner):
    upload = paper(owner)
    first = attach_upload(upload.id, owner.id, Purpose.PAPER)
    assert first.attached_at is not None
    again = attach_upload(upload.id, owner.id, Purpose.PAPER)
    assert (again.id, again.attached_at) == (upload.id, first.attached_at)
    attached = AuditEntry.select().where(AuditEntry.action == "attach")
    assert [entry.subject for entry in attached] == [f"upload:{upload.id}"]


def test_nobody_attaches_what_somebody_else_sent(owner, factory):
    upload, stranger = paper(owner), factory.account()
    visitors, _ = statement()
    for upload_id, account_id, purpose in (
        (upload.id, stranger.id, Purpose.PAPER),
        (upload.id, None, Purpose.PAPER),  # staff take what staff sent
        (visitors.id, owner.id, Purpose.APPEAL_STATEMENT),
        (visitors.id, None, Purpose.APPEAL_STATEMENT),
        (10**12, owner.id, Purpose.PAPER),
    ):
        with pytest.raises(UploadNotFound):
            attach_upload(upload_id, account_id, purpose)
    assert not Upload.select().where(Upload.attached_at.is_null(False)).exists()


def test_file_is_used_for_its_purpose_only(owner):
    upload = paper(owner)
    with pytest.raises(UploadMisplaced):
        attach_upload(upload.id, owner.id, Purpose.LOGO)
    _, claim = statement()
    with pytest.raises(UploadMisplaced):
        attach_visitor_upload(claim, Purpose.PAPER)
    assert attach_visitor_upload(claim, Purpose.APPEAL_STATEMENT)  # a refusal spends nothing


def test_staff_attach_what_staff_sent(app):
    upload = store_upload(None, Purpose.LOGO, "logo.png", samples.png())
    assert attach_upload(upload.id, None, Purpose.LOGO).attached_at


@pytest.mark.spec("A16")
def test_visitors_claim_is_used_once_and_only_its_hash_is_kept(app):
    upload, claim = statement()
    assert upload.owner_id is None and claim not in str(upload.__data__)
    assert attach_visitor_upload(claim, Purpose.APPEAL_STATEMENT).id == upload.id
    for word in (claim, claim[:-1], "", str(upload.id)):
        with pytest.raises(UploadNotFound):
            attach_visitor_upload(word, Purpose.APPEAL_STATEMENT)


@pytest.mark.parametrize("purpose", [Purpose.LOGO, Purpose.PICTURE])
def test_visitors_send_papers_and_statements_only(app, purpose):
    with pytest.raises(PurposeNotForVisitors):
        store_visitor_upload(purpose, "a.jpg", samples.jpeg())
    assert not Upload.select().exists()


def test_file_that_no_record_took_goes_after_a_day(owner, travel):
    kept, left, (visitors, _) = paper(owner), paper(owner), statement()
    attach_upload(kept.id, owner.id, Purpose.PAPER)
    travel(DAY - MINUTE)
    assert forget_unattached_uploads() == 0
    travel(2 * MINUTE)
    assert forget_unattached_uploads() == 2
    assert [upload.id for upload in Upload.select()] == [kept.id]
    with pytest.raises(UploadNotFound):
        attach_upload(left.id, owner.id, Purpose.PAPER)
    assert forget_loose_files() == 0 and storage().exists(left.key)
    travel(HOUR + MINUTE)
    assert forget_loose_files() == 2
    assert not storage().exists(left.key) and not storage().exists(visitors.key)
    assert storage().exists(kept.key) and not LooseFile.select().exists()
    assert forget_unattached_uploads() == forget_loose_files() == 0


def test_deleted_file_goes_with_the_command_and_stays_when_it_fails(owner, travel):
    upload = attach_upload(paper(owner).id, owner.id, Purpose.PAPER)
    with pytest.raises(ZeroDivisionError), atomic():
        delete_upload(upload)
        _ = 1 / 0
    travel(2 * HOUR)
    assert forget_loose_files() == 0 and content_of(Upload.get_by_id(upload.id))
    delete_upload(upload)
    delete_upload(upload)  # two hands at once: the second finds nothing to do
    assert not Upload.select().exists() and storage().exists(upload.key)
    travel(2 * HOUR)
    assert forget_loose_files() == 1 and not storage().exists(upload.key)


def test_storage_that_fails_leaves_no_row_and_no_unknown_file(owner, app, tmp_path, travel):
    whole = app.extensions["storage"]
    (tmp_path / "file").write_text("")
    app.extensions["storage"] = LocalStorage(tmp_path / "file")  # no folder: a full or broken disk
    try:
        with pytest.raises(StorageUnavailable):
            paper(owner)
        assert not Upload.select().exists() and LooseFile.select().count() == 1
        travel(2 * HOUR)
        with pytest.raises(StorageUnavailable):
            forget_loose_files()
        assert LooseFile.select().count() == 1  # tried again, until it works
    finally:
        app.extensions["storage"] = whole
    assert forget_loose_files() == 1 and not LooseFile.select().exists()


def test_bad_file_leaves_nothing(owner):
    with pytest.raises(UploadTypeRefused):
        store_upload(owner.id, Purpose.PAPER, "a.jpg", samples.HTML)
    assert not Upload.select().exists() and not LooseFile.select().exists()
