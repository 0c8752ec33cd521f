"""What staff do with schools."""

from app.core import audit
from app.core.database import atomic
from app.schools.errors import SchoolNotFound
from app.schools.models import School


def create_school(name: str, short_name: str = "") -> School:
    """Add a school."""
    with atomic():
        school = School.create(name=name, short_name=short_name)
        audit.record(school, "create", after={"name": name, "short_name": short_name})
    return school


def get_school(school_id: int) -> School:
    """The school.

    :raises SchoolNotFound: no such school
    """
    school = School.get_or_none(School.id == school_id)
    if school is None:
        raise SchoolNotFound
    return school
