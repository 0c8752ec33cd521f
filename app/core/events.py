"""What changed, told to open pages. Sent after commit; lost without harm when Redis is away."""

import json
from collections.abc import Iterable

from flask import current_app
from redis.exceptions import RedisError

from app.core.database import after_commit
from app.core.redis import client

ACCOUNT_CHANNEL = "rt:account:{}"
TOPIC_CHANNEL = "rt:topic:{}"


def publish_to_accounts(account_ids: Iterable[int], kind: str, **payload: object) -> None:
    """Tell every open page of these accounts that *kind* happened."""
    channels = [ACCOUNT_CHANNEL.format(account_id) for account_id in dict.fromkeys(account_ids)]
    after_commit(lambda: _send(channels, kind, payload))


def publish_to_topic(topic: str, kind: str, **payload: object) -> None:
    """Tell every page that watches *topic* (``booth:12``, ``fair:3``)."""
    after_commit(lambda: _send([TOPIC_CHANNEL.format(topic)], kind, payload))


def _send(channels: list[str], kind: str, payload: dict[str, object]) -> None:
    frame = json.dumps({"kind": kind, "payload": payload}, ensure_ascii=False, default=str)
    try:
        pipeline = client().pipeline(transaction=False)
        for channel in channels:
            pipeline.publish(channel, frame)
        pipeline.execute()
    except RedisError:
        current_app.logger.warning("event not sent, pages will poll: %s", kind)
