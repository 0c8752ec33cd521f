"""An employer registers: place, approved positions, interviewers, the form handed in (B06)."""

from collections.abc import Sequence
from typing import Any

from app.bookings.errors import (
    AlreadyAtFair,
    AlreadySubmitted,
    EmployerBarred,
    InterviewersNeeded,
    PlaceNeeded,
    PositionsNeeded,
)
from app.bookings.models import Enrolment, Status
from app.bookings.services.finding import (
    enrolment_of,
    find_live,
    get_enrolment,
    refuse_closed,
)
from app.bookings.services.fitting import columns_of_fit, refuse_unapproved
from app.bookings.services.plan import claim_place, find_free
from app.bookings.services.told import tell_pages
from app.core import audit, clock
from app.core.database import atomic
from app.employers.services import get_recruiter
from app.fairs.models import Booth
from app.fairs.services.staging import get_public_fair

Interviewer = dict[str, str]  # name, title, phone


def start_enrolment(fair_id: int, employer_id: int, account_id: int) -> Enrolment:
    """去报名: the employer's form for a fair; the one that goes on, if there is one (B06).

    :raises FairNotFound: no such fair, or a draft
    :raises NotYourEmployer: the account does not act for the employer
    :raises BookingClosed: outside the employers' window, or no booking at this fair
    :raises EmployerBarred: disqualified at this fair
    :raises AlreadyAtFair: staff opened a booth for the employer
    """
    fair = get_public_fair(fair_id)
    get_recruiter(account_id, employer_id)
    with atomic():
        live = find_live(fair_id, employer_id)
        if live is not None:
            return live
        refuse_closed(fair)
        _refuse_booth(fair_id, employer_id)
        made = (
            Enrolment.insert(fair=fair_id, employer=employer_id)
            .on_conflict_ignore()
            .returning(Enrolment.id)
            .tuples()
            .execute()
        )
        for (enrolment_id,) in made:  # none, when a colleague was faster
            audit.record(f"enrolment:{enrolment_id}", "begin")
        live = find_live(fair_id, employer_id)
        assert live is not None, "one of the two callers wrote it"
        return live


def save_draft(
    enrolment_id: int,
    account_id: int,
    *,
    place_id: int | None,
    position_ids: Sequence[int],
    interviewers: Sequence[Interviewer],
) -> Enrolment:
    """Keep what is filled in so far; a place is held only once the form is handed in.

    :raises EnrolmentNotFound, NotYourEmployer: not theirs
    :raises AlreadySubmitted: handed in; changes are asked for
    :raises PlaceNotFound, PlaceReserved, PlaceTaken: the place cannot be chosen
    :raises PositionsNotApproved: a position is not theirs or not approved
    """
    enrolment = enrolment_of(enrolment_id, account_id)
    _refuse_submitted(enrolment)
    with atomic():
        if place_id is not None:
            claim_place(place_id, enrolment)
        refuse_unapproved(enrolment.employer_id, position_ids)
        columns: dict[str, Any] = {
            "place": place_id,
            "position_ids": sorted(set(position_ids)),
            "interviewers": list(interviewers),
        }
        still = (Enrolment.id == enrolment_id) & (Enrolment.status == Status.DRAFT)
        if not Enrolment.update(columns).where(still).execute():
            raise AlreadySubmitted
    return get_enrolment(enrolment_id)


def submit_enrolment(enrolment_id: int, account_id: int) -> Enrolment:
    """提交报名表: everything is checked again, the place is held until the review (B06, B07).

    Without a free place on the plan the form goes in without one: staff may still find room.

    :raises EnrolmentNotFound, NotYourEmployer: not theirs
    :raises AlreadySubmitted: handed in before
    :raises BookingClosed: the window is over, or booking was switched off
    :raises PositionsNeeded, PositionsNotApproved: none, or one that is not approved any more
    :raises InterviewersNeeded: nobody is named
    :raises PlaceNeeded, PlaceNotFound, PlaceReserved, PlaceTaken: no place, or not to be had
    """
    enrolment = enrolment_of(enrolment_id, account_id)
    _refuse_submitted(enrolment)
    refuse_closed(enrolment.fair)
    if not enrolment.position_ids:
        raise PositionsNeeded
    if not enrolment.interviewers:
        raise InterviewersNeeded
    with atomic():
        refuse_unapproved(enrolment.employer_id, enrolment.position_ids)
        _hold_place(enrolment)
        columns = columns_of_fit(enrolment.fair, enrolment.position_ids)
        enrolment.submit(pending_since=clock.now(), **columns)
        tell_pages(enrolment)
    return get_enrolment(enrolment_id)


def _hold_place(enrolment: Enrolment) -> None:
    """The place is this employer's from here on; a draft only wished for it."""
    if enrolment.place_id is not None:
        claim_place(enrolment.place_id, enrolment)
    elif find_free(enrolment.fair_id):
        raise PlaceNeeded


def _refuse_submitted(enrolment: Enrolment) -> None:
    if enrolment.status != Status.DRAFT:
        raise AlreadySubmitted(current=enrolment.status)


def _refuse_booth(fair_id: int, employer_id: int) -> None:
    booth = Booth.get_or_none((Booth.fair == fair_id) & (Booth.employer == employer_id))
    if booth is not None and booth.status == Booth.Status.DISQUALIFIED:
        raise EmployerBarred
    if booth is not None and booth.status == Booth.Status.OPEN:
        raise AlreadyAtFair
