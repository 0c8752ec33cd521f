"""Finding a ticket for somebody who may act on it. Authorised by object, not by screen."""

from typing import NamedTuple

from peewee import JOIN

from app.core.prepared import Prepared, bind
from app.employers.models import Employer, Recruiter
from app.employers.services import get_recruiter
from app.fairs.models import Booth, Fair
from app.interviews.errors import InterviewNotFound, NotYourInterview
from app.interviews.models import DESK_TAKEN, LIVE, Desk, Interview, Status
from app.positions.models import Position
from app.students.models import Student
from app.students.services import CONTACT

UNSEALED = [field for field in Student._meta.sorted_fields if field.name not in CONTACT]
_TICKET = Prepared(
    # Phone and mail stay sealed: opening them costs more than the query.
    lambda: (
        Interview.select(Interview, Booth, Fair, Employer, *UNSEALED, Position.id, Position.title)
        .join(Booth)
        .join(Fair)
        .switch(Booth)
        .join(Employer)
        .switch(Interview)
        .join(Student)
        .switch(Interview)
        .join(Position, JOIN.LEFT_OUTER)
        .where(Interview.id == bind("interview_id"))
    )
)
_DESK_ACCOUNT = Prepared(
    lambda: (
        Recruiter.select(Recruiter.account)
        .join(Desk)
        .where((Desk.id == bind("desk_id")) & (Recruiter.status == Recruiter.Status.ACTIVE))
        .tuples()
    )
)


_STANDING = Prepared(
    lambda: Interview.select(Interview.id, Interview.status).where(
        (Interview.booth == bind("booth_id"))
        & (Interview.student == bind("student_id"))
        & Interview.status.in_((*LIVE, Status.REJECTED))
    )
)


class Found(NamedTuple):
    """A ticket with what belongs to it, read in one query."""

    interview: Interview
    booth: Booth
    fair: Fair
    student_account_id: int


def find_ticket(interview_id: int) -> Found:
    """:raises InterviewNotFound: no such ticket"""
    interview = _TICKET.first(interview_id=interview_id)
    if interview is None:
        raise InterviewNotFound
    booth = interview.booth
    return Found(interview, booth, booth.fair, interview.student.account_id)


def find_standing(booth_id: int, student_id: int) -> Interview | None:
    """What keeps a student from another ticket at a booth: a live one, or a rejection (E05)."""
    return _STANDING.first(booth_id=booth_id, student_id=student_id)


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


def refuse_bystander(found: Found, account_id: int) -> None:
    """Before what is the interviewer's alone, while a desk has the ticket.

    :raises NotYourInterview: a colleague sits at its desk
    """
    if found.interview.status not in DESK_TAKEN:
        return
    if desk_account_id(found.interview) not in (None, account_id):
        raise NotYourInterview


def desk_account_id(interview: Interview) -> int | None:
    """The account that sits at the ticket's desk, as long as it acts for the employer."""
    if interview.desk_id is None:
        return None
    row = _DESK_ACCOUNT.first(desk_id=interview.desk_id)
    return row[0] if row else None
