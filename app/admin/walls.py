"""Which records lie inside some schools: the conditions behind every list of the back office.

A student, an employer or a position belongs to no school; it lies inside one when it takes part
in one of the school's fairs. Each condition is a look-up by id, so that it can be added to any
query of that record.
"""

from collections.abc import Callable
from typing import Any

from app.admin.remit import remit
from app.employers.models import Employer, Recruiter, Settlement
from app.fairs.models import Booth, BoothPosition, Fair, Participation
from app.positions.models import Position
from app.students.models import Student


def in_remit(query: Any, within: Callable[[frozenset[int]], Any]) -> Any:
    """What of *query* the signed-in person may see."""
    return query if remit().is_everywhere else query.where(within(remit().schools))


def fairs_of(schools: frozenset[int]) -> Any:
    """Fairs that the schools hold."""
    return Fair.school.in_(schools)


def employers_of(schools: frozenset[int]) -> Any:
    """Employers with a booth at one of the schools' fairs."""
    return Employer.id.in_(_booths(schools, Booth.employer))


def settlements_of(schools: frozenset[int]) -> Any:
    """Employers' places at the schools, asked for or held."""
    return Settlement.school.in_(schools)


def recruiters_of(schools: frozenset[int]) -> Any:
    """Who recruits for such an employer."""
    return Recruiter.employer.in_(_booths(schools, Booth.employer))


def positions_of(schools: frozenset[int]) -> Any:
    """Positions at one of the schools' fairs."""
    held, offers = Fair.alias(), BoothPosition.alias()
    booths = Booth.alias()
    query = offers.select(offers.position).join(booths, on=(offers.booth == booths.id))
    query = query.join(held, on=(booths.fair == held.id)).where(held.school.in_(schools))
    return Position.id.in_(query)


def students_of(schools: frozenset[int]) -> Any:
    """Students who have entered one of the schools' fairs."""
    held, entries = Fair.alias(), Participation.alias()
    query = entries.select(entries.student).join(held, on=(entries.fair == held.id))
    return Student.id.in_(query.where(held.school.in_(schools)))


def _booths(schools: frozenset[int], column: Any) -> Any:
    held, booths = Fair.alias(), Booth.alias()
    query = booths.select(getattr(booths, column.name)).join(held, on=(booths.fair == held.id))
    return query.where(held.school.in_(schools))
