"""What a booth's recruiters set for its line, and what its students are told of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.core import audit, clock
from app.core.database import atomic, locked
from app.core.events import publish_to_topic
from app.core.prepared import Prepared, bind
from app.fairs.models import Booth
from app.fairs.phases import is_live
from app.fairs.services.booths import get_booth, recruiter_at
from app.fairs.services.windows import Span, is_inside, set_windows, windows_of
from app.interviews.errors import NoticeTooSoon, QuotaBelowTaken
from app.interviews.models import IN_LINE, UNDECIDED, Interview
from app.interviews.services.quota import (
    CALLED,
    TAKEN,
    count_by_status,
    count_taken,
    total,
)
from app.interviews.services.told import QUEUE_PAGE
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many
from app.students.models import Student

NOTICE_SECONDS = 60  # between two notices: each may cost every student a message
WANTED: dict[str, Any] = {"degrees": [], "majors": [], "graduation_years": [], "note": ""}
_FIT = Prepared(
    lambda: Student.select(Student.degree, Student.major, Student.graduation_year).where(
        Student.id == bind("student_id")
    )
)
CLOSED_TEXT = "已停止接受新的申请，已在队列中的同学仍会依次面试"


class Hindrance(StrEnum):
    """Why a booth's desks can call nobody now, whoever waits."""

    BOOTH = "booth"  # 展位已关闭
    FAIR = "fair"  # 双选会未在进行
    WINDOW = "window"  # 不在面试时段
    QUOTA = "quota"  # 面试名额已满


def change_line(booth_id: int, account_id: int, wishes: Mapping[str, Any]) -> Booth:
    """Close or open the line, run late, tell it something, set windows, quota and time box.

    *wishes* holds only what is to change: ``closed``, ``late_minutes`` (0 to 180; 0: here
    now), ``notice``, ``quota`` and ``talk_minutes`` (null: none of its own), ``windows``
    (pairs of instants), ``wanted``. Everybody in the line is told what concerns them.

    :raises BoothNotFound, NotYourEmployer: not a booth of the account's employer
    :raises BoothWindowsInvalid: windows outside the fair, or overlapping
    :raises QuotaBelowTaken: fewer than are accepted already; ``taken`` says how many
    :raises NoticeTooSoon: less than a minute after the last; ``retry_after`` seconds
    """
    recruiter_at(booth_id, account_id)
    with atomic():
        list(locked(Booth.select(Booth.id).where(Booth.id == booth_id)))
        booth = get_booth(booth_id)
        columns = _columns(booth, wishes)
        before = {name: getattr(booth, name) for name in columns}
        if columns:
            Booth.update(columns).where(Booth.id == booth_id).execute()
            audit.record(booth, "set_line", before=_plain(before), after=_plain(columns))
        if "windows" in wishes:
            _set_windows(booth, wishes["windows"])
        tell_line(booth, _news(columns))
        publish_to_topic(f"booth:{booth_id}", "queue.changed", booth_id=booth_id)
        publish_to_topic(f"fair:{booth.fair_id}", "board.changed", booth_id=booth_id)
    return get_booth(booth_id)


def line_of(booth: Booth, counts: Counter[Interview.Status] | None = None) -> dict[str, Any]:
    """The booth's rules as everybody may read them; *counts* where they have been read already."""
    counts = count_by_status(booth.id) if counts is None else counts
    return {
        "quota": booth.quota,
        "taken": total(counts, TAKEN),
        "called": total(counts, CALLED),
        "windows": [
            {"opens_at": opens, "closes_at": closes}
            for opens, closes in windows_of([booth.id])[booth.id]
        ],
        "closed": booth.line_closed_at is not None,
        "paused": booth.paused_at is not None,
        "late_until": booth.late_until,
        "notice": booth.notice,
        "notice_at": booth.notice_at,
        "talk_minutes": booth.talk_minutes,
        "wanted": wanted_of(booth),
    }


def hindrance_of(booth: Booth, line: Mapping[str, Any]) -> Hindrance | None:
    """What keeps the whole line from moving, of the rules that :func:`line_of` has read."""
    if booth.status != Booth.Status.OPEN:
        return Hindrance.BOOTH
    if not is_live(booth.fair):
        return Hindrance.FAIR
    if not is_inside([(span["opens_at"], span["closes_at"]) for span in line["windows"]]):
        return Hindrance.WINDOW
    if line["quota"] is not None and line["called"] >= line["quota"]:
        return Hindrance.QUOTA
    return None


def wanted_of(booth: Booth) -> dict[str, Any]:
    """Who should apply; an empty list asks for nothing."""
    return WANTED | booth.wanted


def misfits_of(booth: Booth, student_id: int) -> list[dict[str, Any]]:
    """What of a student does not fit who should apply; applying stays possible.

    ``code``: degree, major or year; ``wanted`` and ``mine`` as they are stored: pages say it
    in their reader's language. Without a value in the résumé nothing is said. A major fits
    by its beginning or its end: 计算机 covers 计算机科学与技术.
    """
    wanted, found = wanted_of(booth), []
    if not any(wanted[name] for name in ("degrees", "majors", "graduation_years")):
        return []
    student = _FIT.first(student_id=student_id)
    if student.degree and wanted["degrees"] and student.degree not in wanted["degrees"]:
        found.append(_misfit("degree", wanted["degrees"], student.degree))
    majors = wanted["majors"]
    if student.major and majors and not any(_covers(one, student.major) for one in majors):
        found.append(_misfit("major", majors, student.major))
    years = wanted["graduation_years"]
    if student.graduation_year and years and student.graduation_year not in years:
        found.append(_misfit("year", sorted(years), student.graduation_year))
    return found


def _misfit(code: str, wanted: Iterable[Any], mine: Any) -> dict[str, Any]:
    return {"code": code, "wanted": [str(one) for one in wanted], "mine": str(mine)}


def _covers(wanted: str, major: str) -> bool:
    stem = wanted.strip().removesuffix("类").removesuffix("专业")
    return bool(stem) and (stem in major or major in stem)


def _columns(booth: Booth, wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The booth's columns that change."""
    now = clock.now()
    wanted: dict[str, Any] = {}
    if "closed" in wishes and wishes["closed"] != (booth.line_closed_at is not None):
        wanted["line_closed_at"] = now if wishes["closed"] else None
    if "late_minutes" in wishes:
        minutes = wishes["late_minutes"]
        wanted["late_until"] = now + timedelta(minutes=minutes) if minutes else None
    if "notice" in wishes and wishes["notice"].strip() != booth.notice:
        wanted |= _notice(booth, wishes["notice"].strip(), now)
    if "quota" in wishes:
        wanted["quota"] = _quota(booth, wishes["quota"])
    if "talk_minutes" in wishes:
        wanted["talk_minutes"] = wishes["talk_minutes"]
    if "wanted" in wishes:
        wanted["wanted"] = WANTED | wishes["wanted"]
    return {name: value for name, value in wanted.items() if value != getattr(booth, name)}


def _notice(booth: Booth, text: str, now: datetime) -> dict[str, Any]:
    if not text:
        return {"notice": "", "notice_at": None}
    waited = (now - booth.notice_at).total_seconds() if booth.notice_at else NOTICE_SECONDS
    if waited < NOTICE_SECONDS:
        raise NoticeTooSoon(retry_after=max(1, int(NOTICE_SECONDS - waited)))
    return {"notice": text, "notice_at": now}


def _quota(booth: Booth, quota: int | None) -> int | None:
    taken = count_taken(booth.id)
    if quota is not None and quota < taken:
        raise QuotaBelowTaken(taken=taken)
    return quota


def _set_windows(booth: Booth, windows: list[Span]) -> None:
    before = windows_of([booth.id])[booth.id]
    after = set_windows(booth, windows)
    if after != before:
        audit.record(
            booth,
            "set_windows",
            before={"windows": _spans(before)},
            after={"windows": _spans(after)},
        )


def _news(columns: Mapping[str, Any]) -> str:
    """What concerns everybody in the line, in one message."""
    news = []
    if columns.get("late_until"):
        until = clock.local(columns["late_until"]).strftime("%H:%M")
        news.append(f"面试官晚到，预计 {until} 开始面试，你的位置保留")
    if columns.get("line_closed_at"):
        news.append(CLOSED_TEXT)
    if columns.get("notice"):
        news.append(columns["notice"])
    return "；".join(news)


def tell_line(booth: Booth, text: str) -> None:
    """Write everybody who waits here for an answer or a call; nobody where there is no *text*."""
    if not text:
        return
    waiting = (Interview.booth == booth.id) & Interview.status.in_((*UNDECIDED, *IN_LINE))
    query = Student.select(Student.account).join(Interview).where(waiting)
    notify_many(
        [account_id for (account_id,) in query.tuples()],
        NotificationKind.BOOTH_NOTICE,
        params={"employer": booth.employer.name, "booth": booth.number, "text": text},
        page=f"{QUEUE_PAGE}?fair_id={booth.fair_id}",
        subject=f"booth:{booth.id}",
        fair_id=booth.fair_id,
    )


def _spans(windows: list[Span]) -> list[list[str]]:
    return [[opens.isoformat(), closes.isoformat()] for opens, closes in windows]


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in columns.items()}
