"""Rules about notifications."""

from app.core.errors import NotFound


class NotificationNotFound(NotFound):
    """There is no such notification, or it is somebody else's."""

    title = "通知不存在"
