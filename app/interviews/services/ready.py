""" "You are third: get ready": told once per ticket, before the ring (E04, E11)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from peewee import Case

from app.core import clock, presence
from app.core.database import atomic
from app.core.events import publish_to_accounts
from app.core.prepared import PreparedList, constant
from app.employers.models import Employer, Recruiter
from app.fairs.models import Booth, Fair
from app.fairs.phases import is_live
from app.fairs.services.windows import is_inside, windows_of
from app.interviews.models import Desk, Interview, Status
from app.interviews.services.line import (
    is_before_order,
    is_student_busy,
    place_of,
    standing_of,
    was_seen_today,
)
from app.interviews.services.told import tell_student
from app.notifications.models import NotificationKind
from app.positions.models import Position
from app.students.models import Student

READY_PLACES = 3
HEAD = 6  # of each line are looked at, since some of its first may be away
SLOT, ASSIGNED = 0, 1  # kinds of places that come before the order of application
MESSAGE_SECONDS = 600  # later it would be of no use
TICKETS_PER_COMMAND = 100


def tell_ready() -> int:
    """Tell everybody who has come to the first three places of a line; how many. For the clock.

    Only where a desk is online and the fair is live: elsewhere nobody is about to be called.
    Whoever has a page open is told there, the others by message. Safe to run twice.

    :raises PresenceUnknown: Redis does not answer
    """
    booth_ids = _booths_at_work()
    if not booth_ids:
        return 0
    places = _nearest(booth_ids)
    ids = _untold(places)
    told = 0
    for start in range(0, len(ids), TICKETS_PER_COMMAND):
        told += _tell(ids[start : start + TICKETS_PER_COMMAND], places)
    return told


def _booths_at_work() -> list[int]:
    """Booths of live fairs that hold interviews now and have a desk online."""
    now = clock.now()
    going = (Fair.status == Fair.Status.ANNOUNCED) & (Fair.starts_at <= now) & (Fair.ends_at > now)
    live = [fair.id for fair in Fair.select().where(going) if is_live(fair, now)]
    if not live:
        return []
    at_work = (Booth.status == Booth.Status.OPEN) & (Recruiter.status == Recruiter.Status.ACTIVE)
    desks = list(
        Desk.select(Desk.booth, Recruiter.account)
        .join(Booth)
        .switch(Desk)
        .join(Recruiter)
        .where(Booth.fair.in_(live) & at_work)
        .tuples()
    )
    present = presence.online(account_id for _, account_id in desks)
    ids = {booth_id for booth_id, account_id in desks if account_id in present}
    windows = windows_of(ids)
    return sorted(booth_id for booth_id in ids if is_inside(windows[booth_id], now))


def _nearest(booth_ids: list[int]) -> dict[int, int]:
    """The place, from 1, of the tickets at the head of each line, in the order of calls.

    Those who are in a call elsewhere stand aside. Of the others the first three are near, and
    the first three who are online: they are called while the others are away. Each line is
    read from its head, so that its length costs nothing.
    """
    special = _special(booth_ids)
    lines: list[list[int]] = []
    for booth_id, heads in _heads(booth_ids):
        near = dict.fromkeys([*special.get(booth_id, ()), *heads[HEAD:], *heads])
        lines.append([ticket_id for ticket_id in near if ticket_id is not None])
    present = _present(ticket_id for line in lines for ticket_id in line[:HEAD])
    places: dict[int, int] = {}
    for line in lines:
        there = [ticket_id for ticket_id in line if ticket_id in present]
        for first in (line[:READY_PLACES], there[:READY_PLACES]):
            places |= {ticket_id: place for place, ticket_id in enumerate(first, 1)}
    return places


def _present(ticket_ids: Iterable[int]) -> set[int]:
    """Which of these tickets' students are online.

    :raises PresenceUnknown: Redis does not answer
    """
    accounts = dict(_ACCOUNTS.all(list(ticket_ids)))
    online = presence.online(accounts.values())
    return {ticket_id for ticket_id, account_id in accounts.items() if account_id in online}


def _special(booth_ids: list[int]) -> dict[int, list[int]]:
    """Tickets that are called before the order of application, by booth, in their order."""
    now = clock.now()
    waiting = Interview.booth.in_(booth_ids) & (Interview.status == Status.WAITING)
    rows = Interview.select(
        Interview.id,
        Interview.booth,
        Interview.queued_at,
        Interview.slot_at,
        Interview.only_desk,
    ).where(waiting & is_before_order(Interview))
    places = [
        (place_of(standing_of(row), row.only_desk_id or 0, now), row.booth_id, row.id)
        for row in rows
    ]
    found: dict[int, list[int]] = defaultdict(list)
    for (kind, *_), booth_id, ticket_id in sorted(places):
        if kind in (SLOT, ASSIGNED):
            found[booth_id].append(ticket_id)
    return found


def _heads(booth_ids: list[int]) -> list[tuple[int, list[int | None]]]:
    """Each booth with the first of its line who are free; behind them,
    where everyone is to be seen once, the first of those who were not seen yet.
    """
    return [(booth_id, heads) for booth_id, *heads in _HEADS.all(booth_ids)]


def _heads_of(booth_ids: Any) -> Any:
    by_order = [_nth(place) for place in range(HEAD)]
    unseen = [Case(None, [(Fair.everyone_once, _nth(place, unseen=True))]) for place in range(HEAD)]
    rows: Any = Booth.select(Booth.id, *by_order, *unseen).join(Fair)
    return rows.where(Booth.id.in_(booth_ids)).tuples()


def _nth(place: int, *, unseen: bool = False) -> Any:
    other = Interview.alias()
    waiting = (other.booth == Booth.id) & (other.status == constant(Status.WAITING))
    line = other.select(other.id).where(waiting & ~is_student_busy(other.student))
    if unseen:
        line = line.where(~was_seen_today(other))
    return line.order_by(other.queued_at, other.id).limit(1).offset(place)


def _accounts_of(ticket_ids: Any) -> Any:
    rows: Any = Interview.select(Interview.id, Student.account).join(Student)
    return rows.where(Interview.id.in_(ticket_ids)).tuples()


_HEADS = PreparedList(_heads_of)
_ACCOUNTS = PreparedList(_accounts_of)


def _untold(places: Iterable[int]) -> list[int]:
    """Those of these tickets that nobody has told yet."""
    untold = Interview.id.in_(list(places)) & Interview.ready_told_at.is_null()
    rows = Interview.select(Interview.id).where(untold).order_by(Interview.id)
    return [ticket_id for (ticket_id,) in rows.tuples()]


def _tell(ids: list[int], places: dict[int, int]) -> int:
    """Tell these, in one command; another clock may have been faster with some."""
    now = clock.now()
    fresh = Interview.ready_told_at.is_null() & (Interview.status == Status.WAITING)
    with atomic():
        mine = (
            Interview.update(ready_told_at=now)
            .where(Interview.id.in_(ids) & fresh)
            .returning(Interview.id)
            .tuples()
            .execute()
        )
        tickets = _tickets([interview_id for (interview_id,) in mine])
        present = presence.online(ticket.student.account_id for ticket in tickets)
        for ticket in tickets:
            account_id = ticket.student.account_id
            if account_id in present:
                publish_to_accounts([account_id], "queue.ready", interview_id=ticket.id)
                continue
            tell_student(
                ticket,
                ticket.booth,
                NotificationKind.INTERVIEW_READY,
                account_id=account_id,
                expires_at=now + timedelta(seconds=MESSAGE_SECONDS),
                ahead=str(places[ticket.id] - 1),
            )
    return len(tickets)


def _tickets(ids: list[int]) -> list[Any]:
    """Tickets with what a message says of them."""
    if not ids:
        return []
    return list(
        Interview.select(
            Interview,
            Booth,
            Employer.id,
            Employer.name,
            Student.id,
            Student.account,
            Position.id,
            Position.title,
        )
        .join(Booth)
        .join(Employer)
        .switch(Interview)
        .join(Student)
        .switch(Interview)
        .left_outer_join(Position)
        .where(Interview.id.in_(ids))
        .order_by(Interview.id)
    )
