"""What changed, told to open pages. Sent after commit; lost without harm when Redis is away."""

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import current_app
from redis.exceptions import RedisError

from app.core.database import after_commit, db
from app.core.redis import client

ACCOUNT_CHANNEL = "rt:account:{}"
TOPIC_CHANNEL = "rt:topic:{}"


@dataclass
class _Mailbag(threading.local):
    """What a thread's open transaction will tell, sent in one round trip."""

    transaction: object = None
    frames: list[tuple[str, str]] = field(default_factory=list)


_bag = _Mailbag()


def publish_to_accounts(account_ids: Iterable[int], kind: str, **payload: object) -> None:
    """Tell every open page of these accounts that *kind* happened."""
    accounts = dict.fromkeys(account_ids)
    _publish([ACCOUNT_CHANNEL.format(account_id) for account_id in accounts], kind, payload)


def publish_to_topic(topic: str, kind: str, **payload: object) -> None:
    """Tell every page that watches *topic* (``booth:12``, ``fair:3``)."""
    _publish([TOPIC_CHANNEL.format(topic)], kind, payload)


def _publish(channels: list[str], kind: str, payload: dict[str, object]) -> None:
    frame = json.dumps({"kind": kind, "payload": payload}, ensure_ascii=False, default=str)
    frames = [(channel, frame) for channel in channels]
    if not db.transaction_depth():
        _send(frames)
        return
    transaction = db.top_transaction()
    if _bag.transaction is not transaction:  # the one before was rolled back, or is sent
        _bag.transaction, _bag.frames = transaction, []
        after_commit(_empty_bag)
    _bag.frames += frames


def _empty_bag() -> None:
    frames, _bag.transaction, _bag.frames = _bag.frames, None, []
    _send(frames)


def _send(frames: list[tuple[str, str]]) -> None:
    try:
        pipeline = client().pipeline(transaction=False)
        for channel, frame in frames:
            pipeline.publish(channel, frame)
        pipeline.execute()
    except RedisError:
        current_app.logger.warning("events not sent, pages will poll: %d", len(frames))
