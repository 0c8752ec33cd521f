"""The urgent lane: a ring lasts 30 s, so its messages pass every line and every back-off."""

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from flask import current_app

from app.core.jobs import QueueName, job
from app.core.secrets import new_token
from app.notifications.jobs import outbox
from app.notifications.jobs.delivery import write_patiently
from app.notifications.jobs.errands import errands_of, our_channels
from app.notifications.jobs.ladder import Ladder
from app.notifications.jobs.letters import Fate

SENDERS = 32  # threads: what hangs must not hold up what comes after it
LOOK_EVERY_SECONDS = 0.2
LOOKING_SECONDS = 5  # then the queue is asked again: a lone worker has other jobs too
JOB_SECONDS = 60


@job(QueueName.URGENT, timeout=JOB_SECONDS)
def rush(*_notification_ids: int) -> None:
    """Send everything urgent at once; while it is under way, also what becomes urgent.

    The jobs of a burst find nothing left when the first of them has taken it all.
    """
    channels = our_channels()
    ladder, claim = Ladder(channels), new_token(16)
    until = time.monotonic() + LOOKING_SECONDS
    running: set[Future[Fate]] = set()
    while True:
        post = outbox.take_urgent(claim) if time.monotonic() < until else {}
        for errand in errands_of(post, channels) if post else ():
            for letter in errand.letters:
                running.add(_pool().submit(ladder.send, letter, errand.receiver))
        if not running:
            return
        done, running = wait(running, timeout=LOOK_EVERY_SECONDS, return_when=FIRST_COMPLETED)
        if done:
            write_patiently([future.result() for future in done], [], claim)


def _pool() -> ThreadPoolExecutor:
    """The process's urgent senders, made at the first of them (after any fork)."""
    pools = current_app.extensions
    if "urgent_senders" not in pools:
        pools["urgent_senders"] = ThreadPoolExecutor(SENDERS, thread_name_prefix="urgent")
    return pools["urgent_senders"]
