"""What changed, told to open pages. Sent after commit; lost without harm when Redis is away."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson
from flask import current_app
from redis.exceptions import RedisError

from app.core.database import after_commit, db
from app.core.redis import client

ACCOUNT_CHANNEL = "rt:account:{}"  # one account, or several: "rt:account:7,12"
TOPIC_CHANNEL = "rt:topic:{}"
MOST_ACCOUNTS = 500  # in the name of one channel


@dataclass
class _Mailbag(threading.local):
    """What a thread's open transaction will tell, sent in one round trip."""

    transaction: object = None
    frames: list[tuple[str, bytes]] = field(default_factory=list)


_bag = _Mailbag()


def publish_to_accounts(account_ids: Iterable[int], kind: str, **payload: object) -> None:
    """Tell every open page of these accounts that *kind* happened."""
    accounts = [str(account_id) for account_id in dict.fromkeys(account_ids)]
    channels = [
        ACCOUNT_CHANNEL.format(",".join(accounts[start : start + MOST_ACCOUNTS]))
        for start in range(0, len(accounts), MOST_ACCOUNTS)
    ]
    _publish(channels, kind, payload)


def publish_to_topic(topic: str, kind: str, **payload: object) -> None:
    """Tell every page that watches *topic* (``booth:12``, ``fair:3``)."""
    _publish([TOPIC_CHANNEL.format(topic)], kind, payload)


def _publish(channels: list[str], kind: str, payload: dict[str, object]) -> None:
    frame = orjson.dumps({"kind": kind, "payload": payload}, default=str)
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


def _send(frames: list[tuple[str, bytes]]) -> None:
    try:
        pipeline = client().pipeline(transaction=False)
        for channel, frame in frames:
            pipeline.publish(channel, frame)
        pipeline.execute()
    except RedisError:
        current_app.logger.warning("events not sent, pages will poll: %d", len(frames))
