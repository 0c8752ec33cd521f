"""What the product asks of notifications."""

from app.notifications.services.inbox import InboxPage, list_inbox, mark_read
from app.notifications.services.outbox import notify, notify_many, sweep
from app.notifications.services.pushes import remember_popup, take_push

__all__ = [
    "InboxPage",
    "list_inbox",
    "mark_read",
    "notify",
    "notify_many",
    "remember_popup",
    "sweep",
    "take_push",
]
