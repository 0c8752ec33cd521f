"""Positions as they are shown: to their employer, and in a school's list."""

from collections.abc import Iterable
from typing import Any

from app.positions.models import Position

TOLD = (
    "id", "title", "kind", "province", "city", "address", "salary_min", "salary_max",
    "months_paid", "degree", "headcount", "graduation_years", "welfare", "duties",
    "requirements", "valid_until", "status", "version", "review_reason", "submitted_at",
    "published_at",
)  # fmt: skip
LISTED = (
    "id", "title", "kind", "province", "city", "salary_min", "salary_max", "months_paid",
    "degree", "headcount", "welfare", "valid_until",
)  # fmt: skip
OWN_SCREEN = "phrases"  # what WeChat finds is for the reviewers


def whole_row(position: Position, school_ids: Iterable[int]) -> dict[str, Any]:
    """All of a posting, with what its employer may do something about before the review."""
    row = {name: getattr(position, name) for name in TOLD}
    return row | {
        "majors": majors_of(position),
        "school_ids": list(school_ids),
        "flags": [
            {name: value for name, value in flag.items() if name != "screen"}
            for flag in position.flags
            if flag["screen"] == OWN_SCREEN
        ],
    }


def listed_row(position: Position) -> dict[str, Any]:
    """A posting in a list for students, with whose it is."""
    employer = position.employer
    row = {name: getattr(position, name) for name in LISTED}
    return row | {
        "majors": majors_of(position),
        "employer": {"id": employer.id, "name": employer.name, "industry": employer.industry},
    }


def majors_of(position: Position) -> list[str]:
    """The majors one by one; they are kept as a line."""
    line = position.majors
    for sign in "，,;；":
        line = line.replace(sign, "、")
    return [one.strip() for one in line.split("、") if one.strip()]
