"""Files in a folder: whole or not at all, private, and never outside."""

import stat
from pathlib import Path

import pytest

from app.core.storage import FileMissing, LocalStorage, StorageAddress, StorageUnavailable

KEY = "paper/7h/7hKq3.jpg"


@pytest.fixture
def store(tmp_path):
    return LocalStorage(tmp_path / "files")


def test_what_is_put_can_be_got_replaced_and_deleted(store):
    assert not store.exists(KEY)
    store.put(KEY, b"one", "image/jpeg")
    assert store.exists(KEY) and store.get(KEY) == b"one"
    store.put(KEY, b"two", "image/jpeg")
    assert store.get(KEY) == b"two"
    store.delete(KEY)
    store.delete(KEY)
    assert not store.exists(KEY)
    with pytest.raises(FileMissing):
        store.get(KEY)


def test_only_our_own_user_reads_it(store, tmp_path):
    store.put(KEY, b"one", "image/jpeg")
    path = tmp_path / "files" / KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_is_left_of_what_could_not_be_written(store, tmp_path):
    (tmp_path / "files" / KEY).mkdir(parents=True)  # a folder where the file should be
    with pytest.raises(StorageUnavailable):
        store.put(KEY, b"one", "image/jpeg")
    assert [path.name for path in (tmp_path / "files/paper/7h").iterdir()] == ["7hKq3.jpg"]
    with pytest.raises(StorageUnavailable):
        store.get(KEY)
    assert not store.exists(KEY)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../secret",
        "paper/../../secret",
        "paper/..",
        "paper/./a.jpg",
        "paper//a.jpg",
        "paper\\..\\a.jpg",
        "paper/a.jpg\n",
        "paper/a\x00.jpg",
        "paper/.hidden",
        "paper/a.jpg/",
        "a.jpg",
        "~/a.jpg",
        "paper/执照.jpg",
        "paper/%2e%2e/a.jpg",
    ],
)
def test_key_that_could_lead_elsewhere_is_no_key(store, tmp_path, key):
    for use in (store.get, store.delete, store.exists, lambda key: store.put(key, b"x", "x")):
        with pytest.raises(ValueError, match="not a storage key"):
            use(key)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("url", "folder"),
    [("file://var/files", "var/files"), ("file:///srv/files", "/srv/files"), ("file://x", "x")],
)
def test_folder_is_relative_or_absolute(url, folder):
    assert StorageAddress.read(url) == StorageAddress(folder=Path(folder))


def test_bucket_with_everything_that_can_be_said():
    url = "s3://key:se%2Fcr%2Bet@s3.example.com:9000/fair-files?region=cn-east&secure=0&virtual=1"
    assert StorageAddress.read(url) == StorageAddress(
        endpoint="s3.example.com:9000",
        bucket="fair-files",
        region="cn-east",
        access_key="key",
        secret_key="se/cr+et",
        is_secure=False,
        is_virtual=True,
    )
    least = StorageAddress.read("s3://key:secret@[::1]/fair-files")
    assert (least.endpoint, least.is_secure, least.is_virtual) == ("[::1]", True, False)
    assert "secret" not in repr(least)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("", "file:// or s3://"),
        ("ftp://x/y", "file:// or s3://"),
        ("var/files", "file:// or s3://"),
        ("file://", "needs a folder"),
        ("file:///", "needs a folder"),
        ("s3://host/bucket", "key:secret@host"),
        ("s3://key@host/bucket", "key:secret@host"),
        ("s3://key:sec/ret@host/bucket", "key:secret@host"),
        ("s3://key:secret@host", "needs a bucket"),
        ("s3://key:secret@host/a/b", "needs a bucket"),
        ("s3://key:secret@host/UPPER", "needs a bucket"),
        ("s3://key:secret@host/bucket?secure=yes", "secure=0|1"),
        ("s3://key:secret@host/bucket?secur=0", "only"),
        ("s3://key:secret@host:port/bucket", "Port"),
    ],
)
def test_address_that_cannot_be_is_refused_in_words(url, fault):
    with pytest.raises(ValueError) as refusal:
        StorageAddress.read(url)
    assert fault in str(refusal.value)
