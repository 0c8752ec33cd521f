"""What staff do in the middle of a fair: tell everybody, give more time, close what got stuck."""

from datetime import datetime, timedelta

from app.core import audit, clock
from app.core.database import atomic, locked
from app.core.events import publish_to_topic
from app.fairs.errors import WindowsInvalid
from app.fairs.models import Fair, Participation
from app.fairs.services.staging import get_fair, update_fair
from app.fairs.services.windows import stretch_windows
from app.interviews.errors import FairOver
from app.interviews.models import OPEN_FOR_LAPSE, Interview
from app.interviews.services.finding import find_ticket
from app.interviews.services.rings import stamp_ring
from app.interviews.services.told import tell_change, tell_student
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many
from app.students.models import Student

EXTENSION_MINUTES = 30
UNJUDGED = "{}未填写本场面试的结果，工作人员已将其关闭；您可继续其他单位的面试"


def broadcast(fair_id: int, text: str) -> int:
    """群发通知: tell everybody who has entered the fair; how many.

    :raises FairNotFound: no such fair
    """
    fair = get_fair(fair_id)
    entered = (Participation.fair == fair_id) & (
        Participation.status == Participation.Status.REGISTERED
    )
    return _tell(fair, entered, text)


def extend_fair(fair_id: int, reason: str = "", *, minutes: int = EXTENSION_MINUTES) -> Fair:
    """Give a fair more time and tell everybody who stands in a line; places stay as they are.

    Daily hours and booths' windows that end with the fair end with it still.

    :raises FairNotFound: no such fair
    :raises FairOver: it has ended, or is not announced
    :raises WindowsInvalid: the windows would contradict each other, or daily hours pass midnight
    """
    with atomic():
        list(locked(Fair.select(Fair.id).where(Fair.id == fair_id)))  # the clock may be ending it
        fair = get_fair(fair_id)
        if fair.status != Fair.Status.ANNOUNCED:
            raise FairOver
        ends_at = max(fair.ends_at, clock.now()) + timedelta(minutes=minutes)
        changed = update_fair(fair_id, ends_at=ends_at, **_hours_until(fair, ends_at))
        windows = stretch_windows(fair_id, fair.ends_at, ends_at)
        after = {"minutes": minutes, "windows": windows}
        audit.record(fair, "extend", after=after, reason=reason)
        publish_to_topic(f"fair:{fair_id}", "board.changed", booth_id=None)
        until = clock.local(ends_at).strftime("%H:%M")
        in_line = Participation.student.in_(
            Interview.select(Interview.student).where(
                (Interview.fair == fair_id) & Interview.status.in_(OPEN_FOR_LAPSE)
            )
        )
        here = (Participation.fair == fair_id) & in_line
        _tell(changed, here, f"{fair.name} 延长至 {until}，您的排队位置不变")
    return changed


def close_unjudged(interview_id: int, reason: str) -> None:
    """End a talk whose result nobody will give any more; the desk is free again (SM7 ⑤).

    :raises InvalidTransition: no result is owed
    """
    found = find_ticket(interview_id)
    with atomic():
        found.interview.close_unjudged(reason=reason)
        stamp_ring(interview_id, "concluded_at")
        tell_change(found.interview, found.booth, student_account_id=found.student_account_id)
        tell_student(
            found.interview,
            found.booth,
            NotificationKind.FAIR_NOTICE,
            account_id=found.student_account_id,
            fair=found.fair.name,
            text=UNJUDGED.format(found.booth.employer.name),
        )


def _hours_until(fair: Fair, ends_at: datetime) -> dict[str, str]:
    """The daily hours that let a fair go on until *ends_at*; nothing where they do already."""
    if not fair.daily_closes:
        return {}
    last, until = clock.local(max(fair.ends_at, clock.now())), clock.local(ends_at)
    if until.date() != last.date():
        raise WindowsInvalid("延长后将跨过午夜；每日时段不能跨天，请改在次日增加时段")
    return {"daily_closes": max(fair.daily_closes, until.strftime("%H:%M"))}


def _tell(fair: Fair, which: object, text: str) -> int:
    query = Student.select(Student.account).join(Participation).where(which).distinct()
    with atomic():
        told = notify_many(
            [account_id for (account_id,) in query.tuples()],
            NotificationKind.FAIR_NOTICE,
            params={"fair": fair.name, "text": text},
            page=f"pages-fair/home/home?id={fair.id}",
            subject=f"fair:{fair.id}",
            fair_id=fair.id,
        )
        audit.record(fair, "broadcast", after={"count": told}, reason=text)
    return told
