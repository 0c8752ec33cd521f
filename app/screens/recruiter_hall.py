"""The interview hall of a booth: 待处理, 待面试, 已邀请, 已结束."""

from collections.abc import Collection
from typing import Any

import marshmallow as ma
from flask import g
from marshmallow import validate
from peewee import JOIN

from app.conduct.schemas import MeterSchema
from app.conduct.services.meters import meter_of
from app.core import clock, presence
from app.core.auth import Role, requires
from app.core.prepared import Prepared, bind
from app.core.problems import Blueprint
from app.employers.errors import EmployerNotActive, NotYourEmployer
from app.employers.models import Recruiter
from app.fairs.cards import fair_card
from app.fairs.errors import BoothNotFound
from app.fairs.models import Booth
from app.fairs.schemas import FairCardSchema
from app.fairs.services.booths import positions_of, recruiter_at
from app.fairs.services.staging import verdicts_of
from app.interviews.line_schemas import BoothLineSchema
from app.interviews.models import DESK_TAKEN, Desk, Guest, Interview
from app.interviews.models.answers import REASON_LABELS
from app.interviews.schemas import RowSchema, TitledSchema
from app.interviews.services.booth_line import Hindrance, hindrance_of, line_of
from app.interviews.services.desks import take_desk
from app.interviews.services.quota import count_by_status, total
from app.interviews.services.rows import list_tickets_at
from app.interviews.services.tickets import OVER
from app.screens.config import POLL_SECONDS

blp = Blueprint(
    "recruiter_hall_screen", __name__, url_prefix="/api/screens/recruiter", description="面试大厅"
)
_SEATS = Prepared(
    lambda: (
        Desk.select(
            Desk.id,
            Desk.label,
            Recruiter.name,
            Recruiter.account.alias("account_id"),
            Interview.id.alias("interview_id"),
            Interview.status,
            Guest.id.alias("guest_id"),
            Guest.joined_at,
        )
        .join(Recruiter)
        .switch(Desk)
        .join(
            Interview,
            JOIN.LEFT_OUTER,
            on=(Interview.desk == Desk.id) & Interview.status.in_(DESK_TAKEN),
        )
        .join(
            Guest,
            JOIN.LEFT_OUTER,
            on=(Guest.interview == Interview.id)
            & (Guest.recruiter == bind("recruiter_id", Guest.recruiter))
            & Guest.left_at.is_null(),
        )
        .where((Desk.booth == bind("booth_id")) & (Recruiter.status == Recruiter.Status.ACTIVE))
        .order_by(Desk.id)
        .namedtuples()
    )
)
COLLEAGUE = ("id", "label", "name", "state", "online")


class HallFairSchema(FairCardSchema):
    verdicts = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)
    everyone_once = ma.fields.Boolean(required=True)


class HallBoothSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    number = ma.fields.String(required=True)
    status = ma.fields.String(required=True)
    employer_name = ma.fields.String(required=True)
    positions = ma.fields.List(ma.fields.Nested(TitledSchema), required=True)


class HallDeskSchema(ma.Schema):
    """A desk: idle, ringing, in_call or concluding (the result is owed)."""

    id = ma.fields.Integer(required=True)
    label = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    interview_id = ma.fields.Integer(required=True, allow_none=True)


class ColleagueSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    label = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    online = ma.fields.Boolean(required=True)


class AskedSchema(ma.Schema):
    """A colleague's call into which this recruiter was asked."""

    interview_id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    joined = ma.fields.Boolean(required=True)


class ReasonSchema(ma.Schema):
    """Why an application is rejected, in the words its student reads."""

    code = ma.fields.String(required=True)
    label = ma.fields.String(required=True)


class RecruiterHallSchema(ma.Schema):
    server_now = ma.fields.DateTime(required=True)
    poll_seconds = ma.fields.Integer(required=True)
    fair = ma.fields.Nested(HallFairSchema, required=True)
    booth = ma.fields.Nested(HallBoothSchema, required=True)
    desk = ma.fields.Nested(HallDeskSchema, required=True)
    pending = ma.fields.List(ma.fields.Nested(RowSchema), required=True)
    invited = ma.fields.List(ma.fields.Nested(RowSchema), required=True)
    waiting = ma.fields.List(ma.fields.Nested(RowSchema), required=True)
    done = ma.fields.List(ma.fields.Nested(RowSchema), required=True)
    counts = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), required=True)
    next_id = ma.fields.Integer(required=True, allow_none=True)
    held_up_by = ma.fields.String(
        required=True, allow_none=True, validate=validate.OneOf([one.value for one in Hindrance])
    )
    asked = ma.fields.Nested(AskedSchema, required=True, allow_none=True)
    colleagues = ma.fields.List(ma.fields.Nested(ColleagueSchema), required=True)
    line = ma.fields.Nested(BoothLineSchema, required=True)
    reasons = ma.fields.List(ma.fields.Nested(ReasonSchema), required=True)
    meter = ma.fields.Nested(MeterSchema, required=True, allow_none=True)


class RecruiterHallQuerySchema(ma.Schema):
    whole = ma.fields.Boolean(load_default=False)


@blp.get("/booths/<int:booth_id>/hall")
@requires(Role.RECRUITER)
@blp.arguments(RecruiterHallQuerySchema, location="query")
@blp.shows(RecruiterHallSchema)
@blp.problems(BoothNotFound, EmployerNotActive, NotYourEmployer)
def show_recruiter_hall(query: dict[str, Any], booth_id: int) -> dict[str, Any]:
    """Everything the interview hall shows, in order of application (E04, E05, E07).

    The heads of its lists, 15 rows each; ``whole=true``: all rows. ``counts`` always count all.
    ``next_id``: whom ``ring-next`` rings from an idle desk; none while ``held_up_by`` says why.
    """
    presence.renew(g.account_id)
    desk = take_desk(booth_id, g.account_id)
    booth = desk.booth
    seats = _SEATS.all(booth_id=booth_id, recruiter_id=desk.recruiter_id)
    tickets = list_tickets_at(
        desk,
        [seat.account_id for seat in seats],
        everyone_once=booth.fair.everyone_once,
        whole=query["whole"],
    )
    counts = count_by_status(booth_id)
    desks = [_desk(seat, tickets.online) for seat in seats]
    mine = next(entry for entry in desks if entry["id"] == desk.id)
    line = line_of(booth, counts)
    hindrance = hindrance_of(booth, line)
    return {
        "server_now": clock.now(),
        "poll_seconds": POLL_SECONDS,
        "fair": fair_card(booth.fair)
        | {"verdicts": verdicts_of(booth.fair), "everyone_once": booth.fair.everyone_once},
        "booth": _booth(booth),
        "desk": {name: mine[name] for name in ("id", "label", "state", "interview_id")},
        **tickets.lists,
        "counts": tickets.counts | {"done": total(counts, OVER)},
        "next_id": tickets.next_id if hindrance is None else None,
        "held_up_by": hindrance,
        "asked": next((_asked(seat) for seat in seats if seat.guest_id is not None), None),
        "colleagues": [
            {name: entry[name] for name in COLLEAGUE} for entry in desks if entry["id"] != desk.id
        ],
        "line": line,
        "reasons": [{"code": code, "label": label} for code, label in REASON_LABELS.items()],
        "meter": meter_of([booth.id])[booth.id],
    }


@blp.get("/booths/<int:booth_id>/line")
@requires(Role.RECRUITER)
@blp.shows(BoothLineSchema)
@blp.problems(BoothNotFound, EmployerNotActive, NotYourEmployer)
def show_booth_line(booth_id: int) -> dict[str, Any]:
    """The rules of the booth's line."""
    booth, _ = recruiter_at(booth_id, g.account_id)
    return line_of(booth)


def _desk(seat: Any, online: Collection[int]) -> dict[str, Any]:
    return {
        "id": seat.id,
        "label": seat.label,
        "name": seat.name,
        "state": seat.status or "idle",
        "interview_id": seat.interview_id,
        "online": seat.account_id in online,
    }


def _asked(seat: Any) -> dict[str, Any]:
    return {
        "interview_id": seat.interview_id,
        "name": seat.name,
        "joined": seat.joined_at is not None,
    }


def _booth(booth: Booth) -> dict[str, Any]:
    return {
        "id": booth.id,
        "number": booth.number,
        "status": booth.status,
        "employer_name": booth.employer.name,
        "positions": [
            {"id": position.id, "title": position.title}
            for position in positions_of([booth.id])[booth.id]
        ],
    }
