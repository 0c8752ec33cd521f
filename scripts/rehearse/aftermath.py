"""What the database says once the fair is over: the rules of the queue, promises, notifications."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from peewee import JOIN

from app.core.audit import AuditEntry
from app.core.database import db
from app.employers.models import Recruiter
from app.fairs.models import Fair
from app.forecasts.models import Promise
from app.interviews.models import Desk, Interview, Ring
from app.notifications.models import UNDONE, Channel, Notification, NotificationKind
from scripts.bench.broadcast import Sandbox
from scripts.rehearse import history
from scripts.rehearse.cast import Cast
from scripts.rehearse.history import Moment, Past, RingRow, Ticket
from scripts.rehearse.journal import Journal

SETTLE_SECONDS, SETTLE_EACH = 150.0, 0.1  # and for each student, who may be told of five lines
SANDBOX_KEEPS = 20_000  # messages; more and the oldest are gone
TOLD_OF = {
    "accept": NotificationKind.INTERVIEW_ACCEPTED,
    "reject": NotificationKind.INTERVIEW_REJECTED,
    "conclude": NotificationKind.INTERVIEW_RESULT,
    "miss": NotificationKind.INTERVIEW_MISSED,
}


@dataclass
class Promises:
    """How the waits that students were told of came true."""

    made: int = 0
    scored: int = 0
    kept: int = 0
    seen: list[dict[str, float]] = field(default_factory=list)  # chance told, share that was seen

    @property
    def kept_share(self) -> float | None:
        return self.kept / self.scored if self.scored else None


@dataclass
class Told:
    """What became of the notifications."""

    written: int = 0
    sent: int = 0
    only_inbox: int = 0
    lost: list[str] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)  # seconds, sorted


@dataclass
class Aftermath:
    """Everything that was found afterwards; a rule that holds has an empty list."""

    rules: dict[str, list[str]] = field(default_factory=dict)
    overtakes: history.Overtakes = field(default_factory=history.Overtakes)
    rings_recorded: int = 0
    tickets: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    students_interviewed: int = 0
    interviews: int = 0
    promises: Promises = field(default_factory=Promises)
    told: Told = field(default_factory=Told)

    def as_json(self) -> dict[str, Any]:
        """Everything but the single delays."""
        whole = asdict(self)
        whole["told"].pop("delays")
        whole["promises"]["kept_share"] = self.promises.kept_share
        return whole


def settle(fair_id: int, students: int) -> float:
    """Wait until the clock has closed the fair and everybody has been told; seconds it took."""
    began = time.monotonic()
    most = SETTLE_SECONDS + SETTLE_EACH * students

    def settled() -> bool:
        fair = Fair.get_by_id(fair_id)
        undone = Notification.select().where(Notification.status.in_(UNDONE)).exists()
        return fair.status == Fair.Status.ENDED and not undone

    while not settled() and time.monotonic() - began < most:
        db.close()  # a connection that PostgreSQL's restart has cut must not stay
        time.sleep(0.5)
    return time.monotonic() - began


def inspect(cast: Cast, journal: Journal, sandbox: Sandbox) -> Aftermath:
    """Apply every rule."""
    fair = Fair.get_by_id(cast.fair_id)
    past = read_past(cast.fair_id)
    placed = {ticket: _naive(text) for ticket, text in journal.placed.items()}
    missing = [f"票 {n}: 已确认但不在数据库中" for n in placed if n not in past.tickets]
    found = Aftermath(overtakes=history.overtakes(past), rings_recorded=len(past.rings))
    found.rules = {
        "① 一名学生同时只在一处": history.double_rings(past),
        "② 一个席位同时只有一场": history.double_desks(past),
        "③ 越过者均有说明": found.overtakes.unexplained if past.rings else [],
        "④ 被拒绝者不再进入": history.rejected_again(past),
        "⑤ 每场面试都有结果": history.unfinished_calls(past),
        "⑥ 只在开放时间内呼叫": history.rings_outside(
            past, _plain(fair.starts_at), _plain(fair.ends_at)
        ),
        "⑦ 同一展位只有一张有效票": history.second_tickets(past),
        "位置未丢失": history.moved_places(past, placed, fair.misses_kept),
        "已确认的操作未丢失": missing + history.lost_steps(past, journal.acknowledged),
    }
    found.tickets = len(past.tickets)
    found.statuses = dict(Counter(ticket.status for ticket in past.tickets.values()))
    answered = {m.ticket for m in past.moments if m.verb == "answer"}
    found.interviews = len(answered)
    found.students_interviewed = len({past.tickets[n].student for n in answered})
    found.promises = _promises(cast.fair_id)
    found.told = _told(past, sandbox)
    return found


def read_past(fair_id: int) -> Past:
    """The whole history of a fair's tickets."""
    rows = Interview.select().where(Interview.fair == fair_id)
    tickets = {
        row.id: Ticket(
            id=row.id,
            booth=row.booth_id,
            student=row.student_id,
            queued_at=_plain(row.queued_at),
            status=str(row.status),
            misses=row.misses,
            is_invited=row.origin == Interview.Origin.INVITATION,
        )
        for row in rows
    }
    return Past(tickets, _moments(tickets), _rings(fair_id))


def _moments(tickets: dict[int, Ticket]) -> list[Moment]:
    query = (
        AuditEntry.select()
        .where(AuditEntry.subject.startswith("interview:"))
        .order_by(AuditEntry.id)
    )
    moments = []
    for entry in query.iterator():
        ticket = int(entry.subject.partition(":")[2])
        status = (entry.after or {}).get("status")
        if ticket in tickets and status:
            at = _plain(entry.at)
            moments.append(Moment(ticket, entry.action, status, at, entry.actor_id))
    return moments


def _rings(fair_id: int) -> list[RingRow]:
    query = (
        Ring.select(Ring, Recruiter.account.alias("interviewer"))
        .join(Desk, JOIN.LEFT_OUTER)
        .join(Recruiter, JOIN.LEFT_OUTER)
        .where(Ring.fair == fair_id)
        .order_by(Ring.id)
        .objects()
    )
    return [
        RingRow(
            ticket=row.interview_id,
            rung_at=_plain(row.rung_at),
            because=str(row.because),
            queued_at=_plain(row.queued_at),
            passed_over=row.passed_over or {},
            interviewer=row.interviewer,
        )
        for row in query.iterator()
    ]


def _promises(fair_id: int) -> Promises:
    found = Promises()
    bins: dict[int, list[bool]] = {}
    for row in Promise.select().where(Promise.fair == fair_id).iterator():
        found.made += 1
        if row.was_kept is not None:
            found.scored += 1
            found.kept += row.was_kept
        if row.was_seen is not None:
            bins.setdefault(min(9, row.seen_chance // 10), []).append(row.was_seen)
    found.seen = [
        {"chance": 10 * number + 5, "seen": 100 * sum(were) / len(were), "count": len(were)}
        for number, were in sorted(bins.items())
    ]
    return found


def _told(past: Past, sandbox: Sandbox) -> Told:
    """Nobody was forgotten: each step has its row, each row is done, what was sent has arrived."""
    found = Told()
    written: Counter[tuple[str, str]] = Counter()
    sent_ids: dict[str, int] = {}
    for row in Notification.select().iterator():
        found.written += 1
        written[row.subject, row.kind] += 1
        if row.status in UNDONE:
            found.lost.append(f"通知 {row.id}（{row.kind}）仍未发送: {row.status}")
        elif row.status == Notification.Status.EXHAUSTED:
            found.only_inbox += 1
        else:
            found.sent += 1
            found.delays.append((row.sent_at - row.created_at).total_seconds())
            if row.channel in (Channel.SUBSCRIBE, Channel.SERVICE) and row.message_id:
                sent_ids[str(row.message_id)] = row.id
    found.delays.sort()
    steps = Counter(
        (f"interview:{m.ticket}", TOLD_OF[m.verb]) for m in past.moments if m.verb in TOLD_OF
    )
    for (subject, kind), count in steps.items():
        if written[subject, kind] < min(1, count):
            found.lost.append(f"{subject} 的 {kind} 从未写入")
    found.lost += _not_arrived(sent_ids, sandbox)
    return found


def _not_arrived(sent: dict[str, int], sandbox: Sandbox) -> list[str]:
    if len(sent) >= SANDBOX_KEEPS:
        return []
    arrived = {str(one["id"]) for one in sandbox.get("/messages", last=SANDBOX_KEEPS)}
    if arrived.isdisjoint(sent):
        return [f"通知 {row}: 已标记发送但沙箱没有收到" for row in list(sent.values())[:20]]
    return [
        f"通知 {row}: 已标记发送但沙箱没有收到"
        for number, row in sent.items()
        if number not in arrived
    ]


def _plain(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def _naive(text: str) -> datetime:
    return _plain(datetime.fromisoformat(text))


def patiently(ask: Callable[[], Any], tries: int = 20) -> Any:
    """Ask a database that has just come back, until it answers."""
    for number in range(tries):
        try:
            return ask()
        except Exception:  # any fault of any driver
            if number == tries - 1:
                raise
            if not db.is_closed():
                db.close()
            time.sleep(0.5)
    return None
