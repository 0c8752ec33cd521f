"""Fairs over the wire."""

import marshmallow as ma
from marshmallow import validate

from app.core.wire import Line
from app.fairs.phases import Phase


class FairCardSchema(ma.Schema):
    """A fair in a list; windows are instants."""

    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    host = ma.fields.String(required=True)
    starts_at = ma.fields.DateTime(required=True)
    ends_at = ma.fields.DateTime(required=True)
    daily_opens = ma.fields.String(required=True)
    daily_closes = ma.fields.String(required=True)
    phase = ma.fields.String(
        required=True, validate=validate.OneOf([phase.value for phase in Phase])
    )


class ParticipationSchema(ma.Schema):
    fair_id = ma.fields.Integer(required=True)
    registered_at = ma.fields.DateTime(required=True)


class RedeemBodySchema(ma.Schema):
    """Who the recruiter is, as colleagues and students see it."""

    name = Line(required=True, validate=validate.Length(1, 20))
    title = Line(load_default="", validate=validate.Length(max=40))


class RedeemedSchema(ma.Schema):
    booth_id = ma.fields.Integer(required=True)
    fair_id = ma.fields.Integer(required=True)
    employer_name = ma.fields.String(required=True)


class SceneSchema(ma.Schema):
    """What a scanned code leads to; members depend on ``kind``."""

    kind = ma.fields.String(required=True, validate=validate.OneOf(["fair", "recruiter", "login"]))
    fair = ma.fields.Nested(FairCardSchema)
    state = ma.fields.String()
    employer_name = ma.fields.String()
    booth_number = ma.fields.String()
    booth_id = ma.fields.Integer()
    ticket = ma.fields.String()
    device = ma.fields.String()
