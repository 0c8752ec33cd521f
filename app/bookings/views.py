"""Endpoints of booking a fair, for recruiters (B06–B11)."""

from flask import g

from app.bookings import schemas
from app.bookings.errors import (
    AlreadyAtFair,
    AlreadySubmitted,
    BookingClosed,
    ChangeNotFound,
    ChangePending,
    EmployerBarred,
    EnrolmentNotFound,
    EnrolmentOver,
    InterviewersNeeded,
    NothingChanged,
    NotSubmitted,
    PlaceNeeded,
    PlaceNotFound,
    PlaceReserved,
    PlaceTaken,
    PositionsNeeded,
    PositionsNotApproved,
)
from app.bookings.services import changes, leaving, registering
from app.bookings.services.cards import card_of
from app.bookings.services.finding import get_enrolment
from app.core.auth import Role, requires
from app.core.errors import InvalidTransition
from app.core.idempotency import idempotent
from app.core.problems import Blueprint
from app.employers.errors import NotYourEmployer
from app.fairs.errors import FairNotFound

blp = Blueprint("bookings", __name__, url_prefix="/api", description="单位报名参会")


@blp.post("/fairs/<int:fair_id>/enrolments")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.StartBodySchema)
@blp.shows(schemas.EnrolmentSchema)
@blp.problems(FairNotFound, NotYourEmployer, BookingClosed, EmployerBarred, AlreadyAtFair)
def start_enrolment(body: dict, fair_id: int) -> dict:
    """Begin the employer's form for a fair, or find the one that goes on."""
    return card_of(registering.start_enrolment(fair_id, body["employer_id"], g.account_id))


@blp.put("/enrolments/<int:enrolment_id>")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.DraftBodySchema)
@blp.shows(schemas.EnrolmentSchema)
@blp.problems(
    EnrolmentNotFound,
    NotYourEmployer,
    AlreadySubmitted,
    PlaceNotFound,
    PlaceReserved,
    PlaceTaken,
    PositionsNotApproved,
)
def save_enrolment(body: dict, enrolment_id: int) -> dict:
    """Keep what is filled in so far."""
    return card_of(registering.save_draft(enrolment_id, g.account_id, **body))


@blp.post("/enrolments/<int:enrolment_id>/submit")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.EnrolmentSchema)
@blp.problems(
    EnrolmentNotFound,
    NotYourEmployer,
    AlreadySubmitted,
    BookingClosed,
    PlaceNeeded,
    PlaceNotFound,
    PlaceReserved,
    PlaceTaken,
    PositionsNeeded,
    PositionsNotApproved,
    InterviewersNeeded,
    InvalidTransition,
)
def submit_enrolment(enrolment_id: int) -> dict:
    """Hand the form in; it is reviewed by the fair's staff."""
    return card_of(registering.submit_enrolment(enrolment_id, g.account_id))


@blp.post("/enrolments/<int:enrolment_id>/withdraw")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.WithdrawBodySchema)
@blp.shows(schemas.EnrolmentSchema)
@blp.problems(EnrolmentNotFound, NotYourEmployer, EnrolmentOver, InvalidTransition)
def withdraw_enrolment(body: dict, enrolment_id: int) -> dict:
    """Withdraw from the fair; students in line are told."""
    leaving.withdraw_enrolment(enrolment_id, g.account_id, body["reason"])
    return card_of(get_enrolment(enrolment_id))


@blp.post("/enrolments/<int:enrolment_id>/changes")
@requires(Role.RECRUITER)
@idempotent
@blp.arguments(schemas.ChangeBodySchema)
@blp.shows(schemas.EnrolmentSchema)
@blp.problems(
    EnrolmentNotFound,
    NotYourEmployer,
    EnrolmentOver,
    NotSubmitted,
    PositionsNeeded,
    PositionsNotApproved,
    InterviewersNeeded,
    NothingChanged,
    ChangePending,
    InvalidTransition,
)
def ask_change(body: dict, enrolment_id: int) -> dict:
    """Ask for other positions or interviewers; staff confirm unless the fair lets it through."""
    return card_of(changes.ask_change(enrolment_id, g.account_id, **body))


@blp.post("/enrolments/<int:enrolment_id>/changes/recall")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(schemas.EnrolmentSchema)
@blp.problems(EnrolmentNotFound, NotYourEmployer, ChangeNotFound, InvalidTransition)
def recall_change(enrolment_id: int) -> dict:
    """Take back a request for a change that nobody has answered."""
    return card_of(changes.recall_change(enrolment_id, g.account_id))
