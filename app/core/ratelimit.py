"""Counting windows in Redis: how often somebody may try something."""

from redis.exceptions import RedisError

from app.core.errors import TooMany
from app.core.redis import client


def limit(key: str, *, times: int, seconds: int) -> None:
    """Allow *times* calls for *key* in a window of *seconds*; open while Redis is away.

    :raises TooMany: the window is used up; ``retry_after`` in seconds
    """
    name = f"limit:{key}"
    try:
        pipeline = client().pipeline(transaction=True)  # else a window could end between the two
        pipeline.set(name, 0, ex=seconds, nx=True)
        pipeline.incr(name)
        pipeline.ttl(name)
        _, used, left = pipeline.execute()
    except RedisError:
        return
    if used > times:
        raise TooMany(retry_after=max(int(left), 1))


def forget(key: str) -> None:
    """Start *key*'s window anew, after a success."""
    try:
        client().delete(f"limit:{key}")
    except RedisError:
        return
