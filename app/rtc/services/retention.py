"""How long a media provider's notices are kept: they are network logs.

Network logs are kept for six months at least (网络安全法 §23), and personal data no longer than
needed (个人信息保护法 §19).
"""

from datetime import timedelta

from app.core import clock
from app.core.database import atomic
from app.core.night import is_night
from app.rtc.models import RtcEvent

KEPT = timedelta(days=184)  # six months, be they the longest
MOST_AT_ONCE = 5_000


def forget_old_notices() -> int:
    """Delete the oldest notices that were kept long enough; how many. For the clock, at night."""
    if not is_night():
        return 0
    with atomic():
        oldest = RtcEvent.select(RtcEvent.id, RtcEvent.received_at).order_by(RtcEvent.id)
        over = [
            number
            for number, received_at in oldest.limit(MOST_AT_ONCE).tuples()
            if received_at < clock.now() - KEPT
        ]
        return RtcEvent.delete().where(RtcEvent.id.in_(over)).execute() if over else 0
