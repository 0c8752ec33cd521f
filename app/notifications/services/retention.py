"""How long notifications are kept: as long as the law asks for, and not longer.

What a recruitment service told people belongs to its records, kept for three years (网络招聘
服务管理规定 §26, 电子商务法 §31); afterwards personal data must go (个人信息保护法 §19).
"""

from datetime import timedelta

from app.core import clock
from app.core.database import atomic
from app.core.night import is_night
from app.notifications.models import UNDONE, Notification

KEPT = timedelta(days=3 * 366)
MOST_AT_ONCE = 2_000  # their deliveries go with them


def forget_old_notifications() -> int:
    """Delete the oldest that were kept long enough; how many. For the clock, at night.

    The oldest have the smallest numbers: no index by time is needed to find them.
    """
    if not is_night():
        return 0
    columns = (Notification.id, Notification.status, Notification.created_at)
    with atomic():
        oldest = Notification.select(*columns).order_by(Notification.id).limit(MOST_AT_ONCE)
        over = [
            number
            for number, status, created_at in oldest.tuples()
            if created_at < clock.now() - KEPT and status not in UNDONE
        ]
        return Notification.delete().where(Notification.id.in_(over)).execute() if over else 0
