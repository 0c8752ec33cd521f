""" "You are third: get ready": once per ticket, by event or by message."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from flask import Flask

from app.core import presence
from app.core.presence import PresenceUnknown
from app.core.redis import client
from app.fairs.models import Booth, Fair
from app.interviews.models import Desk, Interview, Status
from app.interviews.services import holds, ringing
from app.interviews.services.desks import take_desk
from app.interviews.services.ready import tell_ready
from app.interviews.services.tickets import get_ticket
from app.notifications.models import Notification, NotificationKind
from tests.counting import queries
from tests.interviews.conftest import Stand
from tests.racing import at_once

Line = Callable[..., list[Interview]]


@pytest.fixture
def line(stand: Stand) -> Line:
    """A line at the stand, whose recruiter sits at the desk."""
    take_desk(stand.booth.id, stand.recruiter.id)
    presence.renew(stand.recruiter.id)

    def fill(size: int, *, online: bool = True) -> list[Interview]:
        students = [stand.factory.participant(stand.fair, online=online) for _ in range(size)]
        return [stand.factory.waiting(stand.booth, stand.recruiter, one) for one in students]

    return fill


@pytest.fixture
def heard(app: Flask) -> Iterator[Callable[[], list[Any]]]:
    """(account, interview) of every ``queue.ready`` that went out."""
    ears = client().pubsub()
    ears.psubscribe("rt:account:*")
    ears.get_message(timeout=5)

    def found() -> list[Any]:
        told = []
        while (message := ears.get_message(timeout=0.2)) is not None:
            frame = orjson.loads(message["data"])
            if frame["kind"] == "queue.ready":
                account = int(message["channel"].decode().rpartition(":")[2])
                told.append((account, frame["payload"]["interview_id"]))
        return told

    yield found
    ears.close()


def messages() -> list[Notification]:
    return list(
        Notification.select()
        .where(Notification.kind == NotificationKind.INTERVIEW_READY)
        .order_by(Notification.id)
    )


@pytest.mark.spec("E11")
def test_the_first_three_are_told_once_and_the_next_when_they_move_up(
    stand: Stand, line: Line, heard: Callable[[], list[Any]]
) -> None:
    tickets = line(5)
    assert (tell_ready(), tell_ready()) == (3, 0)
    accounts = [(ticket.student.account_id, ticket.id) for ticket in tickets]
    assert sorted(heard()) == sorted(accounts[:3])
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    assert tell_ready() == 1
    assert heard() == [accounts[3]]
    assert messages() == [], "their pages are open"


@pytest.mark.spec("E11")
def test_whose_page_is_closed_gets_a_message(line: Line, heard: Callable[[], list[Any]]) -> None:
    away, here = line(1, online=False)[0], line(1)[0]
    assert tell_ready() == 2
    assert heard() == [(here.student.account_id, here.id)]
    (message,) = messages()
    assert message.account_id == away.student.account_id
    assert message.params["ahead"] == "0" and message.expires_at > message.created_at
    assert message.page.endswith(f"&id={away.id}")


def test_nobody_is_told_where_nobody_is_about_to_be_called(stand: Stand, line: Line) -> None:
    line(1)
    presence.leave(stand.recruiter.id)
    assert tell_ready() == 0, "no desk is online"
    presence.renew(stand.recruiter.id)
    Booth.update(status=Booth.Status.DISQUALIFIED).where(Booth.id == stand.booth.id).execute()
    assert tell_ready() == 0, "the booth is closed"
    Booth.update(status=Booth.Status.OPEN).where(Booth.id == stand.booth.id).execute()
    Fair.update(daily_opens="00:00", daily_closes="00:00").execute()
    assert tell_ready() == 0, "the fair rests"
    Fair.update(daily_opens="", daily_closes="").execute()
    assert tell_ready() == 1


def test_who_cannot_be_called_stands_aside(stand: Stand, line: Line) -> None:
    tickets = line(5)
    for ticket in tickets[:2]:
        Interview.update(status=Status.HELD).where(Interview.id == ticket.id).execute()
    stand.factory.pending(stand.booth)
    assert tell_ready() == 3
    told = Interview.select().where(Interview.ready_told_at.is_null(False))
    assert {ticket.id for ticket in told} == {ticket.id for ticket in tickets[2:]}


def ready() -> set[int]:
    """The tickets whose students have been told."""
    told = Interview.select().where(Interview.ready_told_at.is_null(False))
    return {ticket.id for ticket in told}


@pytest.mark.spec("E11")
def test_who_will_be_called_while_the_first_are_away_is_told_as_well(line: Line) -> None:
    away, here = line(3, online=False), line(4)
    assert tell_ready() == 6
    assert ready() == {ticket.id for ticket in [*away, *here[:3]]}
    assert [get_ticket(ticket.id)["ready"] for ticket in here] == [True, True, True, False]


@pytest.mark.spec("E11")
def test_who_is_in_a_call_elsewhere_is_told_afterwards(stand: Stand, line: Line) -> None:
    tickets = line(4)
    elsewhere = stand.factory.booth(stand.fair)
    other = stand.factory.recruiter(elsewhere)
    call = stand.factory.waiting(elsewhere, other, tickets[0].student)
    ringing.ring_next(elsewhere.id, other.id)
    tell_ready()
    assert ready() == {ticket.id for ticket in tickets[1:]}
    ringing.cancel_ring(call.id, other.id)
    assert tell_ready() == 1
    assert ready() == {ticket.id for ticket in tickets}


def test_who_fell_behind_is_told_again_at_the_head(stand: Stand, line: Line) -> None:
    (ticket,) = line(1)
    for _ in range(stand.fair.misses_kept):
        tell_ready()
        ringing.ring_next(stand.booth.id, stand.recruiter.id)
        ringing.pass_ring(ticket.id, ticket.student.account_id)
        assert ready() == {ticket.id}
        holds.return_to_line(ticket.id, ticket.student.account_id)
        assert ready() == set()
    assert tell_ready() == 1


def test_the_order_of_calls_is_the_order_of_the_line(stand: Stand, line: Line) -> None:
    tickets = line(6)
    last, desk = tickets[-1], Desk.get()
    Interview.update(slot_at=last.queued_at).where(Interview.id == last.id).execute()
    Interview.update(only_desk=desk).where(Interview.id == tickets[4].id).execute()
    assert tell_ready() == 3
    told = Interview.select().where(Interview.ready_told_at.is_null(False))
    assert {one.id for one in told} == {last.id, tickets[4].id, tickets[0].id}


def test_everyone_once_puts_who_was_seen_behind(stand: Stand, line: Line) -> None:
    Fair.update(everyone_once=True).execute()
    tickets = line(4)
    elsewhere = stand.factory.booth(stand.fair)
    seen = stand.factory.pending(elsewhere, tickets[0].student)
    Interview.update(answered_at=seen.created_at).where(Interview.id == seen.id).execute()
    assert tell_ready() == 3
    assert Interview.get_by_id(tickets[0].id).ready_told_at is None


@pytest.mark.serial
def test_two_clocks_tell_everybody_once(stand: Stand, line: Line, app: Flask) -> None:
    line(3, online=False)
    told = at_once(app, tell_ready, tell_ready, tell_ready)
    assert sum(told) == 3, told
    assert len(messages()) == 3


@pytest.mark.serial
def test_nobody_counts_as_told_while_redis_is_away(stand: Stand, line: Line, valkey) -> None:
    line(1)
    valkey.kill()
    try:
        with pytest.raises(PresenceUnknown):
            tell_ready()
    finally:
        valkey.start()
    assert Interview.get().ready_told_at is None


def test_number_and_length_of_lines_cost_no_queries(stand: Stand, line: Line) -> None:
    line(4)
    tell_ready()
    with queries() as asked:
        assert tell_ready() == 0
    alone = len(asked)
    for _ in range(6):
        booth = stand.factory.booth(stand.fair)
        recruiter = stand.factory.recruiter(booth)
        take_desk(booth.id, recruiter.id)
        presence.renew(recruiter.id)
    with queries() as asked:
        assert tell_ready() == 0
    # fairs, desks, windows, special, heads, accounts, untold
    assert len(asked) == alone == 7, str(asked)
