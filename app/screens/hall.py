"""The hall of a fair: employers with their positions and their lines."""

from collections import Counter
from typing import Any

import marshmallow as ma
from flask import g
from marshmallow import validate
from peewee import fn

from app.core.auth import Role, requires
from app.core.pagination import CursorInvalid
from app.core.prepared import Prepared, PreparedList, bind
from app.core.problems import Blueprint
from app.employers.models import Employer
from app.fairs.cards import fair_card
from app.fairs.errors import BlockedFromFair, FairNotFound, NotInFair
from app.fairs.models import Booth, BoothPosition
from app.fairs.schemas import FairCardSchema
from app.fairs.services.entry import get_participant
from app.fairs.services.staging import get_public_fair
from app.interviews.models import IN_LINE, LIVE, Interview, Status
from app.interviews.models.answers import seen_by_student
from app.interviews.services.quota import total
from app.interviews.services.tickets import desks_online
from app.positions.models import Position
from app.screens.hall_pages import EMPLOYER, HallOrder, page_of
from app.screens.waits import UNKNOWN, WithWaitSchema, waits_of
from app.students.models import Student

blp = Blueprint("hall_screen", __name__, url_prefix="/api/screens", description="会场页面")
MINE = (*LIVE, Status.REJECTED, Status.FINISHED)
POSITION = ("id", "title", "city", "salary_min", "salary_max", "degree", "headcount")
_OFFERS = PreparedList(
    lambda booth_ids: (
        Position.select(
            BoothPosition.booth.alias("booth_id"), *[getattr(Position, name) for name in POSITION]
        )
        .join(BoothPosition)
        .where(BoothPosition.booth.in_(booth_ids) & (Position.status == Position.Status.PUBLISHED))
        .order_by(Position.id)
        .dicts()
    )
)
_LINES = PreparedList(
    lambda booth_ids: (
        Interview.select(Interview.booth, fn.COUNT(Interview.id))
        .where(Interview.booth.in_(booth_ids) & Interview.status.in_(IN_LINE))
        .group_by(Interview.booth)
        .tuples()
    )
)
_MINE = PreparedList(
    lambda booth_ids: (
        Interview.select(Interview.booth, Interview.id, Interview.status)
        .where(
            (Interview.student == bind("student_id"))
            & Interview.booth.in_(booth_ids)
            & Interview.status.in_(MINE)
        )
        .order_by(Interview.id)
        .tuples()
    )
)
_INDUSTRIES = Prepared(
    lambda: (
        Employer.select(Employer.industry)
        .join(Booth)
        .where(
            (Booth.fair == bind("fair_id"))
            & (Booth.status == Booth.Status.OPEN)
            & (Employer.industry != "")
        )
        .distinct()
        .order_by(Employer.industry)
        .tuples()
    )
)


class EmployerCardSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    industry = ma.fields.String(required=True)
    nature = ma.fields.String(required=True)
    size = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    introduction = ma.fields.String()


class PositionCardSchema(ma.Schema):
    """An opening; pay in yuan a month."""

    id = ma.fields.Integer(required=True)
    title = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    salary_min = ma.fields.Integer(required=True)
    salary_max = ma.fields.Integer(required=True)
    degree = ma.fields.String(required=True)
    headcount = ma.fields.Integer(required=True)
    duties = ma.fields.String()
    requirements = ma.fields.String()
    majors = ma.fields.String()


class MineSchema(ma.Schema):
    interview_id = ma.fields.Integer(required=True)
    status = ma.fields.String(required=True)


class BoothCardSchema(WithWaitSchema):
    booth_id = ma.fields.Integer(required=True)
    number = ma.fields.String(required=True)
    employer = ma.fields.Nested(EmployerCardSchema, required=True)
    positions = ma.fields.List(ma.fields.Nested(PositionCardSchema), required=True)
    in_line = ma.fields.Integer(required=True)
    desks_online = ma.fields.Integer(required=True)
    mine = ma.fields.Nested(MineSchema, required=True, allow_none=True)
    closed = ma.fields.Boolean(required=True)
    paused = ma.fields.Boolean(required=True)


class HallSchema(ma.Schema):
    fair = ma.fields.Nested(FairCardSchema, required=True)
    items = ma.fields.List(ma.fields.Nested(BoothCardSchema), required=True)
    industries = ma.fields.List(ma.fields.String(), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class HallQuerySchema(ma.Schema):
    q = ma.fields.String(load_default="", validate=validate.Length(max=40))
    industry = ma.fields.String(load_default="", validate=validate.Length(max=40))
    sort = ma.fields.Enum(HallOrder, by_value=True, load_default=HallOrder.NUMBER)
    open = ma.fields.Boolean(load_default=False)
    cursor = ma.fields.String(load_default="", validate=validate.Length(max=200))


@blp.get("/fairs/<int:fair_id>/hall")
@requires(Role.STUDENT)
@blp.arguments(HallQuerySchema, location="query")
@blp.shows(HallSchema)
@blp.problems(FairNotFound, NotInFair, BlockedFromFair, CursorInvalid)
def show_hall(query: dict[str, Any], fair_id: int) -> dict[str, Any]:
    """Employers at the fair with their positions; search by name, position, major or city.

    ``sort=wait``: the shortest wait first. ``open``: only booths that take applications.
    """
    fair = get_public_fair(fair_id)
    student = get_participant(fair_id, g.account_id)
    booths, next_cursor = page_of(fair_id, query)
    return {
        "fair": fair_card(fair),
        "items": _cards(booths, student),
        "industries": _industries(fair_id),
        "next_cursor": next_cursor,
    }


def _industries(fair_id: int) -> list[str]:
    return [name for (name,) in _INDUSTRIES.all(fair_id=fair_id)]


def _cards(booths: list[dict[str, Any]], student: Student) -> list[dict[str, Any]]:
    ids = [booth["booth_id"] for booth in booths]
    standing = standing_of(ids, student)
    offers: dict[int, list[dict[str, Any]]] = {booth_id: [] for booth_id in ids}
    for offer in _OFFERS.all(ids):
        offers[offer.pop("booth_id")].append(offer)
    return [
        {
            "booth_id": booth["booth_id"],
            "number": booth["number"],
            "employer": {name: booth[name] for name in EMPLOYER},
            "positions": offers[booth["booth_id"]],
            "closed": booth["line_closed_at"] is not None,
            "paused": booth["paused_at"] is not None,
            **standing[booth["booth_id"]],
        }
        for booth in booths
    ]


def standing_of(booth_ids: list[int], student: Student) -> dict[int, dict[str, Any]]:
    """What changes by the minute at each booth: its line, its desks, my ticket."""
    lines, online, mine = _lines(booth_ids), desks_online(booth_ids), _mine(booth_ids, student)
    waits = waits_of(booth_ids)
    return {
        booth_id: {
            "in_line": lines.get(booth_id, 0),
            "desks_online": online.get(booth_id, 0),
            "mine": mine.get(booth_id),
            **waits.get(booth_id, UNKNOWN),
        }
        for booth_id in booth_ids
    }


def standing_at(
    booth: Booth, student: Student, counts: Counter[Interview.Status]
) -> dict[str, Any]:
    """The same for one booth, whose tickets have been counted."""
    return {
        "in_line": total(counts, IN_LINE),
        "desks_online": desks_online([booth.id])[booth.id],
        "mine": _mine([booth.id], student).get(booth.id),
        **waits_of([booth.id]).get(booth.id, UNKNOWN),
    }


def _lines(booth_ids: list[int]) -> dict[int, int]:
    return dict(_LINES.all(booth_ids))


def _mine(booth_ids: list[int], student: Student) -> dict[int, dict[str, Any]]:
    """My ticket at each booth, a live one before one that is over."""
    found: dict[int, dict[str, Any]] = {}
    for booth_id, interview_id, status in _MINE.all(booth_ids, student_id=student.id):
        if booth_id not in found or status != Status.FINISHED:
            found[booth_id] = {
                "interview_id": interview_id,
                "status": seen_by_student(status),
            }
    return found
