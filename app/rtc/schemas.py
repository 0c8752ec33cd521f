"""What goes over the wire between a call page and its room."""

import json
from typing import Any

import marshmallow as ma
from marshmallow import validate

from app.rtc.models import ProviderName, Side

SIGNALS_PER_SYNC = 50
LARGEST_SIGNAL = 64 * 1024  # bytes; a session description has about 8 kB
KINDS = ("offer", "answer", "ice", "restart", "mute", "bye")


def _small_enough(body: dict[str, Any]) -> None:
    if len(json.dumps(body).encode()) > LARGEST_SIGNAL:
        raise ma.ValidationError("信令内容不能超过 64 kB")


class OutgoingSignalSchema(ma.Schema):
    """One signal for the other side."""

    kind = ma.fields.String(required=True, validate=validate.OneOf(KINDS))
    body = ma.fields.Dict(required=True, validate=_small_enough)


class SignalSchema(OutgoingSignalSchema):
    """One signal from the other side."""

    seq = ma.fields.Integer(required=True)


class MediaSchema(ma.Schema):
    """What arrives at this side."""

    flowing = ma.fields.Boolean(required=True)


class PulseSchema(ma.Schema):
    """What a call page says while its media flows and it has nothing to send."""

    after = ma.fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    client = ma.fields.String(
        required=True,
        validate=validate.Regexp(r"[A-Za-z0-9-]{8,64}\Z"),
        metadata={"description": "The page's own name; the newest page of a side has the seat."},
    )
    token = ma.fields.String(
        required=True,
        validate=validate.Length(max=512),
        metadata={"description": "`sync_token` of the credential."},
    )
    media = ma.fields.Nested(MediaSchema, required=True)


class SyncRequestSchema(PulseSchema):
    """What a call page says about every second until media flows, and when it sends."""

    signals = ma.fields.List(
        ma.fields.Nested(OutgoingSignalSchema),
        load_default=list,
        validate=validate.Length(max=SIGNALS_PER_SYNC),
    )


class RoomPulseSchema(PulseSchema):
    """The same over the page's socket, where no address names the room."""

    room = ma.fields.String(required=True, validate=validate.Length(max=32))


class SyncAnswerSchema(ma.Schema):
    """What the room says back."""

    signals = ma.fields.List(ma.fields.Nested(SignalSchema), required=True)
    after = ma.fields.Integer(required=True)
    talk_seconds = ma.fields.Integer(required=True)
    open = ma.fields.Boolean(required=True)
    peer_seen_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    server_now = ma.fields.AwareDateTime(required=True)


class IceServerSchema(ma.Schema):
    """A STUN or TURN server as RTCPeerConnection takes it."""

    urls = ma.fields.List(ma.fields.String(), required=True)
    username = ma.fields.String()
    credential = ma.fields.String()


class WebrtcCredentialSchema(ma.Schema):
    """For the browser's own peer-to-peer connection."""

    token = ma.fields.String(required=True)
    ice_servers = ma.fields.List(ma.fields.Nested(IceServerSchema), required=True)
    sync_url = ma.fields.String(required=True)
    offers = ma.fields.Boolean(required=True)


class AgoraCredentialSchema(ma.Schema):
    """For Agora's SDKs."""

    app_id = ma.fields.String(required=True)
    channel = ma.fields.String(required=True)
    uid = ma.fields.Integer(required=True)
    token = ma.fields.String(required=True)
    codec = ma.fields.String(required=True, validate=validate.OneOf(["h264"]))


class CredentialSchema(ma.Schema):
    """Leave to enter one room on one side, for some minutes."""

    provider = ma.fields.Enum(ProviderName, by_value=True, required=True)
    room = ma.fields.String(required=True)
    side = ma.fields.Enum(Side, by_value=True, required=True)
    expires_at = ma.fields.AwareDateTime(required=True)
    sync_token = ma.fields.String(required=True)
    webrtc = ma.fields.Nested(WebrtcCredentialSchema, required=True, allow_none=True)
    agora = ma.fields.Nested(AgoraCredentialSchema, required=True, allow_none=True)


class NoticeTakenSchema(ma.Schema):
    """The provider stops repeating a notice after this answer."""

    recorded = ma.fields.Boolean(required=True)
