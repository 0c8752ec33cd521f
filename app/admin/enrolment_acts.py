"""What staff do with an employer's enrolment for a fair, and which enrolments wait for them."""

from typing import Any

from app.admin.resources import Action
from app.bookings.models import HOLDING, Enrolment, EnrolmentChange
from app.bookings.services import changes, fitting, leaving, reviewing, waiting
from app.bookings.services.finding import OVERDUE_HOURS, goes_on, is_overdue
from app.bookings.services.plan import find_free
from app.fairs.models import Fair

Status = Enrolment.Status
WAITS = {  # as the first page counts them, in its words
    "review": "份单位报名待审核",
    "overdue": f"份单位报名超过 {OVERDUE_HOURS} 小时未审核",
    "change": "份报名变更待确认",
}
PENDING_CHANGE = EnrolmentChange.status == EnrolmentChange.Status.PENDING


def waits_for(what: str) -> Any:
    """The condition of an enrolment that waits for staff, at a fair that is not over."""
    if what == "review":
        return goes_on() & (Enrolment.status == Status.PENDING)
    if what == "overdue":
        return goes_on() & is_overdue()
    asked = EnrolmentChange.select(EnrolmentChange.enrolment).where(PENDING_CHANGE)
    return goes_on() & Enrolment.id.in_(asked)


def waiting_query(what: str) -> Any:
    """Those that wait, with their fairs."""
    return Enrolment.select().join(Fair).where(waits_for(what))


def _free_places(record: Enrolment) -> list[tuple[str, str]]:
    """Places to give, those kept back marked."""
    free = find_free(record.fair_id, reserved_too=True, for_employer=record.employer_id)
    return [
        (str(place.id), f"{place.number}（预留）" if place.is_reserved else place.number)
        for place in free
        if place.id != record.place_id
    ]


ACTS = (
    Action(
        verb="approve", label="通过", tone="primary", reason="asked", in_list=True,
        prompt="给单位的话", done="已通过，展位已开设，招聘人员已收到通知",
        question="通过后按所选展位和岗位开设展位；名额已满时不能通过。",
        call=reviewing.approve_enrolment,
    ),
    Action(
        verb="reject", label="不通过", tone="danger", reason="needed", done="已告知单位原因",
        question="单位会收到原因，并被告知仍可参加日常网络招聘。",
        call=reviewing.reject_enrolment,
    ),
    Action(
        verb="put_on_waitlist", label="列入候补", tone="warn", reason="asked",
        done="已列入候补，招聘人员已收到通知",
        question="名额已满时列入候补，按提交先后递补；所选展位会让给其他单位。",
        call=waiting.wait_list,
    ),
    Action(
        verb="move_up", label="递补", tone="primary", reason="asked",
        done="已转入审核，招聘人员已收到通知", question="名额空出后转回待审核。",
        call=waiting.move_up,
    ),
    Action(
        verb="assign_place", label="安排展位", reason="asked", choose="展位", options=_free_places,
        done="展位已安排", question="包括预留的展位；已通过的单位，其展位号一并更换。",
        call=reviewing.assign_place,
        when=lambda one: one.status in HOLDING and one.plan_size > 0,
    ),
    Action(
        verb="grant_change", label="同意变更", tone="primary", reason="asked", prompt="给单位的话",
        done="变更已生效，招聘人员已收到通知", question="岗位和面试官按申请更新，展位同步。",
        call=changes.grant_change, when=lambda one: one.change_count > 0,
    ),
    Action(
        verb="deny_change", label="不同意变更", tone="warn", reason="needed",
        done="已告知单位，报名内容不变", question="报名内容保持不变，单位会收到原因。",
        call=changes.deny_change, when=lambda one: one.change_count > 0,
    ),
    Action(
        verb="disqualify", label="取消参会资格", tone="danger", reason="needed",
        done="已取消参会资格，排队的学生已收到通知",
        question="用于虚假、传销或歧视性内容：展位关闭，排队全部失效并告知学生，候补单位依次递补。",
        call=leaving.disqualify_enrolment,
    ),
    Action(
        verb="refer", label="移交主管部门", tone="danger", reason="needed", prompt="移交给谁、何事",
        done="已记录移交", question="情节严重的，记录移交的部门和事由，供日后查证。",
        call=reviewing.refer_enrolment,
        when=lambda one: one.referred_at is None
        and one.status in (Status.DISQUALIFIED, Status.REJECTED),
    ),
    Action(
        verb="reckon_fit", label="重新计算匹配", done="已按现在的学生简历重新计算",
        call=lambda enrolment_id, _: fitting.reckon_fit(enrolment_id),
        when=lambda one: one.status in (Status.PENDING, Status.WAITLISTED),
    ),
)  # fmt: skip
