"""A fair ends: its open tickets lapse in pieces, and each student is told once."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest

from app.core import audit
from app.core.audit import AuditEntry
from app.core.database import atomic
from app.core.redis import client
from app.fairs.models import Participation
from app.fairs.services.staging import end_fair
from app.interviews.models import Interview, Ring, Status
from app.interviews.services import closing, lapsing, ringing
from app.notifications.models import Notification, NotificationKind
from app.students.models import Student
from tests.counting import queries


def crowd(stand, students: int, booths: int) -> list[int]:
    """Tickets of many students, at every booth each; their ids."""
    at = [stand.booth, *(stand.factory.booth(stand.fair) for _ in range(booths - 1))]
    made = []
    with atomic():
        for _ in range(students):
            account = stand.factory.account()
            student = Student.create(account=account, name=account.name)
            Participation.create(fair=stand.fair, student=student)
            for booth in at:
                row = {"fair": stand.fair, "booth": booth, "student": student}
                made.append(Interview.create(**row, status=Status.WAITING).id)
    return made


def statuses(ids: list[int]) -> set[str]:
    return {one.status for one in Interview.select().where(Interview.id.in_(ids))}


def test_everybody_lapses_with_an_audit_row_and_each_student_is_told_once(stand, travel):
    ids = crowd(stand, students=230, booths=2)
    travel(stand.fair.ends_at + timedelta(seconds=1))
    assert closing.close_ended_fairs() == 1
    assert statuses(ids) == {Status.LAPSED}
    entries = AuditEntry.select().where(AuditEntry.action == "lapse")
    assert {entry.subject for entry in entries} == {f"interview:{number}" for number in ids}
    assert {entry.before["status"] for entry in entries} == {"waiting"}
    assert {entry.reason for entry in entries} == {f"{stand.fair.name} 已结束"}
    told = Notification.select().where(Notification.kind == NotificationKind.FAIR_NOTICE)
    assert told.count() == 230
    assert len({notice.account_id for notice in told}) == 230


@contextmanager
def news_of_lines():
    """What the lines' pages hear meanwhile."""
    heard = []
    pubsub = client().pubsub()
    pubsub.psubscribe("rt:topic:booth:*")
    pubsub.get_message(timeout=2)
    yield heard
    while message := pubsub.get_message(ignore_subscribe_messages=True, timeout=0.2):
        heard.append(json.loads(message["data"])["payload"])
    pubsub.close()


def test_each_line_hears_of_the_end_once_when_all_have_lapsed(stand):
    crowd(stand, students=130, booths=2)
    with news_of_lines() as heard:
        closing.close_fair(stand.fair.id)
    assert len(heard) == 2
    assert len({news["booth_id"] for news in heard}) == 2


def test_the_end_of_a_fair_calls_no_line_to_read_at_once(stand):
    crowd(stand, students=3, booths=1)
    with news_of_lines() as heard:
        closing.close_fair(stand.fair.id)
    assert [(news["step"], news["place"]) for news in heard] == [(0, None)]


def test_a_booth_that_leaves_calls_its_line_to_read(stand):
    crowd(stand, students=3, booths=2)
    with news_of_lines() as heard:
        closing.withdraw_booth(stand.booth.id)
    assert len(heard) == 1 and "step" not in heard[0]


def test_a_hundred_students_cost_as_much_as_one_does(stand):
    crowd(stand, students=1, booths=2)
    with queries() as few:
        lapsing.lapse_open(Interview.fair == stand.fair.id, "已结束", stand.fair)
    crowd(stand, students=90, booths=2)
    with queries() as many:
        lapsing.lapse_open(Interview.fair == stand.fair.id, "已结束", stand.fair)
    assert len(many) <= len(few) + 1, str(many)


def test_a_ring_ends_with_the_fair_and_its_desk_is_free(stand, travel):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    closing.close_fair(stand.fair.id, "提前结束")
    assert statuses([ticket.id]) == {Status.LAPSED}
    ring = Ring.get(Ring.interview == ticket.id)
    assert (ring.outcome, ring.ended_at is None) == (Ring.Outcome.LAPSED, False)


@pytest.mark.spec("B13")
def test_a_talk_that_is_on_may_finish(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    other = stand.factory.waiting(stand.booth, stand.recruiter)
    closing.close_fair(stand.fair.id)
    assert statuses([ticket.id]) == {Status.IN_CALL}
    assert statuses([other.id]) == {Status.LAPSED}


def test_what_a_process_that_died_left_open_lapses_by_the_clock(stand):
    ids = crowd(stand, students=3, booths=1)
    end_fair(stand.fair.id, "到达结束时间")  # and then its process died
    with audit.acting(None, "clock"):
        assert lapsing.lapse_leftovers() == 3
        assert lapsing.lapse_leftovers() == 0
    assert statuses(ids) == {Status.LAPSED}


def test_the_line_of_a_booth_that_left_is_taken_up_too(stand):
    ids = crowd(stand, students=2, booths=2)
    stand.booth.withdraw(reason="提前离场")  # and then its process died
    assert lapsing.lapse_leftovers() == 2
    left = {one.booth_id: one.status for one in Interview.select().where(Interview.id.in_(ids))}
    assert left.pop(stand.booth.id) == Status.LAPSED
    assert set(left.values()) == {Status.WAITING}
