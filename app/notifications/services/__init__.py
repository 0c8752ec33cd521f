"""What the product asks of notifications."""

from app.notifications.services.inbox import InboxPage, list_inbox, mark_read
from app.notifications.services.outbox import notify, notify_many, retry_notification, sweep
from app.notifications.services.pushes import remember_popup, take_push

__all__ = [
    "InboxPage",
    "list_inbox",
    "mark_read",
    "notify",
    "notify_many",
    "remember_popup",
    "retry_notification",
    "sweep",
    "take_push",
]
