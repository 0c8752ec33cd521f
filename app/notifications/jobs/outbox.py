"""Taking undelivered notifications, in turn and in order per person, and writing their fate.

What is urgent stands beside the line: it waits for nobody's turn.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from peewee import EXCLUDED, SQL, Case

from app.accounts.models import WeChatIdentity
from app.config import current
from app.core import clock
from app.core.database import atomic
from app.notifications import ledger
from app.notifications.jobs.letters import Fate
from app.notifications.models import (
    Channel,
    DeliveryAttempt,
    DeliveryTurn,
    Notification,
    Status,
    move_many,
)

LEASE_SECONDS = 60  # a worker that died gives its people back after this
MOST_PER_PERSON = 10  # in one round
MOST_PEOPLE = 300  # in one round
URGENT_LEASE_SECONDS = 20
MOST_URGENT = 400  # in one look
WAITING = (Status.PENDING, Status.FAILED)
Outcome = DeliveryAttempt.Outcome
URGENT = SQL("is_urgent")  # in the words of its index


def people_with_post(ids: Sequence[int]) -> list[int]:
    """Accounts of those of *ids* that wait, and of what else waits longest: one job of a
    burst sends for all, and the jobs behind it find nothing left.
    """
    pending = (Notification.status == Status.PENDING) & ~Notification.is_urgent
    named = Notification.select(Notification.account).where(Notification.id.in_(ids) & pending)
    people = {account_id for (account_id,) in named.tuples()}
    if people and len(people) < MOST_PEOPLE:
        others = Notification.select(Notification.account).where(pending).order_by(Notification.id)
        for (account_id,) in others.limit(MOST_PEOPLE - len(people)).tuples():
            people.add(account_id)
    return sorted(people)


def people_left(account_ids: Collection[int]) -> list[int]:
    """Those of *account_ids* to whom something new was written in the meantime."""
    rows = Notification.select(Notification.account).distinct()
    waiting = (Notification.status == Status.PENDING) & ~Notification.is_urgent
    theirs = Notification.account.in_(list(account_ids))
    return sorted(account_id for (account_id,) in rows.where(theirs & waiting).tuples())


def take(account_ids: Sequence[int], claim: str) -> dict[int, list[Notification]]:
    """Take the turn of every person who is free, and with it all that waits for them.

    What failed before goes ahead of what is new: one person reads things in order.
    """
    if not account_ids:
        return {}
    until = clock.now() + timedelta(seconds=LEASE_SECONDS)
    with atomic():
        mine = _take_turns(account_ids, claim, until)
        chosen = _oldest_waiting(mine) if mine else []
        if chosen:
            move_many(
                "take", Notification.id.in_(chosen), claim=claim, next_attempt_at=until
            ).execute()
    found: dict[int, list[Notification]] = {account_id: [] for account_id in mine}
    taken = (Notification.claim == claim) & (Notification.status == Status.SENDING)
    for notification in Notification.select().where(taken).order_by(Notification.id):
        if notification.account_id in found:
            found[notification.account_id].append(notification)
    return found


def take_urgent(claim: str) -> dict[int, list[Notification]]:
    """Take everything urgent that waits, by person; of two workers each gets its own."""
    waits = (Notification.status == Status.PENDING) & URGENT
    with atomic():
        first = Notification.select(Notification.id).where(waits).limit(MOST_URGENT).tuples()
        ids = [notification_id for (notification_id,) in first]
        if not ids:
            return {}
        until = clock.now() + timedelta(seconds=URGENT_LEASE_SECONDS)
        taken = move_many(
            "take",
            Notification.id.in_(ids) & (Notification.status == Status.PENDING),
            claim=claim,
            next_attempt_at=until,
        ).returning(Notification)
        found: dict[int, list[Notification]] = defaultdict(list)
        for notification in taken.execute():
            found[notification.account_id].append(notification)
    return dict(found)


def _take_turns(account_ids: Sequence[int], claim: str, until: datetime) -> list[int]:
    """Those of *account_ids* whose turn nobody holds; atomic on both databases."""
    turn = DeliveryTurn
    rows = [{"account": one, "claim": claim, "until": until} for one in sorted(account_ids)]
    got = (
        turn.insert_many(rows)
        .on_conflict(
            conflict_target=[turn.account],
            update={turn.claim: EXCLUDED.claim, turn.until: EXCLUDED.until},
            where=(turn.until <= clock.now()),
        )
        .returning(turn.account)
        .tuples()
        .execute()
    )
    return [account_id for (account_id,) in got]


def _oldest_waiting(account_ids: Sequence[int]) -> list[int]:
    """What to send now: per person everything up to the newest that is pending."""
    rows = (
        Notification.select(Notification.id, Notification.account, Notification.status)
        .where(
            Notification.account.in_(account_ids)
            & Notification.status.in_(WAITING)
            & ~Notification.is_urgent
        )
        .order_by(Notification.id)
        .tuples()
    )
    lines: dict[int, list[tuple[int, Status]]] = defaultdict(list)
    for notification_id, account_id, status in rows:
        lines[account_id].append((notification_id, status))
    chosen: list[int] = []
    for line in lines.values():
        pending = [place for place, (_, status) in enumerate(line) if status == Status.PENDING]
        last = min(pending[-1] + 1, MOST_PER_PERSON) if pending else 0
        chosen.extend(notification_id for notification_id, _ in line[:last])
    return chosen


def write(fates: Sequence[Fate], account_ids: Collection[int], claim: str) -> None:
    """Write what became of these people's letters and give their turns back.

    Only rows that still carry *claim* move: a worker whose lease ran out says nothing.
    """
    with atomic():
        for status, verb in (
            (Status.SENT, "deliver"),
            (Status.FAILED, "postpone"),
            (Status.EXHAUSTED, "give_up"),
        ):
            alike = [fate for fate in fates if fate.moves_to == status]
            if alike:
                _move(verb, alike, claim)
        _write_attempts(fates)
        ledger.spend(spending for fate in fates for spending in fate.spendings)
        _note_followers(fates)
        give_back(account_ids, claim)


def give_back(account_ids: Collection[int], claim: str) -> None:
    """End these turns; what was taken with them and not tried waits again."""
    if not account_ids:
        return
    mine = Notification.claim == claim
    move_many(
        "let_go",
        mine & Notification.account.in_(list(account_ids)),
        claim="",
        next_attempt_at=clock.now(),
    ).execute()
    turn = DeliveryTurn
    turn.delete().where(turn.account.in_(list(account_ids)) & (turn.claim == claim)).execute()


def _move(verb: str, fates: Sequence[Fate], claim: str) -> None:
    now = clock.now()
    columns: dict[str, Any] = {
        "claim": "",
        "tried": _each(fates, lambda fate: [str(channel) for channel in fate.tried], "tried"),
        "attempts": _each(fates, lambda fate: fate.attempts, "attempts"),
    }
    if verb == "deliver":
        columns |= {
            "channel": _each(fates, lambda fate: fate.channel, "channel"),
            "message_id": _each(fates, lambda fate: fate.message_id[:255], "message_id"),
            "sent_at": now,
        }
    if verb == "postpone":
        columns["next_attempt_at"] = _each(
            fates, lambda fate: fate.next_attempt_at or now, "next_attempt_at"
        )
    ids = [fate.letter.id for fate in fates]
    move_many(verb, Notification.id.in_(ids) & (Notification.claim == claim), **columns).execute()


def _each(fates: Sequence[Fate], value_of: Any, column: str) -> Any:
    """One value for all where they agree, else a CASE by id."""
    field = Notification._meta.fields[column]
    by_id = {fate.letter.id: field.db_value(value_of(fate)) for fate in fates}
    distinct = {repr(value) for value in by_id.values()}
    if len(distinct) == 1:
        return value_of(fates[0])
    return Case(Notification.id, list(by_id.items()))


def _write_attempts(fates: Iterable[Fate]) -> None:
    now = clock.now()
    rows = [
        {
            "notification": fate.letter.id,
            "channel": trace.channel,
            "outcome": trace.outcome,
            "code": trace.code,
            "detail": trace.detail,
            "at": now,
        }
        for fate in fates
        for trace in fate.traces
    ]
    if rows:
        DeliveryAttempt.insert_many(rows).execute()


def _note_followers(fates: Iterable[Fate]) -> None:
    """Whether somebody follows the service account is known best by sending there."""
    for outcome, is_following in ((Outcome.SENT, True), (Outcome.REFUSED, False)):
        letters = {
            fate.letter.id
            for fate in fates
            for trace in fate.traces
            if trace.channel is Channel.SERVICE and trace.outcome is outcome
        }
        if not letters:
            continue
        identity = WeChatIdentity
        whose = Notification.select(Notification.account).where(Notification.id.in_(letters))
        known = identity.is_following.is_null(False) & (identity.is_following == is_following)
        theirs = (identity.appid == current().wechat_service.appid) & identity.account.in_(whose)
        identity.update(is_following=is_following).where(theirs & ~known).execute()
