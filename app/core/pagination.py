"""Keyset pages: the cost of a page does not grow with its number."""

import base64
import binascii
import json
from typing import Any

from app.core.errors import Invalid

LARGEST = 2**63 - 1  # what a 64-bit column can be compared with


class CursorInvalid(Invalid):
    """The cursor was not made by us."""

    title = "翻页位置无效，请重新加载列表"


def encode_cursor(*key: Any) -> str:
    """An opaque cursor for the sort key of the last row shown."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, *kinds: type) -> list[Any] | None:
    """The sort key in *cursor* (None for the first page): one value of each of *kinds*.

    :raises CursorInvalid: when it is broken, forged or of another list
    """
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise CursorInvalid from error
    if not isinstance(key, list) or [type(value) for value in key] != list(kinds):
        raise CursorInvalid
    if any(isinstance(value, int) and abs(value) > LARGEST for value in key):
        raise CursorInvalid
    return key
