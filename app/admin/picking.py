"""Several records of a list decided on at once: a tick at each row that may be."""

from typing import Any

from flask import request
from markupsafe import Markup

from app.admin.guard import Role, may

LARGEST = 2**63 - 1


def tick(value: str, name: str) -> Any:
    """A row's tick box, sent with the form below the list; nothing for who may only read."""
    if not may(Role.OPERATOR):
        return None
    return Markup(
        '<input type="checkbox" name="picked" value="{}" form="picked" aria-label="选择 {}">'
    ).format(value, name)


def picked() -> list[tuple[int, ...]]:
    """What was ticked: the whole numbers of each value (``7`` or ``7:2``), rubbish left out."""
    found = []
    for value in request.form.getlist("picked")[:100]:
        parts = value.split(":")
        if all(part.isascii() and part.isdigit() and int(part) <= LARGEST for part in parts):
            found.append(tuple(int(part) for part in parts))
    return found
