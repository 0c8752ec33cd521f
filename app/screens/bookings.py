"""Fairs to book, the enrolment form, and 我的报名 (B04, B06, B10)."""

from datetime import datetime
from typing import Any

import marshmallow as ma
from flask import g
from marshmallow import validate
from peewee import fn

from app.bookings.models import LIVE, Enrolment
from app.bookings.schemas import (
    BookableFairSchema,
    EmployerNameSchema,
    EnrolmentSchema,
    OfferedPositionSchema,
)
from app.bookings.services.cards import SHOWN_POSITION, bookable, card_of, cards_of, shown_position
from app.bookings.services.finding import find_live, with_parts
from app.bookings.services.plan import floor_plan
from app.core import clock
from app.core.auth import Role, requires
from app.core.pagination import CursorInvalid, decode_cursor, encode_cursor
from app.core.problems import Blueprint
from app.employers.errors import NotYourEmployer
from app.employers.models import Employer, Recruiter
from app.fairs.errors import FairNotFound
from app.fairs.models import Booth, Fair
from app.fairs.services.capacity import admitted
from app.fairs.services.staging import get_public_fair
from app.positions.models import Position
from app.schools.models import School
from app.schools.services import schools_that_closed

blp = Blueprint(
    "bookings_screen", __name__, url_prefix="/api/screens/recruiter", description="单位报名页面"
)
PAGE, MOST_SHOWN = 20, 100


class FairQuerySchema(ma.Schema):
    level = ma.fields.String(validate=validate.OneOf([one.value for one in Fair.Level]))
    mode = ma.fields.String(validate=validate.OneOf([one.value for one in Fair.Mode]))
    q = ma.fields.String(load_default="", validate=validate.Length(max=60))
    cursor = ma.fields.String(load_default=None, validate=validate.Length(max=200))


class MineAtFairSchema(ma.Schema):
    """What one of my employers has at the fair: an enrolment, or a booth that staff opened."""

    employer = ma.fields.Nested(EmployerNameSchema, required=True)
    enrolment_id = ma.fields.Integer(required=True, allow_none=True)
    status = ma.fields.String(required=True, allow_none=True)
    booth_id = ma.fields.Integer(required=True, allow_none=True)
    booth_status = ma.fields.String(required=True, allow_none=True)


class FairToBookSchema(BookableFairSchema):
    admitted = ma.fields.Integer(required=True)
    most_employers = ma.fields.Integer(required=True)
    mine = ma.fields.List(ma.fields.Nested(MineAtFairSchema), required=True)


class FairsToBookSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(FairToBookSchema), required=True)
    employers = ma.fields.List(ma.fields.Nested(EmployerNameSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class EmployerFactsSchema(EmployerNameSchema):
    """The employer's own facts, to look over before submitting."""

    uscc = ma.fields.String(required=True)
    nature = ma.fields.String(required=True)
    industry = ma.fields.String(required=True)
    size = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    introduction = ma.fields.String(required=True)


class PlanPlaceSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    number = ma.fields.String(required=True)
    area = ma.fields.String(required=True)
    row = ma.fields.Integer(required=True)
    col = ma.fields.Integer(required=True)
    note = ma.fields.String(required=True)
    state = ma.fields.String(
        required=True, validate=validate.OneOf(["free", "reserved", "held", "taken", "mine"])
    )
    employer_name = ma.fields.String(required=True)


class BookingQuerySchema(ma.Schema):
    employer_id = ma.fields.Integer(load_default=None, validate=validate.Range(1, 2**53))


class BookingScreenSchema(ma.Schema):
    """What the form shows: the fair, my employer, the plan, its positions, what is filled in."""

    fair = ma.fields.Nested(FairToBookSchema, required=True)
    employers = ma.fields.List(ma.fields.Nested(EmployerNameSchema), required=True)
    employer = ma.fields.Nested(EmployerFactsSchema, required=True)
    enrolment = ma.fields.Nested(EnrolmentSchema, required=True, allow_none=True)
    plan = ma.fields.List(ma.fields.Nested(PlanPlaceSchema), required=True)
    positions = ma.fields.List(ma.fields.Nested(OfferedPositionSchema), required=True)


class MyEnrolmentsSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(EnrolmentSchema), required=True)


@blp.get("/fairs")
@requires(Role.RECRUITER)
@blp.arguments(FairQuerySchema, location="query")
@blp.shows(FairsToBookSchema)
@blp.problems(CursorInvalid)
def list_fairs_to_book(query: dict) -> dict[str, Any]:
    """Fairs that are announced and not over, by time: found by level, mode and name (B04)."""
    fairs = _fairs(query)
    more = len(fairs) > PAGE
    shown = fairs[:PAGE]
    employers = _employers_of(g.account_id)
    mine = _mine([fair.id for fair in shown], employers)
    last = shown[-1] if more else None
    closed = schools_that_closed("bookings")
    return {
        "items": [
            _fair_to_book(fair, fair.admitted, mine.get(fair.id, []), closed) for fair in shown
        ],
        "employers": [_named(employer) for employer in employers],
        "next_cursor": encode_cursor(last.starts_at.isoformat(), last.id) if last else None,
    }


@blp.get("/fairs/<int:fair_id>/booking")
@requires(Role.RECRUITER)
@blp.arguments(BookingQuerySchema, location="query")
@blp.shows(BookingScreenSchema)
@blp.problems(FairNotFound, NotYourEmployer)
def show_booking(query: dict, fair_id: int) -> dict[str, Any]:
    """单位报名参会: what the form for a fair needs, for one of my employers (B06, B07)."""
    fair = get_public_fair(fair_id)
    employers = _employers_of(g.account_id)
    wanted = query["employer_id"]
    employer = next((one for one in employers if wanted in (None, one.id)), None)
    if employer is None:
        raise NotYourEmployer
    enrolment = find_live(fair_id, employer.id)
    mine = _mine([fair_id], employers)
    closed = schools_that_closed("bookings")
    return {
        "fair": _fair_to_book(fair, admitted(fair_id), mine.get(fair_id, []), closed),
        "employers": [_named(one) for one in employers],
        "employer": _company(employer),
        "enrolment": card_of(enrolment) if enrolment else None,
        "plan": floor_plan(fair_id, employer.id),
        "positions": _positions_of(employer.id),
    }


@blp.get("/enrolments")
@requires(Role.RECRUITER)
@blp.shows(MyEnrolmentsSchema)
def list_my_enrolments() -> dict[str, Any]:
    """我的报名: of all my employers, the newest first (B10)."""
    theirs = Enrolment.employer.in_([one.id for one in _employers_of(g.account_id)])
    rows = with_parts().where(theirs).order_by(Enrolment.id.desc()).limit(MOST_SHOWN)
    return {"items": cards_of(list(rows))}


def _fairs(query: dict[str, Any]) -> list[Any]:
    open_booths = Booth.select(fn.COUNT(Booth.id)).where(
        (Booth.fair == Fair.id) & (Booth.status == Booth.Status.OPEN)
    )
    rows: Any = Fair.select(Fair, School, open_booths.alias("admitted")).join(School)
    known = Fair.status.in_((Fair.Status.ANNOUNCED, Fair.Status.POSTPONED))
    rows = rows.where(known & (Fair.ends_at > clock.now()))
    for name in ("level", "mode"):
        if name in query:
            rows = rows.where(getattr(Fair, name) == query[name])
    if text := query["q"].strip():
        rows = rows.where(Fair.name.contains(text) | School.name.contains(text))
    if after := decode_cursor(query["cursor"], str, int):
        rows = rows.where(_behind(*after))
    return list(rows.order_by(Fair.starts_at, Fair.id).limit(PAGE + 1))


def _behind(starts_at: str, fair_id: int) -> Any:
    try:
        at = datetime.fromisoformat(starts_at)
    except ValueError as error:
        raise CursorInvalid from error
    if at.tzinfo is None:
        raise CursorInvalid
    return (Fair.starts_at > at) | ((Fair.starts_at == at) & (Fair.id > fair_id))


def _fair_to_book(
    fair: Fair, count: int, mine: list[dict[str, Any]], closed: frozenset[int]
) -> dict[str, Any]:
    limits = {"admitted": count, "most_employers": fair.most_employers}
    return bookable(fair, closed) | limits | {"mine": mine}


def _employers_of(account_id: int) -> list[Employer]:
    query: Any = Employer.select().join(Recruiter)
    mine = (Recruiter.account == account_id) & (Recruiter.status == Recruiter.Status.ACTIVE)
    standing = Employer.status == Employer.Status.ACTIVE  # as every act for one asks
    return list(query.where(mine & standing).order_by(Employer.id))


def _mine(fair_ids: list[int], employers: list[Employer]) -> dict[int, list[dict[str, Any]]]:
    """What my employers have at each of these fairs, in two queries."""
    names = {employer.id: employer for employer in employers}
    found: dict[tuple[int, int], dict[str, Any]] = {}

    def at(fair_id: int, employer_id: int) -> dict[str, Any]:
        blank = dict.fromkeys(("enrolment_id", "status", "booth_id", "booth_status"))
        start = {"employer": _named(names[employer_id]), **blank}
        return found.setdefault((fair_id, employer_id), start)

    enrolments = Enrolment.select(
        Enrolment.id, Enrolment.fair, Enrolment.employer, Enrolment.status
    ).where(Enrolment.fair.in_(fair_ids) & Enrolment.employer.in_(list(names)))
    for row in enrolments.order_by(Enrolment.status.in_(LIVE), Enrolment.id):
        at(row.fair_id, row.employer_id).update(enrolment_id=row.id, status=row.status)
    booths = Booth.select(Booth.id, Booth.fair, Booth.employer, Booth.status)
    for booth in booths.where(Booth.fair.in_(fair_ids) & Booth.employer.in_(list(names))):
        at(booth.fair_id, booth.employer_id).update(booth_id=booth.id, booth_status=booth.status)
    shown: dict[int, list[dict[str, Any]]] = {}
    for (fair_id, _), one in sorted(found.items(), key=lambda pair: pair[0]):
        shown.setdefault(fair_id, []).append(one)
    return shown


def _positions_of(employer_id: int) -> list[dict[str, Any]]:
    theirs = (Position.employer == employer_id) & (Position.status != Position.Status.DELETED)
    query = Position.select(*SHOWN_POSITION).where(theirs)
    return [shown_position(one) for one in query.order_by(Position.id.desc()).limit(200)]


def _named(employer: Employer) -> dict[str, Any]:
    return {"id": employer.id, "name": employer.name}


def _company(employer: Employer) -> dict[str, Any]:
    facts = ("uscc", "nature", "industry", "size", "city", "introduction")
    return _named(employer) | {name: getattr(employer, name) for name in facts}
