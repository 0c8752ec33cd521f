"""The live board's charts: the day, media minutes, whether promises held, who can be told."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from app.core import clock
from app.employers.models import Employer
from app.fairs.models import Booth, Fair, Participation
from app.fairs.services.staging import get_fair
from app.forecasts.services.calibration import calibration_of
from app.interviews.models import Interview, Ring
from app.interviews.services.reach import credit_meter

STEP = timedelta(minutes=10)
LONGEST = timedelta(hours=14)
FREE_MINUTES = 300  # of video that every employer gets at least: a meter, not a cut-off (E16)
MOST_BOOTHS = 10
MISSED = (Ring.Outcome.MISSED, Ring.Outcome.PASSED)


def fair_charts(fair_id: int) -> dict[str, Any]:
    """What the board draws once a minute, in a fixed number of queries.

    :raises FairNotFound: no such fair
    """
    fair = get_fair(fair_id)
    return {
        "timeline": _timeline(fair),
        "minutes": _minutes(fair),
        "promises": calibration_of(fair_id),
        "credits": credit_meter(fair_id),
    }


def _timeline(fair: Fair) -> list[dict[str, Any]]:
    """Arrivals, rings, answered and missed ones, in steps of ten minutes; some 14 hours.

    The steps begin when the doors open, and stay where they are from one reading to the next.
    """
    now = clock.now()
    until = min(now, fair.ends_at)
    since = fair.doors_open_at + STEP * max(0, _step(until - LONGEST, fair.doors_open_at))
    rings = Ring.select(Ring.rung_at, Ring.outcome).where(
        (Ring.fair == fair.id) & (Ring.rung_at >= since)
    )
    arrivals = Participation.select(Participation.registered_at).where(
        (Participation.fair == fair.id) & (Participation.registered_at >= since)
    )
    counts: dict[str, Counter[int]] = {
        name: Counter() for name in ("arrivals", "rings", "answered", "missed")
    }
    for (at,) in arrivals.tuples():
        counts["arrivals"][_step(at, since)] += 1
    for at, outcome in rings.tuples():
        step = _step(at, since)
        counts["rings"][step] += 1
        counts["answered"][step] += outcome == Ring.Outcome.ANSWERED
        counts["missed"][step] += outcome in MISSED
    steps = range(max(0, _step(until, since)) + 1) if until >= since else range(0)
    return [
        {"at": (since + STEP * step).isoformat()}
        | {name: counted[step] for name, counted in counts.items()}
        for step in steps
    ]


def _minutes(fair: Fair) -> dict[str, Any]:
    """Talk minutes, of the whole fair and of the booths that used most, against the free ones."""
    talked = fn.SUM(Interview.talk_seconds)
    query = (
        Interview.select(Booth.id, Booth.number, Employer.name, talked)
        .join(Booth)
        .join(Employer)
        .where(Interview.fair == fair.id)
        .group_by(Booth.id, Booth.number, Employer.name)
        .order_by(talked.desc(), Booth.id)
    )
    rows = [(*booth, int(seconds or 0) // 60) for *booth, seconds in query.tuples()]
    names = ("booth_id", "number", "employer", "minutes")
    return {
        "used": sum(row[3] for row in rows),
        "free": FREE_MINUTES,
        "over": sum(row[3] > FREE_MINUTES for row in rows),
        "booths": [dict(zip(names, row, strict=True)) for row in rows[:MOST_BOOTHS] if row[3]],
    }


def _step(at: datetime, since: datetime) -> int:
    return (at - since) // STEP
