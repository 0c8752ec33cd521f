"""The lines that a student stands in, as the queue page shows them between two readings.

The clients' rules (line-step.ts, interviews.ts): news of a line says who entered or left it, so
that the page counts by itself and reads again at the pace of its place.
"""

import random
from datetime import datetime
from typing import Any

IN_LINE = frozenset({"waiting", "held"})
HINTS = (
    "interview.changed",
    "interview.ringing",
    "interview.calling",
    "queue.changed",
    "queue.ready",
    "fair.changed",
)
AT_ONCE_SECONDS = 0.15  # news in a burst become one reading
NOTICE_SECONDS = 10.0  # within which a line reads what its booth has told it
EVERYBODY_SECONDS = 60.0  # within which a whole fair reads what reached it in one moment
PLACE_SECONDS, LONGEST_PACE = 60.0, 300.0
BOOTH_SECONDS = 120.0  # after which a booth's page, whose line has moved, is read again
MOST_TOPICS = 20
READY_AHEAD = 2

Ticket = dict[str, Any]


def pace_seconds(ahead: int | None) -> float:
    """How soon a place that was counted by the news is read again."""
    if ahead is None:
        return LONGEST_PACE
    return min(LONGEST_PACE, PLACE_SECONDS * (ahead + 1))


class Lines:
    """A student's tickets, and the booth that is looked at."""

    def __init__(self, dice: random.Random):
        self.tickets: dict[int, Ticket] = {}
        self.looked_at: int | None = None
        self.has_moved = False  # the line of the booth that is looked at
        self._dice = dice
        self._read_at = 0.0

    def read(self, tickets: list[Ticket], server_now: str) -> None:
        """Take what the queue page was answered with."""
        self.tickets |= {ticket["id"]: ticket for ticket in tickets}
        self._read_at = _time(server_now)

    def look_at(self, booth_id: int | None) -> None:
        """Open a booth's page, or leave it."""
        self.looked_at, self.has_moved = booth_id, False

    def topics(self) -> list[str]:
        """What the page wants to hear of."""
        lines = {t["booth"]["id"] for t in self.tickets.values() if t["status"] in IN_LINE}
        here = [f"booth:{self.looked_at}", f"door:{self.looked_at}"] if self.looked_at else []
        wanted = [*here, *(f"booth:{booth_id}" for booth_id in sorted(lines))]
        return list(dict.fromkeys(wanted))[:MOST_TOPICS]

    def hear(self, kind: str, payload: dict[str, Any]) -> float | None:
        """How soon the news is read; None where it says all there is to know."""
        if kind not in HINTS:  # the inbox and the call listen to the others
            return None
        status, known = payload.get("status"), self.tickets.get(payload.get("interview_id", 0))
        if kind == "fair.changed" or status == "lapsed":
            return self._dice.uniform(0, EVERYBODY_SECONDS)
        if kind == "queue.changed":
            return self._count(payload)
        if kind == "interview.changed" and known is None and status == "pending":
            return None  # the answer to the application shows it
        on_its_way = known and known["status"] == "pending" and status in ("pending", "waiting")
        if known is None or not on_its_way:
            return AT_ONCE_SECONDS
        if status == "pending":
            return None
        ahead = payload.get("ahead")  # none where the line does not go by application
        self.tickets[known["id"]] = known | {"status": "waiting", "ahead": ahead}
        return pace_seconds(ahead or 0)

    def press(self) -> bool:
        """Whether something does not bear waiting: a ring, a call, a turn that is near."""
        return any(
            ticket["status"] in ("ringing", "in_call")
            or (ticket["status"] == "waiting" and _is_near(ticket))
            for ticket in self.tickets.values()
        )

    def notice_pace(self) -> float:
        """How soon a page reads what its line was told; the crowd spreads its readings."""
        return self._dice.uniform(0, NOTICE_SECONDS)

    def _count(self, news: dict[str, Any]) -> float | None:
        """Step up or back where somebody who applied earlier left the line or entered it."""
        self.has_moved |= news["booth_id"] == self.looked_at
        place, is_new = news.get("place"), _time(news.get("at")) > self._read_at
        concerned = [ticket for ticket in self.tickets.values() if _concerns(news, ticket)]
        for ticket in concerned:
            if place and is_new and not ticket["slot_at"] and ticket["ahead"] is not None:
                ahead = max(0, ticket["ahead"] + news["step"])
                self.tickets[ticket["id"]] = ticket | {"ahead": ahead}
        if is_told(news):
            return self.notice_pace() if concerned else None
        paces = [pace_seconds(self.tickets[ticket["id"]]["ahead"]) for ticket in concerned]
        return min(paces, default=None)


def is_told(news: dict[str, Any]) -> bool:
    """Whether a booth told its line something (late, closed, a notice): nobody took a step."""
    return "step" not in news


def _is_near(ticket: Ticket) -> bool:
    return bool(ticket["ready"]) or (ticket["ahead"] is not None and ticket["ahead"] <= READY_AHEAD)


def _concerns(news: dict[str, Any], ticket: Ticket) -> bool:
    if ticket["booth"]["id"] != news["booth_id"] or ticket["status"] not in IN_LINE:
        return False
    place = news.get("place")
    return place is None or bool(ticket["slot_at"]) or _time(place) < _time(ticket["queued_at"])


def _time(text: str | None) -> float:
    return datetime.fromisoformat(text).timestamp() if text else 0.0
