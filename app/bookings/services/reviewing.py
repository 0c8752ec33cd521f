"""Fair staff review registrations: admit up to the cap, reject with a reason (B08)."""

from app.bookings.errors import EmployerBarred, PlaceNeeded
from app.bookings.models import HOLDING, Registration, RegistrationChange
from app.bookings.services.finding import get_registration, refuse_over
from app.bookings.services.fitting import refuse_unapproved
from app.bookings.services.plan import booths_by_number, claim_place, places_at
from app.bookings.services.told import tell_employer, tell_pages
from app.core import audit, clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.fairs.models import Booth
from app.fairs.services import booths
from app.fairs.services.capacity import hold_fair

ORDINARY = "贵单位的岗位仍可通过日常网络招聘与学生双向选择"  # what is offered instead (B08)


def approve_registration(registration_id: int, reason: str = "") -> Registration:
    """通过: open the employer's booth, if the fair still has room: counted in this transaction.

    :raises RegistrationOver: the fair is over
    :raises FairFull: as many employers take part as the fair admits; it stays in the review
    :raises PositionsNotApproved: a position was withdrawn or changed since
    :raises PlaceNeeded: the fair has a plan and no place was given yet
    :raises EmployerBarred: disqualified at this fair
    :raises BoothTaken: staff opened a booth with that number
    :raises InvalidTransition: not waiting for a review
    """
    fair_id = get_registration(registration_id).fair_id
    with atomic():
        fair = hold_fair(fair_id)
        refuse_over(fair)
        registration = get_registration(registration_id)  # as it is now that nobody else decides
        registration.approve(reason=reason, answer=reason)
        refuse_unapproved(registration.employer_id, registration.position_ids)
        booth = _seat(registration)
        Registration.update(booth=booth.id).where(Registration.id == registration.id).execute()
        text = f"报名已通过，展位 {booth.number}，请按时进入面试大厅" + _because(reason)
        tell_employer(registration, "已通过", text)
    return get_registration(registration_id)


def reject_registration(registration_id: int, reason: str) -> Registration:
    """不通过: with the reason, and the offer of ordinary recruitment (B08).

    :raises InvalidTransition: neither waiting for a review nor on the wait-list
    """
    registration = get_registration(registration_id)
    with atomic():
        registration.reject(reason=reason, answer=reason)
        recall_changes(registration)
        tell_employer(registration, "未通过", f"报名未通过{_because(reason)}。{ORDINARY}")
    return registration


def assign_place(registration_id: int, reason: str, place_id: str) -> Registration:
    """安排展位: give a place, also one that staff keep back; an open booth moves along.

    :raises PlaceNotFound, PlaceTaken: not to be had
    :raises InvalidTransition: neither in the review nor approved
    """
    registration = get_registration(registration_id)
    with atomic():
        hold_fair(registration.fair_id)
        place = claim_place(int(place_id), registration, by_staff=True)
        holding = (Registration.id == registration_id) & Registration.status.in_(HOLDING)
        if not Registration.update(place=place.id).where(holding).execute():
            raise InvalidTransition(verb="assign_place", current=registration.status)
        before = registration.place.number if registration.place else ""
        audit.record(
            registration,
            "assign_place",
            before={"number": before},
            after={"number": place.number},
            reason=reason,
        )
        if registration.booth_id is not None:
            booths.vacate_number(registration.fair_id, place.number)
            booths.update_booth(registration.booth_id, number=place.number)
        tell_pages(registration)
    return get_registration(registration_id)


def refer_registration(registration_id: int, reason: str) -> Registration:
    """移交: note that a serious case was handed to the authorities, and to whom (B13).

    :raises InvalidTransition: not disqualified or rejected, or handed over before
    """
    registration = get_registration(registration_id)
    with atomic():
        barred = (Registration.Status.DISQUALIFIED, Registration.Status.REJECTED)
        here = (Registration.id == registration_id) & Registration.status.in_(barred)
        fresh = here & Registration.referred_at.is_null()
        if not Registration.update(referred_at=clock.now()).where(fresh).execute():
            raise InvalidTransition(verb="refer", current=registration.status)
        audit.record(registration, "refer", reason=reason)
    return get_registration(registration_id)


def recall_changes(registration: Registration) -> None:
    """Nothing is left to change: a request that waits is taken back."""
    waiting = RegistrationChange.status == RegistrationChange.Status.PENDING
    for change in registration.changes.where(waiting):
        change.recall()


def _seat(registration: Registration) -> Booth:
    """The employer's booth, open, with its number and positions."""
    number = _number_for(registration)
    here = (Booth.fair == registration.fair_id) & (Booth.employer == registration.employer_id)
    booth = Booth.get_or_none(here)
    booths.vacate_number(registration.fair_id, number)
    if booth is None:
        return booths.open_booth(
            fair_id=registration.fair_id,
            employer_id=registration.employer_id,
            number=number,
            position_ids=registration.position_ids,
        )
    if booth.status == Booth.Status.DISQUALIFIED:
        raise EmployerBarred
    if booth.status == Booth.Status.WITHDRAWN:
        booths.reopen_booth(booth.id, "重新报名通过")
    return booths.update_booth(booth.id, number=number, position_ids=registration.position_ids)


def _number_for(registration: Registration) -> str:
    """The place's number; without a plan the lowest that is free."""
    if registration.place is not None:
        return registration.place.number
    if places_at(registration.fair_id):
        raise PlaceNeeded
    taken = booths_by_number(registration.fair_id)
    return next(number for n in range(1, 10**6) if (number := f"{n:03d}") not in taken)


def _because(reason: str) -> str:
    return f"：{reason}" if reason else ""
