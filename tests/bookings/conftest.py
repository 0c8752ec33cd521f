"""A fair that takes bookings, and employers who come to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.accounts.models import Account
from app.bookings.models import Enrolment
from app.bookings.services import plan, registering, reviewing
from app.employers.models import Employer
from app.employers.services import bind_recruiter
from app.fairs.models import Fair
from app.fairs.services.staging import update_fair
from app.notifications.models import Notification
from app.positions.models import Position
from tests.factories import Factory

PEOPLE = [{"name": "周敏", "title": "招聘经理", "phone": "13800000000"}]


@dataclass
class Firm:
    """An employer with an approved position and somebody who acts for it."""

    employer: Employer
    position: Position
    account: Account


@dataclass
class Hall:
    """A fair that takes bookings, with what employers and staff do at it."""

    factory: Factory
    fair: Fair

    def set(self, **settings: Any) -> Fair:
        """Change the fair."""
        self.fair = update_fair(self.fair.id, **settings)
        return self.fair

    def firm(self, name: str = "", majors: str | None = None) -> Firm:
        """An employer that could come."""
        employer = self.factory.employer(name)
        position = self.factory.position(employer)
        if majors is not None:
            Position.update(majors=majors).where(Position.id == position.id).execute()
        account = self.factory.account()
        bind_recruiter(account, employer.id, name="周敏", title="招聘经理")
        return Firm(employer, position, account)

    def plan(self, count: int = 4) -> list[int]:
        """Lay out A01, A02 …; the ids of the places."""
        plan.lay_out(self.fair.id, areas=["A"], rows=1, cols=count)
        return [place.id for place in plan.places_at(self.fair.id)]

    def draft(self, firm: Firm, place_id: int | None = None) -> Enrolment:
        """A form that is filled in and not handed in."""
        started = registering.start_enrolment(self.fair.id, firm.employer.id, firm.account.id)
        return registering.save_draft(
            started.id, firm.account.id,
            place_id=place_id, position_ids=[firm.position.id], interviewers=PEOPLE,
        )  # fmt: skip

    def submitted(self, firm: Firm, place_id: int | None = None) -> Enrolment:
        """A form that waits for its review."""
        draft = self.draft(firm, place_id)
        return registering.submit_enrolment(draft.id, firm.account.id)

    def approved(self, firm: Firm, place_id: int | None = None) -> Enrolment:
        """An employer that is in."""
        return reviewing.approve_enrolment(self.submitted(firm, place_id).id)


@pytest.fixture
def hall(factory: Factory) -> Hall:
    """A fair that is announced and takes bookings, without a floor plan."""
    return Hall(factory, factory.fair(takes_bookings=True))


@pytest.fixture
def told() -> Callable[[Account], list[str]]:
    """What somebody was told of enrolments: the answers in order."""

    def answers(account: Account) -> list[str]:
        mine = Notification.select().where(Notification.account == account)
        return [row.params.get("answer", "") for row in mine.order_by(Notification.id)]

    return answers
