"""Résumés and device tests over the wire."""

import marshmallow as ma
from marshmallow import validate

from app.students.sections import ResumeContentSchema

DEVICE_STATES = ("ok", "denied", "missing", "failed", "untested")


class MissingItemSchema(ma.Schema):
    """What would bring points."""

    section = ma.fields.String()
    title = ma.fields.String()
    field = ma.fields.String(required=True)
    points = ma.fields.Integer(required=True)
    text = ma.fields.String(required=True)


class SectionScoreSchema(ma.Schema):
    """A section's points and what is missing."""

    key = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    score = ma.fields.Integer(required=True)
    max = ma.fields.Integer(required=True)
    missing = ma.fields.List(ma.fields.Nested(MissingItemSchema), required=True)


class ResumeSchema(ma.Schema):
    """A résumé as its owner sees it; completeness in percent 0–100."""

    version = ma.fields.Integer(required=True)
    content = ma.fields.Nested(ResumeContentSchema, required=True)
    completeness = ma.fields.Integer(required=True)
    sections = ma.fields.List(ma.fields.Nested(SectionScoreSchema), required=True)


class SectionBodySchema(ma.Schema):
    """One section to save; ``version`` guards against another device's changes."""

    content = ma.fields.Raw(required=True)
    version = ma.fields.Integer(load_default=None, allow_none=True)


class DeviceCheckBodySchema(ma.Schema):
    """What a device test found (E08)."""

    camera = ma.fields.String(required=True, validate=validate.OneOf(DEVICE_STATES))
    microphone = ma.fields.String(required=True, validate=validate.OneOf(DEVICE_STATES))
    speaker = ma.fields.String(required=True, validate=validate.OneOf(DEVICE_STATES))
    browser = ma.fields.String(load_default="", validate=validate.Length(max=80))


class DeviceCheckSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    passed = ma.fields.Boolean(required=True)
    checked_at = ma.fields.DateTime(required=True)
