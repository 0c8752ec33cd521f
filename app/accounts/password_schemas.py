"""Names, passwords and captchas over the wire."""

import marshmallow as ma
from marshmallow import validate

from app.core.captchas import Kind

LONGEST_PASSWORD = 128


def password_field() -> ma.fields.String:
    """A password as typed: blanks count."""
    return ma.fields.String(required=True, validate=validate.Length(1, LONGEST_PASSWORD))


def captcha_field(**options: object) -> ma.fields.String:
    """The id of a captcha, or its answer."""
    return ma.fields.String(validate=validate.Length(max=40), **options)  # type: ignore[arg-type]


def _token() -> ma.fields.String:
    return ma.fields.String(required=True, validate=validate.Length(1, 512))


class CaptchaQuerySchema(ma.Schema):
    kind = ma.fields.String(
        load_default=Kind.IMAGE.value, validate=validate.OneOf([kind.value for kind in Kind])
    )


class CaptchaSchema(ma.Schema):
    """A captcha: a picture as a data address, or a sum."""

    id = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf([kind.value for kind in Kind]))
    image = ma.fields.String(required=True, allow_none=True)
    question = ma.fields.String(required=True, allow_none=True)


class PasswordLoginSchema(ma.Schema):
    """A name, a password and, when asked for, a captcha's answer."""

    username = ma.fields.String(required=True, validate=validate.Length(1, 60))
    password = password_field()
    captcha_id = captcha_field(load_default="")
    captcha_answer = captcha_field(load_default="")


class PasswordStateSchema(ma.Schema):
    """How one's account signs in by password; null when it does not."""

    username = ma.fields.String(required=True, allow_none=True)
    changed_at = ma.fields.DateTime(required=True, allow_none=True)


class PasswordChangeSchema(ma.Schema):
    """The old password and the new one; the refresh token says which device stays."""

    old = password_field()
    new = password_field()
    refresh_token = _token()


class PasswordSettingSchema(ma.Schema):
    """A first name and password."""

    username = ma.fields.String(required=True, validate=validate.Length(1, 60))
    password = password_field()
    refresh_token = _token()
