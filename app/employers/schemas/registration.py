"""Registering an employer and belonging to one, over the wire."""

import re
from enum import StrEnum
from typing import Any

import marshmallow as ma
from marshmallow import validate

from app.accounts.password_schemas import captcha_field, password_field
from app.core.wire import MOBILE, Line
from app.employers.choices import INDUSTRIES, MOST_TAGS, NATURES, PROVINCES, SERVICES, SIZES
from app.employers.gates import Entry, Gate
from app.employers.models import Employer, EmployerPaper, Membership

PHONE = re.compile(
    r"^(1[3-9][0-9]{9}|(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,6})?|[48]00-?[0-9]{3}-?[0-9]{4})?\Z"
)
MAIL = validate.Email()
LARGEST_CAPITAL = 100_000_000  # in 10,000 yuan


def _mail_or_blank(text: str) -> None:
    if text:
        MAIL(text)


def _each_once(values: list[Any]) -> None:
    if len(set(values)) != len(values):
        raise ma.ValidationError("不能重复")


def _one_of(words: type[StrEnum]) -> validate.OneOf:
    return validate.OneOf([word.value for word in words])


def _chosen(words: tuple[str, ...]) -> ma.fields.String:
    """One of the trade's words, or nothing yet."""
    return ma.fields.String(validate=validate.OneOf(["", *words]))


class UsccSchema(ma.Schema):
    code = ma.fields.String(required=True, validate=validate.Length(1, 40))


class KnownSchema(ma.Schema):
    """What is told of a code: enough to recognise one's own company, and no more."""

    code_fits = ma.fields.Boolean(required=True)
    is_known = ma.fields.Boolean(required=True)
    is_active = ma.fields.Boolean(required=True)
    name_masked = ma.fields.String(required=True)
    has_admin = ma.fields.Boolean(required=True)


class RegistrantSchema(ma.Schema):
    """The account of whoever registers (step ②)."""

    username = ma.fields.String(required=True, validate=validate.Length(1, 40))
    password = password_field()
    name = Line(required=True, validate=validate.Length(1, 40))
    phone = ma.fields.String(required=True, validate=MOBILE)
    email = ma.fields.String(required=True, validate=[validate.Length(max=120), MAIL])
    captcha_id = captcha_field(load_default="")
    captcha_answer = captcha_field(load_default="")


class CompanySchema(ma.Schema):
    """Step ①. ``is_sure`` insists on a code whose check digit fails."""

    name = Line(required=True, validate=validate.Length(2, 80))
    code = ma.fields.String(required=True, validate=validate.Length(1, 40))
    is_sure = ma.fields.Boolean(load_default=False)
    entry = ma.fields.Enum(Entry, by_value=True, load_default=Entry.PLATFORM)
    school_id = ma.fields.Integer(load_default=None, allow_none=True, strict=True)


class StartSchema(CompanySchema):
    """Step ① with who registers."""

    person = Line(required=True, validate=validate.Length(1, 40))
    title = Line(load_default="", validate=validate.Length(max=40))


class CertificationChangeSchema(ma.Schema):
    """What is typed of step ③ so far (A09): every field may be blank until it is submitted."""

    province = _chosen(PROVINCES)
    city = Line(validate=validate.Length(max=40))
    address = Line(validate=validate.Length(max=120))
    phone = ma.fields.String(
        validate=validate.Regexp(PHONE, error="请填写手机号或带区号的固定电话")
    )
    email = ma.fields.String(validate=[validate.Length(max=120), _mail_or_blank])
    recruiting_email = ma.fields.String(validate=[validate.Length(max=120), _mail_or_blank])
    postcode = ma.fields.String(
        validate=validate.Regexp(r"^([0-9]{6})?\Z", error="邮编应为 6 位数字")
    )
    nature = _chosen(NATURES)
    industry = _chosen(INDUSTRIES)
    size = _chosen(SIZES)
    capital = ma.fields.Integer(
        allow_none=True, strict=True, validate=validate.Range(0, LARGEST_CAPITAL)
    )
    tags = ma.fields.List(
        Line(validate=validate.Length(1, 12)), validate=[validate.Length(max=MOST_TAGS), _each_once]
    )
    is_one_licence = ma.fields.Boolean()


class ServicesSchema(ma.Schema):
    """Step ④."""

    services = ma.fields.List(
        ma.fields.String(validate=validate.OneOf(list(SERVICES))),
        required=True,
        validate=_each_once,
    )


class PaperChangeSchema(ma.Schema):
    upload_id = ma.fields.Integer(required=True, strict=True)


class WishSchema(UsccSchema):
    """To join a registered company, or to administer it."""

    kind = ma.fields.Enum(Membership.Kind, by_value=True, required=True)
    name = Line(required=True, validate=validate.Length(1, 40))
    title = Line(load_default="", validate=validate.Length(max=40))
    note = Line(load_default="", validate=validate.Length(max=200))
    letter_id = ma.fields.Integer(load_default=None, allow_none=True, strict=True)


class AnswerSchema(ma.Schema):
    reason = Line(load_default="", validate=validate.Length(max=200))


class MissingSchema(ma.Schema):
    pointer = ma.fields.String(required=True)
    detail = ma.fields.String(required=True)


class GateStateSchema(ma.Schema):
    gate = ma.fields.String(required=True, validate=_one_of(Gate))
    state = ma.fields.String(required=True, validate=validate.OneOf(["passed", "here", "ahead"]))


class PaperSchema(ma.Schema):
    """A paper with a link that soon expires."""

    kind = ma.fields.String(required=True, validate=_one_of(EmployerPaper.Kind))
    upload_id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    media_type = ma.fields.String(required=True)
    size = ma.fields.Integer(required=True)
    url = ma.fields.String(required=True)


class CertificationSchema(ma.Schema):
    province = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    address = ma.fields.String(required=True)
    phone = ma.fields.String(required=True)
    email = ma.fields.String(required=True)
    recruiting_email = ma.fields.String(required=True)
    postcode = ma.fields.String(required=True)
    nature = ma.fields.String(required=True)
    industry = ma.fields.String(required=True)
    size = ma.fields.String(required=True)
    capital = ma.fields.Integer(required=True, allow_none=True)
    tags = ma.fields.List(ma.fields.String(), required=True)
    is_one_licence = ma.fields.Boolean(required=True)


class RegistrationSchema(ma.Schema):
    """A registration with every step's content; ``due_at`` is when 24 hours are over."""

    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    code_fits = ma.fields.Boolean(required=True)
    status = ma.fields.String(required=True, validate=_one_of(Employer.Status))
    entry = ma.fields.String(required=True, validate=_one_of(Entry))
    school_id = ma.fields.Integer(required=True, allow_none=True)
    gates = ma.fields.List(ma.fields.Nested(GateStateSchema), required=True)
    submitted_at = ma.fields.DateTime(required=True, allow_none=True)
    due_at = ma.fields.DateTime(required=True, allow_none=True)
    is_overdue = ma.fields.Boolean(required=True)
    reason = ma.fields.String(required=True)
    can_edit = ma.fields.Boolean(required=True)
    certification = ma.fields.Nested(CertificationSchema, required=True)
    services = ma.fields.List(ma.fields.String(), required=True)
    papers = ma.fields.List(ma.fields.Nested(PaperSchema), required=True)
    needed_papers = ma.fields.List(ma.fields.String(), required=True)
    missing = ma.fields.List(ma.fields.Nested(MissingSchema), required=True)
    saved_at = ma.fields.DateTime(required=True)


class RequestSchema(ma.Schema):
    """A wish to join or to administer, and what became of it."""

    id = ma.fields.Integer(required=True)
    kind = ma.fields.String(required=True, validate=_one_of(Membership.Kind))
    employer_name = ma.fields.String(required=True)
    status = ma.fields.String(required=True, validate=_one_of(Membership.Status))
    reason = ma.fields.String(required=True)
    created_at = ma.fields.DateTime(required=True)


class DecidedSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    status = ma.fields.String(required=True)
