"""One line a minute while a rehearsal plays: enough to see from afar whether it holds."""

from scripts.rehearse.journal import Journal, Timings

EVERY_SECONDS = 60.0
WATCHED = {"apply": "applying", "queue page": "queue page"}
OUT_OF_ORDER_SECONDS = 30.0  # no call takes longer: rows are written as calls end


class Progress:
    """What the last minute was like, told as it goes by."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._told_at = 0.0
        self._arrived = 0

    def line(self, cores: dict[str, float]) -> str | None:
        """The next line, once a minute has passed."""
        journal, now = self._journal, self._journal.now()
        span = now - self._told_at
        if span < EVERY_SECONDS:
            return None
        arrived = len(journal.arrivals)
        words = [
            f"{now / 60:4.0f} min",
            f"{(arrived - self._arrived) / span:4.1f} arrivals/s",
            *(_pace(journal.calls[kind], title, now - span) for kind, title in WATCHED.items()),
            f"{sum(cores.values()):.2f} cores (player {cores.get('player', 0):.2f})",
            f"{journal.waiting[-1][1]:,} in line" if journal.waiting else "",
            *self._troubles(),
        ]
        self._told_at, self._arrived = now, arrived
        return " · ".join(word for word in words if word)

    def _troubles(self) -> list[str]:
        journal = self._journal
        found = {
            "rules broken": len(journal.referee.violations),
            "5xx": len(journal.server_errors),
            "unanswered": len(journal.unreached),
            "player faults": journal.counts["player faults"],
        }
        return [f"{count} {name}" for name, count in found.items() if count]


def _pace(timings: Timings, title: str, start: float) -> str:
    """How many of one kind of call began since *start*, and their p99; reads only the last rows."""
    took: list[float] = []
    for row in range(len(timings) - 1, -1, -1):
        if timings.at[row] < start - OUT_OF_ORDER_SECONDS:
            break
        if timings.at[row] >= start:
            took.append(timings.seconds[row])
    if not took:
        return f"no {title}"
    slowest = sorted(took)[min(len(took) - 1, int(0.99 * len(took)))]
    return f"{len(took)} {title}, p99 {1000 * slowest:.0f} ms"
