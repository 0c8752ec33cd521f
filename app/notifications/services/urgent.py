"""Telling somebody what is of use only now, one step of the ladder at a time (E13)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from app.core import clock
from app.core.database import atomic
from app.core.events import publish_to_accounts
from app.notifications import jobs
from app.notifications.models import Channel, Notification, NotificationKind, move_many

LOST_SECONDS = 3  # a job that has not run by then was lost with Redis


def urge(
    account_id: int,
    kind: NotificationKind,
    *,
    channels: Sequence[Channel],
    params: Mapping[str, object],
    page: str,
    subject: str,
    fair_id: int | None,
    expires_at: datetime,
) -> int:
    """Send one person something at once by the first of *channels* that takes it.

    Told again of the same *subject* and expiry, the same notification climbs on: what was
    tried or has arrived is left out. Inside a command. Returns the notification's id.
    """
    with atomic():
        known = _find(account_id, kind, subject, expires_at)
        if known is not None:
            _climb(known, channels)
            return known.id
        notification = Notification.create(
            account=account_id,
            kind=kind,
            params=dict(params),
            page=page.lstrip("/"),
            subject=subject,
            fair_id=fair_id,
            is_urgent=True,
            only=[str(channel) for channel in channels],
            expires_at=expires_at,
            next_attempt_at=clock.now() + timedelta(seconds=LOST_SECONDS),
            created_at=clock.now(),
        )
        jobs.rush.enqueue(notification.id)
        publish_to_accounts([account_id], "notification.new", id=notification.id)
    return notification.id


def _find(
    account_id: int, kind: NotificationKind, subject: str, expires_at: datetime
) -> Notification | None:
    same = (Notification.subject == subject) & (Notification.expires_at == expires_at)
    theirs = (Notification.account == account_id) & (Notification.kind == kind)
    return Notification.select().where(same & theirs & Notification.is_urgent).first()


def _climb(notification: Notification, channels: Sequence[Channel]) -> None:
    """The next step: what is still under way at the last one is not waited for."""
    done = {*notification.tried, str(notification.channel or "")}
    left = [str(channel) for channel in channels if str(channel) not in done]
    if not left:
        return
    move_many(
        "climb",
        Notification.id == notification.id,
        only=left,
        attempts=0,
        claim="",
        next_attempt_at=clock.now() + timedelta(seconds=LOST_SECONDS),
    ).execute()
    jobs.rush.enqueue(notification.id)
