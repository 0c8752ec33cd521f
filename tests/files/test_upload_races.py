"""Two hands on one file, at the same instant, in real threads on real connections."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.storage import storage
from app.files.errors import UploadNotFound
from app.files.models import LooseFile, Upload
from app.files.purposes import Purpose
from app.files.services import (
    attach_upload,
    attach_visitor_upload,
    delete_upload,
    forget_loose_files,
    forget_unattached_uploads,
    store_visitor_upload,
)
from tests import samples
from tests.racing import at_once

pytestmark = pytest.mark.serial
ROUNDS = 8


def test_claim_is_used_by_one_of_many(app):
    for _ in range(ROUNDS):
        _, claim = store_visitor_upload(Purpose.PAPER, "执照.jpg", samples.jpeg())
        outcomes = at_once(app, *[lambda: attach_visitor_upload(claim, Purpose.PAPER)] * 4)  # noqa: B023
        assert sum(isinstance(one, Upload) for one in outcomes) == 1
        assert sum(isinstance(one, UploadNotFound) for one in outcomes) == 3


def test_file_is_attached_or_swept_never_both(app, factory):
    account = factory.account()
    for _ in range(ROUNDS):
        upload = factory.upload(account)
        Upload.update(created_at=clock.now() - timedelta(hours=25)).where(
            Upload.id == upload.id
        ).execute()
        attached, swept = at_once(
            app,
            lambda: attach_upload(upload.id, account.id, Purpose.PAPER),  # noqa: B023
            forget_unattached_uploads,
        )
        if isinstance(attached, Upload):
            assert swept == 0 and Upload.get_by_id(upload.id).attached_at
        else:
            assert isinstance(attached, UploadNotFound) and swept == 1
            assert LooseFile.get(LooseFile.key == upload.key)
        assert storage().exists(upload.key)


def test_sweeps_and_deletions_at_once_do_each_thing_once(app, factory):
    uploads = [factory.upload() for _ in range(3)]
    at_once(app, *[lambda: delete_upload(uploads[0])] * 3)
    old = clock.now() - timedelta(hours=25)
    Upload.update(created_at=old).execute()
    counts = at_once(app, *[forget_unattached_uploads] * 3)
    assert sum(counts) == 2 and LooseFile.select().count() == 3
    LooseFile.update(since=old).execute()
    assert sum(at_once(app, *[forget_loose_files] * 3)) == 3
    assert not any(storage().exists(upload.key) for upload in uploads)
