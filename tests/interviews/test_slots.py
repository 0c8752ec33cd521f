"""Guaranteed slots: fixed times, one ticket each, none of a student's in the same hour."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from app.core import presence
from app.core.database import atomic
from app.forecasts.models import Forecast, Promise
from app.interviews.admission_errors import SlotNotOffered, SlotsClash, SlotTaken
from app.interviews.errors import QuotaReached
from app.interviews.models import Interview
from app.interviews.services import queue, ringing
from app.interviews.services.booth_line import change_line
from app.interviews.services.promises import renew_promises
from app.interviews.services.readings import renew_forecasts
from app.interviews.services.slots import slot_times
from app.students.models import Student
from tests.racing import at_once

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def fair(factory, travel):
    travel(NOON)
    return factory.fair(starts_at=NOON - 60 * MINUTE, ends_at=NOON + 180 * MINUTE)


@pytest.fixture
def crowded(factory, fair):
    """Makes booths whose lines are hopeless, each with its recruiter."""

    def make():
        booth = factory.booth(fair)
        recruiter = factory.recruiter(booth)
        presence.renew(recruiter.id)
        with atomic():
            for _ in range(40):
                student = Student.create(account=factory.account(), name="学生")
                Interview.create(fair=fair, booth=booth, student=student, status="waiting")
        renew_forecasts()
        return booth, recruiter

    return make


def book(booth, student, minutes):
    return queue.apply_for_interview(booth.id, student.account_id, slot_at=NOON + minutes * MINUTE)


def minutes_of(booth, hours, start=NOON):
    return [(at - NOON) / MINUTE for at in slot_times(booth, hours, start)]


def test_slots_stand_at_the_same_minutes_of_every_hour(factory, fair):
    booth = factory.booth(fair)
    hours = [(NOON + 20 * MINUTE, NOON + 130 * MINUTE)]
    assert minutes_of(booth, hours) == [30, 60, 90, 120]
    fair.slots_per_hour = 3
    booth.fair = fair
    assert minutes_of(booth, hours) == [20, 40, 60, 80, 100, 120]
    fair.slots_per_hour = 0
    assert minutes_of(booth, hours) == []


@pytest.mark.parametrize("per_hour", range(1, 13))
def test_hour_has_as_many_slots_as_the_fair_grants(factory, fair, per_hour):
    booth = factory.booth(fair)
    booth.fair.slots_per_hour = per_hour
    hours = [(NOON, NOON + 200 * MINUTE)]
    inside = [at for at in minutes_of(booth, hours) if 60 <= at < 120]
    assert len(inside) == per_hour


def test_slot_leaves_time_for_a_whole_talk(factory, fair):
    booth = factory.booth(fair)
    assert minutes_of(booth, [(NOON, NOON + 39 * MINUTE)]) == [0]
    assert minutes_of(booth, [(NOON, NOON + 40 * MINUTE)]) == [0, 30]


def test_slot_leaves_time_for_a_talk_as_long_as_the_booths_are(factory, fair, crowded):
    booth, _ = crowded()
    Forecast.update(cycle_seconds=1900.0).where(Forecast.booth == booth).execute()
    student = factory.participant(fair)
    with pytest.raises(SlotNotOffered):
        book(booth, student, 150)  # the fair ends at 180
    ticket = book(booth, student, 120)
    (kept,) = Promise.select().where(Promise.ticket_id == ticket)
    assert kept.low_at == NOON + 120 * MINUTE and kept.high_at <= kept.closes_at


def test_late_booth_offers_no_slot_before_it_comes(factory, fair, crowded):
    booth, _ = crowded()
    late_until = NOON + 70 * MINUTE
    Forecast.update(late_until=late_until).where(Forecast.booth == booth).execute()
    with pytest.raises(SlotNotOffered):
        book(booth, factory.participant(fair), 60)
    assert book(booth, factory.participant(fair), 90)


def test_booked_slot_lengthens_the_wait_of_those_it_steps_in_before(factory, fair, crowded):
    booth, _ = crowded()
    assert renew_promises() == 40
    ids = [one.id for one in Interview.select().order_by(Interview.queued_at, Interview.id)]
    before = _newest(ids[4])
    for minutes in (30, 60, 90):
        assert book(booth, factory.participant(fair), minutes)
    Promise.delete().where(Promise.ticket_id == ids[4]).execute()
    renew_promises()
    after = _newest(ids[4])
    assert after.ahead == before.ahead and after.high_at >= before.high_at + 5 * MINUTE


def _newest(ticket_id):
    mine = Promise.select().where(Promise.ticket_id == ticket_id)
    return mine.order_by(Promise.id.desc()).get()


@pytest.mark.spec("E04")
def test_slot_belongs_to_one_ticket(factory, fair, crowded):
    booth, _ = crowded()
    first, second = factory.participant(fair), factory.participant(fair)
    ticket = book(booth, first, 60)
    with pytest.raises(SlotTaken):
        book(booth, second, 60)
    queue.withdraw_ticket(ticket, first.account_id)
    assert book(booth, second, 60), "a slot that was given back is free again"


@pytest.mark.parametrize("minutes", [7, -30, 0, 175, 600])
def test_other_times_are_not_slots(factory, fair, crowded, minutes):
    booth, _ = crowded()
    with pytest.raises(SlotNotOffered):
        book(booth, factory.participant(fair), minutes)


def test_slot_is_for_those_whom_the_line_cannot_promise_a_turn(factory, fair):
    booth = factory.booth(fair)
    presence.renew(factory.recruiter(booth).id)
    renew_forecasts()
    with pytest.raises(SlotNotOffered):
        book(booth, factory.participant(fair), 60)


def test_two_slots_of_a_student_never_lie_in_the_same_hour(factory, fair, crowded):
    (one, _), (other, _) = crowded(), crowded()
    student = factory.participant(fair)
    book(one, student, 60)
    with pytest.raises(SlotsClash):
        book(other, student, 90)
    assert book(other, student, 120)


def test_slot_outside_the_booths_window_is_not_offered(factory, fair, crowded):
    booth, recruiter = crowded()
    change_line(booth.id, recruiter.id, {"windows": [(NOON, NOON + 80 * MINUTE)]})
    renew_forecasts()
    with pytest.raises(SlotNotOffered):
        book(booth, factory.participant(fair), 90)


@pytest.mark.spec("E04")
def test_slot_is_called_first_when_its_time_has_come(factory, fair, crowded, travel):
    booth, recruiter = crowded()
    student = factory.participant(fair)
    ticket = book(booth, student, 30)
    queue.accept_application(ticket, recruiter.id)
    travel(NOON + 30 * MINUTE)
    for one in Interview.select().where(Interview.booth == booth):
        presence.renew(one.student.account_id)
    assert ringing.ring_next(booth.id, recruiter.id) == ticket


def test_interview_of_a_booked_slot_is_left_to_it(factory, fair, crowded):
    booth, recruiter = crowded()
    booked = book(booth, factory.participant(fair), 30)
    change_line(booth.id, recruiter.id, {"quota": 42})  # 40 are in line
    first, second = (
        queue.apply_for_interview(booth.id, factory.participant(fair).account_id, anyway=True)
        for _ in range(2)
    )
    queue.accept_application(first, recruiter.id)
    with pytest.raises(QuotaReached):
        queue.accept_application(second, recruiter.id)
    queue.accept_application(booked, recruiter.id)


@pytest.mark.serial
def test_of_two_who_book_at_once_one_gets_the_slot(app, factory, fair, crowded):
    booth, _ = crowded()
    students = [factory.participant(fair) for _ in range(4)]
    outcomes = at_once(app, *(partial(book, booth, student, 60) for student in students))
    refused = [one for one in outcomes if isinstance(one, SlotTaken)]
    booked = Interview.select().where(Interview.slot_at.is_null(False))
    assert booked.count() == 1 and len(refused) == 3, outcomes
