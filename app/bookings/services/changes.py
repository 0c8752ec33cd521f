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
from app.bookings.models import CHANGEABLE, Enrolment, EnrolmentChange, Status
from app.bookings.services.finding import enrolment_of, get_enrolment, refuse_over
from app.bookings.services.fitting import columns_of_fit, refuse_unapproved
from app.bookings.services.registering import Interviewer
from app.bookings.services.told import because, tell_employer, tell_pages
from app.core import audit
from app.core.database import atomic, locked
from app.core.errors import InvalidTransition
from app.fairs.services.booths import update_booth


def ask_change(
    enrolment_id: int,
    account_id: int,
    *,
    position_ids: Sequence[int],
    interviewers: Sequence[Interviewer],
    note: str = "",
) -> Enrolment:
    """申请变更; where the fair lets changes through, they hold at once (settings row 3).

    :raises EnrolmentNotFound, NotYourEmployer: not theirs
    :raises EnrolmentOver: the fair is over
    :raises NotSubmitted: still a draft, which is simply edited
    :raises PositionsNeeded, PositionsNotApproved, InterviewersNeeded: as when submitting
    :raises NothingChanged: it would be as it is
    :raises ChangePending: a request waits already
    :raises InvalidTransition: rejected, disqualified or withdrawn
    """
    refuse_over(enrolment_of(enrolment_id, account_id).fair)
    ids, people = sorted(set(position_ids)), list(interviewers)
    with atomic():
        enrolment = _locked(enrolment_id)
        _refuse_unchangeable(enrolment)
        if not ids:
            raise PositionsNeeded
        if not people:
            raise InterviewersNeeded
        if ids == enrolment.position_ids and people == enrolment.interviewers:
            raise NothingChanged
        refuse_unapproved(enrolment.employer_id, ids)
        if find_change(enrolment_id) is not None:
            raise ChangePending
        change = EnrolmentChange.create(
            enrolment=enrolment_id, position_ids=ids, interviewers=people, note=note
        )
        audit.record(enrolment, "ask_change", after={"positions": ids}, reason=note)
        if enrolment.fair.changes_directly:
            _apply(enrolment, change, "")
        tell_pages(enrolment)
    return get_enrolment(enrolment_id)


def recall_change(enrolment_id: int, account_id: int) -> Enrolment:
    """Take back a request that nobody has answered.

    :raises EnrolmentNotFound, NotYourEmployer: not theirs
    :raises ChangeNotFound: none waits
    """
    enrolment = enrolment_of(enrolment_id, account_id)
    with atomic():
        _waiting(enrolment_id).recall()
        tell_pages(enrolment)
    return enrolment


def grant_change(enrolment_id: int, reason: str = "") -> Enrolment:
    """同意变更: the enrolment, its fit and its booth follow (staff).

    :raises ChangeNotFound: none waits
    :raises PositionsNotApproved: a position was withdrawn or changed since
    """
    with atomic():
        enrolment = _locked(enrolment_id)
        _refuse_unchangeable(enrolment)
        _apply(enrolment, _waiting(enrolment_id), reason)
        tell_employer(enrolment, "已同意", "报名变更已生效" + because(reason))
    return get_enrolment(enrolment_id)


def deny_change(enrolment_id: int, reason: str) -> Enrolment:
    """不同意变更: everything stays as it is (staff).

    :raises ChangeNotFound: none waits
    """
    enrolment = get_enrolment(enrolment_id)
    with atomic():
        _waiting(enrolment_id).deny(reason=reason, answer=reason)
        tell_employer(enrolment, "未同意", f"报名变更未获同意，仍按原内容参会：{reason}")
    return enrolment


def find_change(enrolment_id: int) -> EnrolmentChange | None:
    """The request that waits for staff, or None."""
    waiting = EnrolmentChange.status == EnrolmentChange.Status.PENDING
    return EnrolmentChange.get_or_none((EnrolmentChange.enrolment == enrolment_id) & waiting)


def _apply(enrolment: Enrolment, change: EnrolmentChange, reason: str) -> None:
    refuse_unapproved(enrolment.employer_id, change.position_ids)
    change.grant(reason=reason, answer=reason)
    columns: dict[str, Any] = {
        "position_ids": change.position_ids,
        "interviewers": change.interviewers,
        **columns_of_fit(enrolment.fair, change.position_ids),
    }
    Enrolment.update(columns).where(Enrolment.id == enrolment.id).execute()
    audit.record(
        enrolment,
        "change",
        before={"positions": enrolment.position_ids},
        after={"positions": change.position_ids},
        reason=reason,
    )
    if enrolment.status == Status.APPROVED and enrolment.booth_id is not None:
        update_booth(enrolment.booth_id, position_ids=change.position_ids)


def _locked(enrolment_id: int) -> Enrolment:
    """The enrolment, nobody else's to decide on until the transaction ends."""
    list(locked(Enrolment.select(Enrolment.id).where(Enrolment.id == enrolment_id)))
    return get_enrolment(enrolment_id)


def _waiting(enrolment_id: int) -> EnrolmentChange:
    change = find_change(enrolment_id)
    if change is None:
        raise ChangeNotFound
    return change


def _refuse_unchangeable(enrolment: Enrolment) -> None:
    if enrolment.status == Status.DRAFT:
        raise NotSubmitted
    if enrolment.status not in CHANGEABLE:
        raise InvalidTransition(verb="ask_change", current=enrolment.status)
