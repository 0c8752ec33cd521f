"""Commands a phone may repeat: the same key gives the same answer, and one effect.

The key's row is written in the command's own transaction, so either both are
kept or neither; of two simultaneous repeats the database lets one through.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Response, g, request
from peewee import BigIntegerField, CharField, IntegerField, IntegrityError, TextField

from app.core import clock
from app.core.database import BaseModel, UTCDateTimeField, atomic
from app.core.errors import DomainError, Invalid
from app.core.prepared import Prepared, bind, blank_columns

KEEP_HOURS = 48


class IdempotencyKeyReused(Invalid):
    """The key was used for another command."""

    title = "重复请求的标识被用于另一个操作"


class IdempotencyKeyInvalid(Invalid):
    """The key is not 8 to 64 visible characters."""

    title = "重复请求的标识格式不正确"


class IdempotencyRecord(BaseModel):
    """What a command answered to one account's key."""

    account_id = BigIntegerField()
    key = CharField(max_length=64)
    fingerprint = CharField(max_length=64)
    status = IntegerField()
    body = TextField()
    at = UTCDateTimeField(default=clock.now, index=True)

    class Meta:
        indexes = ((("account_id", "key"), True),)


_COLUMNS = ("account_id", "key", "fingerprint", "status", "body", "at")
_WRITE = Prepared(lambda: IdempotencyRecord.insert(blank_columns(IdempotencyRecord, _COLUMNS)))
_EARLIER = Prepared(
    lambda: IdempotencyRecord.select().where(
        (IdempotencyRecord.account_id == bind("account_id"))
        & (IdempotencyRecord.key == bind("key"))
    )
)


def idempotent(view: Callable[..., Any]) -> Callable[..., Any]:
    """Honour the ``Idempotency-Key`` header; place directly under ``@requires``."""

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return view(*args, **kwargs)
        if not 8 <= len(key) <= 64 or not key.isascii() or not key.isprintable():
            raise IdempotencyKeyInvalid
        fingerprint = _fingerprint()
        earlier = _find(key, fingerprint)
        if earlier is not None:
            return earlier
        try:
            with atomic():
                response = view(*args, **kwargs)
                _keep(key, fingerprint, response)
            return response
        except (IntegrityError, DomainError):
            earlier = _find(key, fingerprint)  # a simultaneous repeat may have won
            if earlier is None:
                raise
            return earlier

    once.is_idempotent = True  # type: ignore[attr-defined]
    return once


def forget_old_answers() -> int:
    """Drop what was answered more than 48 hours ago; how many. For the clock."""
    oldest = clock.now() - timedelta(hours=KEEP_HOURS)
    with atomic():
        return IdempotencyRecord.delete().where(IdempotencyRecord.at < oldest).execute()


def _fingerprint() -> str:
    content = f"{request.method} {request.path}\n".encode() + request.get_data()
    return hashlib.sha256(content).hexdigest()


def _find(key: str, fingerprint: str) -> Response | None:
    record = _EARLIER.first(account_id=g.account_id, key=key)
    if record is None:
        return None
    if record.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    response = Response(record.body, record.status, content_type="application/json")
    response.headers["Idempotent-Replay"] = "true"
    return response


def _keep(key: str, fingerprint: str, response: Response) -> None:
    _WRITE.write(
        account_id=g.account_id,
        key=key,
        fingerprint=fingerprint,
        status=response.status_code,
        body=response.get_data(as_text=True),
        at=clock.now(),
    )
