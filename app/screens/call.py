"""The call page, for both parties."""

from typing import Any

import marshmallow as ma
from flask import g
from marshmallow import validate

from app.core import clock
from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.employers.models import Recruiter
from app.interviews.errors import InterviewNotFound, NotYourInterview
from app.interviews.models import Desk, Interview, Status
from app.interviews.models.answers import seen_by_student
from app.interviews.services import grace
from app.interviews.services.finding import Found
from app.interviews.services.guests import links_of, list_guests, parties_of
from app.interviews.services.needs import arrangements, needs_of
from app.interviews.services.talk import count_talk
from app.interviews.services.tickets import ring_expiry
from app.interviews.services.timebox import box_of
from app.rtc import services as rtc
from app.rtc.models import Room

blp = Blueprint("call_screen", __name__, url_prefix="/api/screens", description="通话页面")


class PeerSchema(ma.Schema):
    name = ma.fields.String(required=True)
    title = ma.fields.String(required=True)


class GraceSchema(ma.Schema):
    """Who is gone, and until when the call waits."""

    side = ma.fields.String(required=True)
    until = ma.fields.DateTime(required=True)


class GuestSchema(PeerSchema):
    """A colleague who sits in, or was asked to."""

    seat = ma.fields.String(required=True)
    joined = ma.fields.Boolean(required=True)
    mine = ma.fields.Boolean(required=True)


class LinkSchema(ma.Schema):
    """A further room of this call, and who is met there."""

    seat = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    room = ma.fields.String(required=True)


class CallSchema(ma.Schema):
    """A call as one of its parties sees it; the talk clock is the server's, in seconds."""

    interview_id = ma.fields.Integer(required=True)
    fair_id = ma.fields.Integer(required=True)
    booth_id = ma.fields.Integer(required=True)
    status = ma.fields.String(required=True)
    side = ma.fields.String(required=True)
    room = ma.fields.String(required=True)
    peer = ma.fields.Nested(PeerSchema, required=True)
    interviewer = ma.fields.String(required=True)  # for a guest: who asked them in
    employer_name = ma.fields.String(required=True)
    position_title = ma.fields.String(required=True)
    ring_expires_at = ma.fields.DateTime(required=True, allow_none=True)
    answered_at = ma.fields.DateTime(required=True, allow_none=True)
    talk_seconds = ma.fields.Integer(required=True)
    server_now = ma.fields.DateTime(required=True)
    next_page = ma.fields.String(required=True)
    mode = ma.fields.String(
        required=True, validate=validate.OneOf([mode.value for mode in Interview.Mode])
    )
    box_ends_at = ma.fields.DateTime(required=True, allow_none=True)
    can_extend = ma.fields.Boolean(required=True)
    extended = ma.fields.Boolean(required=True)
    grace = ma.fields.Nested(GraceSchema, required=True, allow_none=True)
    grace_seconds = ma.fields.Integer(required=True)
    guests = ma.fields.List(ma.fields.Nested(GuestSchema), required=True)
    links = ma.fields.List(ma.fields.Nested(LinkSchema), required=True)
    access = ma.fields.List(ma.fields.String(), required=True)
    talk_messages = ma.fields.Integer(required=True)


@blp.get("/calls/<int:interview_id>")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(CallSchema)
@blp.problems(InterviewNotFound, NotYourInterview)
def show_call(interview_id: int) -> dict[str, Any]:
    """The call page: who is on the other side, and where the call stands."""
    found, side, _ = parties_of(interview_id, g.account_id)
    interview = found.interview
    wanted = needs_of(interview.student_id)
    box = box_of(found, wanted)
    return {
        "interview_id": interview.id,
        "fair_id": interview.fair_id,
        "booth_id": interview.booth_id,
        "status": seen_by_student(interview.status),
        "side": side,
        "room": interview.room,
        "peer": _student(found) if side != "student" else _interviewer(found),
        "interviewer": _interviewer(found)["name"] if side == "guest" else "",
        "employer_name": found.booth.employer.name,
        "position_title": interview.position.title if interview.position else "",
        "ring_expires_at": ring_expiry(interview),
        "answered_at": interview.answered_at,
        "talk_seconds": _talk_seconds(interview),
        "server_now": clock.now(),
        "next_page": "queue" if side == "student" else "hall",
        "mode": interview.mode,
        "box_ends_at": box.ends_at,
        "can_extend": box.can_extend and side == "recruiter",
        "extended": box.extended,
        "grace": grace.shown(grace.absence_from(found)),
        "grace_seconds": found.fair.grace_seconds,
        "guests": _guests(interview_id),
        "links": _links(interview),
        "access": arrangements(wanted),
        "talk_messages": count_talk(interview_id),
    }


def _guests(interview_id: int) -> list[dict[str, Any]]:
    return [
        {
            "seat": f"guest:{guest.id}",
            "name": guest.recruiter.name,
            "title": guest.recruiter.title,
            "joined": guest.joined_at is not None,
            "mine": guest.recruiter.account_id == g.account_id,
        }
        for guest in list_guests(interview_id)
    ]


def _links(interview: Interview) -> list[dict[str, Any]]:
    if interview.status != Status.IN_CALL:
        return []
    return links_of(interview.id, g.account_id, interview.room)


def _student(found: Found) -> dict[str, str]:
    student = found.interview.student
    return {"name": student.name, "title": f"{student.school_name} {student.major}".strip()}


def _interviewer(found: Found) -> dict[str, str]:
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
