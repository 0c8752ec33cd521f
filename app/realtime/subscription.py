"""The one subscription to Redis. It comes back by itself, and then pages read their screens anew.

It takes every ``rt:*`` channel by pattern: an event for somebody who is not
connected here costs 35 µs, a subscription per page two round trips.
"""

import logging
import time
from collections.abc import Callable

from redis import Redis
from redis.client import PubSub
from redis.exceptions import RedisError

from app.realtime.hub import Hub

log = logging.getLogger("realtime")

PATTERN = "rt:*"
PING_SECONDS = 10.0
SILENT_SECONDS = 25.0  # a connection that answers no ping is dead, whatever TCP believes
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0


class Subscription:
    """Feeds the hub from Redis."""

    def __init__(self, redis: Redis, hub: Hub):
        self._redis, self._hub = redis, hub
        self.is_live = False

    def run(self, pause: Callable[[float], object]) -> None:
        """Subscribe forever; *pause* sleeps (gevent's)."""
        wait = FIRST_PAUSE
        missed = False
        while True:
            pubsub = self._redis.pubsub()
            try:
                pubsub.psubscribe(PATTERN)
                self._listen(pubsub, missed)
            except (RedisError, OSError, ConnectionError) as error:
                log.warning("subscription lost: %s", error)
            if self.is_live:
                wait, missed = FIRST_PAUSE, True
                self._hub.tally.reconnects += 1
            self.is_live = False
            pubsub.close()
            pause(wait)
            wait = min(wait * 2, LONGEST_PAUSE)

    def _listen(self, pubsub: PubSub, missed: bool) -> None:
        heard_at = asked_at = time.monotonic()
        while True:
            message = pubsub.get_message(timeout=PING_SECONDS / 2)
            now = time.monotonic()
            if message is not None:
                heard_at = now
                if message["type"] == "pmessage":
                    self._hub.deliver(message["channel"], message["data"])
                elif message["type"] == "psubscribe":
                    self.is_live = True
                    if missed:
                        self._hub.resync()
            if now - heard_at > SILENT_SECONDS:
                raise ConnectionError("Redis is silent")
            if now - asked_at > PING_SECONDS:
                asked_at = now
                pubsub.ping()
