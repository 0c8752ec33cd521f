"""How the two sides keep their word, over the wire."""

import marshmallow as ma
from marshmallow import validate

MOST_TAGS = 6


class RatingBodySchema(ma.Schema):
    """How the talk was, 1 to 5 stars; ``comment`` is read by staff only."""

    stars = ma.fields.Integer(required=True, strict=True, validate=validate.Range(1, 5))
    tags = ma.fields.List(
        ma.fields.String(validate=validate.Length(max=24)),
        load_default=list,
        validate=validate.Length(max=MOST_TAGS),
    )
    comment = ma.fields.String(load_default="", validate=validate.Length(max=300))


class MeterSchema(ma.Schema):
    """How a booth answers: spans in seconds, shares in percent, ``stars`` the mean of several."""

    median_seconds = ma.fields.Integer(required=True, allow_none=True)
    answered_percent = ma.fields.Integer(required=True, allow_none=True)
    results_percent = ma.fields.Integer(required=True, allow_none=True)
    overdue = ma.fields.Integer(required=True)
    stars = ma.fields.Float(required=True, allow_none=True)
    ratings = ma.fields.Integer(required=True)
    seen_at = ma.fields.DateTime(required=True, allow_none=True)
