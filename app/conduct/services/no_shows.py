"""No-shows of students, one by one: rings that rang out. For staff only.

A ring that the student turned down (暂不方便) is an answer of a kind, and one that was taken
back or lapsed proves nothing.
"""

from typing import Any

from peewee import fn

from app.core.prepared import is_there
from app.interviews.models import CalledBy, Ring

Outcome = Ring.Outcome
HEARD = (Outcome.ANSWERED, Outcome.PASSED, Outcome.MISSED)  # what was the student's to decide


def missed_rings(which: Any) -> Any:
    """How many of the rings that *which* names rang out: a query to stand as a column."""
    return Ring.select(fn.COUNT(Ring.id)).where(which & (Ring.outcome == Outcome.MISSED))


def heard_rings(which: Any) -> Any:
    """How many of the rings that *which* names the student could have answered."""
    theirs = which & (Ring.called_by == CalledBy.RECRUITER) & Ring.outcome.in_(HEARD)
    return Ring.select(fn.COUNT(Ring.id)).where(theirs)


def has_missed(which: Any) -> Any:
    """The condition that one of the rings that *which* names rang out."""
    return is_there(Ring, which & (Ring.outcome == Outcome.MISSED))
