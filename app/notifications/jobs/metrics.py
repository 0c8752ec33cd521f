"""What became of notifications, counted for Prometheus."""

from collections.abc import Iterable

from prometheus_client import Counter

from app.notifications.jobs.letters import Fate
from app.notifications.models import Status

ATTEMPTS = Counter(
    "notification_attempts_total", "What a channel did with a notification", ["channel", "outcome"]
)
EXHAUSTED = Counter(
    "notification_exhausted_total", "Notifications that no channel could take, by kind", ["kind"]
)
SWEPT = Counter("notification_swept_total", "Notifications queued again by the sweep")


def count(fates: Iterable[Fate]) -> None:
    """Add a batch's fates to the counters."""
    for fate in fates:
        for trace in fate.traces:
            ATTEMPTS.labels(trace.channel.value, trace.outcome.value).inc()
        if fate.moves_to == Status.EXHAUSTED:
            EXHAUSTED.labels(fate.letter.kind.value).inc()
