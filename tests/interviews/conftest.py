"""A booth that is live, its recruiter, and who stands there."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.accounts.models import Account
from app.core import clock, presence
from app.fairs.models import Booth, Fair
from app.interviews.models import Interview
from app.interviews.services import ringing
from app.interviews.services.decisions import deliver_rejections, reject_application
from app.interviews.services.desks import take_desk
from app.interviews.services.rows import HallTickets, list_tickets_at
from tests.factories import Factory


@dataclass
class Stand:
    """One live booth with one recruiter."""

    factory: Factory
    fair: Fair
    booth: Booth
    recruiter: Account

    def reject(self, interview_id: int, reason: str = "") -> None:
        """Reject an application and let the undo time pass."""
        reject_application(interview_id, self.recruiter.id, reason)
        clock.travel(timedelta(seconds=self.fair.undo_seconds))
        deliver_rejections()

    def tickets(self, *, everyone_once: bool = False, whole: bool = False) -> HallTickets:
        """The booth's tickets as its recruiter sees them."""
        desk = take_desk(self.booth.id, self.recruiter.id)
        return list_tickets_at(desk, [], everyone_once=everyone_once, whole=whole)

    def listed(self, name: str) -> list[int]:
        """The ids of one of the hall's lists."""
        return [row["id"] for row in self.tickets().lists[name]]


@pytest.fixture
def stand(factory: Factory) -> Stand:
    """A live booth with a recruiter."""
    fair = factory.fair()
    booth = factory.booth(fair)
    return Stand(factory, fair, booth, factory.recruiter(booth))


@pytest.fixture
def manned(stand: Stand) -> Stand:
    """The booth with its recruiter at the desk."""
    take_desk(stand.booth.id, stand.recruiter.id)
    presence.renew(stand.recruiter.id)
    return stand


@pytest.fixture
def talking(stand: Stand) -> Interview:
    """A ticket in call."""
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    return Interview.get_by_id(ticket.id)
