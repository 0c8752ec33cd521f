"""Endpoints of the call page and of media providers' webhooks."""

from typing import Any

from flask import g, request

from app.core.auth import Role, public, requires
from app.core.problems import Blueprint
from app.rtc import services
from app.rtc.errors import (
    NoticeForged,
    NoticeUnreadable,
    NotInRoom,
    RoomCredentialExpired,
    RoomNotFound,
    RoomTakenOver,
    SignalsUnavailable,
)
from app.rtc.models import ProviderName
from app.rtc.schemas import NoticeTakenSchema, SyncAnswerSchema, SyncRequestSchema

blp = Blueprint("rtc", __name__, url_prefix="/api", description="视频房间")


@blp.route("/rooms/<string:room>/sync", methods=["POST"])
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(SyncRequestSchema)
@blp.shows(SyncAnswerSchema)
@blp.problems(RoomCredentialExpired, NotInRoom, RoomNotFound, RoomTakenOver, SignalsUnavailable)
def sync_room(body: dict[str, Any], room: str) -> dict[str, Any]:
    """Exchange signals with the other side and report the media (every 1 to 4 s)."""
    report = services.SyncReport(
        token=body["token"],
        client=body["client"],
        after=body["after"],
        signals=body["signals"],
        flowing=body["media"]["flowing"],
    )
    return services.sync(room, g.account_id, report)


@blp.route("/rtc/agora/webhook", methods=["POST"])
@public
@blp.shows(NoticeTakenSchema)
@blp.problems(NoticeForged, NoticeUnreadable)
def take_agora_notice() -> dict[str, Any]:
    """Agora's report of who joined and left; proved by its signature over the raw bytes."""
    raw = request.get_data(cache=False)
    return {"recorded": services.record_notice(ProviderName.AGORA, dict(request.headers), raw)}
