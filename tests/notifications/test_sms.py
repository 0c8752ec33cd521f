"""SMS as a channel: after the service account, before mail, for what is worth it."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import Account
from app.core import clock
from app.notifications import jobs
from app.notifications.jobs.ladder import BACKOFF_SECONDS
from app.notifications.models import DeliveryAttempt, Status
from app.notifications.services import sweep
from app.notifications.templates import SMS_KINDS
from scripts.stack.templates import SMS_TEMPLATES
from tests.factories import Factory
from tests.notifications.conftest import (
    PAGE,
    Cast,
    Kind,
    Mailroom,
    sandbox_sms,
    settings_of,
    state,
    traces,
)
from tests.sandbox import SandboxControl

NUMBER = "13800018888"


@pytest.mark.spec("E11", "G02")
@pytest.mark.parametrize("kind", [kind for kind in SMS_KINDS if kind != Kind.ACCOUNT_SECURITY])
def test_what_is_worth_it_reaches_a_phone_without_wechat(
    cast: Cast, texting: SandboxControl, kind: Kind
) -> None:
    person = cast.person(phone=NUMBER)
    told = cast.tell(person, kind)
    jobs.deliver(told)
    (arrived,) = texting.sms(NUMBER)
    assert arrived["text"].startswith("远航科技有限")
    assert arrived["words"]["2"] == "A001"
    assert (state(told).status, state(told).channel) == (Status.SENT, "sms")
    assert state(told).message_id == arrived["id"]


def test_what_concerns_an_accounts_safety_is_texted_without_details(
    cast: Cast, texting: SandboxControl
) -> None:
    told = cast.tell(cast.person(phone=NUMBER), Kind.ACCOUNT_SECURITY, text="密码已重设")
    jobs.deliver(told)
    (arrived,) = texting.sms(NUMBER)
    assert arrived["words"] == {} and "如非本人操作" in arrived["text"]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in SMS_KINDS])
def test_what_can_wait_costs_no_sms(cast: Cast, texting: SandboxControl, kind: Kind) -> None:
    told = cast.tell(cast.person(phone=NUMBER), kind)
    templates = dict.fromkeys(Kind, next(iter(SMS_TEMPLATES.values())))
    with settings_of(cast.app, sms=sandbox_sms(texting.root, templates=templates)):
        jobs.deliver(told)
    assert texting.sms() == [] and state(told).status == Status.EXHAUSTED


def test_wechat_comes_before_and_mail_after(
    cast: Cast, texting: SandboxControl, post: Mailroom
) -> None:
    follower = cast.person(follows=True, phone="13800017777")
    told = cast.tell(follower, Kind.INTERVIEW_NUDGE)
    with settings_of(cast.app, sms=sandbox_sms(texting.root)):
        jobs.deliver(told)
        assert traces(told) == [("service", "sent", "")]
        refuser = cast.person(phone=NUMBER, email="lin@example.com")
        texting.opt_out(NUMBER)
        told = cast.tell(refuser, Kind.INTERVIEW_NUDGE)
        jobs.deliver(told)
    assert traces(told) == [("sms", "refused", "PhoneNumberInBlacklist"), ("mail", "sent", "")]
    assert len(post.letters) == 1


def test_a_person_gets_a_few_a_day(cast: Cast, texting: SandboxControl, travel) -> None:
    noon = clock.local(clock.now()).replace(hour=12, minute=0)
    travel(noon)
    person, other = cast.person(phone=NUMBER), cast.person(phone="13800017777")
    with settings_of(cast.app, sms=sandbox_sms(texting.root, per_day=2)):
        told = [cast.tell(person, Kind.INTERVIEW_READY) for _ in range(4)]
        jobs.deliver(*told)
        assert [state(one).channel for one in told] == ["sms", "sms", None, None]
        jobs.deliver(cast.tell(other, Kind.INTERVIEW_READY))
        travel(noon + timedelta(hours=12, minutes=1))
        jobs.deliver(cast.tell(person, Kind.INTERVIEW_READY))
    assert [one["number"] for one in texting.sms()] == [NUMBER, NUMBER, "13800017777", NUMBER]


def test_the_verified_number_comes_before_the_resumes(
    app: Flask, cast: Cast, texting: SandboxControl, factory: Factory
) -> None:
    student = factory.student()  # with 13800006666 in the résumé
    phonebook = app.extensions["phonebook"]
    assert phonebook([student.account_id]) == {student.account_id: "13800006666"}
    Account.update(phone=NUMBER).where(Account.id == student.account_id).execute()
    assert phonebook([student.account_id]) == {student.account_id: NUMBER}
    assert phonebook([factory.account().id]) == {}


def test_an_outage_of_the_provider_is_waited_for(
    cast: Cast, texting: SandboxControl, travel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    texting.fault("/", times=1, http_status=503)
    told = cast.tell(cast.person(phone=NUMBER), Kind.INTERVIEW_INVITED)
    jobs.deliver(told)
    assert state(told).status == Status.FAILED
    travel(timedelta(seconds=BACKOFF_SECONDS[0] + 1))
    assert sweep() == 1
    jobs.deliver(told)
    assert [outcome for _, outcome, _ in traces(told)] == ["failed", "sent"]
    assert NUMBER not in caplog.text


def test_wrong_keys_are_no_reason_to_try_again(cast: Cast, texting: SandboxControl) -> None:
    told = cast.tell(cast.person(phone=NUMBER), Kind.INTERVIEW_NUDGE)
    with settings_of(cast.app, sms=sandbox_sms(texting.root, secret_key="x")):
        jobs.deliver(told)
    assert traces(told) == [("sms", "misconfigured", "SignatureFailure")]
    assert state(told).status == Status.EXHAUSTED
    assert DeliveryAttempt.get().detail


def test_what_is_late_is_not_sent(cast: Cast, texting: SandboxControl, travel) -> None:
    person = cast.person(credits=1, phone=NUMBER)
    told = cast.tell(person, Kind.INTERVIEW_ACCEPTED)
    row = state(told)
    row.expires_at = clock.now() + timedelta(seconds=60)
    row.save()
    travel(timedelta(seconds=61))
    jobs.deliver(told)
    assert (state(told).status, traces(told)) == (Status.EXHAUSTED, [])
    assert cast.received(person) == [] and cast.credit(person) == 1
    assert state(told).page == PAGE
