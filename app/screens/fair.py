"""A fair's home page, and the list of fairs."""

from typing import Any

import marshmallow as ma
from flask import g, request
from peewee import fn

from app.core import clock
from app.core.auth import Role, TokenInvalid, public, read_token, requires
from app.core.prepared import Prepared, bind
from app.core.problems import Blueprint
from app.fairs.cards import fair_card
from app.fairs.errors import FairNotFound
from app.fairs.models import Booth, BoothPosition, Fair, Participation
from app.fairs.schemas import FairCardSchema
from app.fairs.services.entry import find_participation
from app.fairs.services.staging import get_public_fair
from app.positions.models import Position
from app.schools.models import School
from app.students.completeness import missing_of
from app.students.models import Student
from app.students.schemas import MissingItemSchema
from app.students.services import find_resume, find_student, full_content, last_device_check

blp = Blueprint("fair_screen", __name__, url_prefix="/api/screens", description="双选会页面")

_AT_FAIR = (Booth.fair == bind("fair_id")) & (Booth.status == Booth.Status.OPEN)
_COUNTS = Prepared(
    lambda: (
        Fair.select(
            Booth.select(fn.COUNT(Booth.id)).where(_AT_FAIR).alias("employers"),
            BoothPosition.select(fn.COUNT(BoothPosition.id))
            .join(Booth)
            .switch(BoothPosition)
            .join(Position)
            .where(_AT_FAIR & (Position.status == Position.Status.PUBLISHED))
            .alias("positions"),
        )
        .where(Fair.id == bind("fair_id"))
        .dicts()
    )
)


class FairHomeSchema(FairCardSchema):
    """A fair with everything its home page says; threshold in percent."""

    introduction = ma.fields.String(required=True)
    entry_opens_at = ma.fields.DateTime(required=True)
    entry_closes_at = ma.fields.DateTime(required=True)
    doors_open_at = ma.fields.DateTime(required=True)
    threshold = ma.fields.Integer(required=True)
    contact_student = ma.fields.String(required=True)
    safety_notice = ma.fields.String(required=True)
    employers = ma.fields.Integer(required=True)
    positions = ma.fields.Integer(required=True)


class MyEntrySchema(ma.Schema):
    """How far I am: completeness in percent, and what would bring points."""

    registered = ma.fields.Boolean(required=True)
    blocked = ma.fields.Boolean(required=True)
    completeness = ma.fields.Integer(required=True)
    admitted = ma.fields.Boolean(required=True)
    missing = ma.fields.List(ma.fields.Nested(MissingItemSchema), required=True)
    device_checked_at = ma.fields.DateTime(required=True, allow_none=True)


class FairScreenSchema(ma.Schema):
    fair = ma.fields.Nested(FairHomeSchema, required=True)
    me = ma.fields.Nested(MyEntrySchema, required=True, allow_none=True)
    server_now = ma.fields.DateTime(required=True)


class MyFairsSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(FairCardSchema), required=True)
    open = ma.fields.List(ma.fields.Nested(FairCardSchema), required=True)


@blp.get("/fairs/<int:fair_id>")
@public
@blp.shows(FairScreenSchema)
@blp.problems(FairNotFound, TokenInvalid)
def show_fair(fair_id: int) -> dict[str, Any]:
    """A fair's home page; with a token, how far I am."""
    fair = get_public_fair(fair_id)
    account_id = _caller()
    return {
        "fair": _home(fair),
        "me": _my_entry(fair, account_id) if account_id else None,
        "server_now": clock.now(),
    }


@blp.get("/my-fairs")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(MyFairsSchema)
def list_my_fairs() -> dict[str, Any]:
    """The fairs I have entered, and those that are open."""
    mine = Participation.select(Participation.fair).join(Student)
    mine = mine.where(Student.account == g.account_id)
    entered = Fair.select(Fair, School).join(School).where(Fair.id.in_(mine))
    public_now = (Fair.status == Fair.Status.ANNOUNCED) & (Fair.ends_at > clock.now())
    open_fairs = Fair.select(Fair, School).join(School).where(public_now & Fair.id.not_in(mine))
    return {
        "items": [fair_card(fair) for fair in entered.order_by(Fair.starts_at.desc()).limit(50)],
        "open": [fair_card(fair) for fair in open_fairs.order_by(Fair.starts_at).limit(50)],
    }


def _home(fair: Fair) -> dict[str, Any]:
    counts = _COUNTS.first(fair_id=fair.id)
    return (
        fair_card(fair)
        | counts
        | {
            "introduction": fair.introduction,
            "entry_opens_at": fair.entry_opens_at,
            "entry_closes_at": fair.entry_closes_at,
            "doors_open_at": fair.doors_open_at,
            "threshold": fair.threshold,
            "contact_student": fair.contact_student,
            "safety_notice": fair.safety_notice,
        }
    )


def _my_entry(fair: Fair, account_id: int) -> dict[str, Any]:
    student = find_student(account_id)
    resume = find_resume(student)
    participation = find_participation(fair.id, student)
    check = last_device_check(account_id)
    score = resume.completeness if resume else 0
    content = full_content(student, resume) if student and resume else {}
    return {
        "registered": participation is not None
        and participation.status == Participation.Status.REGISTERED,
        "blocked": participation is not None
        and participation.status == Participation.Status.BLOCKED,
        "completeness": score,
        "admitted": score > fair.threshold,
        "missing": missing_of(content),
        "device_checked_at": check.checked_at if check and check.is_passed else None,
    }


def _caller() -> int | None:
    """Who asks; a token that is worn out is said to be so, so that its client renews it."""
    header = request.headers.get("Authorization", "")
    return read_token(header.removeprefix("Bearer ")).account_id if header else None
