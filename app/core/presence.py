"""Who has a page open, by leases in Redis that lapse by themselves (E07, E13)."""

from collections.abc import Iterable, Sequence

from redis import Redis
from redis.exceptions import RedisError

from app.core import clock
from app.core.errors import UpstreamFailed
from app.core.redis import client

LEASE_SECONDS = 45
KEY = "presence:{}"
AWAY_KEY = "away:{}"
AWAY_REMEMBERED = 120  # seconds after the last asking: an absence of this morning is none of now


class PresenceUnknown(UpstreamFailed):
    """Redis does not answer, so nobody can say who is online."""

    title = "在线状态暂时无法获取，请稍后再试"


def renew(account_id: int, redis: Redis | None = None) -> None:
    """Hold the lease for another 45 s; quietly does nothing while Redis is away."""
    try:
        (redis or client()).set(KEY.format(account_id), b"1", ex=LEASE_SECONDS)
    except RedisError:
        return


def leave(account_id: int, redis: Redis | None = None) -> None:
    """Give the lease back: the page was hidden or closed."""
    try:
        (redis or client()).delete(KEY.format(account_id))
    except RedisError:
        return


def online(account_ids: Sequence[int] | Iterable[int]) -> set[int]:
    """Those of *account_ids* whose lease runs; one round trip.

    :raises PresenceUnknown: when Redis does not answer
    """
    ids = list(dict.fromkeys(account_ids))
    if not ids:
        return set()
    try:
        leases = client().mget([KEY.format(account_id) for account_id in ids])
    except RedisError as error:
        raise PresenceUnknown from error
    return {account_id for account_id, lease in zip(ids, leases, strict=True) if lease}


def away_for(account_ids: Iterable[int], seconds: float) -> set[int]:
    """Those who had no lease whenever this was asked in the last *seconds*.

    Ask every minute at least: what nobody asks of for two is forgotten.

    :raises PresenceUnknown: when Redis does not answer
    """
    ids = sorted(set(account_ids))
    present, now = online(ids), clock.now().timestamp()
    absent = [account_id for account_id in ids if account_id not in present]
    try:
        asking = client().pipeline(transaction=False)
        for account_id in present:
            asking.delete(AWAY_KEY.format(account_id))
        for account_id in absent:
            asking.set(AWAY_KEY.format(account_id), now, nx=True)
            asking.get(AWAY_KEY.format(account_id))
            asking.expire(AWAY_KEY.format(account_id), AWAY_REMEMBERED)
        since = asking.execute()[len(present) + 1 :: 3]
    except RedisError as error:
        raise PresenceUnknown from error
    return {
        account_id
        for account_id, at in zip(absent, since, strict=True)
        if now - float(at) >= seconds
    }


def online_or_none(account_ids: Iterable[int]) -> set[int]:
    """Like :func:`online` for pages that only show it: nobody when Redis does not answer."""
    try:
        return online(account_ids)
    except PresenceUnknown:
        return set()
