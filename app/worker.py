"""The RQ worker: app context, one database connection per job.

``python -m app.worker`` watches all job queues, ``python -m app.worker urgent`` that one: what
is of use within seconds must not wait behind a broadcast.
"""

import logging
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import Any

from flask import Flask
from redis import Redis
from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.job import Job as RQJob
from rq.serializers import JSONSerializer

from app.config import Config
from app.core import audit
from app.core.database import db
from app.core.jobs import QueueName
from app.factory import bare_app

log = logging.getLogger("worker")

WORKER_TTL_SECONDS = 30  # a killed worker's jobs are found again after seconds, not minutes
MAINTENANCE_SECONDS = 10
MONITORING_SECONDS = 5
LONGEST_PAUSE_SECONDS = 15.0
ALL_QUEUES = tuple(queue.value for queue in QueueName)


class Worker(SimpleWorker):
    """Runs jobs in this very process: ten times the jobs of a fork per job."""

    log_result_lifespan = False
    max_connection_wait_time = LONGEST_PAUSE_SECONDS

    is_told_to_stop = False  # whether SIGTERM or SIGINT ended the work, not a fault of Redis

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Remember it: RQ itself does so only while a job is running."""
        self.is_told_to_stop = True
        super().request_stop(signum, frame)


def job_class_for(app: Flask) -> type[RQJob]:
    """Jobs that run inside *app* with a database connection of their own from the pool."""

    class AppJob(RQJob):
        def perform(self) -> Any:
            with app.app_context(), audit.acting(None, "worker"):
                db.connect(reuse_if_open=True)
                try:
                    return super().perform()
                finally:
                    if not db.is_closed():
                        db.close()

    return AppJob


def build_worker(app: Flask, queues: Sequence[str] = ALL_QUEUES) -> Worker:
    """A worker of these job queues, the first before the others.

    :raises RedisError: Redis does not answer
    """
    config: Config = app.extensions["config"]
    for name in ("rq.worker", "rq.scheduler"):  # RQ sets levels of its own
        logging.getLogger(name).setLevel(config.log_level)
    return Worker(
        list(queues),
        connection=Redis.from_url(config.redis_url, socket_connect_timeout=5),
        serializer=JSONSerializer,
        job_class=job_class_for(app),
        worker_ttl=WORKER_TTL_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
    )


def run(app: Flask, queues: Sequence[str] = ALL_QUEUES) -> None:
    """Work until told to stop; while Redis is away, ask again after a growing pause."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    pause = 1.0
    while not stopping.is_set():
        signal.signal(signal.SIGTERM, stop)  # RQ puts its own in place while it works
        signal.signal(signal.SIGINT, stop)
        try:
            worker = build_worker(app, queues)
            worked = worker.work(with_scheduler=True, logging_level=None)
        except RedisError as fault:
            log.warning("Redis is away, trying again in %.0f s: %s", pause, fault)
        else:
            if worker.is_told_to_stop:
                return
            pause = 1.0 if worked else pause
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        stopping.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


def main() -> int:
    """Build the app from the environment and work on the queues that are named, or on all."""
    named = tuple(QueueName(name).value for name in sys.argv[1:])
    run(bare_app(Config.from_env()), named or ALL_QUEUES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
