"""The clock process: one leads, faults pass, lost notifications come back."""

import signal
import threading
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import QrLogin
from app.accounts.services.qr import forget_expired_codes, open_login_code
from app.core import clock
from app.core.idempotency import IdempotencyRecord, forget_old_answers
from app.core.redis import client
from app.notifications.models import Notification, Status
from app.schedule import LEADER_KEY, Chore, Leadership, chores, run
from tests.notifications.conftest import Cast, Processes, state, wait_until


def test_one_of_several_clocks_leads(app: Flask) -> None:
    first, second = Leadership(client()), Leadership(client())
    assert first.is_mine()
    assert not second.is_mine()
    assert first.is_mine(), "the leader keeps the lead"
    assert 0 < client().pttl(LEADER_KEY) <= 6000
    second.release()
    assert first.is_mine(), "only the leader can give the lead away"
    first.release()
    assert second.is_mine()


@pytest.mark.serial
def test_without_redis_every_clock_works(app: Flask, valkey) -> None:
    clocks = Leadership(client()), Leadership(client())
    valkey.kill()
    try:
        assert all(one.is_mine() for one in clocks)
    finally:
        valkey.start()


def test_a_chore_that_fails_waits_longer_and_stops_nobody(app: Flask) -> None:
    stopping, calls = threading.Event(), []

    def broken() -> int:
        calls.append("broken")
        raise ConnectionError

    def works() -> int:
        calls.append("works")
        if calls.count("works") == 3:
            stopping.set()
        return 1

    plan = [Chore("broken", broken, 0.2), Chore("works", works, 0.2)]
    run(app, stopping, plan)
    assert calls.count("works") == 3
    assert calls.count("broken") < 3
    assert plan[0].faults == calls.count("broken")
    assert client().get(LEADER_KEY) is None, "a clock that stops gives the lead away"


def test_every_chore_can_run_twice(app: Flask) -> None:
    for chore in chores() * 2:
        chore.run(0.0)
        assert chore.faults == 0, chore.name


def test_what_is_old_is_forgotten(cast: Cast, travel) -> None:
    open_login_code("Chrome")
    person = cast.person()
    IdempotencyRecord.insert(
        account_id=person.id, key="k" * 8, fingerprint="f", status=200, body="{}"
    ).execute()
    travel(timedelta(hours=23))
    assert (forget_expired_codes(), forget_old_answers()) == (0, 0)
    travel(timedelta(hours=26))
    assert (forget_expired_codes(), forget_old_answers()) == (1, 1)
    assert QrLogin.select().count() == 0


@pytest.mark.serial
@pytest.mark.spec("G02")
def test_worker_and_clock_deliver_what_redis_forgot(
    cast: Cast, processes: Processes, valkey
) -> None:
    person = cast.person(credits=1)
    told = cast.tell(person)
    client().flushdb()  # the job is gone
    Notification.update(next_attempt_at=clock.now()).where(Notification.id == told).execute()
    timekeeper = processes.start("app.schedule")
    processes.start("app.worker")
    wait_until(lambda: state(told).status == Status.SENT)
    valkey.kill()
    lost = cast.tell(cast.person(credits=1))
    valkey.start()
    Notification.update(next_attempt_at=clock.now()).where(Notification.id == lost).execute()
    wait_until(lambda: state(lost).status == Status.SENT, 60)
    timekeeper.send_signal(signal.SIGTERM)
    assert timekeeper.wait(10) == 0
