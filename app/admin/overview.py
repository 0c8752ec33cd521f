"""What the first page shows: fairs of today and soon, and what waits for staff."""

from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from app.admin.cells import window
from app.admin.records import own_acts, with_actors
from app.admin.remit import remit
from app.admin.session import current_staff
from app.admin.waiting import waiting_for_staff
from app.admin.walls import employers_of, fairs_of, in_remit, positions_of, students_of
from app.admin.words import word_of
from app.core import clock
from app.core.audit import AuditEntry
from app.employers.models import Employer
from app.fairs.models import Booth, Fair, Participation
from app.fairs.phases import phase_of
from app.interviews.models import IN_LINE, Interview
from app.positions.models import Position
from app.students.models import Student

SOON_DAYS = 14
IS_DRAFT = Fair.status == Fair.Status.DRAFT


def overview() -> dict[str, Any]:
    """Today's and coming fairs with their counts, stocks, what waits, and the latest acts."""
    now = clock.now()
    return {
        "today": _fairs_until(now + timedelta(days=1), now),
        "soon": _fairs_between(now + timedelta(days=1), now + timedelta(days=SOON_DAYS)),
        "drafts": list(in_remit(Fair.select(), fairs_of).where(IS_DRAFT).limit(5)),
        "stock": _stock(),
        "waiting": waiting_for_staff(now),
        "latest": _latest_acts(),
        "now": clock.local(now),
    }


def _stock() -> list[tuple[str, int, str]]:
    active = Employer.select().where(Employer.status == Employer.Status.ACTIVE)
    published = Position.select().where(Position.status == Position.Status.PUBLISHED)
    return [
        (word, in_remit(query, within).count(), page)
        for word, query, within, page in (
            ("用人单位", active, employers_of, "office_employers.index_view"),
            ("在招岗位", published, positions_of, "office_positions.index_view"),
            ("学生", Student.select(), students_of, "office_students.index_view"),
        )
    ]


def _latest_acts() -> list[AuditEntry]:
    """Everybody's for platform staff, else one's own."""
    entries = AuditEntry.select().order_by(AuditEntry.id.desc()).limit(8)
    if not remit().is_everywhere:
        entries = entries.where(own_acts(current_staff()))
    return with_actors(list(entries))


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
    query = in_remit(query, fairs_of)
    return [
        {
            "fair": fair,
            "phase": word_of(phase_of(fair)),
            "window": window(fair.starts_at, fair.ends_at),
            "counts": {name: getattr(fair, name) for name in counts},
        }
        for fair in query.where(which).order_by(Fair.starts_at, Fair.id).limit(12)
    ]
