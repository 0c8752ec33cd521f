"""A booth's line over the wire."""

from typing import Any

import marshmallow as ma
from marshmallow import validate

from app.core.wire import Line
from app.students.sections import DEGREES

MOST_WISHES, MOST_WINDOWS = 30, 40


class SpanSchema(ma.Schema):
    """When interviews are held: from the first instant until before the second."""

    opens_at = ma.fields.AwareDateTime(required=True)
    closes_at = ma.fields.AwareDateTime(required=True)


class WantedSchema(ma.Schema):
    """Who should apply; an empty list asks for nothing."""

    degrees = ma.fields.List(
        ma.fields.String(validate=validate.OneOf(list(DEGREES))),
        load_default=list,
        validate=validate.Length(max=len(DEGREES)),
    )
    majors = ma.fields.List(
        Line(validate=validate.Length(1, 30)),
        load_default=list,
        validate=validate.Length(max=MOST_WISHES),
    )
    graduation_years = ma.fields.List(
        ma.fields.Integer(validate=validate.Range(2000, 2100)),
        load_default=list,
        validate=validate.Length(max=MOST_WISHES),
    )
    note = Line(load_default="", validate=validate.Length(max=200))


class LineBodySchema(ma.Schema):
    """Only what is to change; ``late_minutes`` 0: here now, null: no such rule of its own."""

    closed = ma.fields.Boolean()
    late_minutes = ma.fields.Integer(validate=validate.Range(0, 180))
    notice = Line(validate=validate.Length(max=200))
    quota = ma.fields.Integer(allow_none=True, validate=validate.Range(1, 2000))
    talk_minutes = ma.fields.Integer(allow_none=True, validate=validate.Range(0, 120))
    windows = ma.fields.List(
        ma.fields.Nested(SpanSchema), validate=validate.Length(max=MOST_WINDOWS)
    )
    wanted = ma.fields.Nested(WantedSchema)

    @ma.post_load
    def pair_windows(self, body: dict[str, Any], **_: object) -> dict[str, Any]:
        """Windows as pairs of instants."""
        if "windows" in body:
            pairs = [(span["opens_at"], span["closes_at"]) for span in body["windows"]]
            return body | {"windows": pairs}
        return body


class TransferBodySchema(ma.Schema):
    """To which desk of the booth; null: to whichever is free first."""

    desk_id = ma.fields.Integer(required=True, allow_none=True)


class BoothLineSchema(ma.Schema):
    """The rules of a booth's line; ``paused`` is the fair's doing."""

    quota = ma.fields.Integer(required=True, allow_none=True)
    taken = ma.fields.Integer(required=True)
    called = ma.fields.Integer(required=True)
    windows = ma.fields.List(ma.fields.Nested(SpanSchema), required=True)
    closed = ma.fields.Boolean(required=True)
    paused = ma.fields.Boolean(required=True)
    late_until = ma.fields.DateTime(required=True, allow_none=True)
    notice = ma.fields.String(required=True)
    notice_at = ma.fields.DateTime(required=True, allow_none=True)
    talk_minutes = ma.fields.Integer(required=True, allow_none=True)
    wanted = ma.fields.Nested(WantedSchema, required=True)
