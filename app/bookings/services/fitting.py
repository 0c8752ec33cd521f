"""The fit of an enrolment: its positions against what the school's students study (B08)."""

from collections.abc import Iterable
from typing import Any

from peewee import fn

from app.bookings.errors import PositionsNotApproved
from app.bookings.fit import fit_of
from app.bookings.models import Enrolment
from app.bookings.services.finding import get_enrolment
from app.core.database import atomic
from app.fairs.models import Fair
from app.positions.models import Position
from app.students.models import Student


def majors_at(fair: Fair) -> dict[str, int]:
    """How many students of the fair's school study what, by their résumés; one query."""
    query = Student.select(Student.major, fn.COUNT(Student.id)).where(
        (Student.school_name == fair.school.name) & (Student.major != "")
    )
    rows: Any = query.group_by(Student.major).tuples()
    return dict(rows)


def columns_of_fit(fair: Fair, position_ids: Iterable[int]) -> dict[str, Any]:
    """What an enrolment remembers of its fit, reckoned now; two queries."""
    ids = list(position_ids)
    query = Position.select(Position.majors).where(Position.id.in_(ids))
    wanted = [text for (text,) in query.tuples()]
    fit = fit_of(wanted, majors_at(fair))
    return {"fit_percent": fit.percent, "fit": fit._asdict()}


def reckon_fit(enrolment_id: int) -> Enrolment:
    """Reckon the fit anew: more students have written their résumés since (staff)."""
    enrolment = get_enrolment(enrolment_id)
    with atomic():
        columns = columns_of_fit(enrolment.fair, enrolment.position_ids)
        Enrolment.update(columns).where(Enrolment.id == enrolment_id).execute()
    return get_enrolment(enrolment_id)


def refuse_unapproved(employer_id: int, position_ids: Iterable[int]) -> None:
    """:raises PositionsNotApproved: not theirs, or not approved (any more); names them"""
    ids = set(position_ids)
    theirs = Position.select(Position.id, Position.title, Position.status).where(
        (Position.employer == employer_id) & Position.id.in_(ids)
    )
    found = {row.id: row for row in theirs}
    wrong = [row.title for row in found.values() if row.status != Position.Status.PUBLISHED]
    if wrong or len(found) < len(ids):
        names = "、".join(wrong)
        raise PositionsNotApproved(f"未通过审核或已下线：{names}" if names else "", titles=wrong)
