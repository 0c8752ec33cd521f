"""A simulated day through the real services: the promises made in it are scored."""

import heapq
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from app.accounts.models import Account
from app.core import clock, presence
from app.core.database import atomic
from app.fairs.models import Booth, Fair, Participation
from app.forecasts.models import Promise
from app.forecasts.services.calibration import calibration_of
from app.interviews.errors import NobodyToCall
from app.interviews.models import Interview, Status
from app.interviews.services import calls, queue, ringing
from app.interviews.services.closing import close_ended_fairs
from app.interviews.services.promises import renew_promises, score_promises
from app.interviews.services.readings import learn_from_promises, renew_forecasts
from app.students.models import Student

OPENING = datetime(2026, 11, 24, 1, tzinfo=UTC)
HOURS = 3
BOOTHS, DESKS, STUDENTS, LINES = 4, 6, 36, 3
CHORES_SECONDS = 240


class Day:
    """Students, desks and the clock's chores, each at its instant."""

    def __init__(self, factory: Any, seed: int):
        self.dice = random.Random(seed)
        self.events: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self.number = count()
        clock.travel(OPENING)
        self.fair: Fair = factory.fair(
            starts_at=OPENING,
            ends_at=OPENING + timedelta(hours=HOURS),
            requires_device_check=False,
            seen_bar=0,
        )
        self.booths: list[Booth] = [factory.booth(self.fair) for _ in range(BOOTHS)]
        self.paces = [self.dice.uniform(0.7, 1.3) for _ in self.booths]
        self.people: list[int] = []
        for place in range(DESKS):
            recruiter = factory.recruiter(self.booths[place % BOOTHS])
            self.people.append(recruiter.id)
            self.after(self.dice.uniform(0, 120), self.call, place % BOOTHS, recruiter)
        self.arrive()
        self.after(1, self.chores)

    def after(self, seconds: float, act: Callable[..., None], *arguments: Any) -> None:
        when = clock.now() + timedelta(seconds=seconds)
        heapq.heappush(self.events, (when, next(self.number), act, arguments))

    def play(self) -> None:
        while self.events and self.events[0][0] < self.fair.ends_at:
            when, _, act, arguments = heapq.heappop(self.events)
            clock.travel(when)
            act(*arguments)
        clock.travel(self.fair.ends_at)
        close_ended_fairs()
        score_promises()

    def arrive(self) -> None:
        with atomic():
            for number in range(STUDENTS):
                account = Account.create(name=f"学生{number}")
                student = Student.create(account=account, name=account.name)
                Participation.create(fair=self.fair, student=student)
                self.people.append(account.id)
                start = self.dice.uniform(5, 300 if number % 2 else HOURS * 3600 * 0.7)
                for place in self.dice.sample(range(BOOTHS), LINES):
                    self.after(start + self.dice.uniform(0, 60), self.apply, place, account.id)

    def apply(self, place: int, account_id: int) -> None:
        ticket = queue.apply_for_interview(self.booths[place].id, account_id)
        if self.dice.random() < 0.05:
            self.after(self.dice.uniform(60, 2400), self.leave, ticket, account_id)
        self.after(self.dice.uniform(5, 90), self.accept, place, ticket)

    def accept(self, place: int, ticket: int) -> None:
        recruiter = next(iter(self.booths[place].employer.recruiters)).account_id
        if Interview.get_by_id(ticket).status == Status.PENDING:
            queue.accept_application(ticket, recruiter)

    def leave(self, ticket: int, account_id: int) -> None:
        if Interview.get_by_id(ticket).status == Status.WAITING:
            queue.withdraw_ticket(ticket, account_id)

    def call(self, place: int, recruiter: Account) -> None:
        try:
            ticket_id = ringing.ring_next(self.booths[place].id, recruiter.id)
        except NobodyToCall:
            self.after(20, self.call, place, recruiter)
            return
        ticket = Interview.get_by_id(ticket_id)
        if self.dice.random() < 0.04:
            self.after(20, self.miss, place, recruiter, ticket)
            return
        clock.travel(timedelta(seconds=6))
        ringing.answer_ring(ticket_id, ticket.student.account_id)
        self.after(
            self.paces[place] * self.dice.lognormvariate(6.1, 0.4),
            self.end, place, recruiter, ticket_id,
        )  # fmt: skip

    def miss(self, place: int, recruiter: Account, ticket: Interview) -> None:
        ringing.pass_ring(ticket.id, ticket.student.account_id)
        self.after(5, self.call, place, recruiter)

    def end(self, place: int, recruiter: Account, ticket_id: int) -> None:
        calls.hang_up(ticket_id, recruiter.id)
        calls.conclude(ticket_id, recruiter.id, "pass")
        self.after(self.dice.uniform(5, 60), self.call, place, recruiter)

    def chores(self) -> None:
        for account_id in self.people:
            presence.renew(account_id)
        renew_forecasts()
        score_promises()
        learn_from_promises()
        renew_promises()
        self.after(CHORES_SECONDS, self.chores)


@pytest.mark.spec("E04")
def test_three_in_four_promises_at_80_percent_hold(factory):
    day = Day(factory, seed=11)
    day.play()
    found = calibration_of(day.fair.id)
    everything, applying = found["all"], found["by_occasion"]["apply"]
    assert everything["open"] == 0 and everything["scored"] >= 150, found
    assert everything["kept_percent"] >= 75, found
    assert applying["scored"] >= 60 and applying["kept_percent"] >= 75, found
    shown = Promise.select().where(Promise.occasion == "apply")
    widths = sorted((one.high_at - one.low_at).total_seconds() / 60 for one in shown)
    whole = (day.fair.ends_at - day.fair.starts_at).total_seconds() / 60
    assert widths[len(widths) // 2] < whole / 2, "a range of half the day would always hold"
    surest = [one for one in found["reliability"] if one["from_percent"] == 90]
    assert surest and surest[0]["seen_percent"] >= 85, found
