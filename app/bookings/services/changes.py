"""Other positions or interviewers after submission: asked for, confirmed by staff (B09)."""

from collections.abc import Sequence
from typing import Any

from app.bookings.errors import (
    ChangeNotFound,
    ChangePending,
    InterviewersNeeded,
    NothingChanged,
    NotSubmitted,
    PositionsNeeded,
)
from app.bookings.models import CHANGEABLE, Registration, RegistrationChange, Status
from app.bookings.services.finding import get_registration, refuse_over, registration_of
from app.bookings.services.fitting import columns_of_fit, refuse_unapproved
from app.bookings.services.registering import Interviewer
from app.bookings.services.told import tell_employer, tell_pages
from app.core import audit
from app.core.database import atomic, locked
from app.core.errors import InvalidTransition
from app.fairs.services.booths import update_booth


def ask_change(
    registration_id: int,
    account_id: int,
    *,
    position_ids: Sequence[int],
    interviewers: Sequence[Interviewer],
    note: str = "",
) -> Registration:
    """申请变更; where the fair lets changes through, they hold at once (settings row 3).

    :raises RegistrationNotFound, NotYourEmployer: not theirs
    :raises RegistrationOver: the fair is over
    :raises NotSubmitted: still a draft, which is simply edited
    :raises PositionsNeeded, PositionsNotApproved, InterviewersNeeded: as when submitting
    :raises NothingChanged: it would be as it is
    :raises ChangePending: a request waits already
    :raises InvalidTransition: rejected, disqualified or withdrawn
    """
    refuse_over(registration_of(registration_id, account_id).fair)
    ids, people = sorted(set(position_ids)), list(interviewers)
    with atomic():
        registration = _locked(registration_id)
        _refuse_unchangeable(registration)
        if not ids:
            raise PositionsNeeded
        if not people:
            raise InterviewersNeeded
        if ids == registration.position_ids and people == registration.interviewers:
            raise NothingChanged
        refuse_unapproved(registration.employer_id, ids)
        if find_change(registration_id) is not None:
            raise ChangePending
        change = RegistrationChange.create(
            registration=registration_id, position_ids=ids, interviewers=people, note=note
        )
        audit.record(registration, "ask_change", after={"positions": ids}, reason=note)
        if registration.fair.changes_directly:
            _apply(registration, change, "")
        tell_pages(registration)
    return get_registration(registration_id)


def recall_change(registration_id: int, account_id: int) -> Registration:
    """Take back a request that nobody has answered.

    :raises RegistrationNotFound, NotYourEmployer: not theirs
    :raises ChangeNotFound: none waits
    """
    registration = registration_of(registration_id, account_id)
    with atomic():
        _waiting(registration_id).recall()
        tell_pages(registration)
    return registration


def grant_change(registration_id: int, reason: str = "") -> Registration:
    """同意变更: the registration, its fit and its booth follow (staff).

    :raises ChangeNotFound: none waits
    :raises PositionsNotApproved: a position was withdrawn or changed since
    """
    with atomic():
        registration = _locked(registration_id)
        _refuse_unchangeable(registration)
        _apply(registration, _waiting(registration_id), reason)
        tell_employer(registration, "已同意", "报名变更已生效" + (f"：{reason}" if reason else ""))
    return get_registration(registration_id)


def deny_change(registration_id: int, reason: str) -> Registration:
    """不同意变更: everything stays as it is (staff).

    :raises ChangeNotFound: none waits
    """
    registration = get_registration(registration_id)
    with atomic():
        _waiting(registration_id).deny(reason=reason, answer=reason)
        tell_employer(registration, "未同意", f"报名变更未获同意，仍按原内容参会：{reason}")
    return registration


def find_change(registration_id: int) -> RegistrationChange | None:
    """The request that waits for staff, or None."""
    waiting = RegistrationChange.status == RegistrationChange.Status.PENDING
    return RegistrationChange.get_or_none(
        (RegistrationChange.registration == registration_id) & waiting
    )


def _apply(registration: Registration, change: RegistrationChange, reason: str) -> None:
    refuse_unapproved(registration.employer_id, change.position_ids)
    change.grant(reason=reason, answer=reason)
    columns: dict[str, Any] = {
        "position_ids": change.position_ids,
        "interviewers": change.interviewers,
        **columns_of_fit(registration.fair, change.position_ids),
    }
    Registration.update(columns).where(Registration.id == registration.id).execute()
    audit.record(
        registration,
        "change",
        before={"positions": registration.position_ids},
        after={"positions": change.position_ids},
        reason=reason,
    )
    if registration.status == Status.APPROVED and registration.booth_id is not None:
        update_booth(registration.booth_id, position_ids=change.position_ids)


def _locked(registration_id: int) -> Registration:
    """The registration, nobody else's to decide on until the transaction ends."""
    list(locked(Registration.select(Registration.id).where(Registration.id == registration_id)))
    return get_registration(registration_id)


def _waiting(registration_id: int) -> RegistrationChange:
    change = find_change(registration_id)
    if change is None:
        raise ChangeNotFound
    return change


def _refuse_unchangeable(registration: Registration) -> None:
    if registration.status == Status.DRAFT:
        raise NotSubmitted
    if registration.status not in CHANGEABLE:
        raise InvalidTransition(verb="ask_change", current=registration.status)
