"""What a line's pages are told, so that they count by themselves instead of reading again."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from app.core import clock, presence
from app.core.redis import client
from app.interviews.models import IN_LINE, Interview
from app.interviews.services import booth_line, holds, queue, ringing, transfers
from app.interviews.services.desks import take_desk
from app.interviews.services.places import find_place
from app.interviews.services.tickets import get_ticket
from tests.interviews.conftest import Stand


class Line:
    """Pages that stand in a booth's line and hear its news."""

    def __init__(self, stand: Stand, topic: str = "booth"):
        self.ahead: dict[int, int] = {}
        self.queued_at: dict[int, datetime] = {}
        self._pubsub = client().pubsub()
        self._pubsub.subscribe(f"rt:topic:{topic}:{stand.booth.id}")
        self._pubsub.get_message(timeout=2)

    def read(self, *tickets: Interview) -> None:
        """Open these tickets' pages."""
        for one in tickets:
            shown = get_ticket(one.id)
            self.ahead[one.id], self.queued_at[one.id] = shown["ahead"], shown["queued_at"]

    def news(self) -> list[dict]:
        """What was told since the last time."""
        told = []
        while message := self._pubsub.get_message(ignore_subscribe_messages=True, timeout=0.2):
            told.append(json.loads(message["data"])["payload"])
        return told

    def count(self) -> list[int]:
        """Take the news as the pages do; which tickets have to be read to be right."""
        unsure: set[int] = set()
        for one in self.news():
            for ticket_id, queued_at in self.queued_at.items():
                if one.get("place") is None:
                    unsure.add(ticket_id)
                elif datetime.fromisoformat(one["place"]) < queued_at:
                    self.ahead[ticket_id] += one["step"]
        return sorted(unsure)

    def is_right(self) -> bool:
        """Whether every page that stands in line shows what the server would say."""
        shown = {ticket_id: get_ticket(ticket_id) for ticket_id in self.ahead}
        return all(
            self.ahead[ticket_id] == one["ahead"]
            for ticket_id, one in shown.items()
            if one["status"] in IN_LINE
        )

    def close(self) -> None:
        """Leave."""
        self._pubsub.close()


@pytest.fixture
def line(stand: Stand) -> Iterator[Line]:
    """A line that nobody stands in yet."""
    line = Line(stand)
    yield line
    line.close()


def test_pages_in_line_count_every_step_of_others_by_themselves(stand, line):
    here, rings = stand.recruiter.id, ringing
    late = stand.factory.pending(stand.booth, stand.factory.participant(stand.fair, online=False))
    first, second, third = (stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(3))
    line.news()
    line.read(second, third)
    account_id = first.student.account_id
    steps = [
        lambda: queue.accept_application(late.id, here),  # enters before everybody
        lambda: rings.ring_student(first.id, here),
        lambda: rings.cancel_ring(first.id, here),
        lambda: rings.ring_student(first.id, here),
        lambda: rings.pass_ring(first.id, account_id),
        lambda: holds.return_to_line(first.id, account_id),
        lambda: queue.withdraw_ticket(late.id, late.student.account_id),
        lambda: rings.ring_student(first.id, here),
        lambda: rings.answer_ring(first.id, account_id),
        lambda: queue.withdraw_ticket(third.id, third.student.account_id),
    ]
    for number, step in enumerate(steps):
        presence.renew(account_id)
        step()
        assert line.count() == [], number
        assert line.is_right(), number


def test_who_joins_at_the_end_is_told_at_the_door_and_not_to_the_line(stand, line):
    door = Line(stand, "door")
    ticket = stand.factory.pending(stand.booth)
    assert door.news() == [], "an application is none of the line's business until it is accepted"
    queue.accept_application(ticket.id, stand.recruiter.id)
    (told,) = door.news()
    assert (told["booth_id"], told["step"]) == (stand.booth.id, 1)
    assert datetime.fromisoformat(told["place"]) == ticket.queued_at
    assert datetime.fromisoformat(told["at"]) <= clock.now()
    assert line.news() == []
    queue.withdraw_ticket(ticket.id, ticket.student.account_id)
    assert door.news() == []
    assert [one["step"] for one in line.news()] == [-1]
    door.close()


def test_whoever_falls_behind_or_goes_to_a_desk_lets_everybody_read(stand, line):
    often, other = (stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(2))
    account_id = often.student.account_id
    for _ in range(stand.fair.misses_kept):
        presence.renew(account_id)
        ringing.ring_student(often.id, stand.recruiter.id)
        ringing.pass_ring(often.id, account_id)
        line.news()
        line.read(other)
        holds.return_to_line(often.id, account_id)
    assert line.count() == [other.id]
    desk = take_desk(stand.booth.id, stand.recruiter.id)
    transfers.transfer(often.id, stand.recruiter.id, desk.id)
    assert line.count() == [other.id]
    booth_line.change_line(stand.booth.id, stand.recruiter.id, {"notice": "十分钟后继续"})
    assert line.count() == [other.id]


def test_where_everyone_is_seen_once_no_page_counts_by_application(stand, line):
    type(stand.fair).update(everyone_once=True).execute()
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    line.read(ticket)
    line.news()
    ringing.ring_student(ticket.id, stand.recruiter.id)
    (told,) = line.news()
    assert (told["step"], told["place"]) == (-1, None)


def test_who_enters_the_line_is_told_how_many_stand_before(stand):
    waiting = [stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(2)]
    holds.hold_place(waiting[0].id, waiting[0].student.account_id)
    pending = stand.factory.pending(stand.booth)
    pubsub = client().pubsub()
    pubsub.subscribe(f"rt:account:{pending.student.account_id}")
    pubsub.get_message(timeout=2)
    queue.accept_application(pending.id, stand.recruiter.id)
    told = json.loads(pubsub.get_message(timeout=2)["data"])["payload"]
    pubsub.close()
    assert (told["status"], told["ahead"]) == ("waiting", 2)
    assert get_ticket(pending.id)["ahead"] == 2


def test_the_place_that_is_told_is_the_one_that_is_read(stand, travel):
    first, slot, desk, last = (
        stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(4)
    )
    own = take_desk(stand.booth.id, stand.recruiter.id)
    Interview.update(slot_at=clock.now() - timedelta(minutes=1)).where(
        Interview.id == slot
    ).execute()
    Interview.update(only_desk=own.id).where(Interview.id == desk).execute()
    for one in (first, last):
        shown = get_ticket(one.id)
        assert find_place(Interview.get_by_id(one.id)) == (shown["ahead"], shown["in_line"])
