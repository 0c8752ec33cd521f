"""A page of the hall's booths: by number or by the shortest wait, searched and filtered."""

from enum import StrEnum
from typing import Any

from peewee import JOIN, Case, Expression, fn

from app.core.pagination import decode_cursor, encode_cursor
from app.core.prepared import Prepared, bind
from app.employers.models import Employer
from app.fairs.models import Booth, BoothPosition
from app.forecasts.models import Forecast
from app.positions.models import Position

PAGE = 20
EMPLOYER = ("id", "name", "industry", "nature", "size", "city")
MOST_WORDS = 5
NOBODY_CALLS = 10**9  # seconds: where no desk calls, or nothing is known yet, stands last


class HallOrder(StrEnum):
    """In which order the hall lists its booths."""

    NUMBER = "number"  # 展位号
    WAIT = "wait"  # 等待最短


def page_of(fair_id: int, query: dict[str, Any]) -> tuple[list[dict[str, Any]], str | None]:
    """The booths of the page that *query* asks for, and the cursor of the next one.

    :raises CursorInvalid: broken, or of the other order
    """
    by_wait = query["sort"] == HallOrder.WAIT
    kinds, first = ((int, str, int), (-1, "", 0)) if by_wait else ((str, int), ("", 0))
    after = tuple(decode_cursor(query["cursor"], *kinds) or first)
    names = ("wait", "number", "booth_id") if by_wait else ("number", "booth_id")
    places = {"fair_id": fair_id} | dict(zip(names, after, strict=True))
    prepared, build = (_BY_WAIT, _by_wait) if by_wait else (_BY_NUMBER, _by_number)
    if query["q"] or query["industry"] or query["open"]:
        booths = list(build(**places).where(_wanted(query)))
    else:
        booths = prepared.all(**places)
    more, booths = len(booths) > PAGE, booths[:PAGE]
    return booths, encode_cursor(*(booths[-1][name] for name in names)) if more else None


def _booths(fair_id: Any) -> Any:
    shown = [getattr(Employer, name) for name in EMPLOYER]
    found = Booth.select(
        Booth.id.alias("booth_id"), Booth.number, Booth.line_closed_at, Booth.paused_at, *shown
    ).join(Employer)
    return found.where((Booth.fair == fair_id) & (Booth.status == Booth.Status.OPEN))


def _after(number: Any, booth_id: Any) -> Expression:
    return (Booth.number > number) | ((Booth.number == number) & (Booth.id > booth_id))


def _by_number(fair_id: Any, number: Any, booth_id: Any) -> Any:
    found = _booths(fair_id).where(_after(number, booth_id))
    return found.order_by(Booth.number, Booth.id).limit(PAGE + 1).dicts()


def _by_wait(fair_id: Any, wait: Any, number: Any, booth_id: Any) -> Any:
    """By the later end of a newcomer's wait: a wide range is no short wait."""
    seconds = Case(None, [(Forecast.desks > 0, Forecast.high_seconds)], NOBODY_CALLS)
    found = _booths(fair_id).select_extend(seconds.alias("wait"))
    found = found.switch(Booth).join(Forecast, JOIN.LEFT_OUTER, on=Forecast.booth == Booth.id)
    found = found.where((seconds > wait) | ((seconds == wait) & _after(number, booth_id)))
    return found.order_by(seconds, Booth.number, Booth.id).limit(PAGE + 1).dicts()


_BY_NUMBER = Prepared(lambda: _by_number(bind("fair_id"), bind("number"), bind("booth_id")))
_BY_WAIT = Prepared(
    lambda: _by_wait(bind("fair_id"), bind("wait"), bind("number"), bind("booth_id"))
)


def _wanted(query: dict[str, Any]) -> Expression:
    wanted = Booth.id.is_null(False)
    if query["industry"]:
        wanted &= Employer.industry == query["industry"]
    if query["open"]:
        wanted &= Booth.line_closed_at.is_null() & Booth.paused_at.is_null()
    for word in query["q"].split()[:MOST_WORDS]:
        offered = (
            BoothPosition.select(BoothPosition.booth)
            .join(Position)
            .where(
                (BoothPosition.booth == Booth.id)
                & (Position.status == Position.Status.PUBLISHED)
                & (
                    Position.title.contains(word)
                    | Position.majors.contains(word)
                    | Position.city.contains(word)
                )
            )
        )
        wanted &= Employer.name.contains(word) | Employer.city.contains(word) | fn.EXISTS(offered)
    return wanted
