"""The queue page: every ticket of mine, with its live place."""

from typing import Any

import marshmallow as ma
from flask import g

from app.core import clock, presence
from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.fairs.cards import fair_card
from app.fairs.errors import FairNotFound
from app.fairs.schemas import FairCardSchema
from app.fairs.services.staging import get_public_fair
from app.interviews.models import ON_CALL
from app.interviews.schemas import TicketSchema
from app.interviews.services.tickets import list_tickets
from app.screens.config import POLL_SECONDS

blp = Blueprint("my_interviews_screen", __name__, url_prefix="/api/screens", description="面试页面")


class MyInterviewsQuerySchema(ma.Schema):
    fair_id = ma.fields.Integer(load_default=None)
    here = ma.fields.Boolean(load_default=False)


class MyInterviewsSchema(ma.Schema):
    server_now = ma.fields.DateTime(required=True)
    poll_seconds = ma.fields.Integer(required=True)
    fair = ma.fields.Nested(FairCardSchema, required=True, allow_none=True)
    tickets = ma.fields.List(ma.fields.Nested(TicketSchema), required=True)
    active = ma.fields.Nested(TicketSchema, required=True, allow_none=True)


@blp.get("/my-interviews")
@requires(Role.STUDENT)
@blp.arguments(MyInterviewsQuerySchema, location="query")
@blp.shows(MyInterviewsSchema)
@blp.problems(FairNotFound)
def show_my_interviews(query: dict[str, Any]) -> dict[str, Any]:
    """My tickets; ``here=true`` also renews my lease, for a page whose socket is cut."""
    if query["here"]:
        presence.renew(g.account_id)
    fair = get_public_fair(query["fair_id"]) if query["fair_id"] else None
    tickets = list_tickets(g.account_id, query["fair_id"])
    return {
        "server_now": clock.now(),
        "poll_seconds": POLL_SECONDS,
        "fair": fair_card(fair) if fair else None,
        "tickets": tickets,
        "active": next((ticket for ticket in tickets if ticket["status"] in ON_CALL), None),
    }
