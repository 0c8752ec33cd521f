"""What a fair's tickets, rings and ratings say of its booths, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from peewee import Case, Expression, Value, fn

from app.employers.models import Recruiter
from app.fairs.models import Booth, Fair
from app.interviews.models import Desk, Interview, Rating, Ring, Status

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
UNSERVED = (Status.PENDING, Status.WAITING, Status.HELD)
_IS_APPLICATION = Interview.origin == Interview.Origin.APPLICATION
_STARTED = fn.COALESCE(Interview.readmitted_at, Interview.created_at)


@dataclass
class Tally:
    """What a booth did, as counted now."""

    applications: int = 0  # without those that were withdrawn before an answer
    answered: int = 0
    last_answer_at: datetime | None = None
    overdue: int = 0
    unserved: int = 0  # who waited for an answer or a call and still does, or got none
    calls: int = 0
    results: int = 0
    student_no_shows: int = 0
    last_ring_at: datetime | None = None
    stars: float | None = None
    ratings: int = 0


def booths_of(fair: Fair) -> list[Booth]:
    """The booths of a fair with their fair."""
    booths = list(Booth.select().where(Booth.fair == fair.id).order_by(Booth.id))
    for booth in booths:
        booth.fair = fair
    return booths


def desk_accounts_of(fair_id: int) -> list[tuple[int, int]]:
    """Booth and account of every desk whose recruiter still acts for the employer."""
    query: Any = Desk.select(Desk.booth, Recruiter.account).join(Recruiter)
    here = (Booth.fair == fair_id) & (Recruiter.status == Recruiter.Status.ACTIVE)
    return list(query.switch(Desk).join(Booth).where(here).tuples())


def tallies_of(fair_id: int, due_before: datetime | None) -> dict[int, Tally]:
    """Every booth's tickets, rings and ratings; overdue is what came in by *due_before*."""
    found: dict[int, Tally] = defaultdict(Tally)
    for booth_id, *counts in _tickets(fair_id, due_before).tuples():
        names = (
            *("applications", "answered", "last_answer_at", "overdue", "unserved"),
            *("calls", "results"),
        )
        found[booth_id] = Tally(**dict(zip(names, counts, strict=True)))
    for booth_id, missed, last_ring_at in _rings(fair_id).tuples():
        found[booth_id].student_no_shows = missed
        found[booth_id].last_ring_at = last_ring_at
    for booth_id, stars, ratings in _ratings(fair_id).tuples():
        found[booth_id].stars = round(int(stars) / ratings, 2)
        found[booth_id].ratings = ratings
    return found


def overdue_in_windows(fair_id: int, due_before: Mapping[int, datetime | None]) -> dict[int, int]:
    """Overdue applications of booths whose own windows decide since when an answer is due."""
    instants = {booth_id: at for booth_id, at in due_before.items() if at is not None}
    found = dict.fromkeys(due_before, 0)
    if not instants:
        return found
    waits = _is_pending(max(instants.values())) & Interview.booth.in_(list(instants))
    query = Interview.select(Interview.booth, Interview.created_at, Interview.readmitted_at)
    for booth_id, created_at, readmitted_at in query.where(
        (Interview.fair == fair_id) & waits
    ).tuples():
        found[booth_id] += (readmitted_at or created_at) <= instants[booth_id]
    return found


def answers_of(booth_ids: Iterable[int]) -> list[tuple[int, datetime, datetime]]:
    """Booth, application and answer of every answered application."""
    query = Interview.select(
        Interview.booth, Interview.created_at, Interview.readmitted_at, Interview.decided_at
    ).where(
        Interview.booth.in_(list(booth_ids)) & _IS_APPLICATION & Interview.decided_at.is_null(False)
    )
    return [
        (booth_id, readmitted_at or created_at, decided_at)
        for booth_id, created_at, readmitted_at, decided_at in query.tuples()
    ]


def _tickets(fair_id: int, due_before: datetime | None) -> Any:
    is_answered = Interview.decided_at.is_null(False)
    owed = is_answered | (Interview.status != Status.WITHDRAWN)
    unserved = Interview.status.in_(UNSERVED) | (
        _IS_APPLICATION & (Interview.status == Status.LAPSED)
    )
    is_over = Interview.ended_at.is_null(False)
    return (
        Interview.select(
            Interview.booth,
            _count(_IS_APPLICATION & owed),
            _count(_IS_APPLICATION & is_answered),
            fn.MAX(Interview.decided_at),
            _count(_is_pending(due_before or LONG_AGO)),
            _count(unserved),
            _count(is_over),
            _count(is_over & Interview.verdict.is_null(False)),
        )
        .where(Interview.fair == fair_id)
        .group_by(Interview.booth)
    )


def _rings(fair_id: int) -> Any:
    missed = _count(Ring.outcome == Ring.Outcome.MISSED)
    query = Ring.select(Ring.booth, missed, fn.MAX(Ring.rung_at))
    return query.where(Ring.fair == fair_id).group_by(Ring.booth)


def _ratings(fair_id: int) -> Any:
    return (
        Rating.select(Interview.booth, fn.SUM(Rating.stars), fn.COUNT(Rating.id))
        .join(Interview)
        .where((Interview.fair == fair_id) & (Rating.side == "student"))
        .group_by(Interview.booth)
    )


def _is_pending(since: datetime) -> Expression:
    """Whether an application waits for its answer since then or longer."""
    instant = Value(Interview.created_at.db_value(since), converter=False)
    return _IS_APPLICATION & (Interview.status == Status.PENDING) & (instant >= _STARTED)


def _count(which: Expression) -> Any:
    return fn.SUM(Case(None, [(which, 1)], 0))
