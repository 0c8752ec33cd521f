"""What students do with their résumé and their devices."""

from datetime import UTC
from typing import Any

import marshmallow as ma

from app.accounts.models import Account
from app.core import clock
from app.core.database import atomic
from app.core.prepared import Prepared, bind
from app.core.problems import pointers
from app.students import completeness
from app.students.errors import (
    DeviceUntested,
    ResumeChanged,
    SectionInvalid,
    SectionUnknown,
    StudentNotFound,
)
from app.students.models import DeviceCheck, Resume, Student
from app.students.sections import MOST_ITEMS, SECTION_SCHEMAS

CONTACT = ("phone", "email")
_STUDENT = Prepared(lambda: Student.select().where(Student.account == bind("account_id")))
_RESUME = Prepared(lambda: Resume.select().where(Resume.student == bind("student_id")))
_CHECK = Prepared(
    lambda: (
        DeviceCheck.select()
        .where(DeviceCheck.account == bind("account_id"))
        .order_by(DeviceCheck.checked_at.desc())
        .limit(1)
    )
)


_PASSED = Prepared(
    lambda: (
        DeviceCheck.select(DeviceCheck.id)
        .where(
            (DeviceCheck.account == bind("account_id"))
            & DeviceCheck.is_passed
            & (DeviceCheck.checked_at >= bind("since", DeviceCheck.checked_at))
        )
        .limit(1)
    )
)


def find_student(account_id: int) -> Student | None:
    """The student record of an account, if it has begun a résumé."""
    return _STUDENT.first(account_id=account_id)


def get_student(student_id: int) -> Student:
    """:raises StudentNotFound: no such student"""
    student = Student.get_or_none(Student.id == student_id)
    if student is None:
        raise StudentNotFound
    return student


def get_resume(account_id: int) -> dict[str, Any]:
    """The account's résumé with its explained completeness; an empty one before the first save."""
    student = find_student(account_id)
    resume = find_resume(student)
    if student is None or resume is None:
        return {"version": 0, "content": {}, **completeness.explain({})}
    content = full_content(student, resume)
    return {"version": resume.version, "content": content, **completeness.explain(content)}


def full_content(student: Student, resume: Resume) -> dict[str, Any]:
    """The résumé's sections with phone and mail put back: for the owner and for whom he met."""
    contact = {name: getattr(student, name) for name in CONTACT if getattr(student, name)}
    basics = {**resume.content.get("basics", {}), **contact}
    return {**resume.content, **({"basics": basics} if basics else {})}


def save_section(account_id: int, key: str, content: Any, version: int | None) -> dict[str, Any]:
    """Keep one section and count the points anew.

    :raises SectionUnknown: no such section
    :raises SectionInvalid: a field is wrong; ``errors`` names each
    :raises ResumeChanged: *version* is not the present one
    """
    section = _checked(key, content)
    with atomic():
        student = _student_of(account_id)
        resume, _ = Resume.get_or_create(student=student)
        if version is not None and version != resume.version:
            raise ResumeChanged(version=resume.version)
        if key == "basics":
            _copy_basics(student, section)
            section = {k: v for k, v in section.items() if k not in CONTACT}
        elif key in ("skills", "intention"):
            _copy_shown(student, key, section)
        sections = {**resume.content, key: section}
        score = completeness.explain(full_content(student, Resume(content=sections)))
        saved = (
            Resume.update(
                content=sections,
                completeness=score["completeness"],
                version=resume.version + 1,
                updated_at=clock.now(),
            )
            .where((Resume.id == resume.id) & (Resume.version == resume.version))
            .execute()
        )
        if not saved:
            raise ResumeChanged(version=resume.version + 1)
    return get_resume(account_id)


def _checked(key: str, content: Any) -> Any:
    schema = SECTION_SCHEMAS.get(key)
    if schema is None:
        raise SectionUnknown
    if schema.many and not isinstance(content, list):
        raise SectionInvalid(errors=[{"pointer": "#/content", "detail": "应为列表"}])
    if schema.many and len(content) > MOST_ITEMS:
        errors = [{"pointer": "#/content", "detail": f"最多 {MOST_ITEMS} 项"}]
        raise SectionInvalid(errors=errors)
    try:
        return schema.load(content)
    except ma.ValidationError as error:
        raise SectionInvalid(errors=list(pointers(error.messages, "#/content"))) from error


def _student_of(account_id: int) -> Student:
    Student.insert(account=account_id).on_conflict_ignore().execute()
    return Student.get(Student.account == account_id)


def _copy_basics(student: Student, basics: dict[str, Any]) -> None:
    columns = {
        "name": basics.get("name", ""),
        "gender": basics.get("gender", "undisclosed"),
        "school_name": basics.get("school", ""),
        "college": basics.get("college", ""),
        "major": basics.get("major", ""),
        "degree": basics.get("degree", ""),
        "graduation_year": basics.get("graduation_year"),
        "phone": basics.get("phone"),
        "email": basics.get("email"),
    }
    Student.update(columns).where(Student.id == student.id).execute()
    student.phone, student.email = columns["phone"], columns["email"]
    known = {"name": columns["name"]} if columns["name"] else {}  # a recruiter keeps the name
    mine = Account.id == student.account_id
    Account.update(known | {"email": columns["email"]}).where(mine).execute()


def _copy_shown(student: Student, key: str, section: Any) -> None:
    if key == "skills":
        shown = {"skills": [item["name"] for item in section][:8]}
    else:
        shown = {"intention": section.get("positions", [])}
    Student.update(shown).where(Student.id == student.id).execute()


def record_device_check(
    account_id: int, *, camera: str, microphone: str, speaker: str, browser: str
) -> DeviceCheck:
    """Keep what a device test found; passed when camera and microphone work (E08)."""
    with atomic():
        return DeviceCheck.create(
            account=account_id,
            camera=camera,
            microphone=microphone,
            speaker=speaker,
            browser=browser,
            is_passed=camera == "ok" and microphone == "ok",
        )


def last_device_check(account_id: int) -> DeviceCheck | None:
    """The newest test of an account's devices."""
    return _CHECK.first(account_id=account_id)


def require_device_check(account_id: int) -> None:
    """Let nobody into a line whose devices were not found to work on this local day (E08).

    :raises DeviceUntested: no passed test today
    """
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    if _PASSED.first(account_id=account_id, since=midnight.astimezone(UTC)) is None:
        raise DeviceUntested


def find_resume(student: Student | None) -> Resume | None:
    """A student's résumé, if one was begun."""
    return _RESUME.first(student_id=student.id) if student else None
