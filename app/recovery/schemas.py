"""Ways back to a forgotten password, over the wire."""

import marshmallow as ma
from marshmallow import validate

from app.accounts.password_schemas import password_field
from app.core.wire import MOBILE, Line
from app.recovery.models import PasswordAppeal
from app.recovery.texts import Way

LONGEST_NAME, LONGEST_REASON = 80, 300
WAYS = [way.value for way in Way]


def _line(least: int, most: int) -> Line:
    return Line(required=True, validate=validate.Length(least, most))


def _token(most: int = 64) -> ma.fields.String:
    return ma.fields.String(required=True, validate=validate.Length(1, most))


class CaptchaAnswerSchema(ma.Schema):
    """A captcha and its answer."""

    captcha_id = _token(40)
    captcha_answer = _token(40)


class RecoveryBodySchema(CaptchaAnswerSchema):
    """The company whose administrator forgot the password."""

    company = _line(2, LONGEST_NAME)


class WaySchema(ma.Schema):
    """An address that a code can be sent to, masked."""

    kind = ma.fields.String(required=True, validate=validate.OneOf(WAYS))
    masked = ma.fields.String(required=True)
    is_available = ma.fields.Boolean(required=True)


class RecoverySchema(ma.Schema):
    """A way back: its ticket is told once, to whoever began it."""

    ticket = ma.fields.String(required=True)
    ways = ma.fields.List(ma.fields.Nested(WaySchema), required=True)
    expires_at = ma.fields.DateTime(required=True)


class CodeBodySchema(ma.Schema):
    """Where the code is to go."""

    way = ma.fields.String(required=True, validate=validate.OneOf(WAYS))


class CodeSchema(ma.Schema):
    """A code is on its way: its life in minutes, and the seconds until another may be asked for."""

    minutes = ma.fields.Integer(required=True)
    resend_seconds = ma.fields.Integer(required=True)


class ProofBodySchema(ma.Schema):
    """The six digits that arrived."""

    code = ma.fields.String(
        required=True, validate=validate.Regexp(r"^[0-9]{6}$", error="应为 6 位数字")
    )


class ResetTokenBodySchema(ma.Schema):
    """A reset token: from a code, or read out by staff."""

    reset_token = _token()


class ResetBodySchema(ResetTokenBodySchema):
    """The new password."""

    password = password_field()


class ResetSchema(ma.Schema):
    """What may be chosen anew: the password of this name, until then."""

    reset_token = ma.fields.String(required=True)
    username = ma.fields.String(required=True)
    expires_at = ma.fields.DateTime(required=True)


class AppealFormSchema(ma.Schema):
    """What an appeal says of the company and the wish."""

    company_name = _line(2, LONGEST_NAME)
    uscc = _line(18, 30)
    applicant = _line(2, 40)
    reason = _line(5, LONGEST_REASON)


class AppealBodySchema(AppealFormSchema, CaptchaAnswerSchema):
    """A new appeal; the phone gets the code once it is approved."""

    phone = ma.fields.String(required=True, validate=MOBILE)


class AppealKeySchema(ma.Schema):
    """Which appeal: its number and the last four digits of its phone."""

    number = _line(1, 20)
    phone_tail = ma.fields.String(
        required=True, validate=validate.Regexp(r"^[0-9]{4}$", error="应为手机号后 4 位")
    )


class AppealChangeSchema(AppealFormSchema, AppealKeySchema):
    """A draft's new content."""


class AppealSubmissionSchema(AppealKeySchema):
    """The stamped statement and what can be read on it; an empty claim keeps the earlier one."""

    claim = ma.fields.String(load_default="", validate=validate.Length(max=64))
    seal_name = _line(2, LONGEST_NAME)
    paper_reason = _line(5, LONGEST_REASON)


class AppealSchema(ma.Schema):
    """An appeal as its applicant may read it; ``ticket`` once it was approved."""

    number = ma.fields.String(required=True)
    status = ma.fields.String(
        required=True, validate=validate.OneOf([status.value for status in PasswordAppeal.Status])
    )
    company_name = ma.fields.String(required=True)
    uscc = ma.fields.String(required=True)
    applicant = ma.fields.String(required=True)
    phone_masked = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    seal_name = ma.fields.String(required=True)
    paper_reason = ma.fields.String(required=True)
    has_statement = ma.fields.Boolean(required=True)
    rejected_reason = ma.fields.String(required=True)
    submitted_at = ma.fields.DateTime(required=True, allow_none=True)
    decided_at = ma.fields.DateTime(required=True, allow_none=True)
    ticket = ma.fields.String(required=True, allow_none=True)
    expires_at = ma.fields.DateTime(required=True, allow_none=True)
