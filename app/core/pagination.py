"""Keyset pages: the cost of a page does not grow with its number."""

import base64
import binascii
import json
from typing import Any

from app.core.errors import Invalid


class CursorInvalid(Invalid):
    """The cursor was not made by us."""

    title = "翻页位置无效，请重新加载列表"


def encode_cursor(*key: Any) -> str:
    """An opaque cursor for the sort key of the last row shown."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, length: int) -> list[Any] | None:
    """The sort key in *cursor* (None for the first page).

    :raises CursorInvalid: when it is broken or of another list
    """
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise CursorInvalid from error
    if not isinstance(key, list) or len(key) != length:
        raise CursorInvalid
    return key
