"""Fair staff review enrolments: admit up to the cap, reject with a reason (B08)."""

from app.bookings.errors import EmployerBarred, PlaceNeeded
from app.bookings.models import HOLDING, Enrolment
from app.bookings.services.changes import find_change
from app.bookings.services.finding import get_enrolment, refuse_over
from app.bookings.services.fitting import refuse_unapproved
from app.bookings.services.plan import booths_by_number, claim_place, has_plan
from app.bookings.services.told import because, tell_employer, tell_pages
from app.core import audit, clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.fairs.models import Booth
from app.fairs.services import booths
from app.fairs.services.capacity import hold_fair

ORDINARY = "贵单位的岗位仍可通过日常网络招聘与学生双向选择"  # what is offered instead (B08)


def approve_enrolment(enrolment_id: int, reason: str = "") -> Enrolment:
    """通过: open the employer's booth, if the fair still has room: counted in this transaction.

    :raises EnrolmentOver: the fair is over
    :raises FairFull: as many employers take part as the fair admits; it stays in the review
    :raises PositionsNotApproved: a position was withdrawn or changed since
    :raises PlaceNeeded: the fair has a plan and no place was given yet
    :raises EmployerBarred: disqualified at this fair
    :raises BoothTaken: staff opened a booth with that number
    :raises InvalidTransition: not waiting for a review
    """
    fair_id = get_enrolment(enrolment_id).fair_id
    with atomic():
        fair = hold_fair(fair_id)
        refuse_over(fair)
        enrolment = get_enrolment(enrolment_id)  # as it is now that nobody else decides
        enrolment.approve(reason=reason, answer=reason)
        refuse_unapproved(enrolment.employer_id, enrolment.position_ids)
        booth = _seat(enrolment)
        Enrolment.update(booth=booth.id).where(Enrolment.id == enrolment.id).execute()
        text = f"报名已通过，展位 {booth.number}，请按时进入面试大厅" + because(reason)
        tell_employer(enrolment, "已通过", text)
    return get_enrolment(enrolment_id)


def reject_enrolment(enrolment_id: int, reason: str) -> Enrolment:
    """不通过: with the reason, and the offer of ordinary recruitment (B08).

    :raises InvalidTransition: neither waiting for a review nor on the wait-list
    """
    enrolment = get_enrolment(enrolment_id)
    with atomic():
        enrolment.reject(reason=reason, answer=reason)
        recall_changes(enrolment)
        tell_employer(enrolment, "未通过", f"报名未通过{because(reason)}。{ORDINARY}")
    return enrolment


def assign_place(enrolment_id: int, reason: str, place_id: str) -> Enrolment:
    """安排展位: give a place, also one that staff keep back; an open booth moves along.

    :raises PlaceNotFound, PlaceTaken: not to be had
    :raises InvalidTransition: neither in the review nor approved
    """
    fair_id = get_enrolment(enrolment_id).fair_id
    with atomic():
        hold_fair(fair_id)
        enrolment = get_enrolment(enrolment_id)  # as it is now that nobody else decides
        place = claim_place(int(place_id), enrolment, by_staff=True)
        holding = (Enrolment.id == enrolment_id) & Enrolment.status.in_(HOLDING)
        if not Enrolment.update(place=place.id).where(holding).execute():
            raise InvalidTransition(verb="assign_place", current=enrolment.status)
        before = enrolment.place.number if enrolment.place else ""
        audit.record(
            enrolment,
            "assign_place",
            before={"number": before},
            after={"number": place.number},
            reason=reason,
        )
        if enrolment.booth_id is not None:
            booths.vacate_number(enrolment.fair_id, place.number)
            booths.update_booth(enrolment.booth_id, number=place.number)
        tell_pages(enrolment)
    return get_enrolment(enrolment_id)


def refer_enrolment(enrolment_id: int, reason: str) -> Enrolment:
    """移交: note that a serious case was handed to the authorities, and to whom (B13).

    :raises InvalidTransition: not disqualified or rejected, or handed over before
    """
    enrolment = get_enrolment(enrolment_id)
    with atomic():
        barred = (Enrolment.Status.DISQUALIFIED, Enrolment.Status.REJECTED)
        here = (Enrolment.id == enrolment_id) & Enrolment.status.in_(barred)
        fresh = here & Enrolment.referred_at.is_null()
        if not Enrolment.update(referred_at=clock.now()).where(fresh).execute():
            raise InvalidTransition(verb="refer", current=enrolment.status)
        audit.record(enrolment, "refer", reason=reason)
    return get_enrolment(enrolment_id)


def recall_changes(enrolment: Enrolment) -> None:
    """Nothing is left to change: a request that waits is taken back."""
    if change := find_change(enrolment.id):
        change.recall()


def _seat(enrolment: Enrolment) -> Booth:
    """The employer's booth, open, with its number and positions."""
    number = _number_for(enrolment)
    here = (Booth.fair == enrolment.fair_id) & (Booth.employer == enrolment.employer_id)
    booth = Booth.get_or_none(here)
    booths.vacate_number(enrolment.fair_id, number)
    if booth is None:
        return booths.open_booth(
            fair_id=enrolment.fair_id,
            employer_id=enrolment.employer_id,
            number=number,
            position_ids=enrolment.position_ids,
        )
    if booth.status == Booth.Status.DISQUALIFIED:
        raise EmployerBarred
    if booth.status == Booth.Status.WITHDRAWN:
        booths.reopen_booth(booth.id, "重新报名通过")
    return booths.update_booth(booth.id, number=number, position_ids=enrolment.position_ids)


def _number_for(enrolment: Enrolment) -> str:
    """The place's number; without a plan the lowest that is free."""
    if enrolment.place is not None:
        return enrolment.place.number
    if has_plan(enrolment.fair_id):
        raise PlaceNeeded
    taken = booths_by_number(enrolment.fair_id)
    return next(number for n in range(1, 10**6) if (number := f"{n:03d}") not in taken)
