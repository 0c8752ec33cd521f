"""The rules of the queue (SM7 ①–⑦) applied to what the database says happened.

Pure functions over plain rows, so that a hand-made history can be judged too. Stamps of two
transactions may cross by the time that one of them waited, hence the tolerance.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

TOLERANCE = timedelta(seconds=2)
ON_CALL = frozenset({"ringing", "in_call"})
DESK_TAKEN = ON_CALL | {"concluding"}
IN_LINE = frozenset({"waiting", "held"})
CALLS = frozenset({"ring", "start"})  # the recruiter's, the student's
FOREVER = datetime.max


@dataclass(frozen=True)
class Ticket:
    """An interview as it stands at the end."""

    id: int
    booth: int
    student: int
    queued_at: datetime
    status: str
    misses: int = 0
    is_invited: bool = False


@dataclass(frozen=True)
class Moment:
    """One audited step of a ticket; *actor* is the account that did it."""

    ticket: int
    verb: str
    status: str  # after it
    at: datetime
    actor: int | None = None


@dataclass(frozen=True)
class RingRow:
    """A recorded ring: why this ticket, and who was passed over for which reason."""

    ticket: int
    rung_at: datetime
    because: str
    queued_at: datetime
    passed_over: Mapping[str, Sequence[int]]
    interviewer: int | None = None  # the account at the desk, whoever called


@dataclass(frozen=True)
class Span:
    """A status of a ticket, from one step to the next; *actor* took the first by *verb*."""

    status: str
    start: datetime
    end: datetime
    actor: int | None
    verb: str = ""

    def covers(self, at: datetime, tolerance: timedelta = TOLERANCE) -> bool:
        """Whether it certainly held at an instant."""
        return self.start + tolerance <= at and at + tolerance <= self.end

    def near(self, at: datetime) -> bool:
        """Whether it may have held at an instant."""
        return self.start - TOLERANCE <= at <= self.end + min(TOLERANCE, FOREVER - self.end)


@dataclass
class Past:
    """The whole history, by ticket."""

    tickets: dict[int, Ticket]
    moments: list[Moment]
    rings: list[RingRow] = field(default_factory=list)
    spans: dict[int, list[Span]] = field(default_factory=dict)
    rings_of: dict[int, list[RingRow]] = field(default_factory=lambda: defaultdict(list))
    tickets_of: dict[int, list[Ticket]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for ring in self.rings:
            self.rings_of[ring.ticket].append(ring)
        for ticket in self.tickets.values():
            self.tickets_of[ticket.student].append(ticket)
        steps: dict[int, list[Moment]] = defaultdict(list)
        for moment in self.moments:
            steps[moment.ticket].append(moment)
        for number, mine in steps.items():
            ends = [*(step.at for step in mine[1:]), FOREVER]
            self.spans[number] = [
                Span(step.status, step.at, end, step.actor, step.verb)
                for step, end in zip(mine, ends, strict=True)
            ]


def overlaps(spans: Iterable[tuple[datetime, datetime, int]]) -> list[tuple[int, int]]:
    """Pairs of tickets whose spans overlap by more than the tolerance."""
    found: list[tuple[int, int]] = []
    latest: tuple[datetime, int] | None = None
    for start, end, ticket in sorted(spans):
        if latest and start + TOLERANCE < latest[0] and ticket != latest[1]:
            found.append((latest[1], ticket))
        if latest is None or end > latest[0]:
            latest = end, ticket
    return found


def double_rings(past: Past) -> list[str]:
    """① A student is in at most one of ringing and in call, over all booths."""
    return _clashes(past, ON_CALL, lambda ticket, _ring: ticket.student, "学生")


def double_desks(past: Past) -> list[str]:
    """② A desk has at most one of ringing, in call and a result that is owed."""
    return _clashes(
        past,
        DESK_TAKEN,
        lambda ticket, call: (ticket.booth, _interviewer(past, ticket, call)),
        "席位",
    )


def _interviewer(past: Past, ticket: Ticket, call: Span) -> int | None:
    """Who sits at the desk: the one who rang, or whom the student called."""
    if call.verb != "start":
        return call.actor
    row = _row_of(past, ticket.id, call.start)
    return row.interviewer if row else None


def _clashes(
    past: Past,
    statuses: frozenset[str],
    owner: Callable[[Ticket, Span], object],
    word: str,
) -> list[str]:
    taken: dict[object, list[tuple[datetime, datetime, int]]] = defaultdict(list)
    for number, ticket in past.tickets.items():
        for period in _periods(past.spans.get(number, []), statuses):
            taken[owner(ticket, period)].append((period.start, period.end, number))
    return [
        f"{word} {who}: 票 {one} 与 {other} 同时占用"
        for who, spans in taken.items()
        for one, other in overlaps(spans)
    ]


def _periods(spans: Iterable[Span], statuses: frozenset[str]) -> list[Span]:
    """Neighbouring spans of *statuses* as one, begun by whoever took the first step."""
    found: list[Span] = []
    for span in spans:
        if span.status not in statuses:
            continue
        if found and found[-1].end == span.start:
            found[-1] = replace(found[-1], end=span.end)
        else:
            found.append(span)
    return found


@dataclass
class Overtakes:
    """③ Every later ticket that was rung while an earlier one stood in line."""

    count: int = 0
    unexplained: list[str] = field(default_factory=list)
    by_reason: dict[str, int] = field(default_factory=dict)


def overtakes(past: Past) -> Overtakes:
    """Compare every ring with who certainly stood before it, and with what it says of them."""
    found = Overtakes()
    lines: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in past.tickets.values():
        lines[ticket.booth].append(ticket)
    for moment in past.moments:
        if moment.verb not in CALLS or moment.ticket not in past.tickets:
            continue
        rung = past.tickets[moment.ticket]
        row = _row_of(past, moment.ticket, moment.at)
        key = (row.queued_at if row else rung.queued_at, rung.id)
        for earlier in lines[rung.booth]:
            stands_before = (earlier.queued_at, earlier.id) < key and earlier.id != rung.id
            if stands_before and _in_line(past, earlier.id, moment.at):
                found.count += 1
                _explain(found, past, row, (moment, earlier))
    return found


def _row_of(past: Past, ticket: int, at: datetime) -> RingRow | None:
    """The record of a ring; its stamp is some milliseconds older than the audit's."""
    close = [row for row in past.rings_of[ticket] if abs(row.rung_at - at) <= TOLERANCE]
    return min(close, key=lambda row: abs(row.rung_at - at), default=None)


def _in_line(past: Past, ticket: int, at: datetime) -> bool:
    spans = [span for span in past.spans.get(ticket, []) if span.status in IN_LINE]
    return any(span.covers(at) for span in spans)


def _explain(
    found: Overtakes, past: Past, row: RingRow | None, case: tuple[Moment, Ticket]
) -> None:
    moment, earlier = case
    reasons = [r for r, ids in (row.passed_over if row else {}).items() if earlier.id in ids]
    what = f"票 {moment.ticket} 先于票 {earlier.id} 被呼叫"
    if not reasons:
        found.unexplained.append(f"{what}: 没有记录原因")
        return
    found.by_reason[reasons[0]] = found.by_reason.get(reasons[0], 0) + 1
    if not _is_true(past, reasons[0], earlier, moment.at):
        found.unexplained.append(f"{what}: 记录的原因“{reasons[0]}”与事实不符")


def _is_true(past: Past, reason: str, earlier: Ticket, at: datetime) -> bool:
    """Whether a reason that leaves a trace can be seen; the others cannot be checked."""
    if reason == "busy":
        return any(
            span.status in ON_CALL and span.near(at)
            for other in past.tickets_of[earlier.student]
            if other.id != earlier.id
            for span in past.spans.get(other.id, [])
        )
    if reason in ("hold", "missed"):
        spans = past.spans.get(earlier.id, [])
        return any(span.status == "held" and span.near(at) for span in spans)
    return True


def rejected_again(past: Past) -> list[str]:
    """④ A rejected ticket never leaves, but for the one logged override of the staff."""
    return [
        f"票 {number} 被拒绝后又变为 {later.status}"
        for number, spans in past.spans.items()
        for span, later in pairwise(spans)
        if span.status == "rejected" and later.status != "pending"
    ]


def unfinished_calls(past: Past) -> list[str]:
    """⑤ Every call that began ends in a result."""
    return [
        f"票 {ticket.id} 停在 {ticket.status}"
        for ticket in past.tickets.values()
        if ticket.status in DESK_TAKEN
    ]


def rings_outside(past: Past, opens_at: datetime, closes_at: datetime) -> list[str]:
    """⑥ No ring before the fair begins or after it has ended."""
    return [
        f"票 {moment.ticket} 在 {moment.at:%H:%M:%S} 被呼叫，不在开放时间内"
        for moment in past.moments
        if moment.verb in CALLS and not opens_at <= moment.at <= closes_at
    ]


def second_tickets(past: Past) -> list[str]:
    """⑦ Of two simultaneous applications at one booth one wins: one ticket lives at a time."""
    mine: dict[tuple[int, int], list[tuple[datetime, datetime, int]]] = defaultdict(list)
    over = {"finished", "declined", "lapsed", "withdrawn"}
    for number, ticket in past.tickets.items():
        spans = past.spans.get(number, [])
        if spans:
            end = next((span.start for span in spans if span.status in over), FOREVER)
            mine[ticket.student, ticket.booth].append((spans[0].start, end, number))
    return [
        f"学生 {who[0]} 在展位 {who[1]} 同时有票 {one} 与 {other}"
        for who, spans in mine.items()
        for one, other in overlaps(spans)
    ]


def lost_steps(past: Past, acknowledged: Iterable[tuple[int, str]]) -> list[str]:
    """What the server confirmed to somebody must stand in the database, whatever was killed."""
    done = {(moment.ticket, moment.verb) for moment in past.moments}
    return [
        f"票 {ticket}: 已确认的“{verb}”不在数据库中"
        for ticket, verb in sorted(set(acknowledged))
        if (ticket, verb) not in done
    ]


def moved_places(past: Past, placed: Mapping[int, datetime], misses_kept: int) -> list[str]:
    """The time of application is the place (E04): nothing but too many misses moves it."""
    return [
        f"票 {number} 的排队时间由 {at} 变为 {past.tickets[number].queued_at}"
        for number, at in placed.items()
        if number in past.tickets
        and past.tickets[number].queued_at != at
        and not 0 < misses_kept <= past.tickets[number].misses
        and not past.tickets[number].is_invited
    ]
