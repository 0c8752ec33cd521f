"""The end of a fair or of a booth: open tickets lapse and their students are told."""

from typing import Any

from app.core import audit, clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.fairs.models import Booth, Fair, Participation
from app.fairs.services.booths import get_booth
from app.fairs.services.entry import block_participant
from app.fairs.services.staging import cancel_fair, end_fair, get_fair, postpone_fair
from app.interviews.models import OPEN_FOR_LAPSE, Interview
from app.interviews.services.decisions import deliver_rejections_of
from app.interviews.services.lapsing import lapse_booth, lapse_open
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many
from app.students.models import Student


def disqualify_booth(booth_id: int, reason: str) -> Booth:
    """取消参会资格: the booth closes, its open tickets lapse (B13).

    :raises InvalidTransition: not open
    """
    booth = get_booth(booth_id)
    with atomic():
        booth.disqualify(reason=reason)
    lapse_booth(booth)
    return booth


def withdraw_booth(booth_id: int, reason: str = "") -> Booth:
    """The employer leaves the fair; its open tickets lapse."""
    booth = get_booth(booth_id)
    with atomic():
        booth.withdraw(reason=reason)
    lapse_booth(booth)
    return booth


def close_fair(fair_id: int, reason: str = "", *, only_if: Any = None) -> Fair:
    """End a fair: rejections are delivered, open tickets lapse, calls that are on may finish.

    :raises InvalidTransition: not announced, or *only_if*, a condition on the fair, does not hold
    """
    with atomic():
        fair = end_fair(fair_id, reason, only_if=only_if)
        deliver_rejections_of(fair_id)
    lapse_open(Interview.fair == fair_id, f"{fair.name} 已结束", fair)
    return fair


def call_off_fair(fair_id: int, reason: str) -> Fair:
    """Cancel a fair; everybody in a line is told."""
    with atomic():
        fair = cancel_fair(fair_id, reason)
    lapse_open(Interview.fair == fair_id, f"{fair.name} 已取消", fair)
    return fair


def put_off_fair(fair_id: int, reason: str) -> Fair:
    """Postpone a fair; places are kept, and everybody in a line is told once."""
    with atomic():
        fair = postpone_fair(fair_id, reason)
        waiting = (Interview.fair == fair_id) & Interview.status.in_(OPEN_FOR_LAPSE)
        query = Student.select(Student.account).join(Interview).where(waiting).distinct()
        notify_many(
            [account_id for (account_id,) in query.tuples()],
            NotificationKind.FAIR_NOTICE,
            params={"fair": fair.name, "text": f"{fair.name} 已延期，您的排队位置保留"},
            page=f"pages-fair/home/home?id={fair_id}",
            subject=f"fair:{fair_id}",
            fair_id=fair_id,
        )
    return fair


def remove_participant(participation_id: int, reason: str) -> Participation:
    """Remove a student from a fair: the open tickets lapse, a call that is on may finish."""
    with atomic():
        participation = block_participant(participation_id, reason)
        fair = get_fair(participation.fair_id)
        mine = (Interview.student == participation.student_id) & (Interview.fair == fair.id)
        lapse_open(mine, "您已被移出本场双选会", fair)
    return participation


def close_ended_fairs() -> int:
    """End the fairs whose time is over; how many. For the clock; safe to run twice."""
    over = (Fair.status == Fair.Status.ANNOUNCED) & (Fair.ends_at <= clock.now())
    closed = 0
    for (fair_id,) in list(Fair.select(Fair.id).where(over).tuples()):
        still_over = Fair.ends_at <= clock.now()  # staff may extend it this very moment
        with audit.acting(None, "clock"):
            try:
                close_fair(fair_id, "到达结束时间", only_if=still_over)
                closed += 1
            except InvalidTransition:
                continue  # another scheduler was faster, or staff gave more time
    return closed
