"""What goes over the wire during a call."""

import marshmallow as ma
from marshmallow import validate

from app.accounts.schemas import SessionSchema
from app.interviews.models import Interview
from app.interviews.services.needs import MOST_EXTRA_MINUTES
from app.interviews.services.reach import Reach

SIDES = ("student", "recruiter", "guest")


class RoomBodySchema(ma.Schema):
    """Which of the call's rooms; none: the main one."""

    room = ma.fields.String(load_default="", validate=validate.Length(max=64))


class ModeBodySchema(ma.Schema):
    mode = ma.fields.String(
        required=True, validate=validate.OneOf([mode.value for mode in Interview.Mode])
    )


class TalkQuerySchema(ma.Schema):
    after = ma.fields.Integer(load_default=0, validate=validate.Range(min=0))


class TalkBodySchema(ma.Schema):
    """A line; ``is_caption`` when it was spoken and the browser wrote it down."""

    text = ma.fields.String(
        required=True, validate=[validate.Length(min=1, max=500), validate.Regexp(r"(?s).*\S")]
    )
    is_caption = ma.fields.Boolean(load_default=False)


class TalkLineSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    side = ma.fields.String(required=True, validate=validate.OneOf(SIDES))
    mine = ma.fields.Boolean(required=True)
    text = ma.fields.String(required=True)
    is_caption = ma.fields.Boolean(required=True)
    at = ma.fields.DateTime(required=True)


class TalkSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(TalkLineSchema), required=True)


class NeedsSchema(ma.Schema):
    """How interviews should be for me; recruiters see the arrangement, never a reason."""

    captions = ma.fields.Boolean(required=True)
    typed_talk = ma.fields.Boolean(required=True)
    large_type = ma.fields.Boolean(required=True)
    extra_minutes = ma.fields.Integer(
        required=True, strict=True, validate=validate.Range(min=0, max=MOST_EXTRA_MINUTES)
    )


class HandOverSchema(ma.Schema):
    """A code for my other device."""

    url = ma.fields.String(required=True)
    qr_svg = ma.fields.String(required=True)
    expires_at = ma.fields.DateTime(required=True)


class TakenSchema(SessionSchema):
    """A login on the other device, and the call it goes on with."""

    interview_id = ma.fields.Integer(required=True)
    hand_over = ma.fields.Integer(required=True)


class DeskBodySchema(ma.Schema):
    desk_id = ma.fields.Integer(required=True)


class InvitedSchema(ma.Schema):
    """What reaches a colleague: the open page, or a message; ``none``: the inbox only."""

    reach = ma.fields.String(
        required=True, validate=validate.OneOf([reach.value for reach in Reach])
    )
