"""The ledger of subscription credits: one accepted popup pays for one message (M01).

Only WeChat's message push raises a credit. What a client says about a popup is kept
as a hint beside it: a client can be forged, and a credit too many costs a refusal per
message while a credit too few only means the next channel.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peewee import Case

from app.core import clock
from app.notifications.models import CreditEvent, SubscriptionCredit

Source = CreditEvent.Source


@dataclass(frozen=True)
class Spending:
    """What sending did to one credit: one used, or all *change* of them refused (43101)."""

    account_id: int
    template_id: str
    change: int
    source: CreditEvent.Source
    key: str


def credits_of(account_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """What is left, by (account, template)."""
    row = SubscriptionCredit
    mine = row.account.in_(list(account_ids)) & (row.remaining > 0)
    rows = row.select(row.account, row.template_id, row.remaining).where(mine).tuples()
    return {(account_id, template_id): remaining for account_id, template_id, remaining in rows}


def add(account_id: int, template_id: str, *, key: str) -> bool:
    """One popup was accepted; False when *key* has been counted. Inside a command."""
    if not _note(account_id, template_id, 1, Source.POPUP, key):
        return False
    _open_account(account_id, template_id)
    row = SubscriptionCredit
    row.update(remaining=row.remaining + 1).where(_of(account_id, template_id)).execute()
    return True


def cancel(account_id: int, template_id: str, *, key: str) -> bool:
    """The person switched the template off: nothing is left. Inside a command."""
    row = SubscriptionCredit
    credit = row.get_or_none(_of(account_id, template_id))
    left = credit.remaining if credit else 0
    if not _note(account_id, template_id, -left, Source.SWITCHED_OFF, key):
        return False
    row.update(remaining=0).where(_of(account_id, template_id)).execute()
    return True


def hint(account_id: int, results: Mapping[str, str]) -> None:
    """Remember what the client saw of a popup; counts nothing. Inside a command."""
    now = clock.now()
    row = SubscriptionCredit
    for template_id, result in sorted(results.items()):
        _open_account(account_id, template_id)
        row.update(hint=result, hinted_at=now).where(_of(account_id, template_id)).execute()


def spend(spendings: Iterable[Spending]) -> None:
    """Write off what a batch of sends used, in few statements. Inside a command.

    A refusal takes off only what was seen before the send, so that a popup accepted
    in the meantime keeps its credit. Written again, the same spending changes nothing.
    """
    found = list(spendings)
    if not found:
        return
    now = clock.now()
    rows = [
        {
            "account": one.account_id,
            "template_id": one.template_id,
            "change": -one.change,
            "source": one.source,
            "key": one.key,
            "at": now,
        }
        for one in found
    ]
    written = CreditEvent.insert_many(rows).on_conflict_ignore().returning(CreditEvent.key)
    fresh = {key for (key,) in written.tuples().execute()}
    used: dict[tuple[int, str], int] = defaultdict(int)
    for one in found:
        if one.key in fresh:
            used[one.account_id, one.template_id] += one.change
    alike: dict[tuple[str, int], list[int]] = defaultdict(list)
    for (account_id, template_id), change in used.items():
        alike[template_id, change].append(account_id)
    row = SubscriptionCredit
    for (template_id, change), account_ids in sorted(alike.items()):
        theirs = row.account.in_(sorted(account_ids)) & (row.template_id == template_id)
        left = Case(None, [(row.remaining > change, row.remaining - change)], 0)
        row.update(remaining=left).where(theirs).execute()


def _of(account_id: int, template_id: str) -> object:
    row = SubscriptionCredit
    return (row.account == account_id) & (row.template_id == template_id)


def _open_account(account_id: int, template_id: str) -> None:
    row = SubscriptionCredit.insert(account=account_id, template_id=template_id, remaining=0)
    row.on_conflict_ignore().execute()


def _note(account_id: int, template_id: str, change: int, source: Source, key: str) -> bool:
    written = (
        CreditEvent.insert(
            account=account_id,
            template_id=template_id,
            change=change,
            source=source,
            key=key,
            at=clock.now(),
        )
        .on_conflict_ignore()
        .returning(CreditEvent.id)
        .execute()
    )
    return bool(list(written))
