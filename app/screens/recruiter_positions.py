"""The desk's pages of an employer: its positions, one of them, and the schools it is settled at."""

from typing import Any

import marshmallow as ma
from flask import g
from marshmallow import validate
from peewee import JOIN, fn

from app.core.auth import Role, requires
from app.core.pagination import CursorInvalid, decode_cursor, encode_cursor
from app.core.problems import Blueprint
from app.core.wire import Line
from app.employers.errors import NotYourEmployer
from app.employers.models import Employer, Recruiter, Settlement
from app.employers.services import get_employer, get_recruiter
from app.positions.errors import PositionNotFound
from app.positions.models import Position, PositionTarget, today
from app.positions.rows import whole_row
from app.positions.schemas import KINDS, STATUSES, PositionSchema
from app.positions.services.targeting import targets_of
from app.schools.models import School

blp = Blueprint(
    "recruiter_positions_screen",
    __name__,
    url_prefix="/api/screens/recruiter",
    description="岗位管理",
)
PAGE = 30
SHOWN = [status.value for status in Position.Status if status is not Position.Status.DELETED]
SETTLED = Settlement.Status.SETTLED


class OwnEmployerSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)


class OwnEmployersSchema(ma.Schema):
    employers = ma.fields.List(ma.fields.Nested(OwnEmployerSchema), required=True)


class TargetSchema(ma.Schema):
    """A school that a position is aimed at; *shown*: whether its students can see it now."""

    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    shown = ma.fields.Boolean(required=True)


class OwnPositionSchema(ma.Schema):
    """A row of the table. *over*: its last day has passed."""

    id = ma.fields.Integer(required=True)
    title = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(KINDS))
    city = ma.fields.String(required=True)
    salary_min = ma.fields.Integer(required=True)
    salary_max = ma.fields.Integer(required=True)
    headcount = ma.fields.Integer(required=True)
    status = ma.fields.String(required=True, validate=validate.OneOf(STATUSES))
    valid_until = ma.fields.Date(required=True, allow_none=True)
    over = ma.fields.Boolean(required=True)
    review_reason = ma.fields.String(required=True)
    submitted_at = ma.fields.DateTime(required=True, allow_none=True)
    schools = ma.fields.List(ma.fields.Nested(TargetSchema), required=True)


class OwnPositionsSchema(ma.Schema):
    employer = ma.fields.Nested(OwnEmployerSchema, required=True)
    counts = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), required=True)
    items = ma.fields.List(ma.fields.Nested(OwnPositionSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class OwnPositionQuerySchema(ma.Schema):
    q = Line(load_default="", validate=validate.Length(max=40))
    status = ma.fields.String(load_default="", validate=validate.OneOf(["", *SHOWN]))
    cursor = ma.fields.String(load_default="", validate=validate.Length(max=200))


class ChoiceOfSchoolSchema(ma.Schema):
    """A school to aim at; *settled* is false where the settlement has ended since."""

    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    settled = ma.fields.Boolean(required=True)
    shown = ma.fields.Boolean(required=True)


class PositionFormSchema(ma.Schema):
    employer = ma.fields.Nested(OwnEmployerSchema, required=True)
    position = ma.fields.Nested(PositionSchema, required=True, allow_none=True)
    schools = ma.fields.List(ma.fields.Nested(ChoiceOfSchoolSchema), required=True)


@blp.get("/employers")
@requires(Role.RECRUITER)
@blp.shows(OwnEmployersSchema)
def list_own_employers() -> dict[str, Any]:
    """The employers that I act for."""
    mine = (Recruiter.account == g.account_id) & (Recruiter.status == Recruiter.Status.ACTIVE)
    rows = Employer.select(Employer.id, Employer.name).join(Recruiter).where(mine)
    found = rows.order_by(Employer.name, Employer.id)
    return {"employers": [_named(employer) for employer in found]}


@blp.get("/employers/<int:employer_id>/positions")
@requires(Role.RECRUITER)
@blp.arguments(OwnPositionQuerySchema, location="query")
@blp.shows(OwnPositionsSchema)
@blp.problems(NotYourEmployer, CursorInvalid)
def list_own_positions(query: dict[str, str], employer_id: int) -> dict[str, Any]:
    """My employer's positions, the newest first, with how many stand in each status (C05)."""
    get_recruiter(g.account_id, employer_id)
    theirs = (Position.employer == employer_id) & (Position.status != Position.Status.DELETED)
    wanted = theirs & _wanted(query) if query["q"] or query["status"] else theirs
    if (after := decode_cursor(query["cursor"], int)) is not None:
        wanted &= Position.id < after[0]
    rows = Position.select().where(wanted).order_by(Position.id.desc()).limit(PAGE + 1)
    found = list(rows)
    shown = found[:PAGE]
    schools = _targets([position.id for position in shown])
    return {
        "employer": _named(get_employer(employer_id)),
        "counts": _counts(theirs),
        "items": [_row(position, schools.get(position.id, [])) for position in shown],
        "next_cursor": encode_cursor(shown[-1].id) if len(found) > PAGE else None,
    }


@blp.get("/employers/<int:employer_id>/positions/new")
@requires(Role.RECRUITER)
@blp.shows(PositionFormSchema)
@blp.problems(NotYourEmployer)
def show_new_position(employer_id: int) -> dict[str, Any]:
    """An empty form with the schools that may be aimed at."""
    get_recruiter(g.account_id, employer_id)
    schools = _choices(employer_id, 0)
    return {"employer": _named(get_employer(employer_id)), "position": None, "schools": schools}


@blp.get("/employers/<int:employer_id>/positions/<int:position_id>")
@requires(Role.RECRUITER)
@blp.shows(PositionFormSchema)
@blp.problems(NotYourEmployer, PositionNotFound)
def show_own_position(employer_id: int, position_id: int) -> dict[str, Any]:
    """One position of my employer's, to be changed."""
    get_recruiter(g.account_id, employer_id)
    theirs = (Position.id == position_id) & (Position.employer == employer_id)
    position = Position.get_or_none(theirs & (Position.status != Position.Status.DELETED))
    if position is None:
        raise PositionNotFound
    return {
        "employer": _named(get_employer(employer_id)),
        "position": whole_row(position, targets_of(position_id)),
        "schools": _choices(employer_id, position_id),
    }


def _wanted(query: dict[str, str]) -> Any:
    word = query["q"]
    named = Position.title.contains(word) | Position.city.contains(word)
    of_status = Position.status == query["status"]
    if not query["status"]:
        return named
    return named & of_status if word else of_status


def _counts(theirs: Any) -> dict[str, int]:
    rows = Position.select(Position.status, fn.COUNT(Position.id)).where(theirs)
    found = {str(status): count for status, count in rows.group_by(Position.status).tuples()}
    return {status: found.get(status, 0) for status in SHOWN}


def _row(position: Position, schools: list[dict[str, Any]]) -> dict[str, Any]:
    is_on = position.status == Position.Status.PUBLISHED
    return {
        "id": position.id,
        "title": position.title,
        "kind": position.kind,
        "city": position.city,
        "salary_min": position.salary_min,
        "salary_max": position.salary_max,
        "headcount": position.headcount,
        "status": position.status,
        "valid_until": position.valid_until,
        "over": position.valid_until is not None and position.valid_until < today(),
        "review_reason": position.review_reason,
        "submitted_at": position.submitted_at,
        "schools": [school | {"shown": is_on and school["shown"]} for school in schools],
    }


def _targets(position_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """The schools of each position, and whether the settlement covers it (C04)."""
    settled = (
        (Settlement.school == PositionTarget.school)
        & (Settlement.employer == Position.employer)
        & (Settlement.status == SETTLED)
    )
    rows = (
        PositionTarget.select(
            PositionTarget.position,
            PositionTarget.targeted_at,
            School.id,
            School.name,
            Settlement.settled_since,
        )
        .join(School)
        .switch(PositionTarget)
        .join(Position)
        .join(Settlement, JOIN.LEFT_OUTER, on=settled)
        .where(PositionTarget.position.in_(position_ids))
        .order_by(School.id)
        .tuples()
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for position_id, aimed_at, school_id, name, since in rows:
        shown = since is not None and aimed_at >= since
        found.setdefault(position_id, []).append({"id": school_id, "name": name, "shown": shown})
    return found


def _choices(employer_id: int, position_id: int) -> list[dict[str, Any]]:
    """Every school that took the employer in, and those the position was aimed at before."""
    rows: Any = (
        School.select(School.id, School.name)
        .join(Settlement)
        .where((Settlement.employer == employer_id) & (Settlement.status == SETTLED))
        .tuples()
    )
    aimed = {one["id"]: one for one in _targets([position_id]).get(position_id, [])}
    names: dict[int, str] = dict(rows)
    settled = set(names)
    names |= {school_id: one["name"] for school_id, one in aimed.items()}
    return [
        {
            "id": school_id,
            "name": names[school_id],
            "settled": school_id in settled,
            "shown": school_id in aimed and aimed[school_id]["shown"],
        }
        for school_id in sorted(names)
    ]


def _named(employer: Employer) -> dict[str, Any]:
    return {"id": employer.id, "name": employer.name}
