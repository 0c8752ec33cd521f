"""Counters of the gateway, plain numbers until Prometheus asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric

BOUNDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)


@dataclass
class Tally:
    """What the gateway did since it started."""

    published: int = 0  # events that came from Redis
    sent: int = 0  # frames handed to a socket or its queue
    dropped: int = 0  # clients that did not read
    answered: int = 0  # questions of pages
    refused: int = 0  # questions that have to be asked over HTTP
    reconnects: int = 0  # times the subscription was lost
    fan_out_seconds: float = 0.0
    fan_outs: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def fan_out(self, seconds: float) -> None:
        """One event reached all its sockets after *seconds*."""
        self.fan_out_seconds += seconds
        place = next((i for i, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        self.fan_outs[place] += 1


class Exposition:
    """Shows a tally to Prometheus.

    A collector of its own instead of global metrics: those would be mixed into
    the web processes' shared files when both run from one environment.
    """

    def __init__(self, tally: Tally, sockets: Callable[[], int]):
        self._tally, self._sockets = tally, sockets
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def collect(self) -> Iterator[Metric]:
        """The metrics as they stand now."""
        tally = self._tally
        yield GaugeMetricFamily("realtime_sockets", "Open sockets", value=self._sockets())
        for name, what, value in (
            ("realtime_published", "Events received from Redis", tally.published),
            ("realtime_sent", "Frames handed to sockets", tally.sent),
            ("realtime_dropped", "Clients dropped because they did not read", tally.dropped),
            ("realtime_answered", "Questions of pages answered", tally.answered),
            ("realtime_refused", "Questions of pages refused", tally.refused),
            ("realtime_reconnects", "Subscriptions lost and made anew", tally.reconnects),
        ):
            yield CounterMetricFamily(name, what, value=value)
        buckets, total = [], 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), tally.fan_outs, strict=True):
            total += count
            buckets.append((bound, total))
        yield HistogramMetricFamily(
            "realtime_fan_out_seconds",
            "From an event's arrival to its last socket",
            buckets=buckets,
            sum_value=tally.fan_out_seconds,
        )

    def text(self) -> bytes:
        """Prometheus' text format."""
        return generate_latest(self._registry)
