"""The ledger of subscription credits: one accepted popup pays for one message (M01).

Only WeChat's message push raises a credit. What a client says about a popup is kept
as a hint beside it: a client can be forged, and a credit too many costs a refusal per
message while a credit too few only means the next channel.
"""

from collections import Counter, defaultdict
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


def add(account_id: int, popup: Mapping[str, str]) -> int:
    """A popup was accepted: a credit for each new key of *popup*, key to template. How many.

    Inside a command; three statements, however many templates the popup asked for.
    """
    if not popup:
        return 0
    fresh = _note_many(account_id, popup)
    raised = Counter(popup[key] for key in fresh)
    _open_accounts(account_id, sorted(raised))
    alike: dict[int, list[str]] = defaultdict(list)
    for template_id, credits in raised.items():
        alike[credits].append(template_id)
    row = SubscriptionCredit
    for credits, template_ids in sorted(alike.items()):
        theirs = (row.account == account_id) & row.template_id.in_(sorted(template_ids))
        row.update(remaining=row.remaining + credits).where(theirs).execute()
    return len(fresh)


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
    _open_accounts(account_id, sorted(results))
    for template_id, result in sorted(results.items()):
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


def _open_accounts(account_id: int, template_ids: list[str]) -> None:
    if template_ids:
        rows = [{"account": account_id, "template_id": one, "remaining": 0} for one in template_ids]
        SubscriptionCredit.insert_many(rows).on_conflict_ignore().execute()


def _note_many(account_id: int, popup: Mapping[str, str]) -> list[str]:
    """The keys that had not been counted."""
    now = clock.now()
    rows = [
        {
            "account": account_id,
            "template_id": template_id,
            "change": 1,
            "source": Source.POPUP,
            "key": key,
            "at": now,
        }
        for key, template_id in popup.items()
    ]
    written = CreditEvent.insert_many(rows).on_conflict_ignore().returning(CreditEvent.key)
    return [key for (key,) in written.tuples().execute()]


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
