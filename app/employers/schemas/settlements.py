"""Employers over the wire."""

import marshmallow as ma
from marshmallow import validate

from app.employers.models import Settlement


class SettlementSchema(ma.Schema):
    """How an employer stands at a school (C01)."""

    school_id = ma.fields.Integer(required=True)
    status = ma.fields.String(
        required=True, validate=validate.OneOf([status.value for status in Settlement.Status])
    )
    return_reason = ma.fields.String(required=True)
    applied_at = ma.fields.DateTime(required=True, allow_none=True)
    settled_since = ma.fields.DateTime(required=True, allow_none=True)
