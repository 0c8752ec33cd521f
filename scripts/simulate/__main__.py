"""`make simulate`: compare what to do with a busy student, and score our own promises.

Pure Python and seeded: the same command prints the same figures. With ``--json FILE`` they
are written as well.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from scripts.simulate.day import Day, Figures
from scripts.simulate.people import Size
from scripts.simulate.report import promises_table, score_row, shares, table
from scripts.simulate.rules import HOLD, ONCE, RULES, Rule
from scripts.simulate.watching import Score, watch

LINES = (3, 6, 10)
WORKERS = 2
SMALLER: dict[str, Any] = {"booths": 24, "second_desks": 6, "students": 600}  # watching costs most
TROUBLE: dict[str, Any] = {
    "late_share": 0.15,
    "late": (120.0, 1200.0),
    "unanswered": 0.1,
    "answer": 120.0,
}
REHEARSED = Size(  # as the rehearsal plays it at ten times the pace, smaller
    booths=24,
    second_desks=0,
    students=480,
    day=1200.0,
    talk=51.0,
    result=4.2,
    box_minutes=1,
    rush_share=0.6,
    rush=300.0,
    last=2 / 3,
    late_share=0.15,
    late=(36.0, 180.0),
    unanswered=0.1,
    answer=20.0,
)
CASES = (
    ("as planned", HOLD, Size(lines=3, **SMALLER)),
    ("desks late, unannounced breaks", HOLD, Size(lines=3, takes_breaks=True, **SMALLER)),
    ("as planned", HOLD, Size(**SMALLER)),
    ("desks late, unannounced breaks", HOLD, Size(takes_breaks=True, **SMALLER)),
    ("everyone once", ONCE, Size(lines=3, **SMALLER)),
    ("everyone once", ONCE, Size(**SMALLER)),
    ("talks half as long, late, unanswered", HOLD, Size(talk=255.0, **TROUBLE, **SMALLER)),
    ("a rehearsal at ten times the pace", HOLD, REHEARSED),
    ("the same, its time box ten times too long", HOLD, replace(REHEARSED, box_minutes=10)),
)


def played(lines: int, rule: str, seed: int) -> Figures:
    """One day under a rule."""
    return Day(Size(lines=lines), seed, _rule(rule)).play()


def watched(size: Size, rule: str, seed: int) -> Score:
    """One smaller day with the product's forecasts looking on."""
    return watch(Day(size, seed, _rule(rule)))


def compare(pool: Executor, days: int, seed: int) -> list[dict[str, Any]]:
    """Every rule at every number of lines, over the same days."""
    rows = []
    for lines in LINES:
        for rule in RULES:
            play: Callable[[int], Figures] = partial(played, lines, rule.name)
            figures = list(pool.map(play, range(seed, seed + days)))
            rows.append({"lines": lines, "rule": rule.name, "title": rule.title} | shares(figures))
    return rows


def score(pool: Executor, seed: int) -> list[dict[str, Any]]:
    """Our promises on days as planned, with trouble, and with everyone once."""
    scores = [pool.submit(watched, size, rule.name, seed) for _, rule, size in CASES]
    return [
        score_row(size.lines, day, found.result())
        for (day, _, size), found in zip(CASES, scores, strict=True)
    ]


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--days", type=int, default=3, help="days per row of the comparison")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    chosen = parser.parse_args(arguments)
    began = time.monotonic()
    with ProcessPoolExecutor(WORKERS) as pool:
        rules, promises = compare(pool, chosen.days, chosen.seed), score(pool, chosen.seed)
    found = {"days": chosen.days, "seed": chosen.seed, "rules": rules, "promises": promises}
    print(table(rules), promises_table(promises), sep="\n\n")
    print(f"\n{chosen.days} days a row, seed {chosen.seed}, {time.monotonic() - began:.0f} s")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def _rule(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
