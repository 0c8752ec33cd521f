"""The call page, for both parties."""

from typing import Any

import marshmallow as ma
from flask import g

from app.core import clock
from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.employers.models import Recruiter
from app.interviews.errors import InterviewNotFound, NotYourInterview
from app.interviews.models import Desk, Interview, Status
from app.interviews.services.calls import party_of
from app.interviews.services.finding import Found
from app.interviews.services.tickets import ring_expiry
from app.rtc import services as rtc
from app.rtc.models import Room

blp = Blueprint("call_screen", __name__, url_prefix="/api/screens", description="通话页面")


class PeerSchema(ma.Schema):
    name = ma.fields.String(required=True)
    title = ma.fields.String(required=True)


class CallSchema(ma.Schema):
    """A call as one of its parties sees it; the talk clock is the server's, in seconds."""

    interview_id = ma.fields.Integer(required=True)
    fair_id = ma.fields.Integer(required=True)
    booth_id = ma.fields.Integer(required=True)
    status = ma.fields.String(required=True)
    side = ma.fields.String(required=True)
    room = ma.fields.String(required=True)
    peer = ma.fields.Nested(PeerSchema, required=True)
    employer_name = ma.fields.String(required=True)
    position_title = ma.fields.String(required=True)
    ring_expires_at = ma.fields.DateTime(required=True, allow_none=True)
    answered_at = ma.fields.DateTime(required=True, allow_none=True)
    talk_seconds = ma.fields.Integer(required=True)
    server_now = ma.fields.DateTime(required=True)
    next_page = ma.fields.String(required=True)


@blp.get("/calls/<int:interview_id>")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(CallSchema)
@blp.problems(InterviewNotFound, NotYourInterview)
def show_call(interview_id: int) -> dict[str, Any]:
    """The call page: who is on the other side, and where the call stands."""
    found, side = party_of(interview_id, g.account_id)
    interview = found.interview
    return {
        "interview_id": interview.id,
        "fair_id": interview.fair_id,
        "booth_id": interview.booth_id,
        "status": interview.status,
        "side": side,
        "room": interview.room,
        "peer": _peer(found, side),
        "employer_name": found.booth.employer.name,
        "position_title": interview.position.title if interview.position else "",
        "ring_expires_at": ring_expiry(interview),
        "answered_at": interview.answered_at,
        "talk_seconds": _talk_seconds(interview),
        "server_now": clock.now(),
        "next_page": "hall" if side == "recruiter" else "queue",
    }


def _peer(found: Found, side: str) -> dict[str, str]:
    if side == "recruiter":
        student = found.interview.student
        return {"name": student.name, "title": f"{student.school_name} {student.major}".strip()}
    if found.interview.desk_id is None:
        return {"name": found.booth.employer.name, "title": ""}
    desk = Desk.select(Desk, Recruiter).join(Recruiter).where(Desk.id == found.interview.desk_id)
    recruiter = desk.get().recruiter
    return {"name": recruiter.name, "title": recruiter.title}


def _talk_seconds(interview: Interview) -> int:
    if interview.status != Status.IN_CALL:
        return interview.talk_seconds
    room = Room.get_or_none(Room.name == interview.room)
    return rtc.talk_seconds(room) if room else 0
