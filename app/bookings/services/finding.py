"""Finding registrations, and the right to act on them."""

from datetime import timedelta
from typing import Any

from app.bookings.errors import BookingClosed, RegistrationNotFound, RegistrationOver
from app.bookings.models import LIVE, BoothPlace, Registration, Status
from app.core import clock
from app.core.prepared import Prepared, bind
from app.employers.models import Employer
from app.employers.services import get_recruiter
from app.fairs.models import Fair
from app.fairs.phases import Booking, booking_of, is_over
from app.schools.models import School

OVERDUE_HOURS = 24  # a review usually takes no longer
OVER = (Fair.Status.ENDED, Fair.Status.CANCELLED, Fair.Status.ARCHIVED)


def with_parts() -> Any:
    """Registrations with fair, school, employer and place, in one query."""
    query: Any = Registration.select(Registration, Fair, School, Employer, BoothPlace)
    query = query.join(Fair).join(School).switch(Registration).join(Employer)
    return query.switch(Registration).left_outer_join(BoothPlace)


_ONE = Prepared(lambda: with_parts().where(Registration.id == bind("registration_id")))


def get_registration(registration_id: int) -> Registration:
    """A registration with its parts.

    :raises RegistrationNotFound: no such registration
    """
    registration = _ONE.first(registration_id=registration_id)
    if registration is None:
        raise RegistrationNotFound
    return registration


def registration_of(registration_id: int, account_id: int) -> Registration:
    """The registration, for somebody who acts for its employer.

    :raises RegistrationNotFound: no such registration
    :raises NotYourEmployer: the account does not act for its employer
    """
    registration = get_registration(registration_id)
    get_recruiter(account_id, registration.employer_id)
    return registration


def find_live(fair_id: int, employer_id: int) -> Registration | None:
    """The one registration of an employer at a fair that still goes on, or None."""
    theirs = (Registration.fair == fair_id) & (Registration.employer == employer_id)
    return with_parts().where(theirs & Registration.status.in_(LIVE)).first()


def goes_on() -> Any:
    """The condition that a registration's fair is not over."""
    return Fair.status.not_in(OVER) & (Fair.ends_at > clock.now())


def is_overdue() -> Any:
    """The condition that a review has waited too long."""
    late = clock.now() - timedelta(hours=OVERDUE_HOURS)
    return (Registration.status == Status.PENDING) & (Registration.pending_since <= late)


def refuse_closed(fair: Fair) -> None:
    """:raises BookingClosed: employers cannot book now; says why and when (B01, B05)"""
    state = booking_of(fair)
    if state != Booking.OPEN:
        raise BookingClosed(
            why=state, opens_at=fair.bookings_open_at, closes_at=fair.bookings_close_at
        )


def refuse_over(fair: Fair) -> None:
    """:raises RegistrationOver: the fair is over"""
    if is_over(fair):
        raise RegistrationOver
