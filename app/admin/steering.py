"""现场调度: what staff do to a booth's line, to a ring and to a call, and where they find them."""

from typing import Any

from flask import request

from app.admin.cells import tag
from app.admin.remit import remit
from app.admin.resources import Action
from app.admin.walls import fairs_of
from app.conduct.services.sanctions import lift_pause, pause_line
from app.core import clock
from app.employers.models import Employer, Recruiter
from app.fairs.models import Booth, Fair
from app.fairs.phases import OPEN_PHASES, phase_of
from app.interviews.models import IN_LINE, Desk, Interview, Status
from app.interviews.services import steering
from app.screens.board import line_state

# How a booth's line stands, as the live board says it.
LINE_WORDS = {
    "open": ("接受申请", "good"),
    "paused": ("已暂停申请", "bad"),
    "closed": ("已停止申请", "plain"),
    "late": ("稍晚开始", "warn"),
}
EVERY_DESK = "every"
MOST_DIGITS = 18  # of a number that fits the column


def line_tag(booth: Booth) -> Any:
    """How a booth's line stands; nothing for a booth that takes part no longer."""
    if booth.status != Booth.Status.OPEN:
        return None
    state = line_state(booth, clock.now())
    word, tone = LINE_WORDS[state]
    return tag(f"{word}（会务）" if state == "paused" and booth.paused_by_staff else word, tone)


def is_steerable(booth: Booth) -> bool:
    """Whether a booth has a line that goes on."""
    return booth.status == Booth.Status.OPEN and phase_of(booth.fair) in OPEN_PHASES


def _reassign(interview_id: int, reason: str, chosen: str) -> None:
    steering.reassign(interview_id, reason, None if chosen == EVERY_DESK else int(chosen))


def desk_options(ticket: Interview) -> list[tuple[str, str]]:
    """Where a ticket in line could go instead: the booth's other desks, or every desk again."""
    active = Recruiter.status == Recruiter.Status.ACTIVE
    desks: Any = Desk.select(Desk.id, Desk.label, Recruiter.name).join(Recruiter)
    rows = desks.where((Desk.booth == ticket.booth_id) & active).order_by(Desk.id).tuples()
    found = [
        (str(number), label if name in ("", label) else f"{label}（{name}）")
        for number, label, name in rows
        if number != ticket.only_desk_id
    ]
    return found if ticket.only_desk_id is None else [(EVERY_DESK, "任意席位"), *found]


def booth_options() -> list[tuple[str, str]]:
    """The booths of the fair that is asked for, else the one booth that is asked for."""
    fair, booth = (request.args.get(name, "") for name in ("fair", "booth"))
    if _is_number(fair):
        which = Booth.fair == int(fair)
    elif _is_number(booth):
        which = Booth.id == int(booth)
    else:
        return []
    query: Any = Booth.select(Booth.id, Booth.number, Employer.name).join(Employer).where(which)
    if not remit().is_everywhere:
        query = query.switch(Booth).join(Fair).where(fairs_of(remit().schools))
    rows = query.order_by(Booth.number, Booth.id).tuples()
    return [(str(number), f"{place} {employer}") for number, place, employer in rows]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


LINE_ACTS = (
    Action(
        verb="close_line", label="停止新申请", tone="warn", reason="needed",
        done="已停止新申请，排队的学生和招聘人员已收到通知",
        question="学生不能再向该展位申请，已在队列中的学生仍会依次面试。"
        "招聘人员会看到原因，之后也可以自行恢复；不允许自行恢复时请用“暂停申请”。",
        call=steering.close_line,
        when=lambda booth: is_steerable(booth) and booth.line_closed_at is None,
    ),
    Action(
        verb="open_line", label="恢复新申请", tone="primary", reason="needed",
        done="已恢复，招聘人员已收到通知",
        question="该展位重新接受申请，招聘人员会看到原因。", call=steering.open_line,
        when=lambda booth: is_steerable(booth) and booth.line_closed_at is not None,
    ),
    Action(
        verb="pause_line", label="暂停申请", tone="warn", reason="needed",
        done="已暂停申请，招聘人员已收到通知",
        question="由会场暂停该展位接受新申请：招聘人员不能自行恢复，处理完积压的申请也不会"
        "自动恢复。已在队列中的学生仍会依次面试。招聘人员会看到原因。",
        call=pause_line,
        when=lambda booth: is_steerable(booth) and not booth.paused_by_staff,
    ),
    Action(
        verb="resume_line", label="解除暂停", tone="primary", reason="needed",
        done="已解除暂停，招聘人员已收到通知",
        question="该展位重新接受申请，超时未答的提醒重新开始计次数。", call=lift_pause,
        when=lambda booth: is_steerable(booth) and booth.paused_at is not None,
    ),
)  # fmt: skip

TICKET_ACTS = (
    Action(
        verb="stop_ring", label="取消呼叫", tone="warn", reason="needed",
        done="已取消呼叫，学生位置保留，面试官已收到通知",
        question="呼叫卡住时使用：学生的位置保留，席位恢复空闲。", call=steering.stop_ring,
        when=lambda ticket: ticket.status == Status.RINGING,
    ),
    Action(
        verb="break_off", label="结束通话", tone="danger", reason="needed",
        done="已结束通话，双方已收到通知，等待用人单位填写结果",
        question="通话卡住或需要中止时使用：双方立即离开视频房间，用人单位仍须填写结果。",
        call=steering.break_off, when=lambda ticket: ticket.status == Status.IN_CALL,
    ),
    Action(
        verb="reassign", label="改派席位", reason="needed", choose="席位", options=desk_options,
        done="已改派，席位上的面试官已收到通知",
        question="该学生之后只由所选席位呼叫；选“任意席位”则各席位都可呼叫。排队时间不变。",
        call=_reassign, when=lambda ticket: ticket.status in IN_LINE and desk_options(ticket) != [],
    ),
)  # fmt: skip
