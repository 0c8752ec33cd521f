"""入驻: an employer's place at a school, asked for, decided on and taken back (C01, C02, SM2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.core.database import atomic, locked
from app.core.lifecycle import move_each
from app.employers.errors import SettlementNotFound, SettlementsClosed
from app.employers.models import Employer, Settlement
from app.employers.services.registry import account_ids_of, get_recruiter
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many
from app.schools.models import School
from app.schools.services import get_school, is_open

REVIEW_HOURS = 24  # a school answers within a day, as the review of employers does (A12)
INBOX = "pages/inbox/inbox"


def apply_for_settlement(employer_id: int, school_id: int, account_id: int) -> Settlement:
    """Ask a school to take the employer in, anew after it said no (C01).

    :raises NotYourEmployer: the account does not act for the employer
    :raises SchoolNotFound: no such school
    :raises SettlementsClosed: the school has switched it off (K02)
    :raises InvalidTransition: asked for already, or settled
    """
    get_recruiter(account_id, employer_id)
    get_school(school_id)
    if not is_open(school_id, "settlements"):
        raise SettlementsClosed
    pair = (Settlement.employer == employer_id) & (Settlement.school == school_id)
    with atomic():
        # Of two first applications the unique index keeps one row; the move lets one through.
        row = {"employer": employer_id, "school": school_id}
        Settlement.insert(row).on_conflict_ignore().execute()
        settlement = Settlement.get(pair)
        settlement.seek(return_reason="", decided_at=None)
    return settlement


def withdraw_settlement(employer_id: int, school_id: int, account_id: int) -> Settlement:
    """Call the application off before the school has answered.

    :raises NotYourEmployer: the account does not act for the employer
    :raises SettlementNotFound: it never applied at this school
    :raises InvalidTransition: decided already
    """
    get_recruiter(account_id, employer_id)
    pair = (Settlement.employer == employer_id) & (Settlement.school == school_id)
    settlement = Settlement.get_or_none(pair)
    if settlement is None:
        raise SettlementNotFound
    with atomic():
        settlement.call_off()
    return settlement


def approve_settlement(settlement_id: int) -> Settlement:
    """Take the employer in: from now on it may show positions at this school (C02).

    :raises SettlementNotFound: no such application
    :raises InvalidTransition: decided already
    """
    settlement = get_settlement(settlement_id)
    with atomic():
        settlement.settle(return_reason="")
        _tell(settlement, "已通过")
    return settlement


def approve_settlements(settlement_ids: Iterable[int]) -> int:
    """Take in all of these that still wait; how many."""
    chosen = Settlement.id.in_(list(settlement_ids))
    waiting = Settlement.select().where(chosen).order_by(Settlement.id)  # one order of locks
    with atomic():
        seen = {one.id: one.status for one in locked(waiting)}
        moved = move_each(Settlement, "settle", seen)
        for settlement in _named().where(Settlement.id.in_(moved)):
            _tell(settlement, "已通过")
    return len(moved)


def return_settlement(settlement_id: int, reason: str) -> Settlement:
    """Turn an application down; the employer reads why and may apply again.

    :raises SettlementNotFound: no such application
    :raises InvalidTransition: decided already
    """
    settlement = get_settlement(settlement_id)
    with atomic():
        settlement.turn_away(reason=reason, return_reason=reason)
        _tell(settlement, "未通过", reason)
    return settlement


def revoke_settlement(settlement_id: int, reason: str) -> Settlement:
    """End it: the school shows none of the employer's positions any more.

    :raises SettlementNotFound: no such application
    :raises InvalidTransition: not settled
    """
    settlement = get_settlement(settlement_id)
    with atomic():
        settlement.unsettle(reason=reason, return_reason=reason, settled_since=None)
        _tell(settlement, "已取消", reason)
    return settlement


def get_settlement(settlement_id: int) -> Settlement:
    """With its employer and its school.

    :raises SettlementNotFound: no such application
    """
    settlement = _named().where(Settlement.id == settlement_id).first()
    if settlement is None:
        raise SettlementNotFound
    return settlement


def settled_since(employer_id: int, school_ids: Iterable[int]) -> dict[int, datetime]:
    """Those of the schools where the employer is settled now, and since when."""
    rows: Any = (
        Settlement.select(Settlement.school, Settlement.settled_since)
        .where(
            (Settlement.employer == employer_id)
            & Settlement.school.in_(list(school_ids))
            & (Settlement.status == Settlement.Status.SETTLED)
        )
        .tuples()
    )
    return dict(rows)


def _named() -> Any:
    query = Settlement.select(Settlement, Employer, School).join(Employer)
    return query.switch(Settlement).join(School)


def _tell(settlement: Settlement, outcome: str, reason: str = "") -> None:
    notify_many(
        account_ids_of(settlement.employer_id),
        NotificationKind.SETTLEMENT_DECIDED,
        params={
            "employer": settlement.employer.name,
            "school": settlement.school.name,
            "answer": outcome,
            "reason": reason,
        },
        page=INBOX,
        subject=f"settlement:{settlement.id}",
    )
