"""A student with a phone who is being rung, and what has reached it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from app.accounts.models import Account, WeChatIdentity
from app.interviews.models import Interview
from app.interviews.services import ringing
from app.interviews.services.reach import climb_rings
from app.notifications import jobs
from app.notifications.models import Notification
from app.students.models import Student
from tests.interviews.conftest import Stand
from tests.notifications.conftest import Cast, Kind, Person
from tests.sandbox import SandboxControl

RINGING = Kind.INTERVIEW_RINGING
NUMBER = "13800019999"


@dataclass
class Rung:
    """A student who is being rung, and what has reached their phone."""

    stand: Stand
    cast: Cast
    person: Person
    ticket: Interview
    travel: Callable[[datetime], None]

    def after(self, seconds: float) -> list[str]:
        """The channels by which the student has heard of the ring so many seconds into it."""
        self.wait_for(seconds)
        climb_rings()
        jobs.rush()
        return self.heard()

    def wait_for(self, seconds: float) -> None:
        """Let it be so many seconds since the present ring began."""
        began = Interview.get_by_id(self.ticket.id).rung_at
        self.travel(began + timedelta(seconds=seconds))

    def heard(self) -> list[str]:
        return [
            one["channel"]
            for one in self.cast.received(self.person)
            if one["template_id"] in self._templates() or one["channel"] == "sms"
        ]

    def _templates(self) -> set[str]:
        sandbox = self.cast.sandbox
        return {sandbox.template_id(RINGING), sandbox.template_id(RINGING, "service")}

    @property
    def told(self) -> Notification:
        return Notification.get(Notification.kind == RINGING)


@pytest.fixture
def ring(
    stand: Stand, cast: Cast, texting: SandboxControl, travel: Callable[[datetime], None]
) -> Callable[..., Rung]:
    """Rings a student who can be reached in the ways asked for."""

    def begin(*, credits: int = 0, follows: bool = False, phone: str = "") -> Rung:
        ticket = stand.factory.waiting(stand.booth, stand.recruiter)
        person = reachable(cast, ticket.student, credits=credits, follows=follows, phone=phone)
        ringing.ring_next(stand.booth.id, stand.recruiter.id)
        return Rung(stand, cast, person, ticket, travel)

    return begin


def reachable(
    cast: Cast, student: Student, *, credits: int = 0, follows: bool = False, phone: str = ""
) -> Person:
    """Give a student a phone with WeChat."""
    user = cast.sandbox.create_user(student.name, phone=phone)
    account = student.account
    Account.update(phone=phone or None).where(Account.id == account.id).execute()
    Student.update(phone=None).where(Student.id == student.id).execute()
    sandbox = cast.sandbox
    WeChatIdentity.create(account=account, appid=sandbox.mini_appid, openid=user.openid)
    if follows:
        sandbox.follow(user)
        WeChatIdentity.create(
            account=account,
            appid=sandbox.service_appid,
            openid=user.service_openid,
            is_following=True,
        )
    person = Person(account, user)
    if credits:
        cast.agree(person, credits, RINGING)
    return person
