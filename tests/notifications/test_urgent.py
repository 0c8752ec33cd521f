"""The urgent lane: out within a second, whatever else is on its way."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.database import atomic
from app.notifications import jobs, ledger
from app.notifications.models import (
    Channel,
    CreditEvent,
    DeliveryAttempt,
    DeliveryTurn,
    Notification,
    Status,
)
from app.notifications.services import notify_many, retry_notification, sweep, urge
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
from tests.racing import at_once

RINGING = Kind.INTERVIEW_RINGING


def call(person: Person, *channels: Channel, seconds: float = 30) -> int:
    """A step of a ring's ladder."""
    return urge(
        person.id,
        RINGING,
        channels=channels or (Channel.SUBSCRIBE, Channel.SERVICE),
        params={"employer": "远航科技", "position": "后端工程师", "booth": "A001"},
        page=PAGE,
        subject="interview:88",
        fair_id=None,
        expires_at=clock.now() + timedelta(seconds=seconds),
    )


def test_urgent_ones_wait_for_nobodys_turn(cast: Cast) -> None:
    person = cast.person(credits=1)
    cast.agree(person, 1, RINGING)
    until = clock.now() + timedelta(seconds=60)
    DeliveryTurn.create(account=person.account, claim="another worker", until=until)
    before, told = cast.tell(person), call(person)
    jobs.deliver(before)
    jobs.rush(told)
    assert (state(before).status, state(told).status) == (Status.PENDING, Status.SENT)


def test_the_line_leaves_what_is_urgent_alone(cast: Cast) -> None:
    person = cast.person(credits=1)
    cast.agree(person, 1, RINGING)
    told, after = call(person), cast.tell(person)
    jobs.deliver(told, after)
    assert (state(told).status, state(after).status) == (Status.PENDING, Status.SENT)


def test_an_urgent_one_waits_a_moment_for_wechat_to_take_the_other(cast: Cast) -> None:
    """WeChat takes one message at a time for a person (43108)."""
    person = cast.person(credits=1)
    cast.agree(person, 1, RINGING)
    ordinary, urgent = cast.tell(person), call(person)
    cast.sandbox.switch(delay_ms=500)
    at_once(cast.app, lambda: jobs.deliver(ordinary), lambda: jobs.rush(urgent))
    assert state(urgent).status == Status.SENT
    assert traces(urgent) == [("subscribe", "sent", "")]


@pytest.mark.serial
def test_of_two_workers_each_sends_its_own(cast: Cast) -> None:
    people = [cast.person(f"学生{place}") for place in range(12)]
    for person in people:
        cast.agree(person, 1, RINGING)
        call(person)
    at_once(cast.app, jobs.rush, jobs.rush, jobs.rush)
    assert [len(cast.received(person)) for person in people] == [1] * len(people)
    assert len(list(DeliveryAttempt.select())) == len(people), "nobody tried what another took"
    assert all(cast.credit(person, RINGING) == 0 for person in people)


def test_a_worker_that_died_loses_no_ring(cast: Cast, travel) -> None:
    person = cast.person()
    cast.agree(person, 1, RINGING)
    told = call(person, seconds=60)
    Notification.update(status=Status.SENDING, claim="dead").where(
        Notification.id == told
    ).execute()
    travel(timedelta(seconds=21))
    assert sweep() == 1
    jobs.rush()
    assert state(told).status == Status.SENT


def test_what_was_rolled_back_is_not_sent(cast: Cast, queued) -> None:
    person = cast.person()
    with pytest.raises(ZeroDivisionError), atomic():
        call(person)
        raise ZeroDivisionError
    assert Notification.select().count() == 0
    assert cast.app.extensions["queues"]["urgent"].jobs == []


def test_staff_may_send_it_again_as_an_ordinary_one(cast: Cast) -> None:
    person = cast.person()
    told = call(person)
    jobs.rush()
    assert state(told).status == Status.EXHAUSTED
    cast.agree(person, 1, RINGING)
    retry_notification(told)
    jobs.deliver(told)
    assert state(told).status == Status.SENT


@pytest.mark.serial
@pytest.mark.spec("E13", "G02")
def test_a_ring_is_out_within_a_second_while_a_broadcast_is_sent(
    cast: Cast, processes: Processes
) -> None:
    cast.sandbox.switch(delay_ms=800)
    crowd = [cast.person(f"学生{place}", credits=1) for place in range(150)]
    processes.start("app.worker", "notify", "default")
    processes.start("app.worker", "urgent")
    person = cast.person()
    cast.agree(person, 1, RINGING)
    wait_until(lambda: len(cast.app.extensions["redis"].smembers("rq:workers")) == 2)
    words = {"employer": "远航科技", "position": "", "booth": "A001"}
    notify_many(
        [one.id for one in crowd],
        Kind.INTERVIEW_ACCEPTED,
        params=words,
        page=PAGE,
        subject="fair:1",
    )
    sent = Notification.status == Status.SENT
    wait_until(lambda: Notification.select().where(sent).exists())
    told = call(person)
    wait_until(lambda: state(told).status == Status.SENT)
    left = Notification.select().where(~sent).count()
    taken = (state(told).sent_at - state(told).created_at).total_seconds()
    assert taken < 1 + 0.8, f"{taken:.2f} s, of which WeChat took 0.8"
    assert left, "the broadcast was still on its way"


@pytest.mark.spec("M01")
def test_the_ledger_adds_up_after_rings_retries_and_writing_twice(cast: Cast) -> None:
    person = cast.person()
    template = cast.sandbox.template_id(RINGING)
    cast.sandbox.accept(person.user, template, times=3)
    for place in range(3):
        ledger.add(person.id, {f"popup:{place}": template})
    told = call(person)
    jobs.rush()
    Notification.update(status=Status.EXHAUSTED).where(Notification.id == told).execute()
    retry_notification(told)
    jobs.deliver(told)
    assert len(cast.received(person)) == 2
    once = ledger.Spending(person.id, template, 1, ledger.Source.SPENT, "spent:x")
    ledger.spend([once])
    ledger.spend([once])  # the database answered late and the worker wrote again
    changes = sum(event.change for event in CreditEvent.select())
    assert cast.credit(person, RINGING) == changes == 0
