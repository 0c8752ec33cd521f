"""One candidate, one operation, measured: rate, CPU and latencies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scripts.bench import cpu, load
from scripts.bench.load import Call
from scripts.setup.console import SetupRefused

CONNECTIONS = 16
WARM_UP = 20


@dataclass(frozen=True)
class Measure:
    """What one operation costs at one candidate."""

    database: str
    operation: str
    candidate: str
    calls: int
    per_second: float
    cpu_ms: float  # of the candidate's own processes, per call
    all_cpu_ms: float  # database server and Valkey included
    p50_ms: float
    p99_ms: float


def better(one: Measure, other: Measure) -> Measure:
    """The one that was disturbed less: what else runs on the machine can only slow things down."""
    return replace(
        one,
        per_second=max(one.per_second, other.per_second),
        cpu_ms=min(one.cpu_ms, other.cpu_ms),
        all_cpu_ms=min(one.all_cpu_ms, other.all_cpu_ms),
        p50_ms=min(one.p50_ms, other.p50_ms),
        p99_ms=min(one.p99_ms, other.p99_ms),
    )


@dataclass(frozen=True)
class Cost:
    """The processes whose CPU time counts."""

    candidate: int
    servers: Sequence[int]

    def read(self) -> tuple[float, float]:
        own = cpu.seconds([self.candidate])
        return own, own + cpu.seconds(self.servers)


def measure(
    port: int,
    calls: Sequence[Call],
    cost: Cost,
    *,
    named: tuple[str, str, str],
    connections: int = CONNECTIONS,
    per_second: float | None = None,
) -> Measure:
    """Warm up with the first calls, measure the others; *named* is database, operation, candidate.

    Without *per_second* every connection sends as fast as it is answered.

    :raises SetupRefused: when a call fails: a refusal is cheap and must not look like speed
    """
    warm = load.run(port, calls[:WARM_UP], connections)
    before, all_before = cost.read()
    result = load.run(port, calls[WARM_UP:], connections, per_second=per_second)
    after, all_after = cost.read()
    if result.failures or warm.failures:
        example = warm.example or result.example
        failed = warm.failures + result.failures
        raise SetupRefused(f"{' / '.join(named)}: {failed} calls failed, such as {example}")
    return Measure(
        *named,
        calls=result.count,
        per_second=result.per_second,
        cpu_ms=1000 * (after - before) / result.count,
        all_cpu_ms=1000 * (all_after - all_before) / result.count,
        p50_ms=result.percentile(0.5),
        p99_ms=result.percentile(0.99),
    )
