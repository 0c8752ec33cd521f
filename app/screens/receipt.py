"""The fairness receipt of a ticket."""

from typing import Any

import marshmallow as ma
from flask import g
from marshmallow import validate

from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.interviews.errors import InterviewNotFound, NotYourInterview
from app.interviews.services.receipts import TEXTS, receipt_of

blp = Blueprint("receipt_screen", __name__, url_prefix="/api/screens", description="排队说明页面")


class OvertakeSchema(ma.Schema):
    """One ring that went to somebody behind me."""

    at = ma.fields.DateTime(required=True)
    because = ma.fields.String(
        required=True, validate=validate.OneOf([str(because) for because in TEXTS])
    )
    text = ma.fields.String(required=True)


class ReceiptSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(OvertakeSchema), required=True)
    explained_percent = ma.fields.Integer(required=True)


@blp.get("/interviews/<int:interview_id>/receipt")
@requires(Role.STUDENT)
@blp.shows(ReceiptSchema)
@blp.problems(InterviewNotFound, NotYourInterview)
def show_receipt(interview_id: int) -> dict[str, Any]:
    """Why somebody was called before me, each time, without names."""
    return receipt_of(interview_id, g.account_id)
