"""The only way to a file: an address that names it, signed, and worn out after a while."""

from itsdangerous import BadSignature, URLSafeSerializer

from app.config import current
from app.core import clock
from app.files.errors import LinkExpired

ADDRESS = "/api/files/"


def link_of(upload_id: int, *, seconds: int) -> str:
    """The address of a file, good for *seconds* at least and twice that at most.

    Everybody who asks within *seconds* gets the same one, so that a page which is read
    again takes its pictures from the browser's cache.
    """
    span = int(clock.now().timestamp()) // seconds
    return ADDRESS + _signer().dumps([upload_id, (span + 2) * seconds])


def read_link(token: str) -> tuple[int, int]:
    """The upload that a link's *token* names, and how many seconds it is still good for.

    :raises LinkExpired: forged, malformed or worn out
    """
    try:
        upload_id, until = _signer().loads(token)
        left = int(until) - int(clock.now().timestamp())
    except (BadSignature, ValueError, TypeError):
        raise LinkExpired from None
    if left <= 0:
        raise LinkExpired
    return int(upload_id), left


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current().secret_key, salt="file-link")
