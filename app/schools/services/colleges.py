"""What staff do with the colleges of a school."""

from app.core import audit, clock
from app.core.database import atomic
from app.schools.errors import CollegeNameTaken, CollegeNotFound
from app.schools.models import College
from app.schools.services.tenants import get_school


def add_college(school_id: int, name: str) -> College:
    """Add a college to a school.

    :raises SchoolNotFound: no such school
    :raises CollegeNameTaken: the school has one of this name
    """
    school = get_school(school_id)
    with atomic():
        _refuse_taken_name(school_id, name)
        college = College.create(school=school, name=name)
        audit.record(college, "create", after={"school": school_id, "name": name})
    return college


def rename_college(college_id: int, name: str) -> College:
    """Give a college another name.

    :raises CollegeNotFound, CollegeNameTaken: see :func:`add_college`
    """
    college = get_college(college_id)
    if name == college.name:
        return college
    with atomic():
        _refuse_taken_name(college.school_id, name)
        College.update(name=name).where(College.id == college_id).execute()
        audit.record(college, "update", before={"name": college.name}, after={"name": name})
    return get_college(college_id)


def close_college(college_id: int, reason: str = "") -> College:
    """Take a college out of use: nothing new names it, what names it stays."""
    college = get_college(college_id)
    with atomic():
        still = (College.id == college_id) & College.closed_at.is_null()
        if College.update(closed_at=clock.now()).where(still).execute():
            audit.record(college, "close_college", reason=reason)
    return get_college(college_id)


def reopen_college(college_id: int) -> College:
    """Use a college again."""
    college = get_college(college_id)
    with atomic():
        closed = (College.id == college_id) & College.closed_at.is_null(False)
        if College.update(closed_at=None).where(closed).execute():
            audit.record(college, "reopen_college")
    return get_college(college_id)


def get_college(college_id: int) -> College:
    """:raises CollegeNotFound: no such college"""
    college = College.get_or_none(College.id == college_id)
    if college is None:
        raise CollegeNotFound
    return college


def _refuse_taken_name(school_id: int, name: str) -> None:
    if College.get_or_none((College.school == school_id) & (College.name == name)):
        raise CollegeNameTaken
