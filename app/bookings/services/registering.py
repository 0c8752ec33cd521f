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
from app.bookings.models import Registration, Status
from app.bookings.services.finding import (
    find_live,
    get_registration,
    refuse_closed,
    registration_of,
)
from app.bookings.services.fitting import columns_of_fit, refuse_unapproved
from app.bookings.services.plan import claim_place, find_free, places_at
from app.bookings.services.told import tell_pages
from app.core import audit, clock
from app.core.database import atomic
from app.employers.services import get_recruiter
from app.fairs.models import Booth
from app.fairs.services.staging import get_public_fair

Interviewer = dict[str, str]  # name, title, phone


def start_registration(fair_id: int, employer_id: int, account_id: int) -> Registration:
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
            Registration.insert(fair=fair_id, employer=employer_id)
            .on_conflict_ignore()
            .returning(Registration.id)
            .tuples()
            .execute()
        )
        for (registration_id,) in made:  # none, when a colleague was faster
            audit.record(f"registration:{registration_id}", "begin")
        live = find_live(fair_id, employer_id)
        assert live is not None, "one of the two callers wrote it"
        return live


def save_draft(
    registration_id: int,
    account_id: int,
    *,
    place_id: int | None,
    position_ids: Sequence[int],
    interviewers: Sequence[Interviewer],
) -> Registration:
    """Keep what is filled in so far; a place is held only once the form is handed in.

    :raises RegistrationNotFound, NotYourEmployer: not theirs
    :raises AlreadySubmitted: handed in; changes are asked for
    :raises PlaceNotFound, PlaceReserved, PlaceTaken: the place cannot be chosen
    :raises PositionsNotApproved: a position is not theirs or not approved
    """
    registration = registration_of(registration_id, account_id)
    _refuse_submitted(registration)
    with atomic():
        if place_id is not None:
            claim_place(place_id, registration)
        refuse_unapproved(registration.employer_id, position_ids)
        columns: dict[str, Any] = {
            "place": place_id,
            "position_ids": sorted(set(position_ids)),
            "interviewers": list(interviewers),
        }
        still = (Registration.id == registration_id) & (Registration.status == Status.DRAFT)
        if not Registration.update(columns).where(still).execute():
            raise AlreadySubmitted
    return get_registration(registration_id)


def submit_registration(registration_id: int, account_id: int) -> Registration:
    """提交报名表: everything is checked again, the place is held until the review (B06, B07).

    Without a free place on the plan the form goes in without one: staff may still find room.

    :raises RegistrationNotFound, NotYourEmployer: not theirs
    :raises AlreadySubmitted: handed in before
    :raises BookingClosed: the window is over, or booking was switched off
    :raises PositionsNeeded, PositionsNotApproved: none, or one that is not approved any more
    :raises InterviewersNeeded: nobody is named
    :raises PlaceNeeded, PlaceNotFound, PlaceReserved, PlaceTaken: no place, or not to be had
    """
    registration = registration_of(registration_id, account_id)
    _refuse_submitted(registration)
    refuse_closed(registration.fair)
    if not registration.position_ids:
        raise PositionsNeeded
    if not registration.interviewers:
        raise InterviewersNeeded
    with atomic():
        refuse_unapproved(registration.employer_id, registration.position_ids)
        _hold_place(registration)
        columns = columns_of_fit(registration.fair, registration.position_ids)
        registration.submit(pending_since=clock.now(), **columns)
        tell_pages(registration)
    return get_registration(registration_id)


def _hold_place(registration: Registration) -> None:
    """The place is this employer's from here on; a draft only wished for it."""
    if registration.place_id is not None:
        claim_place(registration.place_id, registration)
    elif places_at(registration.fair_id) and find_free(registration.fair_id):
        raise PlaceNeeded


def _refuse_submitted(registration: Registration) -> None:
    if registration.status != Status.DRAFT:
        raise AlreadySubmitted(current=registration.status)


def _refuse_booth(fair_id: int, employer_id: int) -> None:
    booth = Booth.get_or_none((Booth.fair == fair_id) & (Booth.employer == employer_id))
    if booth is not None and booth.status == Booth.Status.DISQUALIFIED:
        raise EmployerBarred
    if booth is not None and booth.status == Booth.Status.OPEN:
        raise AlreadyAtFair
