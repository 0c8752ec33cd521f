"""What is done while a call is on: talk, change of mode, of device, of time, and guests."""

from flask import current_app, g, request

from app.accounts.errors import AccountDisabled
from app.core import ratelimit
from app.core.auth import Role, public, requires
from app.core.errors import TooMany
from app.core.idempotency import idempotent
from app.core.qr import svg
from app.employers.errors import EmployerNotActive, NotYourEmployer
from app.interviews import call_schemas, schemas
from app.interviews.call_errors import (
    AlreadyExtended,
    ColleagueBusy,
    DeskNotHere,
    GuestsFull,
    HandOverExpired,
    NotInvited,
)
from app.interviews.errors import InterviewNotFound, NotOnCall, NotYourInterview
from app.interviews.services import guests, handover, modes, needs, talk, timebox
from app.interviews.services.rows import get_row
from app.interviews.views.blueprint import blp
from app.rtc.errors import RoomNotFound

BOTH = (Role.STUDENT, Role.RECRUITER)
THEIRS = (InterviewNotFound, NotYourInterview, NotOnCall)
TAKES_A_MINUTE = 20  # of one address


@blp.post("/interviews/<int:interview_id>/mode")
@requires(*BOTH)
@blp.arguments(call_schemas.ModeBodySchema)
@blp.done
@blp.problems(*THEIRS)
def switch_mode(body: dict, interview_id: int) -> None:
    """Go on with video, with sound only, or typed."""
    modes.switch_mode(interview_id, g.account_id, body["mode"])


@blp.get("/interviews/<int:interview_id>/talk")
@requires(*BOTH)
@blp.arguments(call_schemas.TalkQuerySchema, location="query")
@blp.shows(call_schemas.TalkSchema)
@blp.problems(InterviewNotFound, NotYourInterview)
def list_talk(query: dict, interview_id: int) -> dict:
    """What was typed and captioned, after a message that is known."""
    return {"items": talk.list_talk(interview_id, g.account_id, query["after"])}


@blp.post("/interviews/<int:interview_id>/talk")
@requires(*BOTH)
@idempotent
@blp.arguments(call_schemas.TalkBodySchema)
@blp.shows(call_schemas.TalkLineSchema, 201)
@blp.problems(*THEIRS, TooMany)
def say(body: dict, interview_id: int) -> dict:
    """Write a line to the others."""
    text = body["text"].strip()
    return talk.say(interview_id, g.account_id, text, is_caption=body["is_caption"])


@blp.post("/interviews/<int:interview_id>/extend")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.RecruiterTicketSchema)
@blp.problems(InterviewNotFound, EmployerNotActive, NotYourEmployer, NotOnCall, AlreadyExtended)
def extend(interview_id: int) -> dict:
    """The one extension of the talk's time."""
    timebox.extend(interview_id, g.account_id)
    return get_row(interview_id)


@blp.post("/interviews/<int:interview_id>/hand-over")
@requires(*BOTH)
@blp.shows(call_schemas.HandOverSchema)
@blp.problems(*THEIRS)
def open_hand_over(interview_id: int) -> dict:
    """A QR code by which my other device goes on with this call."""
    code = handover.open_hand_over(interview_id, g.account_id)
    url = handover.url_of(code, current_app.extensions["config"].public_url)
    return {"url": url, "qr_svg": svg(url), "expires_at": code.expires_at}


@blp.post("/hand-overs/<token>/take")
@public
@blp.shows(call_schemas.TakenSchema)
@blp.problems(HandOverExpired, AccountDisabled, TooMany)
def take_hand_over(token: str) -> dict:
    """Log this device in and go on with the call: once, within 90 s."""
    ratelimit.limit(f"hand-over:{request.remote_addr}", times=TAKES_A_MINUTE, seconds=60)
    return handover.take_hand_over(token)


@blp.post("/interviews/<int:interview_id>/guests")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(call_schemas.DeskBodySchema)
@blp.shows(call_schemas.InvitedSchema)
@blp.problems(*THEIRS, EmployerNotActive, NotYourEmployer, DeskNotHere, ColleagueBusy, GuestsFull)
def invite_guest(body: dict, interview_id: int) -> dict:
    """Ask a colleague to sit in; who has no page open is sent a message."""
    return {"reach": guests.invite_guest(interview_id, g.account_id, body["desk_id"])}


@blp.post("/interviews/<int:interview_id>/guests/join")
@requires(Role.RECRUITER)
@blp.done
@blp.problems(
    InterviewNotFound, EmployerNotActive, NotYourEmployer, NotInvited, NotOnCall, RoomNotFound
)
def join_as_guest(interview_id: int) -> None:
    """Sit in on a colleague's call."""
    guests.join_call(interview_id, g.account_id)


@blp.post("/interviews/<int:interview_id>/guests/leave")
@requires(Role.RECRUITER)
@blp.done
@blp.problems(InterviewNotFound, EmployerNotActive, NotYourEmployer, NotInvited)
def leave_as_guest(interview_id: int) -> None:
    """Leave a colleague's call; it goes on."""
    guests.leave_call(interview_id, g.account_id)


@blp.get("/needs")
@requires(Role.STUDENT)
@blp.shows(call_schemas.NeedsSchema)
def read_needs() -> dict:
    """How interviews should be for me."""
    return needs.read_needs(g.account_id)


@blp.put("/needs")
@requires(Role.STUDENT)
@blp.arguments(call_schemas.NeedsSchema)
@blp.shows(call_schemas.NeedsSchema)
def write_needs(body: dict) -> dict:
    """Say how interviews should be for me, once for all of them."""
    return needs.write_needs(g.account_id, **body)
