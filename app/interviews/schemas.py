"""Interviews over the wire."""

from datetime import UTC

import marshmallow as ma
from marshmallow import validate

from app.interviews.models import Interview
from app.interviews.models.answers import Reason


class ApplyBodySchema(ma.Schema):
    """At which of the booth's positions; none: at the booth.

    ``anyway``: wait although a turn is unlikely; ``slot_at``: a guaranteed slot instead.
    """

    position_id = ma.fields.Integer(load_default=None, allow_none=True)
    anyway = ma.fields.Boolean(load_default=False)
    slot_at = ma.fields.AwareDateTime(load_default=None, allow_none=True, default_timezone=UTC)


class InviteBodySchema(ma.Schema):
    student_id = ma.fields.Integer(required=True)
    position_id = ma.fields.Integer(load_default=None, allow_none=True)
    message = ma.fields.String(load_default="", validate=validate.Length(max=200))


class RejectBodySchema(ma.Schema):
    """``reason`` stays with the employer; of ``reason_code`` the student reads the label."""

    reason = ma.fields.String(load_default="", validate=validate.Length(max=200))
    reason_code = ma.fields.String(
        load_default=Reason.OTHER.value, validate=validate.OneOf([code.value for code in Reason])
    )


class SecondRoundBodySchema(ma.Schema):
    message = ma.fields.String(load_default="", validate=validate.Length(max=200))


class NotesBodySchema(ma.Schema):
    notes = ma.fields.String(required=True, validate=validate.Length(max=4000))


class ConcludeBodySchema(ma.Schema):
    """The result that is owed after a call (E10)."""

    verdict = ma.fields.String(
        required=True, validate=validate.OneOf([verdict.value for verdict in Interview.Verdict])
    )
    remark = ma.fields.String(load_default="", validate=validate.Length(max=1000))


class NamedSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)


class NumberedSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    number = ma.fields.String(required=True)


class TitledSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    title = ma.fields.String(required=True)


class ResultSchema(ma.Schema):
    """What the student reads afterwards; ``label`` in the fair's own words."""

    verdict = ma.fields.String(required=True)
    label = ma.fields.String(required=True)
    at = ma.fields.DateTime(required=True)


class _TicketBase(ma.Schema):
    """``called_by``: who called, of the present or the last ring; the other side answers."""

    id = ma.fields.Integer(required=True)
    status = ma.fields.String(
        required=True, validate=validate.OneOf([status.value for status in Interview.Status])
    )
    origin = ma.fields.String(required=True)
    called_by = ma.fields.String(
        required=True, validate=validate.OneOf([side.value for side in Interview.CalledBy])
    )
    position = ma.fields.Nested(TitledSchema, required=True, allow_none=True)
    queued_at = ma.fields.DateTime(required=True)
    ahead = ma.fields.Integer(required=True, allow_none=True)
    misses = ma.fields.Integer(required=True)
    message = ma.fields.String(required=True)
    round = ma.fields.Integer(required=True)
    slot_at = ma.fields.DateTime(required=True, allow_none=True)
    held_until = ma.fields.DateTime(required=True, allow_none=True)


class PromiseSchema(ma.Schema):
    """What was promised: the turn between two instants, the chance of one before closing."""

    low_at = ma.fields.DateTime(required=True)
    high_at = ma.fields.DateTime(required=True)
    seen_chance = ma.fields.Integer(required=True)
    made_at = ma.fields.DateTime(required=True)
    ahead = ma.fields.Integer(required=True)
    closes_at = ma.fields.DateTime(required=True)


class LineNewsSchema(ma.Schema):
    """What a booth has to say to everybody in its line."""

    notice = ma.fields.String(required=True)
    notice_at = ma.fields.DateTime(required=True, allow_none=True)
    late_until = ma.fields.DateTime(required=True, allow_none=True)
    closed = ma.fields.Boolean(required=True)


class WaitingRulesSchema(ma.Schema):
    """The fair's rules of waiting that a student is told; a span of 0 switches its rule off."""

    hold_seconds = ma.fields.Integer(required=True)
    misses_kept = ma.fields.Integer(required=True)
    everyone_once = ma.fields.Boolean(required=True)
    students_may_start = ma.fields.Boolean(required=True)


class TicketSchema(_TicketBase):
    """A student's ticket; ``ahead`` counts who stands before it, None outside the line.

    ``ready``: the student was told to get ready; with many before who are away or in other
    calls, that may be the next to be called.
    """

    booth = ma.fields.Nested(NumberedSchema, required=True)
    employer = ma.fields.Nested(NamedSchema, required=True)
    fair_id = ma.fields.Integer(required=True)
    in_line = ma.fields.Integer(required=True)
    desks_online = ma.fields.Integer(required=True)
    ready = ma.fields.Boolean(required=True)
    ring_expires_at = ma.fields.DateTime(required=True, allow_none=True)
    result = ma.fields.Nested(ResultSchema, required=True, allow_none=True)
    reason_code = ma.fields.String(required=True)
    reason_label = ma.fields.String(required=True)
    rejected_at = ma.fields.DateTime(required=True, allow_none=True)
    behind_after_misses = ma.fields.Boolean(required=True)
    overtakes = ma.fields.Integer(required=True)
    promise = ma.fields.Nested(PromiseSchema, required=True, allow_none=True)
    line = ma.fields.Nested(LineNewsSchema, required=True)
    rules = ma.fields.Nested(WaitingRulesSchema, required=True)
    rated = ma.fields.Boolean(required=True)
    box_ends_at = ma.fields.DateTime(required=True, allow_none=True)
    actions = ma.fields.List(ma.fields.String(), required=True)


class StudentCardSchema(ma.Schema):
    """Who a student is, without contact details (N01)."""

    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    school = ma.fields.String(required=True)
    major = ma.fields.String(required=True)
    degree = ma.fields.String(required=True)
    graduation_year = ma.fields.Integer(required=True, allow_none=True)


class LabelledSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    label = ma.fields.String(required=True)


class RowSchema(_TicketBase):
    """A ticket in the recruiter's hall.

    ``access``: how the student needs the interview to be. ``stars``: what the
    booth gave the student's talk.
    """

    student = ma.fields.Nested(StudentCardSchema, required=True)
    online = ma.fields.Boolean(required=True)
    busy = ma.fields.Boolean(required=True)
    first_time = ma.fields.Boolean(required=True)
    only_desk = ma.fields.Nested(LabelledSchema, required=True, allow_none=True)
    reach = ma.fields.String(
        required=True, validate=validate.OneOf(["page", "message", "sms", "none"])
    )
    access = ma.fields.List(
        ma.fields.String(
            validate=validate.OneOf(["captions", "typed_talk", "large_type", "extra_time"])
        ),
        required=True,
    )
    ring_expires_at = ma.fields.DateTime(required=True, allow_none=True)
    nudged_at = ma.fields.DateTime(required=True, allow_none=True)
    reason = ma.fields.String(required=True)
    reason_code = ma.fields.String(required=True)
    undo_until = ma.fields.DateTime(required=True, allow_none=True)
    verdict = ma.fields.String(required=True, allow_none=True)
    verdict_label = ma.fields.String(required=True, allow_none=True)
    remark = ma.fields.String(required=True)
    stars = ma.fields.Integer(required=True, allow_none=True)
    result_at = ma.fields.DateTime(required=True, allow_none=True)
    ended_at = ma.fields.DateTime(required=True, allow_none=True)


class RecruiterTicketSchema(RowSchema):
    """A ticket with what the call pane shows; spans in seconds."""

    notes = ma.fields.String(required=True)
    rung_at = ma.fields.DateTime(required=True, allow_none=True)
    answered_at = ma.fields.DateTime(required=True, allow_none=True)
    talk_seconds = ma.fields.Integer(required=True)
    room = ma.fields.String(required=True)


class DeskSchema(ma.Schema):
    desk_id = ma.fields.Integer(required=True)
    label = ma.fields.String(required=True)


class IceServerSchema(ma.Schema):
    urls = ma.fields.List(ma.fields.String(), required=True)
    username = ma.fields.String()
    credential = ma.fields.String()


class WebrtcCredentialSchema(ma.Schema):
    """What the embedded provider's client needs."""

    token = ma.fields.String(required=True)
    ice_servers = ma.fields.List(ma.fields.Nested(IceServerSchema), required=True)
    sync_url = ma.fields.String(required=True)
    offers = ma.fields.Boolean(required=True)

    class Meta:
        unknown = ma.INCLUDE


class AgoraCredentialSchema(ma.Schema):
    """What Agora's client needs."""

    app_id = ma.fields.String(required=True)
    channel = ma.fields.String(required=True)
    uid = ma.fields.Integer(required=True)
    token = ma.fields.String(required=True)
    codec = ma.fields.String(required=True)

    class Meta:
        unknown = ma.INCLUDE


class CredentialsSchema(ma.Schema):
    """Entry to a video room for one party; asked again, it is renewed."""

    provider = ma.fields.String(required=True)
    room = ma.fields.String(required=True)
    side = ma.fields.String(required=True)
    expires_at = ma.fields.DateTime(required=True)
    sync_token = ma.fields.String(required=True)
    webrtc = ma.fields.Nested(WebrtcCredentialSchema, required=True, allow_none=True)
    agora = ma.fields.Nested(AgoraCredentialSchema, required=True, allow_none=True)
