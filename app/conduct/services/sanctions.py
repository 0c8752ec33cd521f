"""Soft reminders for applications that wait too long; then the line is paused until answered.

Staff may pause a line as well, for reasons of their own: only they release it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.conduct.errors import NotPaused, PausedBefore
from app.conduct.models import Meter
from app.core import audit, clock
from app.core.database import atomic
from app.core.events import publish_to_topic
from app.employers.services import account_ids_of
from app.fairs.models import Booth, Fair
from app.fairs.services.booths import get_booth
from app.interviews.services.steering import steered_booth
from app.interviews.services.told import HALL_PAGE
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many

MOST_AT_A_TIME = 30  # booths in one tick: the clock has rings to end in the same second


@dataclass
class Standing:
    """How a booth stands with its answers now."""

    booth: Booth
    overdue: int
    last_answer_at: datetime | None
    is_open: bool  # its recruiters are to be there


def enforce(fair: Fair, standings: Sequence[Standing], known: Mapping[int, Meter]) -> int:
    """Remind, pause and release; how many booths. *known* holds the meters as they were before.

    A reminder at most every half of the fair's answer time; after ``sanction_after`` of them
    without one answer the line is paused (0: never), and released when nothing is overdue.
    """
    if fair.status != Fair.Status.ANNOUNCED:
        return 0
    _forgive([one for one in standings if _has_answered(one, known.get(one.booth.id))])
    done = 0
    for one in standings:
        if done >= MOST_AT_A_TIME:
            break
        if one.overdue == 0:
            done += _is_paused_by_clock(one.booth) and _release(one.booth, "申请已处理完毕")
        elif one.is_open and not _runs_late(one.booth) and one.booth.paused_at is None:
            done += _press(fair, one, known.get(one.booth.id))
    return done


def pause_line(booth_id: int, reason: str) -> Booth:
    """暂停申请: staff pause a line until staff release it, whatever is answered meanwhile.

    A pause that the clock imposed becomes theirs. The recruiters read the reason.

    :raises BoothNotFound: no such booth
    :raises BoothClosed, FairOver: no line to pause
    :raises PausedBefore: staff paused it already
    """
    booth = steered_booth(booth_id)
    not_yet = (Booth.id == booth_id) & (Booth.paused_by_staff == False)  # noqa: E712
    with atomic():
        since = booth.paused_at or clock.now()
        if not Booth.update(paused_at=since, paused_by_staff=True).where(not_yet).execute():
            raise PausedBefore
        audit.record(booth, "pause_line", after={"paused_by_staff": True}, reason=reason)
        text = (
            f"会务人员已暂停 {booth.employer.name} 接受新的面试申请，恢复请联系会务。原因：{reason}"
        )
        _tell(booth, NotificationKind.FAIR_NOTICE, fair=booth.fair.name, text=text)
        _refresh(booth)
    return get_booth(booth_id)


def lift_pause(booth_id: int, reason: str = "") -> Booth:
    """恢复申请: staff release a paused line, whoever paused it; its reminders begin anew.

    :raises BoothNotFound: no such booth
    :raises NotPaused: the line is open
    """
    booth = get_booth(booth_id)
    with atomic():
        if not _release(booth, reason, by_staff=True):
            raise NotPaused
        Meter.update(reminded_at=clock.now()).where(Meter.booth == booth_id).execute()
    return get_booth(booth_id)


def _press(fair: Fair, one: Standing, was: Meter | None) -> bool:
    """The next step against a booth that does not answer, when it is time."""
    now = clock.now()
    latest = now - timedelta(minutes=fair.answer_minutes) / 2
    if was is not None and was.reminded_at is not None and was.reminded_at > latest:
        return False
    reminders = 0 if was is None or _has_answered(one, was) else was.reminders
    if 0 < fair.sanction_after <= reminders:
        return _pause(one.booth, one.overdue, reminders)
    return _remind(one.booth, one.overdue, latest)


def _remind(booth: Booth, overdue: int, latest: datetime) -> bool:
    due = Meter.reminded_at.is_null() | (Meter.reminded_at <= latest)
    changes = {Meter.reminders: Meter.reminders + 1, Meter.reminded_at: clock.now()}
    with atomic():
        if not Meter.update(changes).where((Meter.booth == booth.id) & due).execute():
            return False  # another clock was faster
        audit.record(booth, "remind", after={"overdue": overdue})
        _tell(booth, NotificationKind.ANSWERS_DUE, count=str(overdue))
    return True


def _pause(booth: Booth, overdue: int, reminders: int) -> bool:
    open_still = (Booth.id == booth.id) & Booth.paused_at.is_null()
    with atomic():
        if not Booth.update(paused_at=clock.now()).where(open_still).execute():
            return False
        audit.record(booth, "pause_line", after={"overdue": overdue, "reminders": reminders})
        _tell(booth, NotificationKind.LINE_PAUSED, count=str(overdue))
        _refresh(booth)
    return True


def _release(booth: Booth, reason: str, *, by_staff: bool = False) -> bool:
    paused = (Booth.id == booth.id) & Booth.paused_at.is_null(False)
    if not by_staff:
        paused &= Booth.paused_by_staff == False  # noqa: E712  # written into SQL
    with atomic():
        if not Booth.update(paused_at=None, paused_by_staff=False).where(paused).execute():
            return False
        Meter.update(reminders=0).where(Meter.booth == booth.id).execute()
        audit.record(booth, "resume_line", reason=reason)
        text = f"{booth.employer.name} 已恢复接受新的面试申请"
        _tell(booth, NotificationKind.FAIR_NOTICE, text=text)
        _refresh(booth)
    return True


def _forgive(standings: Sequence[Standing]) -> None:
    """Whoever answers begins anew."""
    ids = [one.booth.id for one in standings]
    if ids:
        with atomic():
            here = Meter.booth.in_(ids) & (Meter.reminders > 0)
            Meter.update(reminders=0).where(here).execute()


def _has_answered(one: Standing, was: Meter | None) -> bool:
    """Whether there was an answer since the last reminder."""
    if was is None or was.reminded_at is None or not was.reminders:
        return False
    return one.last_answer_at is not None and one.last_answer_at >= was.reminded_at


def _is_paused_by_clock(booth: Booth) -> bool:
    return booth.paused_at is not None and not booth.paused_by_staff


def _runs_late(booth: Booth) -> bool:
    return booth.late_until is not None and booth.late_until > clock.now()


def _tell(booth: Booth, kind: NotificationKind, **params: str) -> None:
    notify_many(
        account_ids_of(booth.employer_id),
        kind,
        params={"employer": booth.employer.name, "booth": booth.number} | params,
        page=f"{HALL_PAGE}?id={booth.id}",
        subject=f"booth:{booth.id}",
        fair_id=booth.fair_id,
    )


def _refresh(booth: Booth) -> None:
    publish_to_topic(f"booth:{booth.id}", "queue.changed", booth_id=booth.id)
    publish_to_topic(f"fair:{booth.fair_id}", "board.changed", booth_id=booth.id)
