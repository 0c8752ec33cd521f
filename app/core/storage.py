"""Where files are kept: a small interface, and the local folder that is its default.

Files are private. Nothing serves this folder; a file leaves only through :mod:`app.files`.
"""

import logging
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from flask import current_app

from app.core.errors import NotFound, UpstreamFailed

log = logging.getLogger(__name__)

# "paper/7h/7hK…w.pdf": folders and a name, nothing that any system would read as more than that.
KEY = re.compile(r"[a-z0-9_]+(/[A-Za-z0-9_-]+)*/[A-Za-z0-9_-]+(\.[a-z0-9]+)?")
SWITCHES = {"secure": "1", "virtual": "0"}  # of an S3 address, with what is usual
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


class FileMissing(NotFound):
    """The storage has no such file."""

    title = "文件不存在或已被删除"


class StorageUnavailable(UpstreamFailed):
    """The storage did not do its part; trying again later may help."""

    title = "文件存储暂时不可用，请稍后再试"


class Storage(Protocol):
    """Keeps the content of files under keys of our own making."""

    def put(self, key: str, content: bytes, media_type: str) -> None:
        """Keep *content* under *key*; an earlier one is replaced as a whole.

        :raises StorageUnavailable: it was not kept
        """

    def get(self, key: str) -> bytes:
        """The content under *key*.

        :raises FileMissing: there is none
        :raises StorageUnavailable: nobody can tell
        """

    def delete(self, key: str) -> None:
        """Forget *key*; forgetting what is not there is no fault.

        :raises StorageUnavailable: it may still be there
        """

    def exists(self, key: str) -> bool:
        """Whether there is a file under *key*.

        :raises StorageUnavailable: nobody can tell
        """


def storage() -> Storage:
    """The storage of the running app."""
    return current_app.extensions["storage"]


def checked_key(key: str) -> str:
    """The key itself, when it is one of ours.

    :raises ValueError: it could lead out of the storage's folder
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"not a storage key: {key!r}")
    return key


class LocalStorage:
    """A folder of this machine's, readable by our own user only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, content: bytes, media_type: str) -> None:
        """Written beside its place and moved there, so that nobody reads half a file."""
        path = self._path(key)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(path, content)
        except OSError as fault:
            raise _unavailable(fault) from None

    def get(self, key: str) -> bytes:
        """See :class:`Storage`."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise FileMissing from None
        except OSError as fault:
            raise _unavailable(fault) from None

    def delete(self, key: str) -> None:
        """See :class:`Storage`."""
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as fault:
            raise _unavailable(fault) from None

    def exists(self, key: str) -> bool:
        """See :class:`Storage`."""
        return self._path(key).is_file()

    def _path(self, key: str) -> Path:
        return self._folder / checked_key(key)

    def _write(self, path: Path, content: bytes) -> None:
        descriptor, draft = tempfile.mkstemp(prefix=".", dir=path.parent)  # 0600 from the start
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            Path(draft).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(draft).unlink()
            raise


def _unavailable(fault: OSError) -> StorageUnavailable:
    """A full disk, a folder without permission: an operator's matter, so it is logged."""
    log.error("storage: %s", fault.strerror or type(fault).__name__)
    return StorageUnavailable()


@dataclass(frozen=True)
class StorageAddress:
    """``STORAGE_URL``, taken apart: a folder, or a bucket of an S3-compatible service."""

    folder: Path | None = None
    endpoint: str = ""  # host:port
    bucket: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)
    is_secure: bool = True  # over HTTPS
    is_virtual: bool = False  # bucket.host instead of host/bucket

    @classmethod
    def read(cls, url: str) -> "StorageAddress":
        """Take *url* apart: ``file://folder``, relative to where the process starts or
        absolute, or ``s3://key:secret@host[:port]/bucket?region=…&secure=0|1&virtual=0|1``.

        :raises ValueError: it is neither; the text says what is wrong
        """
        if url.startswith("file://"):
            folder = url.removeprefix("file://")
            if not folder.strip("/"):
                raise ValueError("file:// needs a folder, such as file://var/files")
            return cls(folder=Path(folder))
        if not url.startswith("s3://"):
            raise ValueError("must begin with file:// or s3://")
        return cls._read_s3(urlsplit(url))

    @classmethod
    def _read_s3(cls, parts: SplitResult) -> "StorageAddress":
        if not (parts.hostname and parts.username and parts.password):
            raise ValueError("s3:// needs key:secret@host")
        bucket = unquote(parts.path.strip("/"))
        if not BUCKET.fullmatch(bucket):
            raise ValueError("s3:// needs a bucket after the host")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        switches = {name: query.pop(name, usual) for name, usual in SWITCHES.items()}
        region = query.pop("region", "")
        if query or not set(switches.values()) <= {"0", "1"}:
            raise ValueError("s3:// takes region=, secure=0|1 and virtual=0|1 only")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return cls(
            endpoint=f"{host}:{parts.port}" if parts.port else host,
            bucket=bucket,
            region=region,
            access_key=unquote(parts.username),
            secret_key=unquote(parts.password),
            is_secure=switches["secure"] == "1",
            is_virtual=switches["virtual"] == "1",
        )
