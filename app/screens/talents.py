"""人才大厅: the students of a fair, without contact details (E06, N01)."""

from typing import Any

import marshmallow as ma
from flask import g
from marshmallow import validate
from peewee import Expression, Field

from app.core import presence
from app.core.auth import Role, requires
from app.core.pagination import CursorInvalid, decode_cursor, encode_cursor
from app.core.problems import Blueprint
from app.employers.errors import EmployerNotActive, NotYourEmployer
from app.fairs.errors import BoothNotFound
from app.fairs.models import Participation
from app.fairs.services.booths import recruiter_at
from app.interviews.errors import NotATalent
from app.interviews.models import LIVE, Interview, Status
from app.students.models import Resume, Student
from app.students.sections import DEGREES, ResumeContentSchema

blp = Blueprint(
    "talents_screen", __name__, url_prefix="/api/screens/recruiter", description="人才大厅"
)
PAGE = 30
SHOWN = (  # phone and mail are not even read (N01)
    Student.id,
    Student.account,
    Student.name,
    Student.school_name,
    Student.major,
    Student.degree,
    Student.graduation_year,
    Student.skills,
    Student.intention,
)


class TalentTicketSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    status = ma.fields.String(required=True)


class TalentSchema(ma.Schema):
    student_id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    school = ma.fields.String(required=True)
    major = ma.fields.String(required=True)
    degree = ma.fields.String(required=True)
    graduation_year = ma.fields.Integer(required=True, allow_none=True)
    skills = ma.fields.List(ma.fields.String(), required=True)
    intention = ma.fields.List(ma.fields.String(), required=True)
    ticket = ma.fields.Nested(TalentTicketSchema, required=True, allow_none=True)
    online = ma.fields.Boolean(required=True)


class TalentsSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(TalentSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class TalentScreenSchema(TalentSchema):
    content = ma.fields.Nested(ResumeContentSchema, required=True)
    completeness = ma.fields.Integer(required=True)


class TalentQuerySchema(ma.Schema):
    q = ma.fields.String(load_default="", validate=validate.Length(max=40))
    degree = ma.fields.String(load_default="", validate=validate.OneOf(["", *DEGREES]))
    cursor = ma.fields.String(load_default="", validate=validate.Length(max=200))


@blp.get("/booths/<int:booth_id>/talents")
@requires(Role.RECRUITER)
@blp.arguments(TalentQuerySchema, location="query")
@blp.shows(TalentsSchema)
@blp.problems(BoothNotFound, EmployerNotActive, NotYourEmployer, CursorInvalid)
def list_talents(query: dict[str, str], booth_id: int) -> dict[str, Any]:
    """Students who entered the fair, the newest first; search by name, school, major or skill."""
    booth, _ = recruiter_at(booth_id, g.account_id)
    wanted = _taking_part(booth.fair_id) & _wanted(query)
    after = decode_cursor(query["cursor"], int)
    if after is not None:
        wanted &= Participation.id < after[0]
    rows = Participation.select(Participation.id, *SHOWN).join(Student).where(wanted)
    found = list(rows.order_by(Participation.id.desc()).limit(PAGE + 1))
    more = len(found) > PAGE
    found = found[:PAGE]
    return {
        "items": _talents([row.student for row in found], booth_id),
        "next_cursor": encode_cursor(found[-1].id) if more else None,
    }


@blp.get("/booths/<int:booth_id>/talents/<int:student_id>")
@requires(Role.RECRUITER)
@blp.shows(TalentScreenSchema)
@blp.problems(BoothNotFound, EmployerNotActive, NotYourEmployer, NotATalent)
def show_talent(booth_id: int, student_id: int) -> dict[str, Any]:
    """A student's résumé without contact details."""
    booth, _ = recruiter_at(booth_id, g.account_id)
    row = Participation.select(Participation.id, *SHOWN).join(Student)
    row = row.where(_taking_part(booth.fair_id) & (Student.id == student_id)).first()
    if row is None:
        raise NotATalent
    resume = Resume.get_or_none(Resume.student == student_id)
    return _talents([row.student], booth_id)[0] | {
        "content": resume.content if resume else {},
        "completeness": resume.completeness if resume else 0,
    }


def _taking_part(fair_id: int) -> Expression:
    registered = Participation.status == Participation.Status.REGISTERED
    return (Participation.fair == fair_id) & registered


def _wanted(query: dict[str, str]) -> Expression:
    wanted = Student.id.is_null(False)
    if query["degree"]:
        wanted &= Student.degree == query["degree"]
    for word in query["q"].split()[:5]:
        wanted &= (
            Student.name.contains(word)
            | Student.major.contains(word)
            | Student.school_name.contains(word)
            | _lists(Student.skills, word)
            | _lists(Student.intention, word)
        )
    return wanted


def _lists(column: Field, word: str) -> Expression:
    """Whether a JSON list of texts has *word* in it; its own brackets and quotes are no words."""
    if set(word) <= set('[]", '):
        return column.is_null()
    return column.cast("TEXT").contains(word)


def _talents(students: list[Student], booth_id: int) -> list[dict[str, Any]]:
    ids = [student.id for student in students]
    here = (Interview.booth == booth_id) & Interview.student.in_(ids)
    rows = Interview.select(Interview.student, Interview.id, Interview.status)
    rows = rows.where(here & Interview.status.in_((*LIVE, Status.REJECTED))).tuples()
    tickets = {student_id: {"id": id_, "status": status} for student_id, id_, status in rows}
    online = presence.online_or_none(student.account_id for student in students)
    return [
        {
            "student_id": student.id,
            "name": student.name,
            "school": student.school_name,
            "major": student.major,
            "degree": student.degree,
            "graduation_year": student.graduation_year,
            "skills": student.skills,
            "intention": student.intention,
            "ticket": tickets.get(student.id),
            "online": student.account_id in online,
        }
        for student in students
    ]
