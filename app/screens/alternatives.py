"""Booths like this one, where a turn is likelier."""

from typing import Any

import marshmallow as ma
from flask import g

from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.fairs.errors import BlockedFromFair, BoothNotFound, NotInFair
from app.fairs.services.booths import get_booth
from app.fairs.services.entry import get_participant
from app.interviews.services.similar import similar_booths
from app.screens.waits import WithWaitSchema

blp = Blueprint("alternatives_screen", __name__, url_prefix="/api/screens", description="会场页面")


class AlternativeSchema(WithWaitSchema):
    """A booth the student is not at yet."""

    booth_id = ma.fields.Integer(required=True)
    number = ma.fields.String(required=True)
    employer_name = ma.fields.String(required=True)
    titles = ma.fields.List(ma.fields.String(), required=True)
    in_line = ma.fields.Integer(required=True)


class AlternativesSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(AlternativeSchema), required=True)


@blp.get("/booths/<int:booth_id>/alternatives")
@requires(Role.STUDENT)
@blp.shows(AlternativesSchema)
@blp.problems(BoothNotFound, NotInFair, BlockedFromFair)
def show_alternatives(booth_id: int) -> dict[str, Any]:
    """Booths of the same trade or with like positions, those most likely to see me first."""
    booth = get_booth(booth_id)
    student = get_participant(booth.fair_id, g.account_id)
    return {"items": similar_booths(booth, student.id, booth.fair.seen_bar)}
