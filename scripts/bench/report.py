"""The figures as a table and as JSON, with the ratios that are the aims."""

import json
import os
import platform
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.bench.broadcast import PROMISE_SECONDS
from scripts.bench.dataset import AN_OPENING, OPENING
from scripts.bench.measure import Measure

OURS = "Shuangxuan"
FLASK, ALCHEMY = "bare Flask", "Flask + SQLAlchemy"
CPU_BUDGET_MS = 3.2  # 70 % of two cores over 432 calls/s


def table(measures: Sequence[Measure]) -> str:
    """Return one block per database and operation, ratios against bare Flask."""
    blocks: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for row in measures:
        blocks[row.database, row.operation].append(row)
    lines: list[str] = []
    for (database, operation), rows in blocks.items():
        lines += ["", f"{database}: {operation}", HEAD]
        floor = next((row.per_second for row in rows if row.candidate == FLASK), 0.0)
        for row in rows:
            ratio = f"{row.per_second / floor:8.2f}" if floor else " " * 8
            lines.append(
                f"  {row.candidate:<20}{row.per_second:9.0f}{ratio}{row.cpu_ms:10.2f}"
                f"{row.all_cpu_ms:10.2f}{row.p50_ms:9.1f}{row.p99_ms:9.1f}"
            )
    return "\n".join(lines)


HEAD = f"  {'':20}{'req/s':>9}{'× Flask':>8}{'CPU ms':>10}{'all CPU':>10}{'p50 ms':>9}{'p99 ms':>9}"


def aims(measures: Sequence[Measure], database: str) -> list[dict[str, Any]]:
    """Return the aims with what was measured on *database*."""
    found = {(m.operation, m.candidate): m for m in measures if m.database == database}

    def rate(operation: str, candidate: str) -> float:
        row = found.get((operation, candidate))
        return row.per_second if row else 0.0

    def ratio(over: float, under: float) -> float:
        return round(over / under, 3) if under else 0.0

    ours = rate("apply", OURS)
    slower = ratio(rate("ring next of 50", OURS), rate("ring next of 2,000", OURS))
    opening = found.get((AN_OPENING, OURS))
    return [
        _aim("apply, share of bare Flask", ratio(ours, rate("apply", FLASK)), at_least=0.5),
        _aim("apply, against SQLAlchemy", ratio(ours, rate("apply", ALCHEMY)), at_least=1.0),
        _aim("ring next, 50 against 2,000 waiting", slower, at_most=1.2),
        _aim(
            "CPU ms a call over an opening",
            round(opening.cpu_ms, 2) if opening else 0.0,
            at_most=CPU_BUDGET_MS,
        ),
        _aim(
            "calls answered a second at an opening",
            round(opening.per_second) if opening else 0.0,
            at_least=0.97 * sum(OPENING.values()),
        ),
    ]


def broadcast_aim(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the promise of a broadcast with what was measured; a lost or doubled one fails it."""
    seconds = told["seconds"] if told["sends"] == told["people"] else float("inf")
    return _aim(
        f"seconds to tell {told['people']:,} students from one worker",
        seconds,
        at_most=PROMISE_SECONDS,
    )


def _aim(
    title: str, value: float, *, at_least: float | None = None, at_most: float | None = None
) -> dict[str, Any]:
    met = bool(value) and (at_least is None or value >= at_least)
    met = met and (at_most is None or value <= at_most)
    return {"aim": title, "value": value, "at_least": at_least, "at_most": at_most, "met": met}


def show_aims(found: Sequence[Mapping[str, Any]]) -> str:
    """Return the aims as lines."""
    lines = []
    for aim in found:
        bound = f"≥ {aim['at_least']}" if aim["at_least"] is not None else f"≤ {aim['at_most']}"
        lines.append(f"  {'✓' if aim['met'] else '✗'} {aim['aim']}: {aim['value']} ({bound})")
    return "\n".join(lines)


def save(content: Mapping[str, Any], measures: Sequence[Measure], folder: Path) -> Path:
    """Write everything to ``bench-<time>.json`` in *folder* and return the path."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    path = folder / f"bench-{now:%Y%m%d-%H%M%S}.json"
    whole = {"at": now.isoformat(), "machine": machine, **content}
    whole["measures"] = [asdict(row) for row in measures]
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    return path
