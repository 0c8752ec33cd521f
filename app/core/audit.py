"""Who did what, when and why. Written by every transition and every staff change."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from peewee import BigIntegerField, CharField

from app.core.clock import now
from app.core.database import BaseModel, JsonField, UTCDateTimeField
from app.core.prepared import Prepared, blank_columns


class AuditEntry(BaseModel):
    """One act on one record."""

    subject = CharField(max_length=64, index=True)  # "interview:42"
    action = CharField(max_length=48)
    before = JsonField(null=True)
    after = JsonField(null=True)
    reason = CharField(max_length=500, default="")
    actor_id = BigIntegerField(null=True)  # null: the clock did it
    actor_role = CharField(max_length=16, default="clock")
    request_id = CharField(max_length=40, default="")
    at = UTCDateTimeField(default=now, index=True)


_COLUMNS = [field.name for field in AuditEntry._meta.sorted_fields if field.name != "id"]
_WRITE = Prepared(lambda: AuditEntry.insert(blank_columns(AuditEntry, _COLUMNS)))


ROWS_PER_INSERT = 400


@dataclass(frozen=True)
class Actor:
    """Whoever acts in this context: an account with a role, staff, or the clock."""

    id: int | None = None
    role: str = "clock"
    request_id: str = ""


NOBODY = Actor()
_actor: ContextVar[Actor] = ContextVar("actor", default=NOBODY)


def actor() -> Actor:
    """Who acts now."""
    return _actor.get()


def enter(actor: Actor) -> None:
    """Let *actor* act until the context ends (a request sets it once)."""
    _actor.set(actor)


@contextmanager
def acting(actor_id: int | None, role: str, request_id: str = "") -> Iterator[None]:
    """Let an account with *role* act inside the block."""
    token = _actor.set(Actor(actor_id, role, request_id))
    try:
        yield
    finally:
        _actor.reset(token)


def subject_of(record: BaseModel) -> str:
    """How the audit names a record: ``interview:42``."""
    return f"{record._meta.name}:{record.id}"


def record(
    subject: BaseModel | str,
    action: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write one entry for the acting person."""
    who = _actor.get()
    _WRITE.write(
        subject=subject if isinstance(subject, str) else subject_of(subject),
        action=action,
        before=before,
        after=after,
        reason=reason[:500],
        actor_id=who.id,
        actor_role=who.role,
        request_id=who.request_id,
        at=now(),
    )


def record_many(
    entries: Iterable[tuple[str, dict[str, Any], dict[str, Any]]], action: str, reason: str = ""
) -> None:
    """Write one entry for each subject with what was before and after, for the acting person."""
    who, at = _actor.get(), now()
    rows = [
        {
            "subject": subject,
            "action": action,
            "before": before,
            "after": after,
            "reason": reason[:500],
            "actor_id": who.id,
            "actor_role": who.role,
            "request_id": who.request_id,
            "at": at,
        }
        for subject, before, after in entries
    ]
    for start in range(0, len(rows), ROWS_PER_INSERT):
        AuditEntry.insert_many(rows[start : start + ROWS_PER_INSERT]).execute()
