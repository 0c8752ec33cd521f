"""How a student needs an interview to be: said once, the desk adapts, nobody hears why."""

from collections.abc import Iterable
from typing import Any

from app.core import clock
from app.core.database import atomic
from app.core.prepared import Prepared, PreparedList, bind
from app.interviews.models import Needs
from app.students.models import Student

MOST_EXTRA_MINUTES = 30
_MINE = Prepared(lambda: Needs.select().join(Student).where(Student.account == bind("account_id")))
_OF = PreparedList(lambda student_ids: Needs.select().where(Needs.student.in_(student_ids)))
NOTHING = {"captions": False, "typed_talk": False, "large_type": False, "extra_minutes": 0}


def read_needs(account_id: int) -> dict[str, Any]:
    """The account's own needs; none before the first time."""
    row = _MINE.first(account_id=account_id)
    return {name: getattr(row, name) for name in NOTHING} if row else dict(NOTHING)


def write_needs(account_id: int, **wanted: Any) -> dict[str, Any]:
    """Keep them for every interview from now on."""
    with atomic():
        Student.insert(account=account_id).on_conflict_ignore().execute()
        student = Student.get(Student.account == account_id)
        Needs.insert(student=student).on_conflict_ignore().execute()
        changes = wanted | {"updated_at": clock.now()}
        Needs.update(changes).where(Needs.student == student).execute()
    return read_needs(account_id)


def needs_of(student_id: int) -> Needs | None:
    """What a student asked for, if anything."""
    rows = _OF.all([student_id])
    return rows[0] if rows else None


def access_of(student_ids: Iterable[int]) -> dict[int, list[str]]:
    """The arrangements for each student who asked for any, as recruiters see them."""
    ids = list(dict.fromkeys(student_ids))
    if not ids:
        return {}
    return {row.student_id: arrangements(row) for row in _OF.all(ids)}


def arrangements(row: Needs | None) -> list[str]:
    """captions, typed_talk, large_type, extra_time."""
    if row is None:
        return []
    found = [name for name in ("captions", "typed_talk", "large_type") if getattr(row, name)]
    return [*found, "extra_time"] if row.extra_minutes else found
