"""Files in a bucket of an S3-compatible service: MinIO, Ceph, Tencent COS, Aliyun OSS, S3.

Nothing that the service or the network says about a request leaves this module.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import certifi
from minio import Minio
from minio.error import MinioException, S3Error
from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from app.core.storage import (
    FileMissing,
    LocalStorage,
    Storage,
    StorageAddress,
    StorageUnavailable,
    checked_key,
)

log = logging.getLogger(__name__)

PATIENCE = Timeout(connect=3.05, read=15.0)
POOL = 16  # connections kept open per process
# Putting and deleting are safe to repeat: a key's content never changes.
RETRIES = Retry(total=2, connect=1, read=1, backoff_factor=0.2, status_forcelist=(502, 503, 504))
ABSENT = {"NoSuchKey", "NoSuchObject", "ResourceNotFound"}


class S3Storage:
    """One bucket, which the operator has made and keeps closed to the world."""

    def __init__(self, address: StorageAddress) -> None:
        self._bucket = address.bucket
        self._client = Minio(
            address.endpoint,
            access_key=address.access_key,
            secret_key=address.secret_key,
            region=address.region or None,
            secure=address.is_secure,
            http_client=PoolManager(
                maxsize=POOL,
                timeout=PATIENCE,
                retries=RETRIES,
                cert_reqs="CERT_REQUIRED",
                ca_certs=certifi.where(),
            ),
        )
        if address.is_virtual:
            self._client.enable_virtual_style_endpoint()

    def put(self, key: str, content: bytes, media_type: str) -> None:
        """See :class:`Storage`."""
        with self._translated("put"):
            self._client.put_object(
                self._bucket,
                checked_key(key),
                io.BytesIO(content),
                len(content),
                content_type=str(media_type),
            )

    def get(self, key: str) -> bytes:
        """See :class:`Storage`."""
        with self._translated("get"):
            answer = self._client.get_object(self._bucket, checked_key(key))
            try:
                return answer.read()
            finally:
                answer.close()
                answer.release_conn()

    def delete(self, key: str) -> None:
        """See :class:`Storage`."""
        with self._translated("delete"):
            self._client.remove_object(self._bucket, checked_key(key))

    def exists(self, key: str) -> bool:
        """See :class:`Storage`."""
        try:
            with self._translated("stat"):
                self._client.stat_object(self._bucket, checked_key(key))
        except FileMissing:
            return False
        return True

    @contextmanager
    def _translated(self, act: str) -> Iterator[None]:
        """Every fault in our own words; which one it was stands in the log."""
        try:
            yield
        except S3Error as fault:
            if fault.code in ABSENT:
                raise FileMissing from None
            log.error("S3 %s: %s", act, fault.code)  # keys, bucket or rights: an operator's matter
            raise StorageUnavailable from None
        except (MinioException, HTTPError, OSError) as fault:
            log.warning("S3 %s: %s", act, type(fault).__name__)
            raise StorageUnavailable from None


def storage_at(url: str) -> Storage:
    """The storage that the deployment has chosen by ``STORAGE_URL``.

    :raises ValueError: the address names none
    """
    address = StorageAddress.read(url)
    return LocalStorage(address.folder) if address.folder else S3Storage(address)
