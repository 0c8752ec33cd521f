"""Reaching a student: the ladder of a ring, and what a recruiter may know of it (E11, E13).

A ring lasts 30 s. The page comes first and says that it showed the ring; where it does not,
a subscribe message follows after 3 s (the service account where there is no credit), the
service account after 8 s, an SMS after 14 s. One clock takes the steps; each is guarded, so
that two clocks take it once.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypedDict

from peewee import Value, fn

from app.accounts.models import Account, WeChatIdentity
from app.config import current
from app.core import clock, presence
from app.core.database import atomic
from app.core.prepared import PreparedList, bind, is_there
from app.fairs.models import Participation
from app.interviews.models import Interview, Status
from app.interviews.services.claims import RING_SECONDS
from app.interviews.services.finding import find_ticket, ticket_of_student
from app.interviews.services.ringing import is_recruiters_call
from app.interviews.services.told import QUEUE_PAGE
from app.notifications.models import (
    Channel,
    DeliveryAttempt,
    Notification,
    NotificationKind,
    SubscriptionCredit,
)
from app.notifications.services import template_id_of, urge
from app.notifications.templates import SMS_KINDS
from app.students.models import Student

RINGING = NotificationKind.INTERVIEW_RINGING
# Seconds after the ring began, and which channels may send then.
STEPS: tuple[tuple[float, tuple[Channel, ...]], ...] = (
    (3, (Channel.SUBSCRIBE, Channel.SERVICE)),
    (8, (Channel.SERVICE,)),
    (14, (Channel.SMS,)),
)


class Reach(StrEnum):
    """How a ring would reach a student now, or an invitation into a call a colleague."""

    PAGE = "page"  # 页面在线
    MESSAGE = "message"  # 微信消息可达
    SMS = "sms"  # 仅短信可达
    NONE = "none"  # 无法提醒


class CreditFigures(TypedDict):
    """Message credits of a fair: its students, and what was sent on its behalf."""

    students: int
    with_credit: int  # could be sent a subscribe message when rung
    without: int
    sent: int  # subscribe messages
    refused: int  # of them by WeChat: the person had not agreed
    sms: int  # SMS used


def see_ring(interview_id: int, account_id: int) -> None:
    """The student's page shows the ring: nothing else needs to reach them (E13).

    Says nothing of a ring that is over.

    :raises InterviewNotFound: no such ticket
    :raises NotYourInterview: somebody else's
    """
    ticket_of_student(interview_id, account_id)
    unseen = (Interview.status == Status.RINGING) & Interview.ring_seen_at.is_null()
    with atomic():
        Interview.update(ring_seen_at=clock.now()).where(
            (Interview.id == interview_id) & unseen
        ).execute()


def climb_rings() -> int:
    """Take the next step of every ring that no page has shown; how many. For the clock.

    Reads ringing tickets only; safe to run twice and in two clocks.
    """
    now = clock.now()
    rows = Interview.select(Interview.id, Interview.ring_step, Interview.rung_at).where(
        (Interview.status == Status.RINGING)
        & Interview.ring_seen_at.is_null()
        & (Interview.ring_step < len(STEPS))
        & is_recruiters_call()  # a student who calls holds the phone in the hand
        & (Interview.rung_at <= now - timedelta(seconds=STEPS[0][0]))
        & (Interview.rung_at > now - timedelta(seconds=RING_SECONDS))
    )
    climbed = 0
    for interview_id, step, rung_at in list(rows.tuples()):
        age = (now - rung_at).total_seconds()
        due = sum(age >= seconds for seconds, _ in STEPS)
        if due > step:
            climbed += _climb(interview_id, rung_at, step, due)
    return climbed


def _climb(interview_id: int, rung_at: datetime, step: int, due: int) -> int:
    """Go from *step* to *due*; steps that nobody took in time are made up for together."""
    same_ring = (
        (Interview.id == interview_id)
        & (Interview.status == Status.RINGING)
        & (Interview.rung_at == rung_at)
    )
    waits = (Interview.ring_step == step) & Interview.ring_seen_at.is_null()
    with atomic():
        if not Interview.update(ring_step=due).where(same_ring & waits).execute():
            return 0  # another clock was faster, or the ring is over
        found = find_ticket(interview_id)
        position = found.interview.position
        urge(
            found.student_account_id,
            RINGING,
            channels=_channels_of(step, due),
            params={
                "employer": found.booth.employer.name,
                "position": position.title if position else "",
                "booth": found.booth.number,
            },
            page=f"{QUEUE_PAGE}?fair_id={found.fair.id}&id={interview_id}",
            subject=f"interview:{interview_id}",
            fair_id=found.fair.id,
            expires_at=rung_at + timedelta(seconds=RING_SECONDS),
        )
    return 1


def _channels_of(step: int, due: int) -> list[Channel]:
    wanted = {channel for _, channels in STEPS[step:due] for channel in channels}
    return [channel for channel in Channel if channel in wanted]


def reach_of(
    account_ids: Iterable[int],
    online: Collection[int] | None = None,
    *,
    kind: NotificationKind = RINGING,
) -> dict[int, Reach]:
    """How a message would reach each of these accounts; *online* where it is known already.

    One round trip to Redis and one query (in pieces for long lists).
    """
    ids = list(dict.fromkeys(account_ids))
    here = presence.online_or_none(ids) if online is None else online
    found = {account_id: Reach.PAGE for account_id in ids if account_id in here}
    config = current()
    rows = _REACH.all(
        (account_id for account_id in ids if account_id not in found),
        template_id=template_id_of(kind),
        service_appid=config.wechat_service.appid,
    )
    for account_id, has_credit, is_following, has_phone in rows:
        if has_credit or is_following:
            found[account_id] = Reach.MESSAGE
        else:
            by_sms = has_phone and config.sms.provider and kind in SMS_KINDS
            found[account_id] = Reach.SMS if by_sms else Reach.NONE
    return {account_id: found.get(account_id, Reach.NONE) for account_id in ids}


def _reach(account_ids: list[Value]) -> Any:
    credit, identity = SubscriptionCredit, WeChatIdentity
    credits = (
        (credit.account == Account.id)
        & (credit.template_id == bind("template_id"))
        & (credit.remaining > 0)
    )
    follows = (
        (identity.account == Account.id)
        & (identity.appid == bind("service_appid"))
        & identity.is_following
    )
    own_number = (Student.account == Account.id) & Student.phone.is_null(False)
    return (
        Account.select(
            Account.id,
            is_there(credit, credits),
            is_there(identity, follows),
            Account.phone.is_null(False) | is_there(Student, own_number),
        )
        .where(Account.id.in_(account_ids))
        .tuples()
    )


_REACH = PreparedList(_reach)


def credit_meter(fair_id: int) -> CreditFigures:
    """The credit meter of a fair's live board; two queries."""
    credit = SubscriptionCredit
    here = (Participation.fair == fair_id) & (
        Participation.status == Participation.Status.REGISTERED
    )
    has_credit = (
        (credit.account == Student.account)
        & (credit.template_id == template_id_of(RINGING))
        & (credit.remaining > 0)
    )
    agreed = fn.EXISTS(credit.select(Value(1)).where(has_credit))
    ((students, with_credit),) = (
        Participation.select(fn.COUNT(Participation.id), fn.COUNT(Value(1)).filter(agreed))
        .join(Student)
        .where(here)
        .tuples()
    )
    attempt = DeliveryAttempt
    rows = (
        attempt.select(attempt.channel, attempt.outcome, fn.COUNT(attempt.id))
        .join(Notification)
        .where(Notification.fair_id == fair_id)
        .group_by(attempt.channel, attempt.outcome)
    )
    counts = {(channel, outcome): count for channel, outcome, count in rows.tuples()}
    outcomes = attempt.Outcome
    return {
        "students": students,
        "with_credit": with_credit,
        "without": students - with_credit,
        "sent": counts.get((Channel.SUBSCRIBE, outcomes.SENT), 0),
        "refused": counts.get((Channel.SUBSCRIBE, outcomes.REFUSED), 0),
        "sms": counts.get((Channel.SMS, outcomes.SENT), 0),
    }
