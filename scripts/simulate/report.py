"""The tables of the simulation, as text and as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from scripts.simulate.day import Figures
from scripts.simulate.watching import Score

HEADER = (
    "| Up to … lines each | Rule for a student who is busy | Rings at a student already in a call"
    " | Tickets served | Students with ≥ 1 interview | Overtakes per call | Wait of those served |"
)
PROMISES_HEADER = (
    "| Up to … lines each | Day | Promises scored | At 80 %, held | Made in the first hour, held"
    " | Came early | Came late | Median width | Of hopeless applications, flagged"
    " | Of flagged, hopeless |"
)


def shares(figures: Sequence[Figures]) -> dict[str, float]:
    """Means over days, in percent; overtakes per call, the wait in minutes."""
    total = {name: sum(getattr(one, name) for one in figures) for name in vars(Figures())}
    return {
        "false_rings_percent": _share(total["false_rings"], total["rings"]),
        "served_percent": _share(total["served"], total["tickets"]),
        "seen_percent": _share(total["seen"], total["students"]),
        "overtakes_per_call": round(total["overtakes"] / max(1, total["served"]), 2),
        "wait_minutes": round(total["waited"] / max(1, total["served"]) / 60, 1),
    }


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The comparison of rules in Markdown."""
    lines = [HEADER, "|" + "---|" * 7]
    for row in rows:
        lines.append(
            f"| {row['lines']} | {row['title']} | {row['false_rings_percent']:.1f} %"
            f" | {row['served_percent']:.1f} % | {row['seen_percent']:.1f} %"
            f" | {row['overtakes_per_call']:.2f} | {row['wait_minutes']:.0f} min |"
        )
    return "\n".join(lines)


def promises_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """How the product's own promises went, in Markdown."""
    lines = [PROMISES_HEADER, "|" + "---|" * 10]
    for row in rows:
        lines.append(
            f"| {row['lines']} | {row['day']} | {row['promises']} | {row['kept']:.1f} %"
            f" | {row['kept_early']:.1f} % | {row['early']:.1f} % | {row['late']:.1f} %"
            f" | {row['width']:.0f} min | {row['flagged']:.1f} % | {row['flags_right']:.1f} % |"
        )
    return "\n".join(lines)


def score_row(lines: int, day: str, score: Score) -> dict[str, Any]:
    """One row of the promises' table."""
    return {"lines": lines, "day": day} | asdict(score)


def _share(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
