"""Deliveries repeated, raced and interrupted: nothing is lost, nobody is sent to twice at once."""

import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import Account
from app.core import clock
from app.core.database import atomic, db
from app.core.jobs import QueueName
from app.notifications import jobs
from app.notifications.jobs import outbox
from app.notifications.models import DeliveryTurn, Notification, Status
from app.notifications.services import notify_many, retry_notification, sweep
from app.notifications.services.outbox import FIRST_SWEEP_SECONDS, IDS_PER_JOB
from tests.notifications.conftest import (
    PAGE,
    Cast,
    Kind,
    Person,
    Processes,
    state,
    traces,
    wait_until,
)

SUBSCRIBE_PATH = "/cgi-bin/message/subscribe/send"


def run_apart(app: Flask, *ids: int) -> threading.Thread:
    """The job in another worker: a thread with its own app context and connection."""

    def work() -> None:
        with app.app_context():
            try:
                jobs.deliver(*ids)
            finally:
                db.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def crowd(cast: Cast, size: int, credits: int = 1) -> list[Person]:
    return [cast.person(f"学生{number}", credits=credits) for number in range(size)]


def test_a_finished_notification_is_not_sent_again(cast: Cast) -> None:
    person = cast.person(credits=2)
    told = cast.tell(person)
    jobs.deliver(told)
    jobs.deliver(told, told)
    assert len(cast.received(person)) == 1
    assert len(traces(told)) == 1


@pytest.mark.serial
def test_two_workers_share_the_same_ids_without_a_double(cast: Cast) -> None:
    people = crowd(cast, 12)
    ids = [cast.tell(person) for person in people]
    cast.sandbox.switch(delay_ms=50)
    threads = [run_apart(cast.app, *ids) for _ in range(4)]
    for thread in threads:
        thread.join()
    assert [len(cast.received(person)) for person in people] == [1] * 12
    assert {str(state(one).status) for one in ids} == {"sent"}
    assert DeliveryTurn.select().count() == 0


def test_one_person_gets_things_in_order_and_one_at_a_time(cast: Cast) -> None:
    person = cast.person(credits=6)
    ids = [cast.tell(person, employer=f"单位{number}") for number in range(6)]
    cast.sandbox.switch(delay_ms=60, serial_sends=True)  # WeChat refuses a second one meanwhile
    threads = [run_apart(cast.app, one) for one in reversed(ids)]
    for thread in threads:
        thread.join()
    sent = [message["fields"]["thing1"] for message in cast.received(person)]
    assert sent == [f"单位{number}" for number in range(6)]
    assert {outcome for one in ids for _, outcome, _ in traces(one)} == {"sent"}


def test_an_older_failed_one_goes_before_a_new_one(cast: Cast) -> None:
    person = cast.person(credits=2)
    cast.sandbox.fault(SUBSCRIBE_PATH, times=1, errcode=-1)
    first = cast.tell(person, employer="先到")
    jobs.deliver(first)
    assert state(first).status == Status.FAILED
    second = cast.tell(person, employer="后到")
    jobs.deliver(second)
    assert [one["fields"]["thing1"] for one in cast.received(person)] == ["先到", "后到"]


def test_behind_one_that_waits_the_newer_ones_wait(cast: Cast, travel) -> None:
    person = cast.person(credits=2)
    cast.sandbox.fault(SUBSCRIBE_PATH, times=1, errcode=-1)
    first, second = cast.tell(person, employer="先到"), cast.tell(person, employer="后到")
    jobs.deliver(first, second)
    jobs.deliver(second)
    assert cast.sandbox.calls(SUBSCRIBE_PATH) == 1
    assert [str(state(one).status) for one in (first, second)] == ["failed", "failed"]
    travel(timedelta(seconds=6))
    assert sweep() == 2
    jobs.deliver(first, second)
    assert [one["fields"]["thing1"] for one in cast.received(person)] == ["先到", "后到"]


def test_nobody_waits_behind_another_person(cast: Cast) -> None:
    stuck, free = cast.person(credits=1), cast.person(credits=1)
    cast.sandbox.fault(SUBSCRIBE_PATH, times=1, hang_seconds=1)
    first = cast.tell(stuck)
    thread = run_apart(cast.app, first)
    wait_until(lambda: state(first).status == Status.SENDING)
    second = cast.tell(free)
    jobs.deliver(second)
    assert state(second).status == Status.SENT
    thread.join()


def test_a_dead_workers_people_come_back_after_the_lease(cast: Cast, travel) -> None:
    person = cast.person(credits=1)
    told = cast.tell(person)
    outbox.take([person.id], "dead-worker")  # and then it is killed
    jobs.deliver(told)
    assert state(told).status == Status.SENDING
    assert cast.received(person) == []
    travel(timedelta(seconds=outbox.LEASE_SECONDS + 1))
    assert sweep() == 1
    jobs.deliver(told)
    assert state(told).status == Status.SENT
    assert len(cast.received(person)) == 1


def test_a_worker_that_outlived_its_lease_says_nothing(cast: Cast, travel) -> None:
    person = cast.person(credits=1)
    told = cast.tell(person)
    outbox.take([person.id], "slow-worker")
    travel(timedelta(seconds=outbox.LEASE_SECONDS + 1))
    sweep()
    outbox.give_back([person.id], "slow-worker")
    assert state(told).status == Status.PENDING
    jobs.deliver(told)
    outbox.give_back([person.id], "slow-worker")
    assert state(told).status == Status.SENT


def test_nothing_is_queued_when_the_command_fails(cast: Cast, queued: Callable) -> None:
    person = cast.person()
    with pytest.raises(RuntimeError), atomic():
        cast.tell(person)
        raise RuntimeError
    assert queued() == []
    assert Notification.select().count() == 0


def test_a_notification_is_queued_at_the_commit(cast: Cast, queued: Callable) -> None:
    person = cast.person()
    with atomic():
        told = cast.tell(person)
        assert queued() == []
    assert queued() == [told]


@pytest.mark.serial
def test_with_redis_away_the_command_stands_and_the_sweep_delivers(
    cast: Cast, valkey, queued: Callable, travel
) -> None:
    person = cast.person(credits=1)
    valkey.kill()
    try:
        told = cast.tell(person)
    finally:
        valkey.start()
    assert state(told).status == Status.PENDING
    assert queued() == []
    travel(timedelta(seconds=FIRST_SWEEP_SECONDS + 1))
    assert sweep() == 1
    assert queued() == [told]
    assert sweep() == 0, "it is queued already"


def test_one_job_takes_along_what_else_waits(cast: Cast) -> None:
    people = crowd(cast, 5)
    ids = [cast.tell(person) for person in people]
    jobs.deliver(ids[-1])
    assert {str(state(one).status) for one in ids} == {"sent"}


def test_a_broadcast_tells_everybody_once(cast: Cast, queued: Callable) -> None:
    people = crowd(cast, 5)
    ids = [person.id for person in people]
    words = {"fair": "春季双选会", "text": "今晚八点开始"}
    assert notify_many(ids + ids, Kind.FAIR_NOTICE, params=words, page=PAGE, subject="fair:1") == 5
    batch = queued()
    assert len(batch) == 5
    assert sorted(state(one).account_id for one in batch) == sorted(ids)


def test_what_concerns_one_person_goes_before_a_broadcast(cast: Cast, queued: Callable) -> None:
    first = Account.create(name="学生")
    Account.insert_many([{"name": f"学生{number}"} for number in range(IDS_PER_JOB)]).execute()
    everybody = range(first.id, first.id + IDS_PER_JOB + 1)
    words = {"fair": "春季双选会", "text": "今晚八点开始"}
    notify_many(everybody, Kind.FAIR_NOTICE, params=words, page=PAGE, subject="fair:1")
    assert queued() == []
    batches = cast.app.extensions["queues"]["default"].jobs
    assert [len(job.args) for job in batches] == [IDS_PER_JOB, 1]
    told = cast.tell(cast.person())
    assert queued() == [told]
    asked = list(QueueName)
    assert asked.index(QueueName.NOTIFY) < asked.index(QueueName.DEFAULT), "asked before the other"


def test_staff_send_an_exhausted_one_again(cast: Cast, queued: Callable) -> None:
    person = cast.person()
    told = cast.tell(person)
    jobs.deliver(told)
    assert state(told).status == Status.EXHAUSTED
    cast.agree(person)
    retry_notification(told)
    jobs.deliver(told)
    assert state(told).status == Status.SENT


@pytest.mark.serial
@pytest.mark.spec("G02")
def test_a_killed_worker_loses_nothing(cast: Cast, processes: Processes, travel) -> None:
    people = crowd(cast, 60, credits=2)  # what was on its way may be sent again
    cast.sandbox.switch(delay_ms=700)
    worker = processes.start("app.worker")
    ids = [cast.tell(person) for person in people]
    sent = Notification.select().where(Notification.status == Status.SENT)
    wait_until(lambda: sent.count() >= 3)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert sent.count() < len(ids)
    cast.sandbox.switch(delay_ms=0)
    travel(timedelta(seconds=outbox.LEASE_SECONDS + FIRST_SWEEP_SECONDS))
    time.sleep(1)  # what the dead worker had sent arrives
    sweep()
    jobs.deliver(*ids)
    assert sent.count() == len(ids)
    received = [len(cast.received(person)) for person in people]
    # Sent but not yet written down when it died: once more, never a third time.
    assert min(received) == 1 and max(received) <= 2


@pytest.mark.serial
def test_the_worker_survives_redis_and_stops_when_told(
    cast: Cast, processes: Processes, valkey
) -> None:
    first, second = cast.person(credits=1), cast.person(credits=1)
    worker = processes.start("app.worker")
    early = cast.tell(first)
    wait_until(lambda: state(early).status == Status.SENT)
    valkey.kill()
    valkey.start()
    late = cast.tell(second)
    wait_until(lambda: state(late).status == Status.SENT, 40)
    assert worker.poll() is None
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(15) == 0
    assert clock.now() > state(late).created_at
