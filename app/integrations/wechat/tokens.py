"""The keeper of an account's access token: one for all threads and processes."""

import logging
import secrets
import threading
import time
from collections.abc import Callable

from redis import Redis, RedisError

log = logging.getLogger(__name__)

LOCK_SECONDS = 15  # longer than a fetch with its timeouts can take
WAIT_SECONDS = 8.0
EARLY_SECONDS = 120  # a token this near its end is not handed out any more
RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"

Fetch = Callable[[], tuple[str, int]]  # () → token, seconds it lives


class TokenKeeper:
    """Fetches a token once and shares it: in this process, and through Redis with the others.

    With Redis down every process keeps its own: ``stable_token`` gives them all the same.
    """

    def __init__(self, appid: str, fetch: Fetch, redis: Redis | None) -> None:
        self._fetch = fetch
        self._redis = redis
        self._key = f"wechat:token:{appid}"
        self._lock_key = f"wechat:token-lock:{appid}"
        self._lock = threading.Lock()
        self._token = ""
        self._good_until = 0.0  # monotonic

    def current(self) -> str:
        """The token in use, fetched when there is none."""
        if self._token and time.monotonic() < self._good_until:
            return self._token
        with self._lock:
            if self._token and time.monotonic() < self._good_until:
                return self._token
            return self._share_or_fetch(stale="")

    def renew(self, *, stale: str) -> str:
        """A token other than *stale*, which WeChat has refused.

        Of many threads that saw the same refusal one fetches; the others take what it got.
        """
        with self._lock:
            if self._token and self._token != stale and time.monotonic() < self._good_until:
                return self._token
            return self._share_or_fetch(stale=stale)

    def _share_or_fetch(self, *, stale: str) -> str:
        try:
            return self._under_redis_lock(stale)
        except RedisError:
            log.warning("redis is out of reach: this process keeps its own WeChat token")
            return self._fetch_and_keep(share=False)

    def _under_redis_lock(self, stale: str) -> str:
        if self._redis is None:
            return self._fetch_and_keep(share=False)
        owner = secrets.token_hex(8)
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            if self._take_shared(stale):
                return self._token
            if self._redis.set(self._lock_key, owner, nx=True, ex=LOCK_SECONDS):
                break
            time.sleep(0.05)
        try:
            if self._take_shared(stale):
                return self._token
            return self._fetch_and_keep(share=True)
        finally:
            self._redis.eval(RELEASE, 1, self._lock_key, owner)

    def _take_shared(self, stale: str) -> bool:
        """Take over what another process has put into Redis."""
        if self._redis is None:
            return False
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.get(self._key)
        pipeline.ttl(self._key)
        shared, left = pipeline.execute()
        token = shared.decode() if isinstance(shared, bytes) else shared
        if not token or token == stale or left <= 0:
            return False
        self._keep(token, left)
        return True

    def _fetch_and_keep(self, *, share: bool) -> str:
        token, life_seconds = self._fetch()
        left = max(life_seconds - EARLY_SECONDS, min(life_seconds, 30))
        self._keep(token, left)
        if share and self._redis is not None:
            self._redis.set(self._key, token, ex=max(int(left), 1))
        return token

    def _keep(self, token: str, left_seconds: float) -> None:
        self._token = token
        self._good_until = time.monotonic() + left_seconds
