"""Counting windows in Redis: how often somebody may try something."""

from redis.exceptions import RedisError

from app.core.errors import TooMany
from app.core.redis import client

GIVE_BACK = "return redis.call('exists', KEYS[1]) == 1 and redis.call('decr', KEYS[1]) or 0"


def limit(key: str, *, times: int, seconds: int) -> None:
    """Allow *times* calls for *key* in a window of *seconds*; open while Redis is away.

    :raises TooMany: the window is used up; ``retry_after`` in seconds
    """
    used, left = _count(key, seconds)
    if used > times:
        raise TooMany(retry_after=max(left, 1))


def use(key: str, *, seconds: int) -> int:
    """How often *key* was used in its window, this time included; 0 while Redis is away."""
    return _count(key, seconds)[0]


def give_back(key: str) -> None:
    """One use of *key* does not count after all."""
    try:
        client().eval(GIVE_BACK, 1, f"limit:{key}")
    except RedisError:
        return


def forget(key: str) -> None:
    """Start *key*'s window anew, after a success."""
    try:
        client().delete(f"limit:{key}")
    except RedisError:
        return


def _count(key: str, seconds: int) -> tuple[int, int]:
    """Uses in this window and the seconds left of it; nothing is known while Redis is away."""
    name = f"limit:{key}"
    try:
        pipeline = client().pipeline(transaction=True)  # else a window could end between the two
        pipeline.set(name, 0, ex=seconds, nx=True)
        pipeline.incr(name)
        pipeline.ttl(name)
        _, used, left = pipeline.execute()
    except RedisError:
        return 0, 0
    return int(used), int(left)
