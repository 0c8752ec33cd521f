"""A booth's page for students: its employer, its positions, its line, and whether to apply."""

from typing import Any

import marshmallow as ma
from flask import g
from marshmallow import validate

from app.conduct.schemas import MeterSchema
from app.conduct.services.meters import meter_of
from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.fairs.cards import fair_card
from app.fairs.errors import BlockedFromFair, BoothClosed, BoothNotFound, NotInFair
from app.fairs.models import Booth
from app.fairs.phases import Phase, may_apply, phase_of
from app.fairs.schemas import FairCardSchema
from app.fairs.services.booths import get_booth, positions_of
from app.fairs.services.entry import get_participant
from app.interviews.errors import (
    AlreadyInLine,
    LineClosed,
    LinePaused,
    OutsideApplicationHours,
    QuotaReached,
    RejectedHere,
)
from app.interviews.line_schemas import BoothLineSchema
from app.interviews.models import LIVE, Status
from app.interviews.schemas import PromiseSchema
from app.interviews.services.booth_line import line_of, misfits_of
from app.interviews.services.quota import count_by_status
from app.screens.hall import EMPLOYER, POSITION, BoothCardSchema, standing_at
from app.screens.waits import outlook_at

blp = Blueprint("booth_screen", __name__, url_prefix="/api/screens", description="展位页面")
CLOSED = {
    Phase.ENDED: "fair-ended",
    Phase.POSTPONED: "fair-postponed",
    Phase.CANCELLED: "fair-cancelled",
}
REFUSALS = (
    *(BoothClosed, RejectedHere, AlreadyInLine, OutsideApplicationHours),
    *(LineClosed, LinePaused, QuotaReached),
)
WHY_NOT = {refusal.code(): refusal.title for refusal in REFUSALS} | {
    "fair-ended": "双选会已结束",
    "fair-postponed": "双选会已延期，请等待新的时间",
    "fair-cancelled": "双选会已取消",
}
EMPLOYER_WHOLE = (*EMPLOYER, "introduction")
POSITION_WHOLE = (*POSITION, "duties", "requirements", "majors")


class MisfitSchema(ma.Schema):
    """What of me does not fit who should apply: what is wanted and what I have.

    Degrees by their codes, years as digits, majors as they were written.
    """

    code = ma.fields.String(required=True, validate=validate.OneOf(["degree", "major", "year"]))
    wanted = ma.fields.List(ma.fields.String(), required=True)
    mine = ma.fields.String(required=True)


class StudentLineSchema(BoothLineSchema):
    """The line before joining it; ``misfits``: what of me does not fit who should apply."""

    misfits = ma.fields.List(ma.fields.Nested(MisfitSchema), required=True)
    promise = ma.fields.Nested(PromiseSchema, required=True, allow_none=True)
    slots = ma.fields.List(ma.fields.DateTime(), required=True)
    meter = ma.fields.Nested(MeterSchema, required=True, allow_none=True)


class BoothScreenSchema(BoothCardSchema):
    """``why_code``: the refusal that applying would meet, blank without one.

    ``why_not`` says it in Chinese.
    """

    fair = ma.fields.Nested(FairCardSchema, required=True)
    line = ma.fields.Nested(StudentLineSchema, required=True)
    can_apply = ma.fields.Boolean(required=True)
    why_not = ma.fields.String(required=True)
    why_code = ma.fields.String(required=True, validate=validate.OneOf(["", *WHY_NOT]))


@blp.get("/booths/<int:booth_id>")
@requires(Role.STUDENT)
@blp.shows(BoothScreenSchema)
@blp.problems(BoothNotFound, NotInFair, BlockedFromFair)
def show_booth(booth_id: int) -> dict[str, Any]:
    """A booth: its employer, its positions, its line, and whether I may apply."""
    booth = get_booth(booth_id)
    student = get_participant(booth.fair_id, g.account_id)
    counts = count_by_status(booth_id)
    standing = standing_at(booth, student, counts)
    line = line_of(booth, counts)
    why_code = _why_not(booth, standing["mine"], line)
    return {
        "booth_id": booth_id,
        "number": booth.number,
        "employer": _pick(booth.employer, EMPLOYER_WHOLE),
        "positions": [_pick(one, POSITION_WHOLE) for one in positions_of([booth_id])[booth_id]],
        **standing,
        "closed": line["closed"],
        "paused": line["paused"],
        "line": line
        | outlook_at(booth, student.id, not why_code)
        | {
            "misfits": misfits_of(booth, student.id),
            "meter": meter_of([booth_id])[booth_id],
        },
        "fair": fair_card(booth.fair),
        "can_apply": not why_code,
        "why_not": WHY_NOT.get(why_code, ""),
        "why_code": why_code,
    }


def _why_not(booth: Booth, mine: dict[str, Any] | None, line: dict[str, Any]) -> str:
    if booth.status != Booth.Status.OPEN:
        return BoothClosed.code()
    if mine and mine["status"] == Status.REJECTED:
        return RejectedHere.code()
    if mine and mine["status"] in LIVE:
        return AlreadyInLine.code()
    if not may_apply(booth.fair):
        return CLOSED.get(phase_of(booth.fair), OutsideApplicationHours.code())
    if line["closed"]:
        return LineClosed.code()
    if line["paused"]:
        return LinePaused.code()
    if line["quota"] is not None and line["taken"] >= line["quota"]:
        return QuotaReached.code()
    return ""


def _pick(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
