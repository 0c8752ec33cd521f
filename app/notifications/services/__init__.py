"""What the product asks of notifications."""

from app.notifications.services.asks import asks_for, asks_of_all, template_id_of
from app.notifications.services.inbox import InboxPage, list_inbox, mark_read
from app.notifications.services.outbox import notify, notify_many, retry_notification, sweep
from app.notifications.services.pushes import remember_popup, take_push
from app.notifications.services.urgent import urge

__all__ = [
    "InboxPage",
    "asks_for",
    "asks_of_all",
    "list_inbox",
    "mark_read",
    "notify",
    "notify_many",
    "remember_popup",
    "retry_notification",
    "sweep",
    "take_push",
    "template_id_of",
    "urge",
]
