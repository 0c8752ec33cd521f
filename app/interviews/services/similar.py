"""Booths like another one where a turn is likelier: same trade, like positions, shorter line."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from peewee import Case, fn

from app.core.prepared import Prepared, PreparedList, bind
from app.employers.models import Employer
from app.fairs.models import Booth, BoothPosition
from app.forecasts.models import Forecast
from app.interviews.models import LIVE, Interview, Status
from app.interviews.services.quota import TAKEN
from app.positions.models import Position

LOOKED_AT, SHOWN = 19, 5  # with the booth itself twenty lists of positions
MINE = (*LIVE, Status.REJECTED, Status.FINISHED)
SAME_INDUSTRY, LIKE_TITLE, LIKE_MAJORS = 1.0, 2.0, 1.0


def similar_booths(booth: Booth, student_id: int, at_least: int) -> list[dict[str, Any]]:
    """Booths of the fair the student is not at yet, where a turn is *at_least* so likely."""
    rows = _CANDIDATES.all(
        booth_id=booth.id,
        fair_id=booth.fair_id,
        industry=booth.employer.industry,
        student_id=student_id,
        at_least=at_least,
    )
    offers: dict[int, list[Any]] = defaultdict(list)
    for offer in _OFFERS.all([booth.id, *(row.booth_id for row in rows)]) if rows else ():
        offers[offer.booth_id].append(offer)
    wanted = offers[booth.id]

    def likeness(row: Any) -> tuple[float, int, int]:
        offered = offers[row.booth_id]
        alike = LIKE_TITLE * _alike(_titles(wanted), _titles(offered))
        alike += LIKE_MAJORS * _alike(_majors(wanted), _majors(offered))
        alike += SAME_INDUSTRY * (row.industry == booth.employer.industry)
        return -alike, -row.seen_chance, row.booth_id

    return [_card(row, offers[row.booth_id]) for row in sorted(rows, key=likeness)[:SHOWN]]


def wait_card(low_seconds: int, high_seconds: int) -> dict[str, int]:
    """A wait in whole minutes, the upper end rounded up."""
    return {"low_minutes": low_seconds // 60, "high_minutes": -(-high_seconds // 60)}


def _candidates() -> Any:
    mine = Interview.select(Interview.id).where(
        (Interview.booth == Booth.id)
        & (Interview.student == bind("student_id"))
        & Interview.status.in_(MINE)
    )
    takes_part = (Booth.fair == bind("fair_id")) & (Booth.status == Booth.Status.OPEN)
    taken = Interview.select(fn.COUNT(Interview.id)).where(
        (Interview.booth == Booth.id) & Interview.status.in_(TAKEN)
    )
    takes_more = Booth.line_closed_at.is_null() & Booth.paused_at.is_null()
    takes_more &= Booth.quota.is_null() | (Booth.quota > taken)
    same = Case(None, [(Employer.industry == bind("industry"), 0)], 1)
    return (
        Forecast.select(
            Booth.id.alias("booth_id"),
            Booth.number,
            Employer.name,
            Employer.industry,
            Forecast.ahead,
            Forecast.seen_chance,
            Forecast.low_seconds,
            Forecast.high_seconds,
        )
        .join(Booth)
        .join(Employer)
        .where(takes_part & takes_more & (Booth.id != bind("booth_id")) & ~fn.EXISTS(mine))
        .where((Forecast.seen_chance >= bind("at_least")) & (Forecast.desks > 0))
        .order_by(same, Forecast.seen_chance.desc(), Forecast.high_seconds, Booth.id)
        .limit(LOOKED_AT)
        .namedtuples()
    )


def _offers(booth_ids: list[Any]) -> Any:
    return (
        Position.select(Position.title, Position.majors, BoothPosition.booth.alias("booth_id"))
        .join(BoothPosition)
        .where(BoothPosition.booth.in_(booth_ids) & (Position.status == Position.Status.PUBLISHED))
        .order_by(Position.id)
        .namedtuples()
    )


_CANDIDATES, _OFFERS = Prepared(_candidates), PreparedList(_offers)


def _card(row: Any, positions: Iterable[Any]) -> dict[str, Any]:
    return {
        "booth_id": row.booth_id,
        "number": row.number,
        "employer_name": row.name,
        "titles": [position.title for position in positions],
        "in_line": row.ahead,
        "seen_chance": row.seen_chance,
        "wait": wait_card(row.low_seconds, row.high_seconds),
    }


def _titles(positions: Iterable[Any]) -> set[str]:
    """Pairs of neighbouring characters: words need no finding in Chinese."""
    return {p.title[i : i + 2] for p in positions for i in range(max(1, len(p.title) - 1))}


def _majors(positions: Iterable[Any]) -> set[str]:
    words = (p.majors.replace("、", " ").replace("，", " ").replace(",", " ") for p in positions)
    return {word for text in words for word in text.split()}


def _alike(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others) if some and others else 0.0
