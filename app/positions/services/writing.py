"""What an employer does with its own positions (C03, C05, SM3)."""

from collections.abc import Iterable
from typing import Any

from app.core import audit
from app.core.database import atomic, locked
from app.core.lifecycle import move_each
from app.employers.services import get_recruiter
from app.positions import jobs
from app.positions.errors import PositionUnderReview
from app.positions.models import Position
from app.positions.screening import PhraseScreen
from app.positions.services.finding import own_position
from app.positions.services.staff import write_text
from app.positions.services.targeting import aim, targets_of
from app.positions.wording import details_of, refuse_gaps, refuse_odd_pay, texts_of

Status = Position.Status
NEVER_SHOWN = (Status.DRAFT, Status.PENDING)  # unless published_at says that it once was
_SCREEN = PhraseScreen()


def draft_position(
    employer_id: int, account_id: int, *, school_ids: Iterable[int] = (), **details: Any
) -> Position:
    """Begin a posting; whatever is not known yet may follow.

    :raises NotYourEmployer: the account does not act for the employer
    :raises SalaryRangeInvalid: the least pay is above the most
    :raises SchoolNotSettled: a school has not taken the employer in
    """
    get_recruiter(account_id, employer_id)
    refuse_odd_pay(details, is_draft=True)
    position = Position(employer=employer_id, **details)
    position.flags = _SCREEN.look(texts_of(position))
    with atomic():
        position.save(force_insert=True)
        audit.record(position, "create", after=details)
        aim(position, school_ids)
    return position


def save_position(
    position_id: int,
    employer_id: int,
    account_id: int,
    *,
    version: int,
    school_ids: Iterable[int],
    **details: Any,
) -> Position:
    """Write its text. A published one goes to the reviewers again and is not shown meanwhile
    (C05); with nothing but other schools it stays published (C04).

    :raises NotYourEmployer, PositionNotFound: not the employer's
    :raises PositionChanged: a colleague has saved since it was read
    :raises PositionUnderReview: it has to be taken back first
    :raises SalaryRangeInvalid, PositionIncomplete: as for drafting and submitting
    :raises SchoolNotSettled: a school has not taken the employer in
    """
    with atomic():
        position = own_position(position_id, employer_id, account_id, version=version)
        if position.status == Status.PENDING:
            raise PositionUnderReview
        is_published = position.status == Status.PUBLISHED
        changes = {name: v for name, v in details.items() if v != getattr(position, name)}
        whole = details_of(position) | changes
        if is_published and changes:
            refuse_gaps(whole)
        refuse_odd_pay(whole, is_draft=not is_published)
        if changes:
            before = {name: getattr(position, name) for name in changes}
            write_text(position, changes)
            audit.record(position, "update", before=before, after=changes)
        aim(position, school_ids, anew=is_published and bool(changes))
        if is_published and changes:
            position.revise(**_for_review(account_id))
            jobs.check_text.enqueue(position.id)
    return Position.get_by_id(position_id)


def submit_position(position_id: int, employer_id: int, account_id: int, *, version: int) -> None:
    """Send it to the reviewers; its schools count from now (C03, C04).

    :raises NotYourEmployer, PositionNotFound, PositionChanged: as for saving
    :raises PositionIncomplete, SalaryRangeInvalid: something every posting must tell is missing
    :raises SchoolNotSettled: a school has ended the settlement meanwhile
    :raises InvalidTransition: under review or published already
    """
    with atomic():
        position = own_position(position_id, employer_id, account_id, version=version)
        refuse_gaps(details_of(position))
        flags = _SCREEN.look(texts_of(position))  # the list may have grown since it was saved
        position.submit(flags=flags, **_for_review(account_id))
        aim(position, targets_of(position_id), anew=True)
        jobs.check_text.enqueue(position.id)


def recall_position(position_id: int, employer_id: int, account_id: int) -> None:
    """Take it back from the reviewers, to change it.

    :raises NotYourEmployer, PositionNotFound: not the employer's
    :raises InvalidTransition: reviewed already
    """
    with atomic():
        own_position(position_id, employer_id, account_id).recall()


def withdraw_positions(employer_id: int, account_id: int, position_ids: Iterable[int]) -> int:
    """Take these off; how many were published and are no more. Tickets that name them keep them.

    :raises NotYourEmployer: the account does not act for the employer
    """
    get_recruiter(account_id, employer_id)
    chosen = (Position.employer == employer_id) & Position.id.in_(list(position_ids))
    with atomic():
        seen = {one.id: one.status for one in locked(Position.select().where(chosen))}
        return len(move_each(Position, "withdraw", seen))


def discard_position(position_id: int, employer_id: int, account_id: int) -> None:
    """Delete it. What was ever published stays as a record, with what it said (SM3).

    Booths and tickets can refer only to what was published; a draft that never was goes.

    :raises NotYourEmployer, PositionNotFound: not the employer's
    """
    with atomic():
        position = own_position(position_id, employer_id, account_id)
        if position.published_at is None and position.status in NEVER_SHOWN:
            audit.record(position, "discard", before={"title": position.title})
            Position.delete().where(Position.id == position_id).execute()
            return
        schools = targets_of(position_id)
        position.discard(snapshot=details_of(position) | {"schools": schools})


def _for_review(account_id: int) -> dict[str, Any]:
    return {
        "submitted_by": account_id,
        "text_check": Position.TextCheck.WAITING,
        "review_reason": "",
        "reviewed_at": None,
    }
