"""Booths, and the codes that let recruiters in."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from app.accounts.services.people import get_account
from app.core import audit, clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.core.events import publish_to_accounts, publish_to_topic
from app.core.prepared import Prepared, PreparedList, bind
from app.employers.models import Employer, Recruiter
from app.employers.services import (
    account_ids_of,
    bind_recruiter,
    get_active_employer,
    get_recruiter,
)
from app.fairs.errors import (
    BoothNotFound,
    BoothTaken,
    CodeExpired,
    CodeRevoked,
    CodeUnknown,
    CodeUsed,
    PositionNotTheirs,
)
from app.fairs.models import Booth, BoothPosition, Fair, RecruiterCode
from app.fairs.services.capacity import admit_one
from app.fairs.services.staging import get_fair
from app.positions.models import Position, is_valid_on, today
from app.schools.models import School

CODE_HOURS = 72
OFFERED = (  # without what only the review needs: halls and booths are read a thousand times
    "id", "title", "city", "salary_min", "salary_max", "degree", "headcount", "majors",
    "duties", "requirements",
)  # fmt: skip
_POSITIONS = PreparedList(
    lambda booth_ids: (
        Position.select(
            *(getattr(Position, name) for name in OFFERED), BoothPosition.booth.alias("booth_id")
        )
        .join(BoothPosition)
        .where(BoothPosition.booth.in_(booth_ids) & (Position.status == Position.Status.PUBLISHED))
        .order_by(Position.id)
        .namedtuples()
    )
)
_BOOTH = Prepared(
    lambda: (
        Booth.select(Booth, Fair, School, Employer)
        .join(Fair)
        .join(School)
        .switch(Booth)
        .join(Employer)
        .where(Booth.id == bind("booth_id"))
    )
)


def open_booth(
    *, fair_id: int, employer_id: int, number: str, position_ids: Iterable[int] = ()
) -> Booth:
    """Give an employer a booth with its published positions.

        :raises FairNotFound, EmployerNotFound: no such fair or employer
        :raises EmployerNotActive: it is not admitted, or suspended (A11)
        :raises BoothTaken: the number is taken, or the employer has a booth already
            :raises PositionNotTheirs: a position of another employer, not published, or out of date
    :raises FairFull: as many employers take part as the fair admits
    """
    get_fair(fair_id)
    get_active_employer(employer_id)
    with atomic():
        admit_one(fair_id)
        taken = (Booth.number == number) | (Booth.employer == employer_id)
        if Booth.select().where((Booth.fair == fair_id) & taken).exists():
            raise BoothTaken
        booth = Booth.create(fair=fair_id, employer=employer_id, number=number)
        audit.record(booth, "open", after={"number": number})
        _offer(booth, position_ids)
    return booth


def update_booth(
    booth_id: int, *, number: str | None = None, position_ids: Iterable[int] | None = None
) -> Booth:
    """Move a booth to another number or change its positions; errors as :func:`open_booth`."""
    booth = get_booth(booth_id)
    with atomic():
        if number is not None and number != booth.number:
            same = (Booth.fair == booth.fair_id) & (Booth.number == number)
            if Booth.select().where(same).exists():
                raise BoothTaken
            Booth.update(number=number).where(Booth.id == booth_id).execute()
            audit.record(booth, "move", before={"number": booth.number}, after={"number": number})
        if position_ids is not None:
            _offer(booth, position_ids)
        publish_to_topic(f"booth:{booth_id}", "queue.changed", booth_id=booth_id)
    return get_booth(booth_id)


def vacate_number(fair_id: int, number: str) -> None:
    """Take a number from a booth that takes part no longer, so that another may have it.

    Inside the command that gives the number away.
    """
    gone = (Booth.fair == fair_id) & (Booth.number == number) & (Booth.status != Booth.Status.OPEN)
    for booth in list(Booth.select().where(gone)):
        kept = f"{number[:6]}-{booth.id}"[:12]
        Booth.update(number=kept).where(Booth.id == booth.id).execute()
        audit.record(booth, "move", before={"number": number}, after={"number": kept})


def reopen_booth(booth_id: int, reason: str = "") -> Booth:
    """Let a disqualified or withdrawn employer's booth take part again.

    :raises FairFull: another took the room
    :raises InvalidTransition: open already
    """
    booth = get_booth(booth_id)
    with atomic():
        admit_one(booth.fair_id)
        booth.reopen(reason=reason)
        publish_to_topic(f"booth:{booth_id}", "queue.changed", booth_id=booth_id)
    return booth


def get_booth(booth_id: int) -> Booth:
    """A booth with its fair, its school and its employer, in one query.

    :raises BoothNotFound: no such booth
    """
    booth = _BOOTH.first(booth_id=booth_id)
    if booth is None:
        raise BoothNotFound
    return booth


def positions_of(booth_ids: Iterable[int]) -> dict[int, list[Position]]:
    """The published positions at each booth, in one query."""
    ids = list(booth_ids)
    found: dict[int, list[Position]] = {booth_id: [] for booth_id in ids}
    for position in _POSITIONS.all(ids):
        found[position.booth_id].append(position)
    return found


def issue_recruiter_codes(
    booth_id: int, *, count: int = 1, hours: int = CODE_HOURS, label: str = ""
) -> list[RecruiterCode]:
    """Codes to hand out, one for each recruiter; good for *hours*, 1 to 720."""
    booth = get_booth(booth_id)
    hours = min(max(hours, 1), 720)
    expires_at = clock.now() + timedelta(hours=hours)
    with atomic():
        codes = [
            RecruiterCode.create(booth=booth, label=label, expires_at=expires_at)
            for _ in range(min(max(count, 1), 20))
        ]
        audit.record(booth, "issue_codes", after={"count": len(codes), "hours": hours})
    return codes


def revoke_recruiter_code(code_id: int, reason: str = "") -> RecruiterCode:
    """Make an unused code worthless.

    :raises CodeUnknown: not a code of ours
    :raises InvalidTransition: used already
    """
    code = RecruiterCode.get_or_none(RecruiterCode.id == code_id)
    if code is None:
        raise CodeUnknown
    with atomic():
        code.revoke(reason=reason)
    return code


def redeem_recruiter_code(token: str, account_id: int, *, name: str, title: str) -> Booth:
    """Bind the account to the booth's employer. Once; the same account may come again.

    :raises CodeUnknown: not a code of ours
    :raises CodeUsed: another account used it
    :raises CodeRevoked: staff made it worthless
    :raises CodeExpired: its time is over
    :raises NotYourEmployer: the account used it and was revoked since
    """
    code = RecruiterCode.get_or_none(token=token)
    if code is None:
        raise CodeUnknown
    booth = get_booth(code.booth_id)
    if _is_theirs(code, account_id):
        get_recruiter(account_id, booth.employer_id)
        return booth
    refuse_unusable(code)
    with atomic():
        # Of two that come at once the guarded UPDATE lets one through.
        if not _take(code, account_id):
            code = RecruiterCode.get_by_id(code.id)
            if _is_theirs(code, account_id):
                return booth
            refuse_unusable(code)
        bind_recruiter(get_account(account_id), booth.employer_id, name=name, title=title)
        publish_to_accounts(account_ids_of(booth.employer_id), "booth.joined", booth_id=booth.id)
    return booth


def _is_theirs(code: RecruiterCode, account_id: int) -> bool:
    return code.status == RecruiterCode.Status.USED and code.used_by_id == account_id


def _take(code: RecruiterCode, account_id: int) -> bool:
    try:
        code.redeem(used_by=account_id)
    except InvalidTransition:
        return False
    return True


def refuse_unusable(code: RecruiterCode) -> None:
    """:raises CodeUsed, CodeRevoked, CodeExpired: the code cannot be redeemed"""
    if code.status == RecruiterCode.Status.USED:
        raise CodeUsed
    if code.status == RecruiterCode.Status.REVOKED:
        raise CodeRevoked
    if code.expires_at <= clock.now():
        raise CodeExpired


def recruiter_at(booth_id: int, account_id: int) -> tuple[Booth, Recruiter]:
    """The booth, and the account's right to act there.

    :raises BoothNotFound: no such booth
    :raises NotYourEmployer: the account does not act for its employer
    :raises EmployerNotActive: the employer may not act now
    """
    booth = get_booth(booth_id)
    return booth, get_recruiter(account_id, booth.employer_id)


def booths_of(account_id: int) -> list[Booth]:
    """Every booth that the account may act at, the newest fair first."""
    fair, employer = Booth.fair.rel_model, Booth.employer.rel_model
    school = fair.school.rel_model
    query: Any = Booth.select(Booth, fair, school, employer).join(fair).join(school)
    query = query.switch(Booth).join(employer)
    bound = (Recruiter.employer == Booth.employer) & (Recruiter.account == account_id)
    query = query.join(Recruiter, on=bound & (Recruiter.status == Recruiter.Status.ACTIVE))
    query = query.where(employer.status == employer.Status.ACTIVE)
    return list(query.order_by(fair.starts_at.desc(), Booth.id))


def _offer(booth: Booth, position_ids: Iterable[int]) -> None:
    """Offer these positions: the employer's, that passed review and are still valid (C06).

    One that is being reviewed again keeps its place: nobody could choose it now.
    """
    ids = set(position_ids)
    here = BoothPosition.booth == booth.id
    offers = BoothPosition.select(BoothPosition.position, Position.status).join(Position)
    rows: Any = offers.where(here).tuples()
    held: dict[int, Position.Status] = dict(rows)
    in_review = {one for one, status in held.items() if status == Position.Status.PENDING}
    theirs = (Position.employer == booth.employer_id) & Position.id.in_(ids - in_review)
    published = theirs & (Position.status == Position.Status.PUBLISHED) & is_valid_on(today())
    if ids - in_review and Position.select().where(published).count() != len(ids - in_review):
        raise PositionNotTheirs
    ids |= in_review
    before = list(held)
    BoothPosition.delete().where(here).execute()
    if ids:
        chosen = [{"booth": booth.id, "position": position_id} for position_id in sorted(ids)]
        BoothPosition.insert_many(chosen).execute()
    audit.record(
        booth,
        "offer_positions",
        before={"positions": sorted(before)},
        after={"positions": sorted(ids)},
    )
