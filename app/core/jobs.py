"""Background jobs: declared next to their domain, enqueued after commit."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import update_wrapper
from typing import Any

from flask import current_app
from redis.exceptions import RedisError
from rq import Retry

from app.core.database import after_commit

FAILURES_KEPT_SECONDS = 86_400  # RQ's own year would fill Redis during an outage


class QueueName(StrEnum):
    """RQ's job queues; the worker watches all of them, in this order."""

    URGENT = "urgent"  # of use within seconds; a worker of its own watches nothing else
    NOTIFY = "notify"
    DEFAULT = "default"


@dataclass
class Job:
    """A function that a worker runs by ids; call it directly to run it inline."""

    func: Callable[..., Any]
    queue: QueueName
    retry: Retry | None
    timeout: int
    name: str = field(init=False)

    def __post_init__(self) -> None:
        update_wrapper(self, self.func)
        self.name = f"{self.func.__module__}.{self.func.__qualname__}"
        REGISTRY[self.name] = self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.func(*args, **kwargs)

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
            if delay_seconds:
                queue.enqueue_in(timedelta(seconds=delay_seconds), self.name, *args, **options)
            else:
                queue.enqueue(self.name, *args, **options)
        except RedisError:
            # The row is committed; the sweep in app/schedule.py will queue it again.
            current_app.logger.warning("job not queued, the sweep will: %s%s", self.name, args)


REGISTRY: dict[str, Job] = {}


def job(
    queue: QueueName, *, retry: Retry | None = None, timeout: int = 60
) -> Callable[[Callable[..., Any]], Job]:
    """Declare a function as deferred work on *queue*; *timeout* in seconds."""
    return lambda func: Job(func, queue, retry, timeout)
