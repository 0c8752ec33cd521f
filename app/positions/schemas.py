"""Positions over the wire."""

from typing import Any

import marshmallow as ma
from marshmallow import validate

from app.core.wire import Line
from app.positions import wording
from app.positions.models import Position

KINDS = [kind.value for kind in Position.Kind]
STATUSES = [status.value for status in Position.Status]
MOST_SCHOOLS, MOST_AT_ONCE = 500, 100
FIRST_YEAR, LAST_YEAR = 2000, 2100


class PositionDetailsSchema(ma.Schema):
    """What a posting tells; a draft may leave all but its name open. Pay in yuan a month."""

    title = Line(required=True, validate=validate.Length(1, wording.LONGEST_TITLE))
    kind = ma.fields.Enum(Position.Kind, by_value=True, load_default=Position.Kind.FULL_TIME)
    province = Line(load_default="", validate=validate.Length(max=20))
    city = Line(load_default="", validate=validate.Length(max=40))
    address = Line(load_default="", validate=validate.Length(max=wording.LONGEST_ADDRESS))
    salary_min = ma.fields.Integer(
        strict=True, load_default=0, validate=validate.Range(0, wording.MOST_PAY)
    )
    salary_max = ma.fields.Integer(
        strict=True, load_default=0, validate=validate.Range(0, wording.MOST_PAY)
    )
    months_paid = ma.fields.Integer(
        strict=True,
        load_default=wording.LEAST_MONTHS,
        validate=validate.Range(wording.LEAST_MONTHS, wording.MOST_MONTHS),
    )
    degree = ma.fields.String(
        load_default=wording.DEGREES[0], validate=validate.OneOf(wording.DEGREES)
    )
    headcount = ma.fields.Integer(
        strict=True, load_default=1, validate=validate.Range(1, wording.MOST_HEADCOUNT)
    )
    majors = ma.fields.List(Line(validate=validate.Length(1, 30)), load_default=list)
    graduation_years = ma.fields.List(
        ma.fields.Integer(strict=True, validate=validate.Range(FIRST_YEAR, LAST_YEAR)),
        load_default=list,
        validate=validate.Length(max=6),
    )
    welfare = ma.fields.List(
        Line(validate=validate.Length(1, wording.LONGEST_TAG)),
        load_default=list,
        validate=validate.Length(max=wording.MOST_TAGS),
    )
    duties = ma.fields.String(load_default="", validate=validate.Length(max=wording.LONGEST_TEXT))
    requirements = ma.fields.String(
        load_default="", validate=validate.Length(max=wording.LONGEST_TEXT)
    )
    valid_until = ma.fields.Date(load_default=None, allow_none=True)
    school_ids = ma.fields.List(
        ma.fields.Integer(strict=True),
        load_default=list,
        validate=validate.Length(max=MOST_SCHOOLS),
    )

    @ma.validates("majors")
    def _refuse_many_majors(self, majors: list[str], **_: Any) -> None:
        if len("、".join(majors)) > wording.LONGEST_MAJORS:
            raise ma.ValidationError(f"专业合计不能超过 {wording.LONGEST_MAJORS} 个字")

    @ma.post_load
    def _as_kept(self, details: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Majors are kept as one line, each once; texts without blanks at their ends."""
        details["majors"] = "、".join(dict.fromkeys(details["majors"]))
        details["graduation_years"] = sorted(set(details["graduation_years"]))
        details["welfare"] = list(dict.fromkeys(details["welfare"]))
        for name in ("duties", "requirements"):
            details[name] = details[name].strip()
        return details


class SavePositionSchema(PositionDetailsSchema):
    """The whole text again, and which one it replaces."""

    version = ma.fields.Integer(strict=True, required=True)


class VersionSchema(ma.Schema):
    version = ma.fields.Integer(strict=True, required=True)


class TargetsSchema(ma.Schema):
    school_ids = ma.fields.List(
        ma.fields.Integer(strict=True), required=True, validate=validate.Length(max=MOST_SCHOOLS)
    )


class PositionIdsSchema(ma.Schema):
    ids = ma.fields.List(
        ma.fields.Integer(strict=True), required=True, validate=validate.Length(1, MOST_AT_ONCE)
    )


class WithdrawnSchema(ma.Schema):
    """How many were published and are no more."""

    withdrawn = ma.fields.Integer(required=True)


class FlagSchema(ma.Schema):
    """Words that a reviewer will look at; *start* and *end* count characters of the field."""

    category = ma.fields.String(required=True)
    word = ma.fields.String(required=True)
    level = ma.fields.String(required=True, validate=validate.OneOf(["review", "warn"]))
    field = ma.fields.String(required=True)
    start = ma.fields.Integer(required=True)
    end = ma.fields.Integer(required=True)
    phrase = ma.fields.String(required=True)
    note = ma.fields.String(required=True)


class PositionSchema(ma.Schema):
    """A posting as its employer sees it."""

    id = ma.fields.Integer(required=True)
    title = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(KINDS))
    province = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    address = ma.fields.String(required=True)
    salary_min = ma.fields.Integer(required=True)
    salary_max = ma.fields.Integer(required=True)
    months_paid = ma.fields.Integer(required=True)
    degree = ma.fields.String(required=True)
    headcount = ma.fields.Integer(required=True)
    majors = ma.fields.List(ma.fields.String(), required=True)
    graduation_years = ma.fields.List(ma.fields.Integer(), required=True)
    welfare = ma.fields.List(ma.fields.String(), required=True)
    duties = ma.fields.String(required=True)
    requirements = ma.fields.String(required=True)
    valid_until = ma.fields.Date(required=True, allow_none=True)
    status = ma.fields.String(required=True, validate=validate.OneOf(STATUSES))
    version = ma.fields.Integer(required=True)
    review_reason = ma.fields.String(required=True)
    submitted_at = ma.fields.DateTime(required=True, allow_none=True)
    published_at = ma.fields.DateTime(required=True, allow_none=True)
    school_ids = ma.fields.List(ma.fields.Integer(), required=True)
    flags = ma.fields.List(ma.fields.Nested(FlagSchema), required=True)


class SchoolQuerySchema(ma.Schema):
    """Narrows a school's positions."""

    q = Line(load_default="", validate=validate.Length(max=40))
    city = Line(load_default="", validate=validate.Length(max=40))
    kind = ma.fields.Enum(Position.Kind, by_value=True, load_default=None)
    cursor = ma.fields.String(load_default="", validate=validate.Length(max=200))


class EmployerOfPositionSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    industry = ma.fields.String(required=True)


class ShownPositionSchema(ma.Schema):
    """A posting in a school's list."""

    id = ma.fields.Integer(required=True)
    title = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(KINDS))
    province = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    salary_min = ma.fields.Integer(required=True)
    salary_max = ma.fields.Integer(required=True)
    months_paid = ma.fields.Integer(required=True)
    degree = ma.fields.String(required=True)
    headcount = ma.fields.Integer(required=True)
    majors = ma.fields.List(ma.fields.String(), required=True)
    welfare = ma.fields.List(ma.fields.String(), required=True)
    valid_until = ma.fields.Date(required=True, allow_none=True)
    employer = ma.fields.Nested(EmployerOfPositionSchema, required=True)


class ShownPositionsSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(ShownPositionSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
