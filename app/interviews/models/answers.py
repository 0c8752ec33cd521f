"""An employer's answer to an application, and what its student is told of it."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.interviews.models.tickets import Interview, Status


class Reason(StrEnum):
    """Why an application was rejected, as the student reads it. 婉拒原因"""

    POSITION_FILLED = "position_filled"
    MAJOR_MISMATCH = "major_mismatch"
    DEGREE_MISMATCH = "degree_mismatch"
    YEAR_MISMATCH = "year_mismatch"
    SKILLS_MISMATCH = "skills_mismatch"
    PLACE_MISMATCH = "place_mismatch"
    OTHER = "other"


REASON_LABELS: dict[Reason, str] = {
    Reason.POSITION_FILLED: "岗位已满",
    Reason.MAJOR_MISMATCH: "专业不符",
    Reason.DEGREE_MISMATCH: "学历不符",
    Reason.YEAR_MISMATCH: "毕业年份不符",
    Reason.SKILLS_MISMATCH: "经历与岗位要求有差距",
    Reason.PLACE_MISMATCH: "工作地点不符",
    Reason.OTHER: "其他",
}


def reason_label(code: str) -> str:
    """A rejection's reason in the student's words; nothing for a ticket without one."""
    return REASON_LABELS[Reason(code)] if code else ""


def seen_by_student(status: Status) -> Status:
    """What a ticket's student sees: a rejection that can still be taken back stays 待处理 (E05)."""
    return Interview.told_as.get(status, status)


def undo_until(status: str, decided_at: datetime | None, undo_seconds: int) -> datetime | None:
    """Until when a rejection can be taken back; None for a ticket that was not just rejected."""
    if status != Status.DISMISSED or decided_at is None:
        return None
    return decided_at + timedelta(seconds=undo_seconds)
