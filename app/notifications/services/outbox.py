"""Writing notifications, and the sweep that loses none of them (G02)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from app.core import clock
from app.core.database import atomic
from app.core.events import publish_to_accounts
from app.core.prepared import PreparedCreate
from app.notifications import jobs
from app.notifications.errors import NotificationNotFound
from app.notifications.jobs.metrics import SWEPT
from app.notifications.models import (
    UNDONE,
    Notification,
    NotificationKind,
    Status,
    move_many,
)

ROWS_PER_INSERT = 500
IDS_PER_JOB = 300
FIRST_SWEEP_SECONDS = 15  # a job that has not run by then was lost with Redis
BROADCAST_SWEEP_SECONDS = 60
NEXT_SWEEP_SECONDS = 30
MOST_PER_SWEEP = 2_000
_CREATE = PreparedCreate(Notification)


def notify(
    account_id: int,
    kind: NotificationKind,
    *,
    params: Mapping[str, object],
    page: str,
    subject: str,
    fair_id: int | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Tell one person something, in the transaction of the command that caused it.

    *page* is the mini-program's path with its query; *subject* names the record
    ("interview:42"), *fair_id* the fair whose meter it counts on. After *expires_at* no
    channel sends it any more. Returns the notification's id.
    """
    now = clock.now()
    with atomic():
        row = _row(account_id, kind, params, page, subject)
        row |= {"fair_id": fair_id, "expires_at": expires_at}
        later = now + timedelta(seconds=FIRST_SWEEP_SECONDS)
        notification_id = _CREATE(**row, next_attempt_at=later).id
        jobs.deliver.enqueue(notification_id)
        publish_to_accounts([account_id], "notification.new", id=notification_id)
    return notification_id


def notify_many(
    account_ids: Iterable[int],
    kind: NotificationKind,
    *,
    params: Mapping[str, object],
    page: str,
    subject: str,
    fair_id: int | None = None,
) -> int:
    """Tell many people the same (a broadcast); how many. Nobody is told twice."""
    made: list[int] = []
    later = clock.now() + timedelta(seconds=BROADCAST_SWEEP_SECONDS)
    accounts = iter(dict.fromkeys(account_ids))
    with atomic():
        while chunk := list(islice(accounts, ROWS_PER_INSERT)):
            rows = [
                _row(account_id, kind, params, page, subject)
                | {"next_attempt_at": later, "fair_id": fair_id}
                for account_id in chunk
            ]
            written = Notification.insert_many(rows).returning(Notification.id).tuples()
            made += [notification_id for (notification_id,) in written.execute()]
            publish_to_accounts(chunk, "notification.new", id=None)
        _enqueue(made)
    return len(made)


def retry_notification(notification_id: int) -> None:
    """Try every channel again, by staff: after a template or an account was put right.

    :raises NotificationNotFound: no such notification
    :raises InvalidTransition: on its way already, or arrived
    """
    notification = Notification.get_or_none(Notification.id == notification_id)
    if notification is None:
        raise NotificationNotFound
    later = clock.now() + timedelta(seconds=FIRST_SWEEP_SECONDS)
    with atomic():
        afresh = {"tried": [], "only": [], "attempts": 0, "claim": "", "is_urgent": False}
        notification.retry(
            channel=None, message_id="", expires_at=None, next_attempt_at=later, **afresh
        )
        jobs.deliver.enqueue(notification_id)


def sweep() -> int:
    """Queue again what waits too long: lost jobs, back-offs that ended, workers that died.

    For the clock, every second or two; several may sweep at once. Returns how many.
    """
    now = clock.now()
    due = Notification.status.in_(UNDONE) & (Notification.next_attempt_at <= now)
    with atomic():
        first = (
            Notification.select(Notification.id)
            .where(due)
            .order_by(Notification.next_attempt_at, Notification.id)
            .limit(MOST_PER_SWEEP)
        )
        again = (
            move_many(
                "requeue",
                Notification.id.in_([row_id for (row_id,) in first.tuples()]) & due,
                claim="",
                next_attempt_at=now + timedelta(seconds=NEXT_SWEEP_SECONDS),
            )
            .returning(Notification.id, Notification.is_urgent)
            .tuples()
            .execute()
        )
        found = sorted(again)
        ids = [notification_id for notification_id, _ in found]
        _enqueue([notification_id for notification_id, is_urgent in found if not is_urgent])
        if any(is_urgent for _, is_urgent in found):
            jobs.rush.enqueue()
    SWEPT.inc(len(ids))
    return len(ids)


def _row(
    account_id: int, kind: NotificationKind, params: Mapping[str, object], page: str, subject: str
) -> dict[str, object]:
    return {
        "account": account_id,
        "kind": kind,
        "params": dict(params),
        "page": page.lstrip("/"),
        "subject": subject,
        "status": Status.PENDING,
        "created_at": clock.now(),
    }


def _enqueue(ids: Sequence[int]) -> None:
    """A few go at once; many wait behind what concerns one person."""
    send = jobs.deliver if len(ids) <= IDS_PER_JOB else jobs.deliver_batch
    for start in range(0, len(ids), IDS_PER_JOB):
        send.enqueue(*ids[start : start + IDS_PER_JOB])
