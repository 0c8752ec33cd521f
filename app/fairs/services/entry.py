"""Students coming in: scanning a code, entering a fair."""

import re
from typing import Any

from app.core import clock
from app.core.database import atomic
from app.core.prepared import Prepared, bind, blank_columns
from app.fairs.errors import (
    BlockedFromFair,
    FairNotOpen,
    NotInFair,
    ParticipationNotFound,
    ResumeIncomplete,
)
from app.fairs.models import Fair, Participation, RecruiterCode
from app.fairs.phases import may_enter
from app.fairs.services.staging import get_public_fair
from app.students.completeness import missing_of
from app.students.models import Student
from app.students.services import find_resume, find_student, full_content

SCENE = re.compile(r"^[0-9A-Za-z!#$&'()*+,/:;=?@._~-]{1,32}\Z")  # what WeChat lets through

_PARTICIPANT = Prepared(
    # Phone and mail stay sealed: opening them costs more than the query.
    lambda: (
        Participation.select(Participation, Student.id, Student.account, Student.name)
        .join(Student)
        .where((Participation.fair == bind("fair_id")) & (Student.account == bind("account_id")))
    )
)

_TAKING_PART = Prepared(
    lambda: Participation.select().where(
        (Participation.fair == bind("fair_id")) & (Participation.student == bind("student_id"))
    )
)
_ENTER = Prepared(
    lambda: Participation.insert(
        blank_columns(Participation, ("fair", "student", "status", "registered_at"))
    ).on_conflict_ignore()
)


def enter_fair(fair_id: int, account_id: int) -> Participation:
    """报名进入会场: let a student in whose résumé is above the fair's bar (A03, D01).

    Entering twice is the same as once.

    :raises FairNotOpen: outside the entry window, or cancelled
    :raises ResumeIncomplete: at or below the threshold; ``missing`` says what would help
    :raises BlockedFromFair: staff removed the student
    """
    fair = get_public_fair(fair_id)
    student = find_student(account_id)
    participation = find_participation(fair_id, student)
    if participation is not None:
        return _admitted(participation)
    if not may_enter(fair):
        raise FairNotOpen(opens_at=fair.entry_opens_at, closes_at=fair.entry_closes_at)
    student = admit_resume(fair, student)
    with atomic():
        _ENTER.write(
            fair=fair.id,
            student=student.id,
            status=Participation.Status.REGISTERED,
            registered_at=clock.now(),
        )
        return _TAKING_PART.first(fair_id=fair_id, student_id=student.id)


def admit_resume(fair: Fair, student: Student | None) -> Student:
    """The student, when the résumé is above the fair's bar (70: 70 no, 71 yes).

    :raises ResumeIncomplete: it is not, or there is none
    """
    resume = find_resume(student)
    score = resume.completeness if resume else 0
    if student is None or score <= fair.threshold:
        content = full_content(student, resume) if student and resume else {}
        raise ResumeIncomplete(
            f"当前完整度 {score}%，需要超过 {fair.threshold}%",
            completeness=score,
            threshold=fair.threshold,
            missing=missing_of(content),
        )
    return student


def get_participant(fair_id: int, account_id: int) -> Student:
    """The student of an account, who must have entered the fair.

    :raises NotInFair: not entered
    :raises BlockedFromFair: staff removed the student
    """
    row = _PARTICIPANT.first(fair_id=fair_id, account_id=account_id)
    if row is None:
        raise NotInFair(fair_id=fair_id)
    return _admitted(row).student


def find_participation(fair_id: int, student: Student | None) -> Participation | None:
    """Whether and how a student takes part."""
    if student is None:
        return None
    return _TAKING_PART.first(fair_id=fair_id, student_id=student.id)


def block_participant(participation_id: int, reason: str) -> Participation:
    """Remove a student from a fair (staff)."""
    participation = _participation(participation_id)
    with atomic():
        participation.block(reason=reason)
    return participation


def readmit_participant(participation_id: int, reason: str = "") -> Participation:
    """Let a removed student back in (staff)."""
    participation = _participation(participation_id)
    with atomic():
        participation.readmit(reason=reason)
    return participation


def _participation(participation_id: int) -> Participation:
    participation = Participation.get_or_none(Participation.id == participation_id)
    if participation is None:
        raise ParticipationNotFound
    return participation


def find_scene(scene: str) -> tuple[str, Any]:
    """What a scanned fair's or recruiter's code names: its kind and its record, or None."""
    kind, _, token = scene.partition(".")
    if not SCENE.match(scene):
        return kind, None
    if kind == "f":
        fair = Fair.get_or_none(Fair.token == token)
        return "fair", None if fair is None or fair.status == Fair.Status.DRAFT else fair
    if kind == "r":
        return "recruiter", RecruiterCode.get_or_none(RecruiterCode.token == token)
    return kind, None


def fair_scene(fair: Fair) -> str:
    """The scene of a fair's code: at most 32 of WeChat's characters (A02)."""
    return f"f.{fair.token}"


def recruiter_scene(code: RecruiterCode) -> str:
    """The scene of a recruiter's code."""
    return f"r.{code.token}"


def _admitted(participation: Participation) -> Participation:
    if participation.status == Participation.Status.BLOCKED:
        raise BlockedFromFair
    return participation
