"""The answer-time meter: renewed by the clock, shown to students and to the booth itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from app.conduct import hours as opening
from app.conduct.models import Meter
from app.conduct.services import tally
from app.conduct.services.absences import count_absences
from app.conduct.services.sanctions import Standing, enforce
from app.conduct.services.tally import Tally
from app.core import clock, presence
from app.core.database import atomic
from app.core.prepared import PreparedList
from app.fairs.models import Booth, Fair
from app.fairs.services.windows import windows_at
from app.forecasts.hours import Span, booth_hours, fair_hours

AFTERWARDS = timedelta(hours=24)  # results and ratings still come in
LEAST_RATINGS = 3  # fewer would tell who gave them
OF_SANCTIONS = ("id", "booth", "reminders", "reminded_at")
COUNTED = (
    *("applications", "answered", "overdue", "calls", "results"),
    *("student_no_shows", "stars", "ratings"),
)
RENEWED = [field for field in Meter._meta.sorted_fields if field.name not in OF_SANCTIONS]
_METERS = PreparedList(
    lambda booth_ids: Meter.select().where(Meter.booth.in_(booth_ids)).namedtuples()
)


def renew_meters() -> int:
    """Renew the meters of every fair that goes on or has just ended, then remind and sanction.

    For the clock, every 30 s; several may renew at once. Returns how many booths were
    reminded, paused or released.

    :raises PresenceUnknown: Redis does not answer
    """
    now = clock.now()
    goes_on = Fair.status == Fair.Status.ANNOUNCED
    has_ended = (Fair.status == Fair.Status.ENDED) & (Fair.ends_at > now - AFTERWARDS)
    return sum(renew_fair(fair, now) for fair in Fair.select().where(goes_on | has_ended))


def renew_fair(fair: Fair, now: datetime) -> int:
    """Renew one fair's meters: a fixed number of queries, however many booths it has."""
    booths = tally.booths_of(fair)
    if not booths:
        return 0
    known = {meter.booth_id: meter for meter in Meter.select().where(Meter.fair == fair.id)}
    hours = _hours(fair, booths)
    tallies = _tallies(fair, hours, now)
    medians = _medians(known, tallies, hours)
    present = _present(fair.id)
    rows = []
    for booth in booths:
        row = _counted(tallies[booth.id]) | {"booth": booth.id, "fair": fair.id, "at": now}
        was = known.get(booth.id) or Meter()
        row["median_seconds"] = medians.get(booth.id, was.median_seconds)
        row["seen_at"] = seen_at = now if booth.id in present else was.seen_at
        row["recruiter_no_shows"] = was.recruiter_no_shows + (
            count_absences(was.at, seen_at, tallies[booth.id], hours[booth.id], now)
            if booth.id in known
            else 0
        )
        rows.append(row)
    with atomic():
        Meter.insert_many(rows).on_conflict(
            conflict_target=[Meter.booth], preserve=RENEWED
        ).execute()
    return enforce(fair, _standings(booths, tallies, hours, now), known)


def meter_of(booth_ids: Iterable[int]) -> dict[int, dict[str, Any] | None]:
    """What pages show of how each booth answers; None where nothing was counted yet."""
    ids = list(booth_ids)
    found: dict[int, dict[str, Any] | None] = dict.fromkeys(ids)
    for row in _METERS.all(ids):
        found[row.booth] = {
            "median_seconds": row.median_seconds,
            "answered_percent": _percent(row.answered, row.applications),
            "results_percent": _percent(row.results, row.calls),
            "overdue": row.overdue,
            "stars": round(row.stars, 1) if row.ratings >= LEAST_RATINGS else None,
            "ratings": row.ratings,
            "seen_at": row.seen_at,
        }
    return found


def _counted(counted: Tally) -> dict[str, Any]:
    return {name: getattr(counted, name) for name in COUNTED}


def _standings(
    booths: list[Booth],
    tallies: Mapping[int, Tally],
    hours: Mapping[int, list[Span]],
    now: datetime,
) -> list[Standing]:
    return [
        Standing(
            booth=booth,
            overdue=tallies[booth.id].overdue,
            last_answer_at=tallies[booth.id].last_answer_at,
            is_open=opening.is_open(hours[booth.id], now),
        )
        for booth in booths
        if booth.status == Booth.Status.OPEN
    ]


def _hours(fair: Fair, booths: list[Booth]) -> dict[int, list[Span]]:
    """When each booth is to be there: in its windows, or whenever the fair is live."""
    whole, windows = fair_hours(fair), windows_at(fair.id)
    return {
        booth.id: booth_hours(whole, windows[booth.id]) if booth.id in windows else whole
        for booth in booths
    }


def _tallies(fair: Fair, hours: Mapping[int, list[Span]], now: datetime) -> dict[int, Tally]:
    allowed = fair.answer_minutes * 60
    whole = fair_hours(fair)
    tallies = tally.tallies_of(fair.id, opening.due_before(whole, now, allowed))
    own = {
        booth_id: opening.due_before(spans, now, allowed)
        for booth_id, spans in hours.items()
        if spans != whole
    }
    for booth_id, overdue in tally.overdue_in_windows(fair.id, own).items():
        tallies[booth_id].overdue = overdue
    return tallies


def _medians(
    known: Mapping[int, Meter],
    tallies: Mapping[int, Tally],
    hours: Mapping[int, list[Span]],
) -> dict[int, int | None]:
    """The median answer time, in opening time, of the booths whose answers changed."""
    changed = [
        booth_id
        for booth_id, counted in tallies.items()
        if _has_changed(known.get(booth_id), counted)
    ]
    if not changed:
        return {}
    spans: dict[int, list[float]] = defaultdict(list)
    for booth_id, applied_at, answered_at in tally.answers_of(changed):
        within = opening.seconds_within(hours[booth_id], applied_at, answered_at)
        spans[booth_id].append(within)
    return {
        booth_id: round(median(spans[booth_id])) if spans[booth_id] else None
        for booth_id in changed
    }


def _has_changed(was: Meter | None, counted: Tally) -> bool:
    if was is None or was.answered != counted.answered:
        return True
    return counted.last_answer_at is not None and counted.last_answer_at >= was.at


def _present(fair_id: int) -> set[int]:
    """Booths at whose desks a recruiter has a page open now."""
    desks = tally.desk_accounts_of(fair_id)
    online = presence.online(account_id for _, account_id in desks)
    return {booth_id for booth_id, account_id in desks if account_id in online}


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
