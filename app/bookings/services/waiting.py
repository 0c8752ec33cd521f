"""The wait-list of a fair that is full, in the order of submission (B08)."""

from app.bookings.errors import NoRoom, RoomLeft
from app.bookings.models import BoothPlace, Enrolment, Status
from app.bookings.services.finding import get_enrolment, refuse_over, with_parts
from app.bookings.services.plan import find_free, has_plan
from app.bookings.services.told import because, tell_employer
from app.core.database import atomic
from app.fairs.models import Fair
from app.fairs.phases import is_over
from app.fairs.services.capacity import hold_fair, room_at


def wait_list(enrolment_id: int, reason: str = "") -> Enrolment:
    """Put an enrolment on the wait-list: no room is left; its place is free for others.

    :raises EnrolmentOver: the fair is over
    :raises RoomLeft: there is room, so it can be approved
    :raises InvalidTransition: not waiting for a review
    """
    enrolment = get_enrolment(enrolment_id)
    with atomic():
        fair = hold_fair(enrolment.fair_id)
        refuse_over(fair)
        lacks_place = enrolment.place_id is None and has_plan(fair.id) and not find_free(fair.id)
        if room_at(fair) and not lacks_place:
            raise RoomLeft
        enrolment.put_on_waitlist(reason=reason, answer=reason)
        text = "本场双选会名额已满，已按提交先后列入候补，有名额空出时依次递补" + because(reason)
        tell_employer(enrolment, "候补中", text)
    return enrolment


def move_up(enrolment_id: int, reason: str = "") -> Enrolment:
    """Let one from the wait-list back into the review (staff).

    :raises EnrolmentOver: the fair is over
    :raises NoRoom: the fair is still full
    :raises InvalidTransition: not on the wait-list
    """
    enrolment = get_enrolment(enrolment_id)
    with atomic():
        fair = hold_fair(enrolment.fair_id)
        refuse_over(fair)
        if not room_at(fair):
            raise NoRoom
        _move(enrolment, reason)
    return enrolment


def move_up_first(fair: Fair) -> Enrolment | None:
    """Room was made: who submitted first comes up. Inside the command that made it, which
    holds the fair."""
    if is_over(fair) or not room_at(fair):
        return None
    waiting = (Enrolment.fair == fair.id) & (Enrolment.status == Status.WAITLISTED)
    order = (Enrolment.submitted_at, Enrolment.id)
    enrolment = with_parts().where(waiting).order_by(*order).first()
    if enrolment is not None:
        _move(enrolment, "有名额空出")
    return enrolment


def _move(enrolment: Enrolment, reason: str) -> None:
    """Back into the review, with its place if that is still free."""
    place = _place_still_free(enrolment)
    enrolment.move_up(reason=reason, place=place.id if place else None, answer="")
    tell_employer(enrolment, "已递补", "有名额空出，已由候补转入审核，请留意审核结果")


def _place_still_free(enrolment: Enrolment) -> BoothPlace | None:
    if enrolment.place_id is None:
        return None
    free = find_free(enrolment.fair_id)
    return next((place for place in free if place.id == enrolment.place_id), None)
