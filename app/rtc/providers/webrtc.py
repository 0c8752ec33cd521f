"""Peer-to-peer video between two browsers; we carry only the signals (and TURN where set)."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from app.config import Config
from app.rtc.errors import NoticeForged
from app.rtc.models import Room, Side
from app.rtc.providers.base import Grant, Notice


class Webrtc:
    """The embedded default: nothing outside is needed on one network."""

    def __init__(self, config: Config):
        self._config = config

    def create_room(self, room: Room) -> None:
        """Nothing to prepare: two browsers and a mailbox make the room."""

    def issue(self, grant: Grant) -> dict[str, Any]:
        return {
            "token": grant.sync_token,
            "ice_servers": self.ice_servers(grant),
            "sync_url": f"/api/rooms/{grant.room.name}/sync",
            # Two simultaneous offers hang browsers: only one side ever offers.
            "offers": grant.side is Side.RECRUITER,
        }

    def ice_servers(self, grant: Grant) -> list[dict[str, Any]]:
        """STUN and TURN servers; TURN with a password that ends with the grant."""
        servers: list[dict[str, Any]] = []
        if self._config.stun_urls:
            servers.append({"urls": list(self._config.stun_urls)})
        if self._config.turn_urls:
            username = f"{int(grant.expires_at.timestamp())}:{grant.account_id}"
            servers.append(
                {
                    "urls": list(self._config.turn_urls),
                    "username": username,
                    "credential": turn_password(self._config.turn_secret, username),
                }
            )
        return servers

    def close(self, room: Room) -> None:
        """Nothing to release."""

    def read_notice(self, headers: Mapping[str, str], raw: bytes) -> Notice:
        raise NoticeForged


def turn_password(secret: str, username: str) -> str:
    """What coturn's ``use-auth-secret`` expects for *username* (``<expiry>:<account>``)."""
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
