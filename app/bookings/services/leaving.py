"""An employer leaves a fair, is sent away, or comes back: enrolment, booth and line at once."""

from app.bookings.models import LIVE, BoothPlace, Enrolment, Status
from app.bookings.services.finding import enrolment_of, get_enrolment, refuse_over, with_parts
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


def withdraw_enrolment(enrolment_id: int, account_id: int, reason: str = "") -> Enrolment:
    """The employer withdraws; its open tickets lapse, the first on the wait-list comes up.

    :raises EnrolmentNotFound, NotYourEmployer: not theirs
    :raises EnrolmentOver: the fair is over
    :raises InvalidTransition: rejected, disqualified or withdrawn already
    """
    enrolment = enrolment_of(enrolment_id, account_id)
    refuse_over(enrolment.fair)
    with atomic():
        fair = hold_fair(enrolment.fair_id)
        enrolment = get_enrolment(enrolment_id)  # as it is now that nobody else decides
        enrolment.withdraw(reason=reason, answer="")
        recall_changes(enrolment)
        if enrolment.moved_from == Status.APPROVED:
            closing.withdraw_booth(_booth_of(enrolment), reason)
            move_up_first(fair)
        tell_pages(enrolment)
    return enrolment


def withdraw_booth(booth_id: int, reason: str = "") -> Booth:
    """单位退出, noted by staff: as :func:`withdraw_enrolment`.

    :raises BoothNotFound: no such booth
    :raises InvalidTransition: not open
    """
    with atomic():
        fair = hold_fair(booths.get_booth(booth_id).fair_id)
        booth = closing.withdraw_booth(booth_id, reason)
        enrolment = _approved_at(booth)
        if enrolment is not None:
            enrolment.withdraw(reason=reason, answer=reason)
            recall_changes(enrolment)
            tell_pages(enrolment)
        move_up_first(fair)
    return booth


def disqualify_booth(booth_id: int, reason: str) -> Booth:
    """取消参会资格: false, pyramid-selling or discriminatory content (B13).

    The booth closes, its open tickets lapse and their students are told, the enrolment
    shows the reason, and the first on the wait-list comes up.

    :raises BoothNotFound: no such booth
    :raises InvalidTransition: not open
    """
    with atomic():
        fair = hold_fair(booths.get_booth(booth_id).fair_id)
        booth = closing.disqualify_booth(booth_id, reason)
        enrolment = _approved_at(booth)
        if enrolment is not None:
            enrolment.disqualify(reason=reason, answer=reason)
            recall_changes(enrolment)
            tell_employer(enrolment, "已取消", f"参会资格已被取消：{reason}")
        move_up_first(fair)
    return booth


def disqualify_enrolment(enrolment_id: int, reason: str) -> Enrolment:
    """As :func:`disqualify_booth`, from the enrolment's page.

    :raises EnrolmentNotFound: no such enrolment
    :raises InvalidTransition: it has no open booth
    """
    enrolment = get_enrolment(enrolment_id)
    disqualify_booth(_booth_of(enrolment), reason)
    return get_enrolment(enrolment_id)


def reopen_booth(booth_id: int, reason: str = "") -> Booth:
    """恢复展位: its last enrolment holds again, unless the employer registered anew since.

    :raises BoothNotFound: no such booth
    :raises FairFull: another took the room
    :raises InvalidTransition: open already
    """
    with atomic():
        booth = booths.reopen_booth(booth_id, reason)
        enrolment = _last_at(booth)
        if enrolment is not None:
            place = _place_for(enrolment)
            enrolment.reinstate(reason=reason, answer=reason, place=place.id if place else None)
            tell_employer(enrolment, "已恢复", "参会资格已恢复，请重新进入面试大厅")
    return booth


def _booth_of(enrolment: Enrolment) -> int:
    """The booth that an approved enrolment led to."""
    if enrolment.booth_id is None:
        raise BoothNotFound
    return enrolment.booth_id


def _approved_at(booth: Booth) -> Enrolment | None:
    here = (Enrolment.booth == booth.id) & (Enrolment.status == Status.APPROVED)
    return with_parts().where(here).first()


def _last_at(booth: Booth) -> Enrolment | None:
    """The latest enrolment of the booth, when it is over and nothing newer goes on."""
    theirs = (Enrolment.fair == booth.fair_id) & (Enrolment.employer == booth.employer_id)
    latest = with_parts().where(theirs).order_by(Enrolment.id.desc()).first()
    is_over = latest is not None and latest.booth_id == booth.id and latest.status not in LIVE
    return latest if is_over else None


def _place_for(enrolment: Enrolment) -> BoothPlace | None:
    """Its place, when nobody took it since."""
    free = find_free(enrolment.fair_id, reserved_too=True, for_employer=enrolment.employer_id)
    return next((place for place in free if place.id == enrolment.place_id), None)
