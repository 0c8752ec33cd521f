"""How the promises of a fair went: read for staff, and learned from for the next ones."""

from datetime import UTC, datetime, timedelta
from typing import Any

from peewee import SQL, Case, fn

from app.core import clock
from app.forecasts import hours as opening
from app.forecasts.learning import Lesson, learned_factors
from app.forecasts.models import Forecast, Promise
from app.forecasts.services.forecasting import write_factors

PROMISED_PERCENT = 80
BIN = 10  # percent
LESSONS = 600
LESSON_HOURS = 3


def calibration_of(fair_id: int) -> dict[str, Any]:
    """Of promises at 80 %, how many held; of chances, how many came true; ready for a plot.

    ``reliability``: a bin for every ten percent of the promised chance, with the mean chance and
    the percentage that was seen. Percentages are None where nothing is known yet.
    """
    ranges = {str(occasion): _held(*counts) for occasion, *counts in _ranges(fair_id)}
    return {
        "promised_percent": PROMISED_PERCENT,
        "all": _held(*(sum(one[key] for one in ranges.values()) for key in COUNTS)),
        "by_occasion": ranges,
        "by_hour": [
            {"hour": hour} | _held(*counts) for hour, counts in sorted(_by_hour(fair_id).items())
        ],
        "reliability": [_bin(*row) for row in _chances(fair_id)],
    }


COUNTS = ("promises", "open", "kept", "early", "late", "left", "unseen")


def _held(*counts: int) -> dict[str, Any]:
    """The counts of some promises; ``early`` came before their range, ``late`` after it."""
    named = dict(zip(COUNTS, (int(count or 0) for count in counts), strict=True))
    scored = named["kept"] + named["early"] + named["late"]
    percent = round(100 * named["kept"] / scored, 1) if scored else None
    return named | {"scored": scored, "kept_percent": percent}


def _sums() -> list[Any]:
    broken = Promise.was_kept == False  # noqa: E712
    early = broken & Promise.turn_at.is_null(False) & (Promise.turn_at < Promise.low_at)
    late = broken & (Promise.turn_at.is_null() | (Promise.turn_at > Promise.high_at))
    settled = Promise.scored_at.is_null(False)
    wanted = (
        Promise.scored_at.is_null(),
        Promise.was_kept == True,  # noqa: E712
        early,
        late,
        settled & Promise.was_kept.is_null() & Promise.was_seen.is_null(),
        settled & Promise.was_kept.is_null() & (Promise.was_seen == False),  # noqa: E712
    )
    return [fn.COUNT(Promise.id), *(fn.SUM(Case(None, [(one, 1)], 0)) for one in wanted)]


def _ranges(fair_id: int) -> list[Any]:
    query = Promise.select(Promise.occasion, *_sums()).where(Promise.fair == fair_id)
    return list(query.group_by(Promise.occasion).order_by(Promise.occasion).tuples())


def _by_hour(fair_id: int) -> dict[str, list[int]]:
    """The counts by the local hour in which the promises were made."""
    hour = fn.SUBSTR(Promise.made_at.cast("TEXT"), 1, 13).coerce(False)
    query = Promise.select(hour.alias("made_hour"), *_sums()).where(Promise.fair == fair_id)
    return {_local(made): counts for made, *counts in query.group_by(SQL("made_hour")).tuples()}


def _local(hour: str) -> str:
    at = clock.local(datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC))
    return at.isoformat()


def _chances(fair_id: int) -> list[Any]:
    """Per bin: the bin, how many chances, their mean, how many came true."""
    known = (Promise.fair == fair_id) & Promise.was_seen.is_null(False)
    rows = Promise.select(
        Promise.seen_chance, fn.COUNT(Promise.id), fn.SUM(Case(None, [(Promise.was_seen, 1)], 0))
    )
    bins: dict[int, list[int]] = {}
    for chance, promises, seen in rows.where(known).group_by(Promise.seen_chance).tuples():
        found = bins.setdefault(min(chance // BIN, 100 // BIN - 1), [0, 0, 0])
        for place, count in enumerate((promises, promises * chance, int(seen))):
            found[place] += count
    return sorted(bins.items())


def _bin(number: int, counts: list[int]) -> dict[str, Any]:
    promises, sum_of_chances, seen = counts
    return {
        "from_percent": number * BIN,
        "to_percent": (number + 1) * BIN,
        "promises": promises,
        "promised_percent": round(sum_of_chances / promises, 1),
        "seen_percent": round(100 * seen / promises, 1),
    }


def learn(fair_id: int) -> int:
    """Teach the fair's forecasts from its promises of late; from how many."""
    lessons = _lessons(fair_id)
    if lessons:
        write_factors(fair_id, *learned_factors(lessons))
    return len(lessons)


def _lessons(fair_id: int) -> list[Lesson]:
    """An even sample of the promises scored lately and of those still open."""
    now = clock.now()
    scored = Promise.scored_at >= now - timedelta(hours=LESSON_HOURS)
    lately = (Promise.fair == fair_id) & (
        (scored & Promise.turn_at.is_null(False)) | Promise.scored_at.is_null()
    )
    stride = max(1, Promise.select().where(lately).count() // LESSONS)
    open_hours = Forecast.select(Forecast.booth, Forecast.hours).where(Forecast.fair == fair_id)
    hours = {booth_id: opening.unpack(packed) for booth_id, packed in open_hours.tuples()}
    rows = Promise.select(
        Promise.booth, Promise.made_at, Promise.turn_at, Promise.scored_at,
        Promise.raw_low_seconds, Promise.raw_high_seconds,
    )  # fmt: skip
    lessons = []
    for booth_id, made_at, turn_at, scored_at, low, high in rows.where(
        lately & (Promise.ticket_id == Promise.ticket_id / stride * stride)
    ).tuples():
        waited = opening.seconds_between(hours.get(booth_id, []), made_at, turn_at or now)
        age = (now - scored_at).total_seconds() if scored_at else 0.0
        lessons.append(Lesson(low, high, waited, turn_at is not None, age))
    return lessons
