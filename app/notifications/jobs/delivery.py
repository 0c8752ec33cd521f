"""Delivering: batched, concurrent, in order per person, safe to run twice and in two workers."""

import logging
import time
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta

from flask import current_app
from peewee import OperationalError

from app.core import clock
from app.core.database import db
from app.core.jobs import QueueName, job
from app.core.secrets import new_token
from app.notifications.jobs import outbox
from app.notifications.jobs.channels import Channels
from app.notifications.jobs.errands import Errand, errands_of, our_channels
from app.notifications.jobs.ladder import Ladder
from app.notifications.jobs.letters import Fate
from app.notifications.jobs.metrics import count
from app.notifications.models import Status

log = logging.getLogger(__name__)

SENDERS = 48  # threads; WeChat's answers take their time
SENDING_SECONDS = 30  # no send begins later than this after its lease began
WRITE_EVERY_SECONDS = 0.25  # how much a killed worker may forget
ROUNDS_SECONDS = 60  # no round begins later; the sweep takes up what is left
JOB_SECONDS = 150
GATHER_SECONDS = 0.3  # a rush of answered applications makes forty notifications a second
WRITE_TRIES = 6


@job(QueueName.NOTIFY, timeout=JOB_SECONDS, gather_seconds=GATHER_SECONDS)
def deliver(*notification_ids: int) -> None:
    """Send these notifications, each person's older ones first. Does nothing for those done."""
    _deliver(notification_ids)


@job(QueueName.DEFAULT, timeout=JOB_SECONDS)
def deliver_batch(*notification_ids: int) -> None:
    """A part of a broadcast: the same, behind whatever concerns one person."""
    _deliver(notification_ids)


def _deliver(notification_ids: tuple[int, ...]) -> None:
    channels = our_channels()
    ladder = Ladder(channels)
    until = time.monotonic() + ROUNDS_SECONDS
    people = outbox.people_with_post(notification_ids)
    while people and time.monotonic() < until:
        served = _round(ladder, channels, people)
        people = outbox.people_left(served) if served else []


def _round(ladder: Ladder, channels: Channels, people: list[int]) -> Collection[int]:
    """Send once to everybody whose turn is free; who was served."""
    claim = new_token(16)
    post = outbox.take(people, claim)
    if not post:
        return ()
    errands = errands_of(post, channels)
    idle = post.keys() - {errand.receiver.account_id for errand in errands}
    write_patiently([], sorted(idle), claim)
    _send_all(ladder, errands, claim)
    return post.keys()


def _send_all(ladder: Ladder, errands: list[Errand], claim: str) -> None:
    """Send in threads; write in this one, a little at a time."""
    until = time.monotonic() + SENDING_SECONDS
    pool = _pool()
    running: dict[Future[list[Fate]], Errand] = {
        pool.submit(_send_to_one, ladder, errand, until): errand for errand in errands
    }
    served: list[int] = []
    fates: list[Fate] = []
    written_at = time.monotonic()
    while running:
        done, _ = wait(running, timeout=WRITE_EVERY_SECONDS, return_when=FIRST_COMPLETED)
        for future in done:
            errand = running.pop(future)
            served.append(errand.receiver.account_id)
            fates.extend(future.result())
        if served and (not running or time.monotonic() - written_at >= WRITE_EVERY_SECONDS):
            write_patiently(fates, served, claim)
            served, fates, written_at = [], [], time.monotonic()


def write_patiently(fates: list[Fate], served: list[int], claim: str) -> None:
    """Write, patiently: what was sent and is not written would be sent again."""
    for attempt in range(1, WRITE_TRIES + 1):
        try:
            outbox.write(fates, served, claim)
            break
        except OperationalError:
            if attempt == WRITE_TRIES:
                raise
            log.warning("deliveries not written, trying again", exc_info=True)
            db.close()
            time.sleep(0.5 * attempt)
            db.connect(reuse_if_open=True)
    count(fates)


def _send_to_one(ladder: Ladder, errand: Errand, until: float) -> list[Fate]:
    """One person's letters in order; behind one that must wait, the others wait too."""
    fates: list[Fate] = []
    for letter in errand.letters:
        if time.monotonic() >= until:
            break  # the lease is nearly over: what is left goes back into the line
        before = fates[-1] if fates else None
        if before is not None and before.moves_to == Status.FAILED:
            behind = (before.next_attempt_at or clock.now()) + timedelta(milliseconds=1)
            fates.append(
                Fate(
                    letter,
                    Status.FAILED,
                    tried=list(letter.tried),
                    attempts=letter.attempts,
                    next_attempt_at=behind,
                )
            )
            continue
        fates.append(ladder.send(letter, errand.receiver))
    return fates


def _pool() -> ThreadPoolExecutor:
    """The process's senders, made at the first delivery (after any fork)."""
    pools = current_app.extensions
    if "notification_senders" not in pools:
        pools["notification_senders"] = ThreadPoolExecutor(SENDERS, thread_name_prefix="sender")
    return pools["notification_senders"]
