"""Background jobs: declared next to their domain, enqueued after commit."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import update_wrapper
from typing import Any

from flask import current_app
from redis.exceptions import RedisError
from rq import Retry

from app.core.database import after_commit
from app.core.redis import client

GATHERED_AT_ONCE = 300
WOKEN_SECONDS = 10  # a run that was lost with its worker is started anew after so long
FAILURES_KEPT_SECONDS = 86_400  # RQ's own year would fill Redis during an outage


class QueueName(StrEnum):
    """RQ's job queues; the worker watches all of them, in this order."""

    URGENT = "urgent"  # of use within seconds; a worker of its own watches nothing else
    NOTIFY = "notify"
    DEFAULT = "default"


@dataclass
class Job:
    """A function that a worker runs by ids; call it directly to run it inline.

    One that gathers runs for many ids at once: whatever was enqueued in so many seconds. A
    run in a worker costs as much as the work for ten ids.
    """

    func: Callable[..., Any]
    queue: QueueName
    retry: Retry | None
    timeout: int
    gather_seconds: float
    name: str = field(init=False)

    def __post_init__(self) -> None:
        update_wrapper(self, self.func)
        self.name = f"{self.func.__module__}.{self.func.__qualname__}"
        REGISTRY[self.name] = self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if args or kwargs or not self.gather_seconds:
            return self.func(*args, **kwargs)
        time.sleep(self.gather_seconds)
        for ids in self._gathered():
            self.func(*ids)
        return None

    def enqueue(self, *args: Any, delay_seconds: float = 0) -> None:
        """Give the job to its queue once the open transaction commits."""
        after_commit(lambda: self._send(args, delay_seconds))

    def _send(self, args: tuple[Any, ...], delay_seconds: float) -> None:
        queue = current_app.extensions["queues"][self.queue]
        options = {
            "description": self.name,  # RQ would log every id of a broadcast
            "retry": self.retry,
            "job_timeout": self.timeout,
            "result_ttl": 0,
            "failure_ttl": FAILURES_KEPT_SECONDS,
        }
        try:
            if self.gather_seconds:
                if self._gather(args):
                    queue.enqueue(self.name, **options)
            elif delay_seconds:
                queue.enqueue_in(timedelta(seconds=delay_seconds), self.name, *args, **options)
            else:
                queue.enqueue(self.name, *args, **options)
        except RedisError:
            # The row is committed; the sweep in app/schedule.py will queue it again.
            current_app.logger.warning("job not queued, the sweep will: %s%s", self.name, args)

    def _gather(self, ids: tuple[Any, ...]) -> bool:
        """Lay ids down for the next run; tells whether one has to be started."""
        pipeline = client().pipeline(transaction=False)
        pipeline.rpush(f"jobs:{self.name}", *ids)
        pipeline.set(f"jobs:{self.name}:woken", 1, nx=True, ex=WOKEN_SECONDS)
        return bool(pipeline.execute()[1])

    def _gathered(self) -> Iterator[list[int]]:
        """What was laid down; from the first look on, whoever lays down more starts a new run."""
        client().delete(f"jobs:{self.name}:woken")
        while ids := client().lpop(f"jobs:{self.name}", GATHERED_AT_ONCE):
            yield [int(one) for one in ids]


REGISTRY: dict[str, Job] = {}


def job(
    queue: QueueName, *, retry: Retry | None = None, timeout: int = 60, gather_seconds: float = 0
) -> Callable[[Callable[..., Any]], Job]:
    """Declare a function as deferred work on *queue*; *timeout* in seconds.

    With *gather_seconds* its arguments are ids, and runs that are asked for in that time are one.
    """
    return lambda func: Job(func, queue, retry, timeout, gather_seconds)
