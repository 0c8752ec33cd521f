"""Presence leases of connected pages, written in batches: thousands of pings, few round trips."""

import logging
from collections.abc import Callable

from gevent.event import Event
from redis import Redis
from redis.exceptions import RedisError

from app.core import presence

log = logging.getLogger("realtime")

BATCH_SECONDS = 0.2


class Leases:
    """Collects renewals and departures; the last word per account counts."""

    def __init__(self, redis: Redis):
        self._redis = redis
        self._wanted: dict[int, bool] = {}
        self._news = Event()

    def renew(self, account_id: int) -> None:
        """The person is there for another 45 s."""
        self._wanted[account_id] = True
        self._news.set()

    def leave(self, account_id: int) -> None:
        """No page is in front of the person."""
        self._wanted[account_id] = False
        self._news.set()

    def write_out(self) -> None:
        """Write what was collected. Lost with Redis away: the next ping says it again."""
        wanted, self._wanted = self._wanted, {}
        if not wanted:
            return
        pipeline = self._redis.pipeline(transaction=False)
        for account_id, is_there in wanted.items():
            if is_there:
                presence.renew(account_id, pipeline)
            else:
                presence.leave(account_id, pipeline)
        try:
            pipeline.execute()
        except RedisError:
            log.warning("presence of %d accounts not written", len(wanted))

    def run(self, pause: Callable[[float], object]) -> None:
        """Write forever, at most every 0.2 s; *pause* sleeps (gevent's)."""
        while True:
            self._news.wait()
            self._news.clear()
            self.write_out()
            pause(BATCH_SECONDS)
