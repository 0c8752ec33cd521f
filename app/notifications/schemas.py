"""What goes over the wire about notifications."""

import marshmallow as ma

from app.notifications.models import NotificationKind
from app.notifications.taps import TAPS


class InboxQuerySchema(ma.Schema):
    """Which page."""

    cursor = ma.fields.String(load_default=None, validate=ma.validate.Length(max=200))


class InboxItemSchema(ma.Schema):
    """One notification as its receiver reads it."""

    id = ma.fields.Integer(required=True)
    kind = ma.fields.String(
        required=True, validate=ma.validate.OneOf([kind.value for kind in NotificationKind])
    )
    title = ma.fields.String(required=True)
    body = ma.fields.String(required=True)
    page = ma.fields.String(required=True)
    created_at = ma.fields.AwareDateTime(required=True)
    read_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class InboxSchema(ma.Schema):
    """A page, the newest first."""

    items = ma.fields.List(ma.fields.Nested(InboxItemSchema), required=True)
    unread = ma.fields.Integer(required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class PopupSchema(ma.Schema):
    """What the client saw of a subscription popup, by template."""

    results = ma.fields.Dict(
        keys=ma.fields.String(validate=ma.validate.Length(min=1, max=64)),
        values=ma.fields.String(
            validate=ma.validate.OneOf(
                [
                    "accept",
                    "acceptWithAudio",
                    "acceptWithAlert",
                    "acceptWithForcePush",
                    "reject",
                    "ban",
                    "filter",
                ]
            )
        ),
        required=True,
        validate=ma.validate.Length(max=10),
    )


class AsksQuerySchema(ma.Schema):
    """Which tap."""

    tap = ma.fields.String(required=True, validate=ma.validate.OneOf(list(TAPS)))


class AsksSchema(ma.Schema):
    """Template ids to ask for in one popup, at most three."""

    template_ids = ma.fields.List(ma.fields.String(), required=True)
