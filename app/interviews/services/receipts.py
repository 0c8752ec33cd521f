"""The fairness receipt: why somebody was called before me, without names."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from app.core.audit import AuditEntry, subject_of
from app.interviews.models import IN_LINE, Interview, Overtake, Ring
from app.interviews.services.finding import ticket_of_student

Why = Ring.PassedOver
UNKNOWN = "unknown"
SETTLING_SECONDS = 2  # a ring that was on its way while the ticket came into the line
TEXTS: dict[str, str] = {
    Why.BUSY: "当时你正在其他展位被呼叫或面试，位置保留，先呼叫了后面的一位同学",
    Why.HOLD: "当时你申请了稍候，位置保留，先呼叫了后面的一位同学",
    Why.MISSED: "当时你未接听呼叫、还没有返回队列，位置保留，先呼叫了后面的一位同学",
    Why.OFFLINE: "当时你的页面不在线，位置保留，先呼叫了后面的一位同学",
    Why.SLOT: "一位同学预约的面试时段到了，按约定先面试",
    Why.ASSIGNED: "单位安排你由另一个席位面试，这个席位先呼叫了后面的一位同学",
    Why.DESK: "这个席位先呼叫了单位安排给它的一位同学",
    Why.FIRST_TIME: "本场双选会人人先面一次，先呼叫了今天还没有面试过的一位同学",
    UNKNOWN: "没有查到原因，可请会务人员核对",
}


def receipt_of(interview_id: int, account_id: int) -> dict[str, Any]:
    """Every ring that went to somebody who applied later, while the ticket stood in line.

    What should be there is worked out anew from the audit and the rings, so that
    ``explained_percent`` tells how much of it the receipt explains.

    :raises InterviewNotFound, NotYourInterview: not a ticket of the account
    """
    ticket = ticket_of_student(interview_id, account_id).interview
    explained = {ring.id: _why(ring, ticket.id) for ring in _recorded(ticket)}
    overtakes = {ring.id: ring for ring in _by_the_books(ticket)}
    known = overtakes.keys() & explained.keys()
    rings = overtakes | {ring.id: ring for ring in _recorded(ticket)}
    items = [
        {"at": ring.rung_at, "because": because, "text": TEXTS[because]}
        for ring in sorted(rings.values(), key=lambda ring: (ring.rung_at, ring.id))
        for because in [explained.get(ring.id, UNKNOWN)]
    ]
    percent = 100 * len(known) // len(overtakes) if overtakes else 100
    return {"items": items, "explained_percent": percent}


def _recorded(ticket: Interview) -> list[Ring]:
    return list(Ring.select().join(Overtake).where(Overtake.interview == ticket.id))


def _why(ring: Ring, ticket_id: int) -> str:
    reasons = (why for why, ids in ring.passed_over.items() if ticket_id in ids)
    return next(reasons, UNKNOWN)


def _by_the_books(ticket: Interview) -> list[Ring]:
    """Rings of the booth for later tickets, at instants at which this one stood in line."""
    log = list(
        AuditEntry.select(AuditEntry.at, AuditEntry.action, AuditEntry.before, AuditEntry.after)
        .where(AuditEntry.subject == subject_of(ticket))
        .order_by(AuditEntry.id)
    )
    moves = [(entry.at, _stands(entry)) for entry in log if "status" in (entry.after or {})]
    if not any(stands for _, stands in moves):
        return []
    times, ranks = _ranks(ticket, log)
    here = (Ring.booth == ticket.booth_id) & (Ring.interview != ticket.id)
    rings = Ring.select().where(here & (Ring.rung_at >= moves[0][0])).order_by(Ring.id)
    return [
        ring
        for ring in rings
        if _stood_in_line(moves, ring.rung_at)
        and (ring.queued_at, ring.interview_id)
        > (ranks[bisect_right(times, ring.rung_at)], ticket.id)
    ]


def _stands(entry: AuditEntry) -> bool:
    return entry.after["status"] in IN_LINE


def _ranks(ticket: Interview, log: Iterable[AuditEntry]) -> tuple[list[datetime], list[datetime]]:
    """When the ticket's rank changed, and its ranks: one more than changes."""
    falls = [entry for entry in log if entry.action == "fall_behind"]
    ranks = [datetime.fromisoformat(entry.before["queued_at"]) for entry in falls]
    return [entry.at for entry in falls], [*ranks, ticket.queued_at]


def _stood_in_line(moves: list[tuple[datetime, bool]], at: datetime) -> bool:
    """Whether it did at an instant, and not only since that very moment."""
    past = [(moved_at, stands) for moved_at, stands in moves if moved_at <= at]
    if not past or not past[-1][1]:
        return False
    since = past[-1][0]
    for moved_at, stands in reversed(past):
        if not stands:
            break
        since = moved_at
    return at - since >= timedelta(seconds=SETTLING_SECONDS)
