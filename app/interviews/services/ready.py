""" "You are third: get ready": told once per ticket, before the ring (E04, E11)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from peewee import Case, Window, fn

from app.core import clock, presence
from app.core.database import atomic
from app.core.events import publish_to_accounts
from app.employers.models import Employer, Recruiter
from app.fairs.models import Booth, Fair
from app.fairs.phases import is_live
from app.fairs.services.windows import is_inside, windows_of
from app.interviews.models import Desk, Interview, Status
from app.interviews.services.line import was_seen_today
from app.interviews.services.told import tell_student
from app.notifications.models import NotificationKind
from app.positions.models import Position
from app.students.models import Student

READY_PLACES = 3
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
    places = dict(_nearest(booth_ids))
    ids = list(places)
    told = 0
    for start in range(0, len(ids), TICKETS_PER_COMMAND):
        told += _tell(ids[start : start + TICKETS_PER_COMMAND], places)
    return told


def _booths_at_work() -> list[int]:
    """Booths of live fairs that hold interviews now and have a desk online."""
    now = clock.now()
    going = (Fair.status == Fair.Status.ANNOUNCED) & (Fair.starts_at <= now) & (Fair.ends_at > now)
    rows = (
        Desk.select(Desk.id, Booth, Fair, Recruiter.account)
        .join(Booth)
        .join(Fair)
        .switch(Desk)
        .join(Recruiter)
        .where(
            going
            & (Booth.status == Booth.Status.OPEN)
            & (Recruiter.status == Recruiter.Status.ACTIVE)
        )
    )
    desks = [desk for desk in rows if is_live(desk.booth.fair, now)]
    present = presence.online(desk.recruiter.account_id for desk in desks)
    ids = {desk.booth.id for desk in desks if desk.recruiter.account_id in present}
    windows = windows_of(ids)
    return sorted(booth_id for booth_id in ids if is_inside(windows[booth_id], now))


def _nearest(booth_ids: list[int]) -> Iterable[tuple[int, int]]:
    """Tickets at the head of these lines that were not told yet, with their place from 1.

    Counts those who can be called; whoever is away stands aside. One query for all booths.
    """
    now = clock.now()
    is_due = Interview.slot_at.is_null(False) & (Interview.slot_at <= now)
    kind = Case(
        None,
        [
            (is_due, 0),
            (Interview.only_desk.is_null(False), 1),
            (Fair.everyone_once & was_seen_today(Interview), 3),
        ],
        2,
    )
    since = Case(None, [(is_due, Interview.slot_at)], Interview.queued_at)
    line = Window(partition_by=[Interview.booth], order_by=[kind, since, Interview.id])
    waiting = (
        Interview.select(
            Interview.id.alias("ticket_id"),
            Interview.ready_told_at.alias("told_at"),
            fn.ROW_NUMBER().over(line).alias("place"),
        )
        .join(Fair)
        .where(Interview.booth.in_(booth_ids) & (Interview.status == Status.WAITING))
        .window(line)
    )
    head = Interview.select(waiting.c.ticket_id, waiting.c.place).from_(waiting)
    nearest = (waiting.c.place <= READY_PLACES) & waiting.c.told_at.is_null()
    return [tuple(row) for row in head.where(nearest).tuples()]


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
