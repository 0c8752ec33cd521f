"""Enrolments over the wire."""

from enum import StrEnum

import marshmallow as ma
from marshmallow import validate

from app.bookings.models import Enrolment, EnrolmentChange
from app.core.wire import Line
from app.fairs.models import Fair
from app.fairs.phases import Booking
from app.fairs.schemas import FairCardSchema

MOST_INTERVIEWERS, MOST_POSITIONS = 20, 50
PHONE = validate.Regexp(r"^(\+?[0-9][0-9 -]{4,18})?\Z", error="请填写正确的电话号码")


def _one_of(words: type[StrEnum]) -> ma.fields.String:
    return ma.fields.String(
        required=True, validate=validate.OneOf([word.value for word in words])
    )  # fmt: skip


class InterviewerSchema(ma.Schema):
    """Who will hold the interviews (C09)."""

    name = Line(required=True, validate=validate.Length(1, 20))
    title = Line(load_default="", validate=validate.Length(max=40))
    phone = Line(load_default="", validate=PHONE)


class OfferSchema(ma.Schema):
    """Positions and interviewers, as both the form and a change name them."""

    position_ids = ma.fields.List(
        ma.fields.Integer(strict=True, validate=validate.Range(1, 2**53)),
        required=True,
        validate=validate.Length(max=MOST_POSITIONS),
    )
    interviewers = ma.fields.List(
        ma.fields.Nested(InterviewerSchema),
        required=True,
        validate=validate.Length(max=MOST_INTERVIEWERS),
    )


class StartBodySchema(ma.Schema):
    employer_id = ma.fields.Integer(
        required=True, strict=True, validate=validate.Range(1, 2**53)
    )  # fmt: skip


class DraftBodySchema(OfferSchema):
    place_id = ma.fields.Integer(
        required=True, allow_none=True, strict=True, validate=validate.Range(1, 2**53)
    )


class ChangeBodySchema(OfferSchema):
    note = Line(load_default="", validate=validate.Length(max=200))


class WithdrawBodySchema(ma.Schema):
    reason = Line(load_default="", validate=validate.Length(max=200))


class BookableFairSchema(FairCardSchema):
    """A fair as an employer finds it; ``booking`` tells whether and why not (B01, B03, B05)."""

    level = _one_of(Fair.Level)
    mode = _one_of(Fair.Mode)
    booking = _one_of(Booking)
    bookings_open_at = ma.fields.DateTime(required=True, allow_none=True)
    bookings_close_at = ma.fields.DateTime(required=True, allow_none=True)
    doors_open_at = ma.fields.DateTime(required=True)
    contact_employer = ma.fields.String(required=True)
    changes_directly = ma.fields.Boolean(required=True)


class ShownPlaceSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    number = ma.fields.String(required=True)
    area = ma.fields.String(required=True)


class OfferedPositionSchema(ma.Schema):
    """A position; ``is_approved`` false: it cannot be brought, or no longer (C06)."""

    id = ma.fields.Integer(required=True)
    title = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    headcount = ma.fields.Integer(required=True)
    majors = ma.fields.String(required=True)
    status = ma.fields.String(required=True)
    is_approved = ma.fields.Boolean(required=True)


class EmployerNameSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)


class ShownChangeSchema(ma.Schema):
    """The latest request for a change (B09)."""

    id = ma.fields.Integer(required=True)
    status = _one_of(EnrolmentChange.Status)
    positions = ma.fields.List(ma.fields.Nested(OfferedPositionSchema), required=True)
    interviewers = ma.fields.List(ma.fields.Nested(InterviewerSchema), required=True)
    note = ma.fields.String(required=True)
    answer = ma.fields.String(required=True)
    asked_at = ma.fields.DateTime(required=True)


class MaySchema(ma.Schema):
    """What the employer can do with it now."""

    edit = ma.fields.Boolean(required=True)
    change = ma.fields.Boolean(required=True)
    withdraw = ma.fields.Boolean(required=True)
    enter = ma.fields.Boolean(required=True)


class EnrolmentSchema(ma.Schema):
    """An employer's enrolment; ``rank``: its place on the wait-list, from 1."""

    id = ma.fields.Integer(required=True)
    status = _one_of(Enrolment.Status)
    fair = ma.fields.Nested(BookableFairSchema, required=True)
    employer = ma.fields.Nested(EmployerNameSchema, required=True)
    place = ma.fields.Nested(ShownPlaceSchema, required=True, allow_none=True)
    positions = ma.fields.List(ma.fields.Nested(OfferedPositionSchema), required=True)
    interviewers = ma.fields.List(ma.fields.Nested(InterviewerSchema), required=True)
    answer = ma.fields.String(required=True)
    rank = ma.fields.Integer(required=True, allow_none=True)
    booth_id = ma.fields.Integer(required=True, allow_none=True)
    booth_number = ma.fields.String(required=True, allow_none=True)
    created_at = ma.fields.DateTime(required=True)
    submitted_at = ma.fields.DateTime(required=True, allow_none=True)
    decided_at = ma.fields.DateTime(required=True, allow_none=True)
    change = ma.fields.Nested(ShownChangeSchema, required=True, allow_none=True)
    may = ma.fields.Nested(MaySchema, required=True)
