"""A person's own notifications, delivered elsewhere or not."""

from datetime import datetime
from typing import TypedDict

from app.core import clock
from app.core.database import atomic
from app.core.pagination import decode_cursor, encode_cursor
from app.notifications.errors import NotificationNotFound
from app.notifications.models import Notification
from app.notifications.texts import render

PAGE = 20


class InboxItem(TypedDict):
    """One notification as its receiver reads it."""

    id: int
    kind: str
    title: str
    body: str
    page: str
    created_at: datetime
    read_at: datetime | None


class InboxPage(TypedDict):
    """The newest first."""

    items: list[InboxItem]
    unread: int
    next_cursor: str | None


def list_inbox(account_id: int, cursor: str | None = None) -> InboxPage:
    """A page of the account's notifications, the newest first.

    :raises CursorInvalid: not a cursor of this list
    """
    over = Notification.is_urgent & (Notification.expires_at <= clock.now())
    mine = (Notification.account == account_id) & ~over
    unread = Notification.select().where(mine & Notification.read_at.is_null()).count()
    rows = Notification.select().where(mine)
    if (key := decode_cursor(cursor, int)) is not None:
        rows = rows.where(Notification.id < key[0])
    found = list(rows.order_by(Notification.id.desc()).limit(PAGE + 1))
    shown = found[:PAGE]
    more = len(found) > PAGE
    return {
        "items": [_item(row) for row in shown],
        "unread": unread,
        "next_cursor": encode_cursor(shown[-1].id) if more else None,
    }


def mark_read(account_id: int, notification_id: int) -> None:
    """The person has seen it; seeing it again changes nothing.

    :raises NotificationNotFound: no such notification, or somebody else's
    """
    mine = (Notification.id == notification_id) & (Notification.account == account_id)
    with atomic():
        if not Notification.select().where(mine).exists():
            raise NotificationNotFound
        Notification.update(read_at=clock.now()).where(
            mine & Notification.read_at.is_null()
        ).execute()


def _item(row: Notification) -> InboxItem:
    title, body = render(row.kind, row.params)
    return {
        "id": row.id,
        "kind": str(row.kind),
        "title": title,
        "body": body,
        "page": row.page,
        "created_at": row.created_at,
        "read_at": row.read_at,
    }
