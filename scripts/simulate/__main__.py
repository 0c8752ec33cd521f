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
SMALLER = {"booths": 24, "second_desks": 6, "students": 600}  # watching costs the most


def played(lines: int, rule: str, seed: int) -> Figures:
    """One day under a rule."""
    return Day(Size(lines=lines), seed, _rule(rule)).play()


def watched(lines: int, rule: str, takes_breaks: bool, seed: int) -> Score:
    """One smaller day with the product's forecasts looking on."""
    return watch(Day(Size(lines=lines, takes_breaks=takes_breaks, **SMALLER), seed, _rule(rule)))


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
    """Our promises on a day as planned, on one with desks late and away, and with everyone once."""
    cases = [
        (3, "as planned", HOLD, False),
        (3, "desks late, unannounced breaks", HOLD, True),
        (6, "as planned", HOLD, False),
        (6, "desks late, unannounced breaks", HOLD, True),
        (3, "everyone once", ONCE, False),
    ]
    scores = [
        pool.submit(watched, lines, rule.name, breaks, seed) for lines, _, rule, breaks in cases
    ]
    return [
        score_row(lines, day, found.result())
        for (lines, day, _, _), found in zip(cases, scores, strict=True)
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
