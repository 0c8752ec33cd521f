"""What the clock calls and how often. ``python -m app.schedule``

Several may run: while Redis answers, one of them leads; while it does not, all of them
work, which is safe because every service here is a guarded UPDATE that changes nothing
the second time.
"""

import logging
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

from flask import Flask
from redis import Redis
from redis.exceptions import RedisError

from app.accounts.services.people import forget_ended_logins
from app.accounts.services.qr import forget_expired_codes
from app.conduct.services.meters import renew_meters
from app.config import Config
from app.core import audit
from app.core.database import db
from app.core.idempotency import forget_old_answers
from app.core.redis import client
from app.factory import bare_app
from app.files.services import forget_loose_files, forget_unattached_uploads
from app.interviews.services.closing import close_ended_fairs
from app.interviews.services.decisions import deliver_rejections
from app.interviews.services.grace import end_lost_calls
from app.interviews.services.handover import forget_hand_overs
from app.interviews.services.holds import end_due_holds
from app.interviews.services.lapsing import lapse_leftovers
from app.interviews.services.promises import RENEWED_EVERY, renew_promises, score_promises
from app.interviews.services.reach import climb_rings
from app.interviews.services.readings import learn_from_promises, renew_forecasts
from app.interviews.services.ready import tell_ready
from app.interviews.services.ringing import expire_rings
from app.interviews.services.starts import end_unanswered_starts
from app.interviews.services.talk import forget_talk
from app.interviews.services.transfers import release_orphans
from app.notifications.services import sweep
from app.notifications.services.retention import forget_old_notifications
from app.positions.services.review import chase_text_checks, expire_positions
from app.recovery.services.appeals import forget_old_drafts
from app.recovery.services.codes import forget_old_recoveries
from app.rtc.services.retention import forget_old_notices

log = logging.getLogger("schedule")

TICK_SECONDS = 0.25
LEADER_KEY = "schedule:leader"
LEADER_SECONDS = 6
LONGEST_PAUSE_SECONDS = 30.0
RENEW = """
if redis.call('get', KEYS[1]) == ARGV[1] then
  return redis.call('pexpire', KEYS[1], ARGV[2])
end
return redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
"""
RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"


@dataclass
class Chore:
    """A service the clock calls every *every_seconds*; it answers how much it did."""

    name: str
    call: Callable[[], int]
    every_seconds: float
    due_at: float = 0.0  # monotonic
    faults: int = 0  # in a row

    def run(self, now: float) -> None:
        """Call it once; a fault is logged and the pause grows, so that an outage stays quiet."""
        try:
            with audit.acting(None, "clock"):
                done = self.call()
        except Exception:
            self.faults += 1
            pause = min(self.every_seconds * 2**self.faults, LONGEST_PAUSE_SECONDS)
            pause = max(pause, self.every_seconds)
            log.exception("%s failed, again in %.0f s", self.name, pause)
        else:
            self.faults, pause = 0, self.every_seconds
            if done:
                log.info("%s: %s", self.name, done)
        self.due_at = now + pause


def chores() -> list[Chore]:
    """All that happens by itself."""
    return [
        Chore("expire rings", expire_rings, 1),
        Chore("end unanswered starts", end_unanswered_starts, 1),
        Chore("end due holds", end_due_holds, 1),
        Chore("release tickets of empty desks", release_orphans, 30),
        Chore("deliver rejections", deliver_rejections, 1),
        Chore("climb rings", climb_rings, 1),
        Chore("sweep notifications", sweep, 1),
        Chore("tell who is ready", tell_ready, 2.5),
        Chore("end lost calls", end_lost_calls, 2),
        Chore("close ended fairs", close_ended_fairs, 10),
        Chore("lapse leftovers", lapse_leftovers, 30),
        Chore("renew forecasts", renew_forecasts, 10),
        Chore("renew promises", renew_promises, RENEWED_EVERY),
        Chore("score promises", score_promises, 10),
        Chore("learn from promises", learn_from_promises, 30),
        Chore("renew meters", renew_meters, 30),
        Chore("expire positions", expire_positions, 60),
        Chore("chase text checks", chase_text_checks, 60),
        Chore("forget talk", forget_talk, 600),
        Chore("forget hand-overs", forget_hand_overs, 3600),
        Chore("forget login codes", forget_expired_codes, 600),
        Chore("forget ended logins", forget_ended_logins, 3600),
        Chore("forget unattached uploads", forget_unattached_uploads, 600),
        Chore("forget loose files", forget_loose_files, 600),
        Chore("forget repeated commands", forget_old_answers, 600),
        Chore("forget old notifications", forget_old_notifications, 60),
        Chore("forget old notices", forget_old_notices, 60),
        Chore("forget old recoveries", forget_old_recoveries, 3600),
        Chore("forget old appeals", forget_old_drafts, 3600),
    ]


class Leadership:
    """At most one clock works while Redis answers; it passes on within seconds."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._me = secrets.token_hex(8)

    def is_mine(self) -> bool:
        """Take or keep the lead; everybody leads while Redis is away."""
        try:
            return bool(self._redis.eval(RENEW, 1, LEADER_KEY, self._me, LEADER_SECONDS * 1000))
        except RedisError:
            return True

    def release(self) -> None:
        """Let another clock lead at once."""
        try:
            self._redis.eval(RELEASE, 1, LEADER_KEY, self._me)
        except RedisError:
            log.warning("the lead ends by itself in %s s", LEADER_SECONDS)


def run(app: Flask, stopping: threading.Event, todo: Sequence[Chore] | None = None) -> None:
    """Call what is due until *stopping* is set."""
    plan = list(todo) if todo is not None else chores()
    with app.app_context():
        leadership = Leadership(client())
        asked_at, leads = float("-inf"), False
        while not stopping.wait(TICK_SECONDS):
            now = time.monotonic()
            if now - asked_at >= (LEADER_SECONDS / 3 if leads else 1):
                asked_at, leads = now, leadership.is_mine()
            if leads:
                _run_due(plan, stopping)
        leadership.release()


def _run_due(plan: Sequence[Chore], stopping: threading.Event) -> None:
    """One connection for what is due now; back in the pool while nothing is."""
    try:
        for chore in plan:
            if not stopping.is_set() and chore.due_at <= time.monotonic():
                chore.run(time.monotonic())
    finally:
        if not db.is_closed():
            db.close()


def main() -> int:
    """Build the app from the environment and keep the time until SIGTERM."""
    app = bare_app(Config.from_env())
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    run(app, stopping)
    return 0


if __name__ == "__main__":
    sys.exit(main())
