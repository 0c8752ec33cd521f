"""The recruiter's booths, and one ticket with its résumé."""

from typing import Any

import marshmallow as ma
from flask import g
from peewee import fn

from app.core import audit
from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.employers.errors import EmployerNotActive, NotYourEmployer
from app.fairs.cards import fair_card
from app.fairs.schemas import FairCardSchema
from app.fairs.services.booths import booths_of
from app.fairs.services.staging import verdicts_of
from app.interviews.errors import InterviewNotFound
from app.interviews.models import DESK_TAKEN, IN_LINE, Interview, Status
from app.interviews.schemas import RecruiterTicketSchema
from app.interviews.services.finding import ticket_of_recruiter
from app.interviews.services.rows import get_row
from app.students.models import Resume
from app.students.sections import ResumeContentSchema
from app.students.services import full_content, get_student

blp = Blueprint(
    "recruiter_screen", __name__, url_prefix="/api/screens/recruiter", description="招聘人员页面"
)


class RecruiterBoothSchema(ma.Schema):
    booth_id = ma.fields.Integer(required=True)
    number = ma.fields.String(required=True)
    status = ma.fields.String(required=True)
    employer_name = ma.fields.String(required=True)
    fair = ma.fields.Nested(FairCardSchema, required=True)
    pending = ma.fields.Integer(required=True)
    waiting = ma.fields.Integer(required=True)
    unfinished = ma.fields.Integer(required=True)


class RecruiterHomeSchema(ma.Schema):
    booths = ma.fields.List(ma.fields.Nested(RecruiterBoothSchema), required=True)


class ShownResumeSchema(ma.Schema):
    content = ma.fields.Nested(ResumeContentSchema, required=True)
    completeness = ma.fields.Integer(required=True)


class ContactSchema(ma.Schema):
    phone = ma.fields.String(required=True, allow_none=True)
    email = ma.fields.String(required=True, allow_none=True)


class TicketScreenSchema(ma.Schema):
    """``verdicts``: what may be chosen as result, in the fair's words (E10, settings row 2)."""

    interview = ma.fields.Nested(RecruiterTicketSchema, required=True)
    resume = ma.fields.Nested(ShownResumeSchema, required=True)
    contact = ma.fields.Nested(ContactSchema, required=True)
    verdicts = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)


@blp.get("")
@requires(Role.RECRUITER)
@blp.shows(RecruiterHomeSchema)
def show_recruiter_home() -> dict[str, Any]:
    """The booths that I may act at, with what waits there."""
    booths = booths_of(g.account_id)
    counts = _counts([booth.id for booth in booths])
    return {
        "booths": [
            {
                "booth_id": booth.id,
                "number": booth.number,
                "status": booth.status,
                "employer_name": booth.employer.name,
                "fair": fair_card(booth.fair),
                "pending": counts.get((booth.id, Status.PENDING), 0),
                "waiting": sum(counts.get((booth.id, status), 0) for status in IN_LINE),
                "unfinished": sum(counts.get((booth.id, status), 0) for status in DESK_TAKEN),
            }
            for booth in booths
        ]
    }


@blp.get("/interviews/<int:interview_id>")
@requires(Role.RECRUITER)
@blp.shows(TicketScreenSchema)
@blp.problems(InterviewNotFound, EmployerNotActive, NotYourEmployer)
def show_ticket(interview_id: int) -> dict[str, Any]:
    """A ticket of my employer's with the whole résumé; who looked is written down."""
    found = ticket_of_recruiter(interview_id, g.account_id)
    student = get_student(found.interview.student_id)
    resume = Resume.get_or_none(Resume.student == student.id)
    may_contact = _has_answered(found.interview)
    content = resume.content if resume else {}
    if resume and may_contact:
        content = full_content(student, resume)
    audit.record(student, "view_resume", after={"interview": interview_id})
    return {
        "interview": get_row(interview_id),
        "resume": {"content": content, "completeness": resume.completeness if resume else 0},
        "contact": {
            "phone": student.phone if may_contact else None,
            "email": student.email if may_contact else None,
        },
        "verdicts": verdicts_of(found.fair),
    }


def _has_answered(interview: Interview) -> bool:
    """Whether the student took a step of their own: contact details are shown only then (N01).

    Agreeing to an invitation starts the place in line, so an invitation that lapsed
    unanswered still stands where it was made.
    """
    if interview.origin == Interview.Origin.APPLICATION:
        return True
    unanswered = interview.queued_at == interview.created_at
    return not unanswered and interview.status not in (Status.INVITED, Status.DECLINED)


def _counts(booth_ids: list[int]) -> dict[tuple[int, str], int]:
    rows = (
        Interview.select(Interview.booth, Interview.status, fn.COUNT(Interview.id))
        .where(Interview.booth.in_(booth_ids))
        .group_by(Interview.booth, Interview.status)
    )
    return {(booth_id, status): count for booth_id, status, count in rows.tuples()}
