"""The live board of a fair: how every booth is doing now, in a fixed number of queries."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from peewee import JOIN, Case, fn

from app.conduct.models import Meter
from app.core import clock, presence
from app.employers.models import Employer, Recruiter
from app.fairs.models import Booth, Fair, Participation
from app.fairs.phases import phase_of
from app.fairs.services.staging import get_fair
from app.interviews.models import DESK_TAKEN, IN_LINE, Desk, Interview, Status

SUMS = (
    "pending", "invited", "waiting", "held", "ringing", "in_call", "concluding", "finished",
    "passed", "rejected", "left", "misses", "talk_seconds", "overdue",
)  # fmt: skip
COUNTED_AS = {
    Status.DISMISSED: "rejected",
    Status.DECLINED: "left",
    Status.LAPSED: "left",
    Status.WITHDRAWN: "left",
}


def fair_board(fair_id: int) -> dict[str, Any]:
    """Every booth's desks and line, and the fair's totals; six queries and one look at presence.

    ``waiting`` counts all who stand in line, the ``held`` among them included; ``misses`` are rings
    that nobody answered, ``overdue`` applications that wait too long; waits and talks in seconds.

    :raises FairNotFound: no such fair
    """
    fair, now = get_fair(fair_id), clock.now()
    desks = _desks_of(fair)
    lines = _lines_of(fair)
    overdue = _overdue_at(fair)
    booths = [
        _booth(
            booth,
            desks.get(booth.id, []),
            lines.get(booth.id, {}) | {"overdue": overdue.get(booth.id, 0)},
            now,
        )
        for booth in _booths_of(fair)
    ]
    return {
        "server_now": now.isoformat(),
        "fair": {
            "id": fair.id,
            "name": fair.name,
            "phase": phase_of(fair),
            "starts_at": fair.starts_at.isoformat(),
            "ends_at": fair.ends_at.isoformat(),
        },
        "totals": _totals(fair, booths),
        "booths": booths,
    }


def _booths_of(fair: Fair) -> list[Booth]:
    query = Booth.select(Booth, Employer).join(Employer).where(Booth.fair == fair.id)
    return list(query.order_by(Booth.number, Booth.id))


def _lines_of(fair: Fair) -> dict[int, dict[str, Any]]:
    """Per booth: tickets by status, and when the first in line applied."""
    status, tickets = Interview.status, fn.COUNT(Interview.id)
    passed = fn.SUM(Case(None, [(Interview.verdict == Interview.Verdict.PASS, 1)], 0))
    query = (
        Interview.select(
            Interview.booth,
            status,
            tickets.alias("tickets"),
            fn.MIN(Interview.queued_at).alias("since"),
            passed.alias("passed"),
            fn.SUM(Interview.misses),
            fn.SUM(Interview.talk_seconds),
        )
        .where(Interview.fair == fair.id)
        .group_by(Interview.booth, status)
    )
    lines: dict[int, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(SUMS, 0) | {"since": None})
    for booth_id, now_at, count, since, good, misses, talked in query.tuples():
        line = lines[booth_id]
        line[COUNTED_AS.get(now_at, str(now_at))] += count
        line["misses"] += int(misses or 0)
        line["talk_seconds"] += int(talked or 0)
        line["passed"] += good if now_at == Status.FINISHED else 0
        if now_at in IN_LINE:
            line["since"] = min(filter(None, (line["since"], since)))
    return lines


def _overdue_at(fair: Fair) -> dict[int, int]:
    """Per booth: applications that are unanswered for too long."""
    query: Any = Meter.select(Meter.booth, Meter.overdue).where(Meter.fair == fair.id)
    return dict(query.tuples())


def _desks_of(fair: Fair) -> dict[int, list[dict[str, Any]]]:
    """Per booth: its desks, what each is doing and who is there."""
    at_desk = (Interview.desk == Desk.id) & Interview.status.in_(DESK_TAKEN)
    query = (
        Desk.select(
            Desk.id,
            Desk.booth,
            Desk.label,
            Recruiter.account,
            Recruiter.name,
            Interview.status,
            Interview.id,
        )
        .join(Booth)
        .switch(Desk)
        .join(Recruiter)
        .switch(Desk)
        .join(Interview, JOIN.LEFT_OUTER, on=at_desk)
        .where((Booth.fair == fair.id) & (Recruiter.status == Recruiter.Status.ACTIVE))
        .order_by(Desk.id)
    )
    rows = list(query.tuples())
    there = presence.online_or_none(account_id for _, _, _, account_id, *_ in rows)
    desks: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for desk_id, booth_id, label, account_id, name, state, ticket_id in rows:
        desks[booth_id].append(
            {
                "id": desk_id,
                "label": label,
                "name": name,
                "state": str(state) if state else "idle",
                "interview_id": ticket_id,
                "online": account_id in there,
            }
        )
    return desks


def _booth(
    booth: Booth, desks: list[dict[str, Any]], line: dict[str, Any], now: datetime
) -> dict[str, Any]:
    sums = {name: int(line.get(name) or 0) for name in SUMS}
    sums["waiting"] += sums["held"]
    since = line.get("since")
    return {
        "booth_id": booth.id,
        "number": booth.number,
        "employer": booth.employer.name,
        "status": booth.status,
        "line": line_state(booth, now),
        "desks": desks,
        "desks_online": sum(desk["online"] for desk in desks),
        "longest_wait_seconds": max(0, int((now - since).total_seconds())) if since else 0,
        **sums,
    }


def line_state(booth: Booth, now: datetime) -> str:
    """``open``, ``paused`` by the fair, ``closed`` by the employer, or running ``late``."""
    if booth.paused_at is not None:
        return "paused"
    if booth.line_closed_at is not None:
        return "closed"
    return "late" if booth.late_until is not None and booth.late_until > now else "open"


def _totals(fair: Fair, booths: list[dict[str, Any]]) -> dict[str, int]:
    totals = {name: sum(booth[name] for booth in booths) for name in SUMS}
    registered = Participation.select().where(
        (Participation.fair == fair.id) & (Participation.status == Participation.Status.REGISTERED)
    )
    waits = [booth["longest_wait_seconds"] for booth in booths]
    return totals | {
        "registered": registered.count(),
        "booths": sum(booth["status"] == Booth.Status.OPEN for booth in booths),
        "desks": sum(len(booth["desks"]) for booth in booths),
        "desks_online": sum(booth["desks_online"] for booth in booths),
        "longest_wait_seconds": max(waits, default=0),
    }
