"""Files in a bucket, over real HTTP against a server that speaks S3."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
import requests
from minio import Minio

from app.core.storage import FileMissing, LocalStorage, StorageUnavailable
from app.files.purposes import Purpose
from app.files.services import content_of, delete_upload, forget_loose_files, link_to
from app.integrations.s3 import S3Storage, storage_at
from tests.sandbox import free_port

KEY = "paper/7h/7hKq3.jpg"
BUCKET = "fair-files"
SECRET = "s3cret/with+signs=and@more"
CONTENT = bytes(range(256)) * 4_000


@pytest.fixture(scope="module")
def s3_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this run's own, which checks signatures, with an empty bucket."""
    port = free_port()
    command = [sys.executable, "-m", "nanio", "serve", "--host", "127.0.0.1", "--port", str(port)]
    folder = str(tmp_path_factory.mktemp("s3"))
    server = subprocess.Popen(
        [*command, "--data-dir", folder, "--log-level", "error", "--no-access-log"],
        env=os.environ | {"NANIO_ACCESS_KEY": "key", "NANIO_SECRET_KEY": SECRET},
    )
    try:
        _wait_until_up(f"127.0.0.1:{port}", server)
        client_of(f"127.0.0.1:{port}").make_bucket(BUCKET)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def client_of(host: str) -> Minio:
    """The operator's own client."""
    return Minio(host, access_key="key", secret_key=SECRET, secure=False, region="us-east-1")


def address_of(host: str, bucket: str = BUCKET, secret: str = SECRET) -> str:
    return f"s3://key:{quote(secret, safe='')}@{host}/{bucket}?secure=0&region=us-east-1"


def _wait_until_up(host: str, server: subprocess.Popen) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert server.poll() is None, "the S3 server ended"
        try:
            requests.get(f"http://{host}/", timeout=2)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the S3 server did not start within 60 s")


@pytest.fixture
def bucket(s3_host: str) -> S3Storage:
    """The bucket as the product has it."""
    found = storage_at(address_of(s3_host))
    assert isinstance(found, S3Storage)
    return found


def test_address_chooses_the_storage(tmp_path):
    assert isinstance(storage_at(f"file://{tmp_path}"), LocalStorage)


def test_what_is_put_can_be_got_replaced_and_deleted(bucket):
    assert not bucket.exists(KEY)
    bucket.put(KEY, CONTENT, "image/jpeg")
    assert bucket.exists(KEY) and bucket.get(KEY) == CONTENT
    bucket.put(KEY, b"two", "image/jpeg")
    assert bucket.get(KEY) == b"two"
    bucket.delete(KEY)
    bucket.delete(KEY)
    assert not bucket.exists(KEY)
    with pytest.raises(FileMissing):
        bucket.get(KEY)


def test_file_carries_its_type(bucket, s3_host):
    bucket.put("paper/ab/abc.pdf", b"%PDF-", "application/pdf")
    assert (
        client_of(s3_host).stat_object(BUCKET, "paper/ab/abc.pdf").content_type == "application/pdf"
    )


@pytest.mark.parametrize("key", ["", "../x", "/x", "paper/../x", "x?acl"])
def test_key_that_could_mean_something_else_is_no_key(bucket, key):
    for use in (bucket.get, bucket.delete, bucket.exists, lambda key: bucket.put(key, b"x", "x")):
        with pytest.raises(ValueError, match="not a storage key"):
            use(key)


def test_missing_bucket_is_an_operators_matter_and_no_missing_file(s3_host, caplog):
    nowhere = storage_at(address_of(s3_host, "no-such-bucket"))
    with pytest.raises(StorageUnavailable):
        nowhere.get(KEY)
    with pytest.raises(StorageUnavailable):
        nowhere.put(KEY, b"x", "image/jpeg")
    assert "NoSuchBucket" in caplog.text and SECRET not in caplog.text


def test_wrong_secret_is_an_operators_matter(s3_host, caplog):
    stranger = storage_at(address_of(s3_host, secret="guessed"))
    for act in (
        lambda: stranger.put(KEY, b"x", "image/jpeg"),
        lambda: stranger.get(KEY),
        lambda: stranger.delete(KEY),
    ):
        with pytest.raises(StorageUnavailable):
            act()
    assert "SignatureDoesNotMatch" in caplog.text and "guessed" not in caplog.text


def test_large_file_goes_in_parts(bucket):
    content = os.urandom(6 * 1024 * 1024)
    bucket.put("picture/ab/large.png", content, "image/png")
    assert bucket.get("picture/ab/large.png") == content


def test_service_that_is_away_is_told_in_our_words(caplog):
    away = storage_at(address_of(f"127.0.0.1:{free_port()}"))
    for act in (
        lambda: away.put(KEY, b"x", "image/jpeg"),
        lambda: away.get(KEY),
        lambda: away.delete(KEY),
        lambda: away.exists(KEY),
    ):
        with pytest.raises(StorageUnavailable) as fault:
            act()
        assert fault.value.__cause__ is None
    assert SECRET not in caplog.text


@pytest.fixture
def app_on_bucket(app, bucket):
    """The web application with its files in the bucket."""
    local = app.extensions["storage"]
    app.extensions["storage"] = bucket
    yield app
    app.extensions["storage"] = local


def test_upload_lives_and_dies_in_the_bucket(app_on_bucket, factory, bucket, anybody, travel):
    upload = factory.upload(purpose=Purpose.LOGO)
    assert bucket.exists(upload.key)
    assert anybody.get(link_to(upload)).data == content_of(upload)
    delete_upload(upload)
    travel(timedelta(hours=2))
    assert forget_loose_files() == 1 and not bucket.exists(upload.key)
