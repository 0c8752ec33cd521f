"""Logins over the wire."""

import marshmallow as ma
from marshmallow import validate


def _code() -> ma.fields.String:
    return ma.fields.String(required=True, validate=validate.Length(1, 512))


class LoginCodeSchema(ma.Schema):
    """A code that WeChat gave the client."""

    code = _code()


class RefreshSchema(ma.Schema):
    refresh_token = _code()


class LogOutSchema(ma.Schema):
    refresh_token = ma.fields.String(load_default=None, validate=validate.Length(1, 512))


class DeviceSchema(ma.Schema):
    device = ma.fields.String(load_default="", validate=validate.Length(max=80))


class SecretSchema(ma.Schema):
    secret = _code()


class OauthQuerySchema(ma.Schema):
    next = ma.fields.String(load_default="/m/", validate=validate.Length(max=500))


class OauthCallbackSchema(ma.Schema):
    code = ma.fields.String(load_default="", validate=validate.Length(max=512))
    state = _code()

    class Meta:
        unknown = ma.EXCLUDE


class AccountSchema(ma.Schema):
    """An account as its owner sees it."""

    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    roles = ma.fields.List(ma.fields.String(), required=True)


class SessionSchema(ma.Schema):
    """A login on one device; times in seconds."""

    access_token = ma.fields.String(required=True)
    expires_in = ma.fields.Integer(required=True)
    refresh_token = ma.fields.String(required=True)
    account = ma.fields.Nested(AccountSchema, required=True)


class QrCodeSchema(ma.Schema):
    """A login code for a desktop."""

    ticket = ma.fields.String(required=True)
    secret = ma.fields.String(required=True)
    scene = ma.fields.String(required=True)
    url = ma.fields.String(required=True)
    qr_svg = ma.fields.String(required=True)
    expires_at = ma.fields.DateTime(required=True)


class QrClaimSchema(ma.Schema):
    """What has become of a desktop's login code."""

    status = ma.fields.String(
        required=True,
        validate=validate.OneOf(
            ["pending", "scanned", "confirmed", "refused", "claimed", "expired"]
        ),
    )
    session = ma.fields.Nested(SessionSchema, required=True, allow_none=True)


class QrScanSchema(ma.Schema):
    """A login code as the phone sees it."""

    status = ma.fields.String(required=True)
    device = ma.fields.String(required=True)
    requested_at = ma.fields.DateTime(required=True)
    binds_to = ma.fields.String(required=True, allow_none=True)  # whose account gets the WeChat


class PhoneSchema(ma.Schema):
    phone_masked = ma.fields.String(required=True)
