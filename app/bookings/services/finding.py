"""Finding enrolments, and the right to act on them."""

from datetime import timedelta
from typing import Any

from app.bookings.errors import BookingClosed, EnrolmentNotFound, EnrolmentOver
from app.bookings.models import LIVE, BoothPlace, Enrolment, Status
from app.core import clock
from app.core.prepared import Prepared, bind
from app.employers.models import Employer
from app.employers.services import get_recruiter
from app.fairs.models import Fair
from app.fairs.phases import Booking, booking_of, is_over
from app.schools.models import School
from app.schools.services import schools_that_closed

OVERDUE_HOURS = 24  # a review usually takes no longer
OVER = (Fair.Status.ENDED, Fair.Status.CANCELLED, Fair.Status.ARCHIVED)


def with_parts() -> Any:
    """Enrolments with fair, school, employer and place, in one query."""
    query: Any = Enrolment.select(Enrolment, Fair, School, Employer, BoothPlace)
    query = query.join(Fair).join(School).switch(Enrolment).join(Employer)
    return query.switch(Enrolment).left_outer_join(BoothPlace)


_ONE = Prepared(lambda: with_parts().where(Enrolment.id == bind("enrolment_id")))


def get_enrolment(enrolment_id: int) -> Enrolment:
    """An enrolment with its parts.

    :raises EnrolmentNotFound: no such enrolment
    """
    enrolment = _ONE.first(enrolment_id=enrolment_id)
    if enrolment is None:
        raise EnrolmentNotFound
    return enrolment


def enrolment_of(enrolment_id: int, account_id: int) -> Enrolment:
    """The enrolment, for somebody who acts for its employer.

    :raises EnrolmentNotFound: no such enrolment
    :raises NotYourEmployer: the account does not act for its employer
    """
    enrolment = get_enrolment(enrolment_id)
    get_recruiter(account_id, enrolment.employer_id)
    return enrolment


def find_live(fair_id: int, employer_id: int) -> Enrolment | None:
    """The one enrolment of an employer at a fair that still goes on, or None."""
    theirs = (Enrolment.fair == fair_id) & (Enrolment.employer == employer_id)
    return with_parts().where(theirs & Enrolment.status.in_(LIVE)).first()


def goes_on() -> Any:
    """The condition that an enrolment's fair is not over."""
    return Fair.status.not_in(OVER) & (Fair.ends_at > clock.now())


def is_overdue() -> Any:
    """The condition that a review has waited too long."""
    late = clock.now() - timedelta(hours=OVERDUE_HOURS)
    return (Enrolment.status == Status.PENDING) & (Enrolment.pending_since <= late)


def state_of(fair: Fair, closed: frozenset[int] | None = None) -> Booking:
    """Whether employers may book now: by the fair, and by its school's own switch (B05, K02).

    *closed* are the schools that switched booking off, where they are known already.
    """
    state = booking_of(fair)
    if state != Booking.OPEN:
        return state
    off = schools_that_closed("bookings") if closed is None else closed
    return Booking.SWITCHED_OFF if fair.school_id in off else state


def refuse_closed(fair: Fair) -> None:
    """:raises BookingClosed: employers cannot book now; says why and when (B01, B05)"""
    state = state_of(fair)
    if state != Booking.OPEN:
        raise BookingClosed(
            why=state, opens_at=fair.bookings_open_at, closes_at=fair.bookings_close_at
        )


def refuse_over(fair: Fair) -> None:
    """:raises EnrolmentOver: the fair is over"""
    if is_over(fair):
        raise EnrolmentOver
