"""Taking back against delivering, with real threads: only the row decides."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.audit import AuditEntry
from app.interviews.errors import RejectionDelivered
from app.interviews.models import Interview, Status
from app.interviews.services import decisions
from app.notifications.models import Notification, NotificationKind
from tests.interviews.conftest import Stand
from tests.interviews.test_races import all_at_once

UNDO = timedelta(seconds=60)


def told() -> list[int]:
    """The accounts that were told of a rejection."""
    rejected = Notification.kind == NotificationKind.INTERVIEW_REJECTED
    return [row.account_id for row in Notification.select().where(rejected)]


def status(ticket_id: int) -> str:
    return Interview.get_by_id(ticket_id).status


@pytest.mark.serial
@pytest.mark.spec("E05")
def test_taking_back_and_delivering_at_once_end_in_one_of_both(app: Flask, stand: Stand):
    recruiter_id = stand.recruiter.id
    for _ in range(10):
        ticket_id = stand.factory.pending(stand.booth).id
        decisions.reject_application(ticket_id, recruiter_id)
        # The recruiter's tap is in time, two clocks read it as due: only the row decides.
        Interview.update(decided_at=clock.now() - UNDO + timedelta(seconds=0.05)).where(
            Interview.id == ticket_id
        ).execute()
        ends = all_at_once(
            app,
            [
                lambda t=ticket_id: decisions.take_back(t, recruiter_id),
                *[lambda: deliver_for(0.2)] * 3,
            ],
        )
        if ends[RejectionDelivered.__name__]:
            assert (ends["done"], status(ticket_id)) == (3, Status.REJECTED)
        else:
            assert (ends["done"], status(ticket_id)) == (4, Status.PENDING)
    told_once = told()
    delivered = Interview.select().where(Interview.status == Status.REJECTED).count()
    assert len(told_once) == len(set(told_once)) == delivered


@pytest.mark.serial
def test_racing_clocks_deliver_each_rejection_once(app: Flask, stand: Stand):
    tickets = [stand.factory.pending(stand.booth) for _ in range(12)]
    for ticket in tickets:
        decisions.reject_application(ticket.id, stand.recruiter.id)
    clock.travel(UNDO)
    assert all_at_once(app, [decisions.deliver_rejections] * 4) == {"done": 4}
    accounts = sorted(ticket.student.account_id for ticket in tickets)
    assert sorted(told()) == accounts
    rejects = AuditEntry.select().where(AuditEntry.action == "reject").count()
    assert rejects == len(tickets)


def deliver_for(seconds: float) -> None:
    """Be a clock that ticks as fast as it can."""
    until = clock.now() + timedelta(seconds=seconds)
    while clock.now() < until:
        decisions.deliver_rejections()
