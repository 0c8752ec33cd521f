"""The list of a fair's booths, as the SQLAlchemy candidate would."""

from typing import Any

from flask import Blueprint, request
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.pagination import decode_cursor
from scripts.bench.orm_tables import fair_card, guarded, hosted, participant, tables
from scripts.bench.orm_tickets import IN_LINE, desks_online

PAGE = 20
ENDED = ("lapsed", "withdrawn", "declined")
blueprint = Blueprint("hall", __name__)


@blueprint.get("/api/screens/fairs/<int:fair_id>/hall")
@guarded
def hall(session: Session, fair_id: int) -> Any:
    """A page of booths with their positions, lines, forecasts and the student's own places."""
    fair, host = hosted(session, fair_id)
    student = participant(session, fair_id)
    found = _booths(session, fair_id)
    ids = [booth.id for booth, _ in found]
    offers, lines = _offers(session, ids), _lines(session, ids)
    desks, outlooks = desks_online(session, ids), _forecasts(session, ids)
    mine = _mine(session, student.id, ids)
    items = [
        {
            "booth_id": booth.id,
            "number": booth.number,
            "employer": {
                "id": owner.id,
                **{name: getattr(owner, name) for name in ("name", "industry", "nature")},
                **{name: getattr(owner, name) for name in ("size", "city")},
            },
            "positions": offers.get(booth.id, []),
            "closed": booth.line_closed_at is not None,
            "paused": booth.paused_at is not None,
            "in_line": lines.get(booth.id, 0),
            "desks_online": desks.get(booth.id, 0),
            "mine": mine.get(booth.id),
            **outlooks.get(booth.id, {"seen_chance": None, "wait": None}),
        }
        for booth, owner in found
    ]
    industries = _industries(session, fair_id)
    return {"fair": fair_card(fair, host), "items": items, "industries": industries}


def _booths(session: Session, fair_id: int) -> Any:
    booth, employer = tables.booth, tables.employer
    query = (
        select(booth, employer)
        .join(employer, employer.id == booth.employer_id)
        .where(booth.fair_id == fair_id, booth.status == "open")
        .order_by(booth.number, booth.id)
        .limit(PAGE + 1)
    )
    if key := decode_cursor(request.args.get("cursor"), str, int):
        number, last = key
        after = or_(booth.number > number, and_(booth.number == number, booth.id > last))
        query = query.where(after)
    return session.execute(query).all()[:PAGE]


def _offers(session: Session, ids: list[int]) -> dict[int, list[Any]]:
    offer, position = tables.booth_position, tables.position
    shown = ("id", "title", "city", "salary_min", "salary_max", "degree", "headcount")
    found: dict[int, list[Any]] = {}
    for booth_id, opening in session.execute(
        select(offer.booth_id, position)
        .join(position, position.id == offer.position_id)
        .where(offer.booth_id.in_(ids), position.status == "published")
        .order_by(position.id)
    ):
        card = {name: getattr(opening, name) for name in shown}
        found.setdefault(booth_id, []).append(card)
    return found


def _lines(session: Session, ids: list[int]) -> dict[int, int]:
    ticket = tables.interview
    standing = ticket.booth_id.in_(ids) & ticket.status.in_(IN_LINE)
    counted = select(ticket.booth_id, func.count(ticket.id)).where(standing)
    return {row[0]: row[1] for row in session.execute(counted.group_by(ticket.booth_id))}


def _forecasts(session: Session, ids: list[int]) -> dict[int, Any]:
    forecast = tables.forecast
    rows = session.scalars(select(forecast).where(forecast.booth_id.in_(ids)))
    return {
        row.booth_id: {
            "seen_chance": row.seen_chance,
            "wait": {
                "low_minutes": row.low_seconds // 60,
                "high_minutes": -(-row.high_seconds // 60),
            },
        }
        for row in rows
    }


def _mine(session: Session, student_id: int, ids: list[int]) -> dict[int, Any]:
    ticket = tables.interview
    own = select(ticket.booth_id, ticket.id, ticket.status).where(
        ticket.student_id == student_id, ticket.booth_id.in_(ids), ticket.status.not_in(ENDED)
    )
    rows = session.execute(own.order_by(ticket.id))
    return {booth_id: {"id": number, "status": status} for booth_id, number, status in rows}


def _industries(session: Session, fair_id: int) -> list[str]:
    booth, employer = tables.booth, tables.employer
    trades = (
        select(employer.industry)
        .join(booth, booth.employer_id == employer.id)
        .where(booth.fair_id == fair_id, booth.status == "open", employer.industry != "")
        .distinct()
        .order_by(employer.industry)
    )
    return [*session.scalars(trades)]
