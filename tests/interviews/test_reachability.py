"""Who can be reached how, and what it costs: for recruiters and the live board."""

from collections.abc import Callable

import pytest

from app.accounts.models import WeChatIdentity
from app.core import presence
from app.interviews.models import Interview
from app.interviews.services import calls, desks, guests
from app.interviews.services.reach import Reach, credit_meter, reach_of
from app.notifications import jobs
from app.notifications.models import Notification, SubscriptionCredit
from app.students.models import Student
from tests.counting import queries
from tests.interviews.conftest import Stand
from tests.interviews.phones import NUMBER, Rung, reachable, ring
from tests.notifications.conftest import (
    Cast,
    Kind,
    Person,
    cast,
    settings_of,
    state,
    texting,
    traces,
)
from tests.sandbox import SandboxControl

__all__ = ["cast", "ring", "texting"]


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
    figures = credit_meter(rung.stand.fair.id)
    assert figures == {
        "students": 2,
        "with_credit": 1,
        "without": 1,
        "sent": 1,
        "refused": 0,
        "sms": 1,
    }
    assert credit_meter(rung.stand.factory.fair().id) == dict.fromkeys(figures, 0)


@pytest.mark.spec("G02")
def test_colleague_who_is_away_is_asked_into_a_call_by_wechat(
    stand: Stand, talking: Interview, cast: Cast
) -> None:
    account = stand.factory.recruiter(stand.booth, "何川")
    desk = desks.take_desk(stand.booth.id, account.id)
    user = cast.sandbox.create_user("何川")
    WeChatIdentity.create(account=account, appid=cast.sandbox.mini_appid, openid=user.openid)
    person = Person(account, user)
    cast.agree(person, 1, Kind.GUEST_INVITED)
    assert guests.invite_guest(talking.id, stand.recruiter.id, desk.id) == Reach.MESSAGE
    told = Notification.get(Notification.kind == Kind.GUEST_INVITED)
    jobs.deliver(told.id)
    (letter,) = cast.received(person)
    assert letter["page"] == f"pages-interview/call/call?id={talking.id}"
    assert cast.credit(person, Kind.GUEST_INVITED) == 0
