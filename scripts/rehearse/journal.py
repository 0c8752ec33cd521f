"""What a rehearsal measures while it plays: calls, events, waits, and what was confirmed."""

import time
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from app.interviews.services.claims import RING_SECONDS
from scripts.rehearse.referee import Referee
from scripts.rehearse.sightings import Act, Sighting

MOST_EXAMPLES = 12


@dataclass
class Timings:
    """When things of one kind happened and how long each took, in seconds of play."""

    at: array = field(default_factory=lambda: array("f"))
    seconds: array = field(default_factory=lambda: array("f"))

    def add(self, at: float, seconds: float) -> None:
        """One more."""
        self.at.append(at)
        self.seconds.append(seconds)

    def __len__(self) -> int:
        return len(self.at)

    def between(self, start: float, end: float) -> list[float]:
        """The durations of what began in a span, in order."""
        rows = zip(self.at, self.seconds, strict=True)
        return sorted(took for began, took in rows if start <= began < end)


class Journal:
    """Everything that is written down; one for the whole play."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.calls: dict[str, Timings] = defaultdict(Timings)
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.faults: list[dict[str, object]] = []  # 5xx, and what was neither expected nor 2xx
        self.server_errors: list[tuple[float, int, str]] = []  # at, status, kind
        self.unreached: list[float] = []  # calls that no server answered
        self.counts: Counter[str] = Counter()
        self.arrivals = array("f")
        self.sockets: list[tuple[float, int]] = []
        self.waiting: list[tuple[float, int]] = []
        self.cpu: list[tuple[float, dict[str, float]]] = []
        self.fan_out = Timings()  # from an answered ring to the page that heard of it
        self.waits = Timings()  # from joining the line to being rung
        self.outages: list[tuple[float, float, str]] = []
        self.acknowledged: list[tuple[int, str]] = []  # ticket, verb of the audit
        self.placed: dict[int, str] = {}
        self.interviewed: set[int] = set()
        self.promised = 0
        self.referee = Referee()
        self.skipped: set[str] = set()

    def now(self) -> float:
        """Seconds since the play began."""
        return time.perf_counter() - self.began

    def call(self, kind: str, began: float, status: int, text: str = "") -> None:
        """One call's answer; 0 means that none came."""
        now = self.now()
        self.calls[kind].add(began, now - began)
        self.statuses[kind, status] += 1
        if status == 0:
            self.unreached.append(now)
        elif status >= 500:
            self.server_errors.append((now, status, kind))
            if len(self.faults) < MOST_EXAMPLES:
                fault = {"at": round(now, 1), "call": kind, "status": status, "text": text[:300]}
                self.faults.append(fault)

    def saw(self, act: Act, ticket: int, student: int, booth: int, **more: object) -> None:
        """Something was seen; the referee judges it at once."""
        at = self.now()
        self.referee.see(
            Sighting(act=act, at=at, ticket=ticket, student=student, booth=booth, **more)  # type: ignore[arg-type]
        )

    def confirmed(self, ticket: int, verb: str) -> None:
        """The server said that *verb* was done: it must not get lost."""
        self.acknowledged.append((ticket, verb))

    def ring_heard(self, expires_at: str) -> None:
        """A student's page was told; server and player read the same clock of this machine."""
        rung_at = datetime.fromisoformat(expires_at).timestamp() - RING_SECONDS
        self.fan_out.add(self.now(), max(0.0, time.time() - rung_at))

    def in_outage(self, at: float, grace: float = 10.0) -> bool:
        """Whether a server had been killed on purpose then, or was coming back."""
        return any(start <= at <= end + grace for start, end, _ in self.outages)
