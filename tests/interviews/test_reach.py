"""The ladder of a ring: page, subscribe message, service account, SMS; and who is reachable."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.accounts.models import Account, WeChatIdentity
from app.core import presence
from app.interviews.models import Interview, Status
from app.interviews.services import calls, ringing
from app.interviews.services.reach import Reach, climb_rings, credits_of, reach_of, see_ring
from app.notifications import jobs
from app.notifications.models import (
    CreditEvent,
    Notification,
    SubscriptionCredit,
)
from app.notifications.services import sweep
from app.students.models import Student
from tests.counting import queries
from tests.interviews.conftest import Stand
from tests.notifications.conftest import (
    Cast,
    Kind,
    Person,
    cast,
    settings_of,
    state,
    texting,
    traces,
    wait_until,
)
from tests.racing import at_once
from tests.sandbox import SandboxControl

__all__ = ["cast", "texting"]
RINGING = Kind.INTERVIEW_RINGING
SUBSCRIBE_PATH = "/cgi-bin/message/subscribe/send"
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


@pytest.mark.spec("E13", "E11")
def test_ring_climbs_until_somebody_sees_it(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1, follows=True, phone=NUMBER)
    assert rung.after(2.9) == [], "the page comes first"
    assert rung.after(3) == ["subscribe"]
    assert rung.after(7.9) == ["subscribe"]
    assert rung.after(8) == ["subscribe", "template"]
    assert rung.after(13.9) == ["subscribe", "template"]
    assert rung.after(14) == ["subscribe", "template", "sms"]
    assert rung.after(29) == ["subscribe", "template", "sms"], "each step is taken once"
    assert Notification.select().where(Notification.kind == RINGING).count() == 1
    assert state(rung.told.id).status == "sent"
    assert rung.cast.credit(rung.person, RINGING) == 0


@pytest.mark.spec("E13")
def test_missed_after_the_ladder_keeps_the_place(ring: Callable[..., Rung], login) -> None:
    rung = ring(phone=NUMBER)
    assert rung.after(14) == ["sms"]
    rung.wait_for(33)
    assert (climb_rings(), ringing.expire_rings()) == (0, 1)
    ticket = Interview.get_by_id(rung.ticket.id)
    assert (ticket.status, ticket.queued_at) == (Status.HELD, rung.ticket.queued_at)
    inbox = login(rung.person.account).get("/api/notifications").json
    assert "interview_ringing" not in [one["kind"] for one in inbox["items"]], "it is over"
    assert inbox["unread"] == len(inbox["items"])


@pytest.mark.spec("E13")
def test_a_page_that_shows_the_ring_ends_the_ladder(ring: Callable[..., Rung], login) -> None:
    rung = ring(credits=1, follows=True, phone=NUMBER)
    client = login(rung.person.account)
    seen = f"/api/interviews/{rung.ticket.id}/ring-seen"
    assert login(rung.stand.recruiter).post(seen).status_code == 403
    assert client.post(seen).status_code == 204
    first = Interview.get_by_id(rung.ticket.id).ring_seen_at
    assert client.post(seen).status_code == 204
    assert Interview.get_by_id(rung.ticket.id).ring_seen_at == first
    assert rung.after(20) == []
    assert client.post("/api/interviews/999999/ring-seen").status_code == 404


def test_a_page_that_shows_the_ring_late_ends_what_is_left(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1, follows=True, phone=NUMBER)
    assert rung.after(3) == ["subscribe"]
    see_ring(rung.ticket.id, rung.person.id)
    assert rung.after(20) == ["subscribe"]


@pytest.mark.parametrize("how", ["answer", "pass", "cancel"])
def test_a_ring_that_is_over_climbs_no_more(ring: Callable[..., Rung], how: str) -> None:
    rung = ring(credits=1, follows=True, phone=NUMBER)
    {
        "answer": lambda: ringing.answer_ring(rung.ticket.id, rung.person.id),
        "pass": lambda: ringing.pass_ring(rung.ticket.id, rung.person.id),
        "cancel": lambda: ringing.cancel_ring(rung.ticket.id, rung.stand.recruiter.id),
    }[how]()
    assert rung.after(20) == []


def test_the_next_ring_has_a_ladder_of_its_own(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=2)
    assert rung.after(3) == ["subscribe"]
    see_ring(rung.ticket.id, rung.person.id)
    ringing.cancel_ring(rung.ticket.id, rung.stand.recruiter.id)
    ringing.ring_next(rung.stand.booth.id, rung.stand.recruiter.id)
    assert rung.after(3) == ["subscribe", "subscribe"]


@pytest.mark.spec("E13", "M01")
def test_without_a_credit_the_service_account_comes_at_once(ring: Callable[..., Rung]) -> None:
    rung = ring(follows=True)
    assert rung.after(3) == ["template"]
    assert rung.after(8) == ["template"], "once is enough"


def test_a_refused_message_is_followed_at_once_and_the_ledger_knows(
    ring: Callable[..., Rung],
) -> None:
    rung = ring(credits=2, follows=True)
    sandbox = rung.cast.sandbox
    sandbox.switch_off(rung.person.user, sandbox.template_id(RINGING))
    assert rung.after(3) == ["template"]
    assert traces(rung.told.id) == [("subscribe", "refused", "43101"), ("service", "sent", "")]
    (event,) = CreditEvent.select()
    assert (event.source, event.change) == (CreditEvent.Source.REFUSED, -2)
    assert rung.cast.credit(rung.person, RINGING) == 0


@pytest.mark.parametrize("fault", [{"errcode": -1}, {"drop": True}, {"http_status": 502}])
def test_a_faulty_channel_is_not_waited_for(ring: Callable[..., Rung], fault: dict) -> None:
    rung = ring(credits=1, follows=True)
    rung.cast.sandbox.fault(SUBSCRIBE_PATH, times=9, **fault)
    assert rung.after(3) == ["template"]
    assert rung.cast.credit(rung.person, RINGING) == 1


def test_the_last_channel_is_tried_again_while_the_ring_lasts(ring: Callable[..., Rung]) -> None:
    rung = ring(phone=NUMBER)
    rung.cast.sandbox.fault("/", times=1, http_status=502)
    assert rung.after(14) == []
    rung.wait_for(16.5)
    assert sweep()
    jobs.rush()
    assert rung.heard() == ["sms"]
    assert [outcome for _, outcome, _ in traces(rung.told.id)] == ["failed", "sent"]


def test_nothing_is_sent_after_the_ring(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1, phone=NUMBER)
    rung.wait_for(3)
    climb_rings()
    rung.wait_for(31)
    sweep()
    jobs.rush()
    assert rung.heard() == []
    assert state(rung.told.id).status == "exhausted"


@pytest.mark.serial
def test_a_hanging_message_does_not_hold_up_the_next_step(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1, follows=True)
    rung.cast.sandbox.fault(SUBSCRIBE_PATH, hang_seconds=3)
    rung.wait_for(3)
    climb_rings()

    def next_step() -> None:
        wait_until(lambda: state(rung.told.id).status == "sending", 5)
        rung.wait_for(8)
        climb_rings()

    at_once(rung.cast.app, jobs.rush, next_step)
    first, second = (one["channel"] for one in rung.cast.received(rung.person))
    assert (first, second) == ("template", "subscribe"), "the service account did not wait"
    assert rung.cast.credit(rung.person, RINGING) == 0, "what did arrive late is paid for"
    assert state(rung.told.id).channel == "service"


@pytest.mark.serial
@pytest.mark.spec("E13")
def test_two_clocks_take_each_step_once(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=9, follows=True, phone=NUMBER)
    app: Flask = rung.cast.app
    for seconds in (3, 8, 14):
        rung.wait_for(seconds)
        climbed = at_once(app, climb_rings, climb_rings, climb_rings)
        assert sorted(climbed) == [0, 0, 1]
        at_once(app, jobs.rush, jobs.rush)
    assert rung.heard() == ["subscribe", "template", "sms"]
    assert rung.cast.credit(rung.person, RINGING) == 8


def test_a_clock_that_comes_late_makes_up_for_it(ring: Callable[..., Rung]) -> None:
    rung = ring(phone=NUMBER)
    assert rung.after(15) == ["sms"]
    assert climb_rings() == 0


def test_climbing_reads_ringing_tickets_only(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=1)
    with queries() as asked:
        assert climb_rings() == 0
    assert len(asked) == 1
    rung.wait_for(3)
    with queries() as asked:
        assert climb_rings() == 1
    assert len(asked) <= 5, str(asked)


@pytest.mark.spec("E11")
def test_a_nudge_goes_as_far_as_an_sms(stand: Stand, cast: Cast, texting: SandboxControl) -> None:
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    person = reachable(cast, ticket.student, phone=NUMBER)
    presence.leave(person.id)
    calls.nudge(ticket.id, stand.recruiter.id)
    told = Notification.get(Notification.kind == Kind.INTERVIEW_NUDGE)
    jobs.deliver(told.id)
    (arrived,) = texting.sms(NUMBER)
    assert stand.booth.number in arrived["text"] and "位置仍为您保留" in arrived["text"]
    assert traces(told.id) == [("sms", "sent", "")]
    assert state(told.id).fair_id == stand.fair.id


@pytest.mark.spec("E11")
def test_recruiter_knows_how_a_ring_would_reach_each_student(
    stand: Stand, cast: Cast, texting: SandboxControl
) -> None:
    def student(*, online: bool = False, own: str = "", **ways) -> int:
        someone = stand.factory.participant(stand.fair, online=online)
        reachable(cast, someone, **ways)
        if own:
            Student.update(phone=own).where(Student.id == someone.id).execute()
        return someone.account_id

    at_page, nobody = student(online=True, credits=1), student()
    agreed, follower = student(credits=1, phone=NUMBER), student(follows=True)
    by_number, by_resume = student(phone=NUMBER), student(own=NUMBER)
    spent = student(credits=1)
    SubscriptionCredit.update(remaining=0).where(SubscriptionCredit.account == spent).execute()
    ids = [at_page, nobody, agreed, follower, by_number, by_resume, spent]
    with queries() as asked:
        found = reach_of(ids)
    assert len(asked) == 1
    assert found == {
        at_page: Reach.PAGE,
        nobody: Reach.NONE,
        agreed: Reach.MESSAGE,
        follower: Reach.MESSAGE,
        by_number: Reach.SMS,
        by_resume: Reach.SMS,
        spent: Reach.NONE,
    }
    sms = cast.app.extensions["config"].sms
    with settings_of(cast.app, sms=type(sms)()):
        assert reach_of([by_number]) == {by_number: Reach.NONE}
    assert reach_of([]) == {}


def test_who_leaves_the_service_account_is_no_longer_reached_there(
    ring: Callable[..., Rung],
) -> None:
    rung = ring(follows=True)
    rung.cast.sandbox.unfollow(rung.person.user)
    presence.leave(rung.person.id)
    assert reach_of([rung.person.id]) == {rung.person.id: Reach.MESSAGE}
    assert rung.after(3) == []
    assert traces(rung.told.id) == [("service", "refused", "43004")]
    assert reach_of([rung.person.id]) == {rung.person.id: Reach.NONE}


@pytest.mark.spec("M01")
def test_credits_of_a_fair_are_metered(ring: Callable[..., Rung]) -> None:
    rung = ring(credits=2, phone=NUMBER)
    rung.stand.factory.participant(rung.stand.fair)
    assert rung.after(3) == ["subscribe"]
    assert rung.after(14) == ["subscribe", "sms"]
    figures = credits_of(rung.stand.fair.id)
    assert figures == {
        "students": 2,
        "with_credit": 1,
        "without": 1,
        "sent": 1,
        "refused": 0,
        "sms": 1,
    }
    assert credits_of(rung.stand.factory.fair().id) == dict.fromkeys(figures, 0)
