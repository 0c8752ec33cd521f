"""Endpoints of positions: an employer's own, and what a school shows."""

from typing import Any

from flask import g

from app.core.auth import Role, public, requires
from app.core.errors import InvalidTransition
from app.core.idempotency import idempotent
from app.core.pagination import CursorInvalid
from app.core.problems import Blueprint
from app.employers.errors import NotYourEmployer
from app.positions import schemas
from app.positions.errors import (
    PositionChanged,
    PositionIncomplete,
    PositionNotFound,
    PositionUnderReview,
    SalaryRangeInvalid,
    SchoolNotSettled,
)
from app.positions.models import Position
from app.positions.rows import listed_row, whole_row
from app.positions.services import get_position, writing
from app.positions.services.targeting import retarget, targets_of
from app.positions.services.visible import visible_positions
from app.schools.errors import SchoolNotFound

blp = Blueprint("positions", __name__, url_prefix="/api", description="岗位")
OURS = (NotYourEmployer, PositionNotFound)
ONE = "/employers/<int:employer_id>/positions/<int:position_id>"


@blp.post("/employers/<int:employer_id>/positions")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.PositionDetailsSchema)
@blp.shows(schemas.PositionSchema, 201)
@blp.problems(NotYourEmployer, SalaryRangeInvalid, SchoolNotSettled)
def draft_position(body: dict, employer_id: int) -> dict:
    """Begin a posting of my employer's, as a draft."""
    return _shown(writing.draft_position(employer_id, g.account_id, **body))


@blp.put(ONE)
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.SavePositionSchema)
@blp.shows(schemas.PositionSchema)
@blp.problems(
    *OURS,
    PositionChanged,
    PositionUnderReview,
    PositionIncomplete,
    SalaryRangeInvalid,
    SchoolNotSettled,
)
def save_position(body: dict, employer_id: int, position_id: int) -> dict:
    """Save a posting; one that is published is reviewed again."""
    return _shown(writing.save_position(position_id, employer_id, g.account_id, **body))


@blp.post(ONE + "/submit")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.VersionSchema)
@blp.shows(schemas.PositionSchema)
@blp.problems(
    *OURS,
    PositionChanged,
    PositionIncomplete,
    SalaryRangeInvalid,
    SchoolNotSettled,
    InvalidTransition,
)
def submit_position(body: dict, employer_id: int, position_id: int) -> dict:
    """Send a posting to the reviewers."""
    writing.submit_position(position_id, employer_id, g.account_id, **body)
    return _shown(get_position(position_id))


@blp.post(ONE + "/recall")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.PositionSchema)
@blp.problems(*OURS, InvalidTransition)
def recall_position(employer_id: int, position_id: int) -> dict:
    """Take a posting back from the reviewers."""
    writing.recall_position(position_id, employer_id, g.account_id)
    return _shown(get_position(position_id))


@blp.put(ONE + "/targets")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.TargetsSchema)
@blp.shows(schemas.PositionSchema)
@blp.problems(*OURS, SchoolNotSettled)
def retarget_position(body: dict, employer_id: int, position_id: int) -> dict:
    """Show a posting at these schools and no others, without a review."""
    retarget(position_id, employer_id, g.account_id, **body)
    return _shown(get_position(position_id))


@blp.delete(ONE)
@requires(Role.RECRUITER)
@blp.done
@blp.problems(*OURS)
def discard_position(employer_id: int, position_id: int) -> None:
    """Delete a posting."""
    writing.discard_position(position_id, employer_id, g.account_id)


@blp.post("/employers/<int:employer_id>/positions/withdraw")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.PositionIdsSchema)
@blp.shows(schemas.WithdrawnSchema)
@blp.problems(NotYourEmployer)
def withdraw_positions(body: dict, employer_id: int) -> dict:
    """Take postings off; those that are not published are left as they are."""
    count = writing.withdraw_positions(employer_id, g.account_id, body["ids"])
    return {"withdrawn": count}


@blp.get("/schools/<int:school_id>/positions")
@public
@blp.arguments(schemas.SchoolQuerySchema, location="query")
@blp.shows(schemas.ShownPositionsSchema)
@blp.problems(SchoolNotFound, CursorInvalid)
def list_school_positions(query: dict, school_id: int) -> dict[str, Any]:
    """The positions that a school's site shows, the newest first."""
    found, next_cursor = visible_positions(school_id, **query)
    return {"items": [listed_row(position) for position in found], "next_cursor": next_cursor}


def _shown(position: Position) -> dict[str, Any]:
    return whole_row(position, targets_of(position.id))
