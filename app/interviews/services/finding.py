"""Finding a ticket for somebody who may act on it. Authorised by object, not by screen."""

from typing import NamedTuple

from peewee import JOIN

from app.employers.models import Employer
from app.employers.services import get_recruiter
from app.fairs.models import Booth, Fair
from app.interviews.errors import InterviewNotFound, NotYourInterview
from app.interviews.models import Desk, Interview
from app.positions.models import Position
from app.students.models import Student


class Found(NamedTuple):
    """A ticket with what belongs to it, read in one query."""

    interview: Interview
    booth: Booth
    fair: Fair
    student_account_id: int


def find_ticket(interview_id: int) -> Found:
    """:raises InterviewNotFound: no such ticket"""
    interview = (
        Interview.select(Interview, Booth, Fair, Employer, Student, Position)
        .join(Booth)
        .join(Fair)
        .switch(Booth)
        .join(Employer)
        .switch(Interview)
        .join(Student)
        .switch(Interview)
        .join(Position, JOIN.LEFT_OUTER)
        .where(Interview.id == interview_id)
        .first()
    )
    if interview is None:
        raise InterviewNotFound
    booth = interview.booth
    return Found(interview, booth, booth.fair, interview.student.account_id)


def ticket_of_student(interview_id: int, account_id: int) -> Found:
    """The student's own ticket.

    :raises InterviewNotFound: no such ticket
    :raises NotYourInterview: somebody else's
    """
    found = find_ticket(interview_id)
    if found.student_account_id != account_id:
        raise NotYourInterview
    return found


def ticket_of_recruiter(interview_id: int, account_id: int) -> Found:
    """A ticket at a booth of the recruiter's employer.

    :raises InterviewNotFound: no such ticket
    :raises NotYourEmployer: another employer's
    """
    found = find_ticket(interview_id)
    get_recruiter(account_id, found.booth.employer_id)
    return found


def desk_account_id(interview: Interview) -> int | None:
    """The account that sits at the ticket's desk."""
    if interview.desk_id is None:
        return None
    desk = Desk.select(Desk, Desk.recruiter.rel_model).join(Desk.recruiter.rel_model)
    return desk.where(Desk.id == interview.desk_id).get().recruiter.account_id
