"""An employer leaves a fair, is sent away, or comes back: registration, booth and line at once."""

from app.bookings.models import LIVE, BoothPlace, Registration, Status
from app.bookings.services.finding import refuse_over, registration_of, with_parts
from app.bookings.services.plan import find_free
from app.bookings.services.reviewing import recall_changes
from app.bookings.services.told import tell_employer, tell_pages
from app.bookings.services.waiting import move_up_first
from app.core.database import atomic
from app.fairs.errors import BoothNotFound
from app.fairs.models import Booth
from app.fairs.services import booths
from app.fairs.services.capacity import hold_fair
from app.interviews.services import closing


def withdraw_registration(registration_id: int, account_id: int, reason: str = "") -> Registration:
    """The employer withdraws; its open tickets lapse, the first on the wait-list comes up.

    :raises RegistrationNotFound, NotYourEmployer: not theirs
    :raises RegistrationOver: the fair is over
    :raises InvalidTransition: rejected, disqualified or withdrawn already
    """
    registration = registration_of(registration_id, account_id)
    refuse_over(registration.fair)
    with atomic():
        fair = hold_fair(registration.fair_id)
        registration.withdraw(reason=reason, answer="")
        recall_changes(registration)
        if registration.moved_from == Status.APPROVED:
            closing.withdraw_booth(_booth_of(registration), reason)
            move_up_first(fair)
        tell_pages(registration)
    return registration


def withdraw_booth(booth_id: int, reason: str = "") -> Booth:
    """单位退出, noted by staff: as :func:`withdraw_registration`.

    :raises BoothNotFound: no such booth
    :raises InvalidTransition: not open
    """
    with atomic():
        fair = hold_fair(booths.get_booth(booth_id).fair_id)
        booth = closing.withdraw_booth(booth_id, reason)
        registration = _approved_at(booth)
        if registration is not None:
            registration.withdraw(reason=reason, answer=reason)
            recall_changes(registration)
            tell_pages(registration)
        move_up_first(fair)
    return booth


def disqualify_booth(booth_id: int, reason: str) -> Booth:
    """取消参会资格: false, pyramid-selling or discriminatory content (B13).

    The booth closes, its open tickets lapse and their students are told, the registration
    shows the reason, and the first on the wait-list comes up.

    :raises BoothNotFound: no such booth
    :raises InvalidTransition: not open
    """
    with atomic():
        fair = hold_fair(booths.get_booth(booth_id).fair_id)
        booth = closing.disqualify_booth(booth_id, reason)
        registration = _approved_at(booth)
        if registration is not None:
            registration.disqualify(reason=reason, answer=reason)
            recall_changes(registration)
            tell_employer(registration, "已取消", f"参会资格已被取消：{reason}")
        move_up_first(fair)
    return booth


def disqualify_registration(registration_id: int, reason: str) -> Registration:
    """As :func:`disqualify_booth`, from the registration's page.

    :raises RegistrationNotFound: no such registration
    :raises InvalidTransition: it has no open booth
    """
    registration = Registration.get_by_id(registration_id)
    disqualify_booth(_booth_of(registration), reason)
    return Registration.get_by_id(registration_id)


def reopen_booth(booth_id: int, reason: str = "") -> Booth:
    """恢复展位: its last registration holds again, unless the employer registered anew since.

    :raises BoothNotFound: no such booth
    :raises FairFull: another took the room
    :raises InvalidTransition: open already
    """
    with atomic():
        booth = booths.reopen_booth(booth_id, reason)
        registration = _last_at(booth)
        if registration is not None:
            place = _place_for(registration)
            registration.reinstate(reason=reason, answer=reason, place=place.id if place else None)
            tell_employer(registration, "已恢复", "参会资格已恢复，请重新进入面试大厅")
    return booth


def _booth_of(registration: Registration) -> int:
    """The booth that an approved registration led to."""
    if registration.booth_id is None:
        raise BoothNotFound
    return registration.booth_id


def _approved_at(booth: Booth) -> Registration | None:
    here = (Registration.booth == booth.id) & (Registration.status == Status.APPROVED)
    return with_parts().where(here).first()


def _last_at(booth: Booth) -> Registration | None:
    """The latest registration of the booth, when it is over and nothing newer goes on."""
    theirs = (Registration.fair == booth.fair_id) & (Registration.employer == booth.employer_id)
    latest = with_parts().where(theirs).order_by(Registration.id.desc()).first()
    is_over = latest is not None and latest.booth_id == booth.id and latest.status not in LIVE
    return latest if is_over else None


def _place_for(registration: Registration) -> BoothPlace | None:
    """Its place, when nobody took it since."""
    free = find_free(registration.fair_id, reserved_too=True, for_employer=registration.employer_id)
    return next((place for place in free if place.id == registration.place_id), None)
