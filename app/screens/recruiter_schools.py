"""The desk's page 入驻高校: every school, and how my employer stands there (C01)."""

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
from app.employers.models import Settlement
from app.employers.schemas.settlements import SettlementSchema
from app.employers.services import get_employer, get_recruiter
from app.schools.models import School
from app.screens.recruiter_positions import OwnEmployerSchema

blp = Blueprint(
    "recruiter_schools_screen",
    __name__,
    url_prefix="/api/screens/recruiter",
    description="入驻高校",
)
PAGE = 40
STATUSES = [status.value for status in Settlement.Status]
OPEN = Settlement.Status.OPEN


class OwnSchoolSchema(SettlementSchema):
    name = ma.fields.String(required=True)
    short_name = ma.fields.String(required=True)


class OwnSchoolsSchema(ma.Schema):
    employer = ma.fields.Nested(OwnEmployerSchema, required=True)
    counts = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), required=True)
    items = ma.fields.List(ma.fields.Nested(OwnSchoolSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class OwnSchoolQuerySchema(ma.Schema):
    q = Line(load_default="", validate=validate.Length(max=40))
    status = ma.fields.String(load_default="", validate=validate.OneOf(["", *STATUSES]))
    cursor = ma.fields.String(load_default="", validate=validate.Length(max=200))


@blp.get("/employers/<int:employer_id>/schools")
@requires(Role.RECRUITER)
@blp.arguments(OwnSchoolQuerySchema, location="query")
@blp.shows(OwnSchoolsSchema)
@blp.problems(NotYourEmployer, CursorInvalid)
def list_schools_to_settle(query: dict[str, str], employer_id: int) -> dict[str, Any]:
    """All schools in the order in which they joined, with how my employer stands at each."""
    get_recruiter(g.account_id, employer_id)
    rows = _schools(employer_id)
    if word := query["q"]:
        rows = rows.where(School.name.contains(word) | School.short_name.contains(word))
    if status := query["status"]:
        rows = rows.where(_stands(status))
    if (after := decode_cursor(query["cursor"], int)) is not None:
        rows = rows.where(School.id > after[0])
    found = list(rows.order_by(School.id).limit(PAGE + 1).dicts())
    shown = found[:PAGE]
    return {
        "employer": {"id": employer_id, "name": get_employer(employer_id).name},
        "counts": _counts(employer_id),
        "items": [_row(school) for school in shown],
        "next_cursor": encode_cursor(shown[-1]["school_id"]) if len(found) > PAGE else None,
    }


def _schools(employer_id: int) -> Any:
    mine = (Settlement.school == School.id) & (Settlement.employer == employer_id)
    return School.select(
        School.id.alias("school_id"),
        School.name,
        School.short_name,
        Settlement.status,
        Settlement.return_reason,
        Settlement.applied_at,
        Settlement.settled_since,
    ).join(Settlement, JOIN.LEFT_OUTER, on=mine)


def _stands(status: str) -> Any:
    if status == OPEN.value:
        return Settlement.status.is_null() | (Settlement.status == OPEN)
    return Settlement.status == status


def _counts(employer_id: int) -> dict[str, int]:
    rows = Settlement.select(Settlement.status, fn.COUNT(Settlement.id)).where(
        Settlement.employer == employer_id
    )
    found = {str(status): count for status, count in rows.group_by(Settlement.status).tuples()}
    counts = {status: found.get(status, 0) for status in STATUSES}
    taken = counts[Settlement.Status.AWAITING.value] + counts[Settlement.Status.SETTLED.value]
    return counts | {OPEN.value: School.select().count() - taken}


def _row(school: dict[str, Any]) -> dict[str, Any]:
    """A school that was never asked is one that may be."""
    return school | {
        "status": school["status"] or OPEN,
        "return_reason": school["return_reason"] or "",
    }
