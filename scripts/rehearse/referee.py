"""Judges every event as it is seen: double rings, false rings, lost places, second tickets.

A judgement must be certain. What is seen on one line may be older than what is seen on
another, so a student counts as busy only from a confirmed beginning until somebody is about
to do what may end it. The exact rules are applied to the database afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from scripts.rehearse.sightings import Sighting, Violation

RING_CERTAIN_SECONDS = 28.0  # the server gives a ring up after 30
RETURN_SECONDS = 90.0  # after which an unanswered ring has put its ticket back into the line
ACCEPT_SECONDS = 120.0  # after which an answer to an application is repeated no more
# Neither side heard of for so long, the server may have ended the call (12 s, then the grace).
CALL_CERTAIN_SECONDS = 60.0


@dataclass
class Busy:
    """A student certainly on one ticket's ring or call."""

    ticket: int
    since: float
    until: float
    is_call: bool


@dataclass
class Line:
    """What may have pushed later tickets back at one booth: (ticket, from, until)."""

    moves: list[tuple[int, float, float]] = field(default_factory=list)

    def pushes(self, key: tuple[str, int], keys: dict[int, tuple[str, int]], span: "Span") -> int:
        """How many earlier tickets may have stepped in before *key* during *span*."""
        return sum(
            1
            for ticket, began, ended in self.moves
            if keys.get(ticket, ("", 0)) < key and began <= span.end and ended >= span.start
        )


@dataclass(frozen=True)
class Span:
    """From one reading of a ticket to the next."""

    start: float
    end: float


@dataclass
class Known:
    """What was seen of one ticket."""

    queued_at: str
    ahead: int | None = None
    read_from: float = 0.0


class Referee:
    """Takes sightings in the order in which they were made."""

    def __init__(self) -> None:
        self.violations: list[Violation] = []
        self.rings = 0
        self._busy: dict[int, Busy] = {}
        self._ended: dict[int, float] = {}  # ticket → when something that ends it was last sent
        self._live: dict[tuple[int, int], int] = {}
        self._over: set[int] = set()
        self._known: dict[int, Known] = {}
        self._keys: dict[int, tuple[str, int]] = {}
        self._lines: dict[int, Line] = defaultdict(Line)
        self._slots: dict[int, set[int]] = defaultdict(set)

    def see(self, seen: Sighting) -> None:
        """Judge one sighting."""
        getattr(self, f"_see_{seen.act.value}")(seen)

    def _see_placed(self, seen: Sighting) -> None:
        pair = seen.student, seen.booth
        other = self._live.get(pair)
        if other is not None and other != seen.ticket and other not in self._over:
            self._blame("two_tickets", seen, "同一展位有两张有效的票", other)
        self._live[pair] = seen.ticket
        self._keys[seen.ticket] = (seen.queued_at, seen.ticket)
        self._known.setdefault(seen.ticket, Known(seen.queued_at, read_from=seen.at))
        if seen.slot_at:
            self._slots[seen.booth].add(seen.ticket)

    def _see_accepting(self, seen: Sighting) -> None:
        self._keys.setdefault(seen.ticket, (seen.queued_at, seen.ticket))
        # The answer may get lost and the command be repeated: open until it is confirmed.
        self._lines[seen.booth].moves.append((seen.ticket, seen.at, seen.at + ACCEPT_SECONDS))

    def _see_rung(self, seen: Sighting) -> None:
        self.rings += 1
        self._lines[seen.booth].moves.append(
            (seen.ticket, seen.asked_at, seen.at + RETURN_SECONDS)
        )  # a ring that is not answered brings its ticket back before those behind it
        busy = self._busy.get(seen.student)
        if busy and self._clashes(busy, seen):
            rule = "false_ring" if busy.is_call else "double_ring"
            self._blame(rule, seen, "学生在另一处被呼叫或面试中又被呼叫", busy.ticket)
        if self._ended.get(seen.ticket, -1.0) < seen.asked_at:
            until = seen.asked_at + RING_CERTAIN_SECONDS
            self._busy[seen.student] = Busy(seen.ticket, seen.at, until, is_call=False)

    def _see_heard(self, seen: Sighting) -> None:
        busy = self._busy.get(seen.student)
        if busy and busy.is_call and self._clashes(busy, seen):
            self._blame("false_ring", seen, "面试中收到另一处的呼叫", busy.ticket)

    def _see_answered(self, seen: Sighting) -> None:
        if self._ended.get(seen.ticket, -1.0) > seen.asked_at:
            return  # hung up before the answer's confirmation came
        busy = self._busy.get(seen.student)
        if busy and self._clashes(busy, seen):
            self._blame("double_ring", seen, "同时接听两处呼叫", busy.ticket)
        until = seen.asked_at + CALL_CERTAIN_SECONDS
        self._busy[seen.student] = Busy(seen.ticket, seen.at, until, is_call=True)

    def _see_talking(self, seen: Sighting) -> None:
        busy = self._busy.get(seen.student)
        if busy and busy.is_call and busy.ticket == seen.ticket:
            busy.until = seen.asked_at + CALL_CERTAIN_SECONDS

    @staticmethod
    def _clashes(busy: Busy, seen: Sighting) -> bool:
        """Whether the student was busy elsewhere for the whole of what was seen."""
        elsewhere = busy.ticket != seen.ticket
        return elsewhere and busy.since <= seen.asked_at and seen.at < busy.until

    def _see_ending(self, seen: Sighting) -> None:
        self._ended[seen.ticket] = seen.at
        busy = self._busy.get(seen.student)
        if busy and busy.ticket == seen.ticket:
            del self._busy[seen.student]

    def _see_left(self, seen: Sighting) -> None:
        self._see_ending(seen)
        self._over.add(seen.ticket)

    def _see_read(self, seen: Sighting) -> None:
        known = self._known.setdefault(seen.ticket, Known(seen.queued_at))
        if seen.queued_at != known.queued_at:
            if not seen.may_move:
                self._blame(
                    "lost_place", seen, f"排队时间由 {known.queued_at} 变为 {seen.queued_at}"
                )
            known.queued_at, known.ahead = seen.queued_at, None
        key = self._keys[seen.ticket] = (seen.queued_at, seen.ticket)
        if known.ahead is not None and seen.ahead is not None and not seen.may_move:
            worse = seen.ahead - known.ahead
            allowed = self._explained(seen, key, known) if worse > 0 else 0
            if worse > allowed:
                self._blame("lost_place", seen, f"前面人数由 {known.ahead} 变为 {seen.ahead}")
        known.ahead, known.read_from = seen.ahead, seen.asked_at

    def _explained(self, seen: Sighting, key: tuple[str, int], known: Known) -> int:
        span = Span(known.read_from, seen.at)
        slots = len(self._slots[seen.booth] - {seen.ticket})
        return slots + self._lines[seen.booth].pushes(key, self._keys, span)

    def _blame(self, rule: str, seen: Sighting, text: str, *others: int) -> None:
        tickets = [seen.ticket, *others]
        self.violations.append(Violation(rule=rule, at=seen.at, text=text, tickets=tickets))


def judge(log: Iterable[Sighting]) -> list[Violation]:
    """What the referee says of a whole log."""
    referee = Referee()
    for seen in log:
        referee.see(seen)
    return referee.violations
