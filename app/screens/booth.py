"""A booth's page for students: its employer, its positions, its line, and whether to apply."""

from typing import Any

import marshmallow as ma
from flask import g

from app.conduct.schemas import MeterSchema
from app.conduct.services.meters import meter_of
from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.fairs.cards import fair_card
from app.fairs.errors import BlockedFromFair, BoothNotFound, NotInFair
from app.fairs.models import Booth
from app.fairs.phases import Phase, may_apply, phase_of
from app.fairs.schemas import FairCardSchema
from app.fairs.services.booths import get_booth, positions_of
from app.fairs.services.entry import get_participant
from app.interviews.line_schemas import BoothLineSchema
from app.interviews.models import LIVE, Status
from app.interviews.schemas import PromiseSchema
from app.interviews.services.booth_line import line_of, misfits_of
from app.interviews.services.quota import count_by_status
from app.screens.hall import EMPLOYER, POSITION, BoothCardSchema, standing_at
from app.screens.waits import outlook_at

blp = Blueprint("booth_screen", __name__, url_prefix="/api/screens", description="展位页面")
CLOSED = {
    Phase.ENDED: "双选会已结束",
    Phase.POSTPONED: "双选会已延期，请等待新的时间",
    Phase.CANCELLED: "双选会已取消",
}
EMPLOYER_WHOLE = (*EMPLOYER, "introduction")
POSITION_WHOLE = (*POSITION, "duties", "requirements", "majors")


class StudentLineSchema(BoothLineSchema):
    """The line before joining it; ``misfits``: what of me does not fit who should apply."""

    misfits = ma.fields.List(ma.fields.String(), required=True)
    promise = ma.fields.Nested(PromiseSchema, required=True, allow_none=True)
    slots = ma.fields.List(ma.fields.DateTime(), required=True)
    meter = ma.fields.Nested(MeterSchema, required=True, allow_none=True)


class BoothScreenSchema(BoothCardSchema):
    fair = ma.fields.Nested(FairCardSchema, required=True)
    line = ma.fields.Nested(StudentLineSchema, required=True)
    can_apply = ma.fields.Boolean(required=True)
    why_not = ma.fields.String(required=True)


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
    why_not = _why_not(booth, standing["mine"], line)
    return {
        "booth_id": booth_id,
        "number": booth.number,
        "employer": _pick(booth.employer, EMPLOYER_WHOLE),
        "positions": [_pick(one, POSITION_WHOLE) for one in positions_of([booth_id])[booth_id]],
        **standing,
        "closed": line["closed"],
        "paused": line["paused"],
        "line": line
        | outlook_at(booth, student.id, not why_not)
        | {
            "misfits": misfits_of(booth, student.id),
            "meter": meter_of([booth_id])[booth_id],
        },
        "fair": fair_card(booth.fair),
        "can_apply": not why_not,
        "why_not": why_not,
    }


def _why_not(booth: Booth, mine: dict[str, Any] | None, line: dict[str, Any]) -> str:
    if booth.status != Booth.Status.OPEN:
        return "该展位已关闭"
    if mine and mine["status"] == Status.REJECTED:
        return "该单位已婉拒本次申请，本场双选会内不能再次申请"
    if mine and mine["status"] in LIVE:
        return "您已在该单位的面试队列中"
    if not may_apply(booth.fair):
        return CLOSED.get(phase_of(booth.fair), "仅双选会当天可以申请面试")
    if line["closed"]:
        return "该单位已停止接受新的面试申请"
    if line["paused"]:
        return "该单位待处理的申请较多，暂停接受新的申请"
    if line["quota"] is not None and line["taken"] >= line["quota"]:
        return "该单位本场面试名额已满"
    return ""


def _pick(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
