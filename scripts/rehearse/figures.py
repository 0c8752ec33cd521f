"""From the journal to figures, and from the figures to GO or NO-GO."""

import os
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scripts.rehearse.theatre import Played

FIRST_MINUTE = 60.0
P99_SECONDS = 0.5
KEPT_SHARE = 0.75
ENOUGH_PROMISES = 30  # fewer say nothing of how well they are kept
SHAPELESS_SPEED = 30.0  # talks of seconds: a forecast in minutes cannot be judged by them
CROWDED_SHARE = 0.3  # of the cores, from which on the player itself slows the product
WATCHED = ("apply", "queue page")
BUCKET_SECONDS = 10.0


@dataclass(frozen=True)
class Gate:
    """One condition for opening the doors."""

    title: str
    value: str
    bound: str
    is_open: bool


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which *share* of an ordered row lies; 0 for none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def thirds(ordered: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99."""
    return {f"p{share}": percentile(ordered, share / 100) for share in (50, 95, 99)}


class Figures:
    """Everything a sheet shows."""

    def __init__(self, played: Played) -> None:
        self.played, self.plan = played, played.plan
        self.journal, self.after = played.journal, played.aftermath
        self.settled_at = min(FIRST_MINUTE, self.plan.opening_seconds)
        self.end = self.plan.play_seconds + 1
        self.gates = self._gates()

    @property
    def is_go(self) -> bool:
        return all(gate.is_open for gate in self.gates)

    def calls(self) -> list[dict[str, Any]]:
        """Every kind of call: how many, how long, how many failed, after the first minute."""
        rows = []
        for kind, timings in sorted(self.journal.calls.items(), key=lambda item: -len(item[1])):
            late = timings.between(self.settled_at, float("inf"))
            statuses = {
                status: count for (name, status), count in self.journal.statuses.items()
                if name == kind
            }  # fmt: skip
            row = {"call": kind, "count": len(timings), "statuses": statuses}
            rows.append(
                row
                | {
                    k: round(1000 * v, 1)
                    for k, v in thirds(late or sorted(timings.seconds)).items()
                }
            )
        return rows

    def over_time(self, kind: str) -> dict[str, list[tuple[float, float]]]:
        """p50, p95, p99 of one kind of call in milliseconds, by bucket of play."""
        lines: dict[str, list[tuple[float, float]]] = {"p50": [], "p95": [], "p99": []}
        timings = self.journal.calls.get(kind)
        if timings is None:
            return lines
        buckets: dict[int, list[float]] = {}
        for at, seconds in zip(timings.at, timings.seconds, strict=True):
            buckets.setdefault(int(at // self.bucket), []).append(seconds)
        for number, row in sorted(buckets.items()):
            for name, value in thirds(sorted(row)).items():
                lines[name].append((number * self.bucket, 1000 * value))
        return lines

    @property
    def bucket(self) -> float:
        return max(1.0, min(BUCKET_SECONDS, self.plan.play_seconds / 40))

    def arrivals(self) -> list[tuple[float, float]]:
        """Students entering a second, by bucket."""
        counted = Counter(int(at // self.bucket) for at in self.journal.arrivals)
        last = max(counted, default=0)
        return [(n * self.bucket, counted[n] / self.bucket) for n in range(last + 1)]

    def highest_rate_that_held(self) -> float:
        """The most arrivals a second at which applying and the queue page kept their bound."""
        slow = set()
        for kind in WATCHED:
            slow |= {at for at, value in self.over_time(kind)["p99"] if value > 1000 * P99_SECONDS}
        return max((rate for at, rate in self.arrivals() if at not in slow), default=0.0)

    def cores(self) -> dict[str, float]:
        """Cores used on average by each process, the player's own among them."""
        rows = [shares for at, shares in self.journal.cpu[1:]]
        names = {name for row in rows for name in row}
        return {
            n: round(sum(r.get(n, 0.0) for r in rows) / max(1, len(rows)), 2) for n in sorted(names)
        }

    @property
    def player_share(self) -> float:
        """The player's part of the whole machine, 0 to 1, while it was busiest."""
        busiest = max((row.get("player", 0.0) for _, row in self.journal.cpu[1:]), default=0.0)
        return busiest / (os.cpu_count() or 1)

    def server_errors(self) -> list[tuple[float, int, str]]:
        """5xx answers that no killing explains."""
        return [one for one in self.journal.server_errors if not self.journal.in_outage(one[0])]

    def _gates(self) -> list[Gate]:
        rules = Counter(one.rule for one in self.journal.referee.violations)
        counts = self.journal.counts
        gates = [
            _none("误呼（面试中又被呼叫）", rules["false_ring"]),
            _none("重呼（两处同时呼叫）", rules["double_ring"]),
            _none("位置丢失", rules["lost_place"]),
            _none("同一展位重复的票", rules["two_tickets"]),
            *(_none(f"数据库 {title}", len(found)) for title, found in self.after.rules.items()),
            _none("通知丢失", len(self.after.told.lost)),
            _none(
                "服务器错误 5xx" + ("（停机时段除外）" if self.plan.chaos else ""),
                len(self.server_errors()),
            ),
            _none("未能进场的学生", counts["students who could not enter"]),
            _none("演练程序自身的故障", counts["player faults"]),
            self._explained(),
            self._promises(),
        ]
        gates.append(
            Gate("演练中有面试发生", str(self.after.interviews), "> 0", self.after.interviews > 0)
        )
        if not (self.plan.chaos or self.plan.is_small):  # a machine under test measures nothing
            gates += [self._fast(kind) for kind in WATCHED]
        return gates

    def _explained(self) -> Gate:
        over = self.after.overtakes
        if not self.after.rings_recorded and self.after.interviews:
            return Gate("越过均有说明", "没有呼叫记录", "100 %", is_open=False)
        explained = over.count - len(over.unexplained)
        share = 100 * explained / over.count if over.count else 100.0
        return Gate(
            "越过均有说明", f"{share:.1f} %（{over.count} 次）", "100 %", not over.unexplained
        )

    def _promises(self) -> Gate:
        promises = self.after.promises
        share = promises.kept_share
        if self.plan.speed > SHAPELESS_SPEED:
            text = f"节奏为实际的 {self.plan.speed:g} 倍，过快，不评"
            return Gate("80 % 承诺的兑现", text, f"≥ {KEPT_SHARE:.0%}", is_open=True)
        if promises.scored < ENOUGH_PROMISES or share is None:
            text = f"{promises.scored} 条可评分，太少，不评"
            return Gate("80 % 承诺的兑现", text, f"≥ {KEPT_SHARE:.0%}", is_open=True)
        return Gate(
            "80 % 承诺的兑现",
            f"{share:.1%}（{promises.scored} 条）",
            f"≥ {KEPT_SHARE:.0%}",
            share >= KEPT_SHARE,
        )

    def _fast(self, kind: str) -> Gate:
        timings = self.journal.calls.get(kind)
        late = timings.between(self.settled_at, self.end) if timings else []
        value = percentile(late, 0.99)
        title = {"apply": "申请面试 p99", "queue page": "排队页 p99"}[kind]
        return Gate(
            title, f"{1000 * value:.0f} ms", f"< {1000 * P99_SECONDS:.0f} ms", value < P99_SECONDS
        )

    def as_json(self) -> dict[str, Any]:
        """The whole sheet as figures."""
        plan = asdict(self.plan) | {"out": str(self.plan.out)}
        waits = sorted(self.journal.waits.seconds)
        return {
            "go": self.is_go,
            "gates": [asdict(gate) for gate in self.gates],
            "plan": plan,
            "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
            "calls": self.calls(),
            "arrivals_per_second_peak": max((rate for _, rate in self.arrivals()), default=0.0),
            "highest_arrival_rate_that_held": self.highest_rate_that_held(),
            "sockets_peak": max((count for _, count in self.journal.sockets), default=0),
            "fan_out_ms": _ms(thirds(sorted(self.journal.fan_out.seconds))),
            "notification_seconds": thirds(self.after.told.delays),
            "wait_seconds": thirds(waits),
            "cores": self.cores(),
            "player_share_of_machine": round(self.player_share, 3),
            "counts": dict(sorted(self.journal.counts.items())),
            "skipped": sorted(self.journal.skipped),
            "outages": self.journal.outages,
            "violations": [asdict(one) for one in self.journal.referee.violations[:50]],
            "server_errors": self.journal.faults,
            "unreached_calls": len(self.journal.unreached),
            "logs": {} if self.is_go else self.played.logs,
            "settled_seconds": round(self.played.settled_seconds, 1),
            "aftermath": self.after.as_json(),
        }


def _none(title: str, count: int) -> Gate:
    return Gate(title, str(count), "0", count == 0)


def _ms(values: dict[str, float]) -> dict[str, float]:
    return {name: round(1000 * seconds, 1) for name, seconds in values.items()}
