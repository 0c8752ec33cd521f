"""Several records of a list decided on at once: a tick at each row that may be."""

from typing import Any

from flask import request
from markupsafe import Markup

from app.admin.remit import Role, remit

MOST_DIGITS = 18  # any more would not fit the database


def tick(value: str, name: str, *, may_decide: bool = False) -> Any:
    """A row's tick box, sent with the form below the list; nothing for who may only read.

    *may_decide*: a school's own staff decide on this very record.
    """
    if not (may_decide or remit().has_rank(Role.OPERATOR)):
        return None
    return Markup(
        '<input type="checkbox" name="picked" value="{}" form="picked" aria-label="选择 {}">'
    ).format(value, name)


def is_number(text: str) -> bool:
    """Whether a form's text is a whole number that can stand in a query."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def picked() -> list[tuple[int, ...]]:
    """What was ticked: the whole numbers of each value (``7`` or ``7:2``), rubbish left out."""
    found = []
    for value in request.form.getlist("picked")[:100]:
        parts = value.split(":")
        if all(is_number(part) for part in parts):
            found.append(tuple(int(part) for part in parts))
    return found
