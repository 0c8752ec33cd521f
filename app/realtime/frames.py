"""WebSocket frames, encoded once and sent to many (RFC 6455; servers do not mask)."""

import struct
from typing import Any

import orjson

TEXT = 0x81  # a whole text message in one frame
SHORT, MEDIUM = 126, 1 << 16


def text_frame(text: bytes) -> bytes:
    """*text* (UTF-8) as one frame, ready for any socket."""
    size = len(text)
    if size < SHORT:
        return bytes((TEXT, size)) + text
    if size < MEDIUM:
        return bytes((TEXT, SHORT)) + struct.pack("!H", size) + text
    return bytes((TEXT, SHORT + 1)) + struct.pack("!Q", size) + text


def message(t: str, **members: Any) -> bytes:
    """The frame of a server message ``{"t": …, …}``."""
    return text_frame(orjson.dumps({"t": t, **members}))


def event(published: bytes) -> bytes:
    """The frame of an event, around the JSON object that a domain published (never parsed)."""
    return text_frame(b'{"t":"event",' + published[1:])


def resync(seconds: float) -> bytes:
    """The frame that lets a page read its screen again, in so many seconds."""
    return message("event", kind="resync", payload={"catch_up_seconds": seconds})
