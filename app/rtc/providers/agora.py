"""Video through Agora 声网; its word for a room is "channel"."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.config import Config
from app.integrations.agora import AgoraProject, TokenKind, build_token, is_genuine_notice
from app.rtc.errors import NoticeForged, NoticeUnreadable
from app.rtc.models import Room, Side
from app.rtc.providers.base import Grant, Notice

# One fixed uid per chair: a second page of the same side replaces the first, as Agora does it.
UID_OF = {Side.RECRUITER: 1, Side.STUDENT: 2}
SIDE_OF = {uid: side for side, uid in UID_OF.items()}


class Agora:
    """Agora's cloud carries the media; the mini-program can take part."""

    def __init__(self, config: Config):
        self._config = config

    def create_room(self, room: Room) -> None:
        """Check the settings before anybody is rung; channels need no preparation."""
        self._project()

    def issue(self, grant: Grant) -> dict[str, Any]:
        project, uid = self._project(), UID_OF[grant.side]
        kind = TokenKind(self._config.agora_token_kind)
        return {
            "app_id": project.app_id,
            "channel": grant.room.name,
            "uid": uid,
            "token": build_token(
                kind, project, channel=grant.room.name, uid=uid, seconds=grant.seconds
            ),
            "codec": "h264",  # the mini-program cannot see any other
        }

    def close(self, room: Room) -> None:
        """Tokens run out by themselves within minutes."""

    def read_notice(self, headers: Mapping[str, str], raw: bytes) -> Notice:
        signature = headers.get("Agora-Signature-V2", "")
        if not is_genuine_notice(self._config.agora_webhook_secret, raw, signature):
            raise NoticeForged
        try:
            content = json.loads(raw)
            payload = content.get("payload") or {}
            stamp = payload.get("ts")
            return Notice(
                notice_id=str(content["noticeId"])[:128],
                room_name=str(payload.get("channelName", ""))[:64],
                event_type=int(content["eventType"]),
                side=SIDE_OF.get(payload.get("uid", 0)),
                sequence=int(payload.get("clientSeq", 0)),
                reported_at=datetime.fromtimestamp(int(stamp), UTC) if stamp else None,
                payload=payload,
            )
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError) as error:
            raise NoticeUnreadable from error

    def _project(self) -> AgoraProject:
        return AgoraProject(self._config.agora_app_id, self._config.agora_app_certificate)
