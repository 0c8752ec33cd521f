"""What the first page shows: fairs of today and soon, and what waits for staff."""

from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from app.admin.cells import window
from app.admin.enrolments import WAITS, count_waiting
from app.admin.interviews import RESULT_MINUTES, is_overdue
from app.admin.records import with_actors
from app.admin.words import word_of
from app.core import clock
from app.core.audit import AuditEntry
from app.employers.models import Employer
from app.fairs.models import Booth, Fair, Participation, RecruiterCode
from app.fairs.phases import phase_of
from app.interviews.models import IN_LINE, Interview
from app.notifications.models import Notification
from app.positions.models import Position
from app.students.models import Student

SOON_DAYS = 14


def overview() -> dict[str, Any]:
    """Today's and coming fairs with their counts, stocks, what waits, and the latest acts."""
    now = clock.now()
    return {
        "today": _fairs_until(now + timedelta(days=1), now),
        "soon": _fairs_between(now + timedelta(days=1), now + timedelta(days=SOON_DAYS)),
        "drafts": list(Fair.select().where(Fair.status == Fair.Status.DRAFT).limit(5)),
        "stock": [
            ("用人单位", Employer.select().count(), "office_employers.index_view"),
            ("在招岗位", _published_positions(), "office_positions.index_view"),
            ("学生", Student.select().count(), "office_students.index_view"),
        ],
        "waiting": _waiting_for_staff(now),
        "latest": with_actors(list(AuditEntry.select().order_by(AuditEntry.id.desc()).limit(8))),
        "now": clock.local(now),
    }


def _published_positions() -> int:
    return Position.select().where(Position.status == Position.Status.PUBLISHED).count()


def _fairs_until(latest: datetime, now: datetime) -> list[dict[str, Any]]:
    going_on = (Fair.starts_at <= latest) & (Fair.ends_at > now)
    return _cards(going_on & (Fair.status == Fair.Status.ANNOUNCED))


def _fairs_between(earliest: datetime, latest: datetime) -> list[dict[str, Any]]:
    coming = (Fair.starts_at > earliest) & (Fair.starts_at <= latest)
    return _cards(coming & Fair.status.in_((Fair.Status.ANNOUNCED, Fair.Status.POSTPONED)))


def _cards(which: Any) -> list[dict[str, Any]]:
    booths = Booth.select(fn.COUNT(Booth.id)).where(
        (Booth.fair == Fair.id) & (Booth.status == Booth.Status.OPEN)
    )
    students = Participation.select(fn.COUNT(Participation.id)).where(Participation.fair == Fair.id)
    tickets = Interview.select(fn.COUNT(Interview.id)).where(Interview.fair == Fair.id)
    counts: dict[str, Any] = {
        "booths": booths,
        "students": students,
        "pending": tickets.where(Interview.status == Interview.Status.PENDING),
        "in_line": tickets.where(Interview.status.in_(IN_LINE)),
        "in_call": tickets.where(Interview.status == Interview.Status.IN_CALL),
        "finished": tickets.where(Interview.status == Interview.Status.FINISHED),
    }
    query = Fair.select(Fair, *(count.alias(name) for name, count in counts.items()))
    return [
        {
            "fair": fair,
            "phase": word_of(phase_of(fair)),
            "window": window(fair.starts_at, fair.ends_at),
            "counts": {name: getattr(fair, name) for name in counts},
        }
        for fair in query.where(which).order_by(Fair.starts_at, Fair.id).limit(12)
    ]


def _waiting_for_staff(now: datetime) -> list[tuple[str, int, str, dict[str, str]]]:
    """What somebody of staff should look at: words, how many, where."""
    unsent = Notification.select().where(Notification.status == Notification.Status.EXHAUSTED)
    running_out = RecruiterCode.select().where(
        (RecruiterCode.status == RecruiterCode.Status.ISSUED)
        & (RecruiterCode.expires_at > now)
        & (RecruiterCode.expires_at <= now + timedelta(hours=12))
    )
    owed = Interview.select().where(is_overdue(now))
    drafts = Position.select().where(Position.status == Position.Status.DRAFT)
    items = [
        *((words, count_waiting(what), "office_enrolments.index_view", {"waits": what})
          for what, words in WAITS.items()),
        ("条通知没有送达微信或邮箱", unsent.count(), "office_notices.index_view",
         {"status": "exhausted"}),
        ("个招聘人员二维码将在 12 小时内过期", running_out.count(), "office_codes.index_view",
         {"state": "issued"}),
        (f"场面试超过 {RESULT_MINUTES} 分钟未填结果", owed.count(),
         "office_interviews.index_view", {"waits": "result"}),
        ("个岗位还是草稿", drafts.count(), "office_positions.index_view", {"status": "draft"}),
    ]  # fmt: skip
    return [item for item in items if item[1]]
