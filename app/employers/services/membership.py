"""Joining a company that is registered, and becoming its administrator (A07, A08).

Its people never find a list of companies: whoever knows the code learns whether the company
is here, and asks. An employer has one administrator at a time.
"""

from dataclasses import dataclass
from typing import Any

from app.accounts.models import Account
from app.core import audit
from app.core.database import atomic, locked
from app.core.lifecycle import move_each
from app.employers import uscc
from app.employers.errors import (
    AdministratorOnly,
    AlreadyMember,
    EmployerNotActive,
    EmployerNotFound,
    LetterNeeded,
    NoAdministrator,
    ReasonNeeded,
    RecruiterNotFound,
    RequestNotFound,
    RequestPending,
    UsccInvalid,
)
from app.employers.models import Employer, Membership, Recruiter
from app.employers.services.registry import bind_recruiter, find_known, get_recruiter
from app.employers.services.telling import tell_administrators, tell_applicant
from app.files.purposes import Purpose
from app.files.services import attach_upload
from app.notifications.models import NotificationKind

Kind = Membership.Kind
SUPERSEDED = "该单位已有新的管理员"


@dataclass(frozen=True)
class Known:
    """What somebody who knows a code learns of the company: no more than to recognise it."""

    is_valid: bool  # the check digit fits
    employer: Employer | None = None
    has_admin: bool = False

    @property
    def is_active(self) -> bool:
        """Whether it can be joined."""
        return self.employer is not None and self.employer.status == Employer.Status.ACTIVE

    @property
    def name_masked(self) -> str:
        """``远航****公司``."""
        name = self.employer.name if self.employer else ""
        shown = 2 if len(name) > 5 else 1
        return f"{name[:shown]}****{name[-shown:]}" if name else ""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who wants to join or to administer, and why that is in order."""

    kind: Kind
    name: str
    title: str = ""
    note: str = ""
    letter_id: int | None = None


def look_up(code: str) -> Known:
    """Whether a company with exactly this code is registered (A07).

    :raises UsccInvalid: not 18 characters of a code
    """
    code = uscc.normalise(code)
    if not uscc.has_form(code):
        raise UsccInvalid
    employer = find_known(code)
    is_valid = uscc.is_valid(code)
    return Known(is_valid, employer, employer is not None and _has_admin(employer.id))


def ask_to_join(account_id: int, code: str, wish: Wish) -> Membership:
    """Ask a registered company's administrator, or staff, to let the account act for it.

    :raises EmployerNotFound: no company with this code is registered
    :raises EmployerNotActive: it is under review, or suspended
    :raises AlreadyMember: the account acts for it already
    :raises NoAdministrator: nobody could answer; claim the administration instead
    :raises LetterNeeded: a claim without a letter of authorisation
    :raises UploadNotFound: not an upload of this account
    :raises RequestPending: one is waiting for an answer
    """
    employer = find_known(uscc.normalise(code))
    if employer is None:
        raise EmployerNotFound
    if employer.status != Employer.Status.ACTIVE:
        raise EmployerNotActive
    if wish.kind == Kind.CLAIM and wish.letter_id is None:
        raise LetterNeeded
    with atomic():
        _lock_account(account_id)
        _refuse_needless(account_id, employer, wish.kind)
        letter_id = wish.letter_id if wish.kind == Kind.CLAIM else None
        request = Membership.create(
            account=account_id,
            employer=employer,
            kind=wish.kind,
            name=wish.name,
            title=wish.title,
            note=wish.note,
            letter=letter_id and attach_upload(letter_id, account_id, Purpose.PAPER).id,
        )
        audit.record(request, "ask", after={"kind": str(wish.kind), "employer": employer.name})
        if wish.kind == Kind.JOIN:
            tell_administrators(employer, NotificationKind.JOIN_ASKED, colleague=wish.name)
    return request


def recall_request(request_id: int, account_id: int) -> Membership:
    """Take the own request back.

    :raises RequestNotFound: no such request of this account
    :raises InvalidTransition: answered already
    """
    request = _request(request_id)
    if request.account_id != account_id:
        raise RequestNotFound
    with atomic():
        request.recall()
    return request


def approve_join(request_id: int, account_id: int) -> Membership:
    """The company's administrator lets somebody join; nothing else is to do (A07).

    :raises RequestNotFound: no such request, or one that staff answer
    :raises NotYourEmployer, EmployerNotActive: another company's, or one that may not act
    :raises AdministratorOnly: a member's is not to decide
    :raises InvalidTransition: answered or taken back already
    """
    request = _request_for(request_id, account_id)
    with atomic():
        request.approve()
        _let_in(request)
        tell_applicant(request, request.employer, answer="已通过", reason="")
    return request


def decline_join(request_id: int, account_id: int, reason: str) -> Membership:
    """The company's administrator turns somebody away; errors as :func:`approve_join`."""
    request, reason = _request_for(request_id, account_id), reason.strip()
    with atomic():
        request.turn_away(reason=reason, answer=reason)
        tell_applicant(request, request.employer, answer="未通过", reason=reason)
    return request


def approve_claim(request_id: int, reason: str) -> Membership:
    """Staff make somebody the administrator (成为新的管理员); of two claims one wins.

    The one before becomes a member; other claims of the company are turned away.

    :raises ReasonNeeded: nothing said of what was checked
    :raises RequestNotFound: no such claim
    :raises EmployerNotActive: the company may not act
    :raises InvalidTransition: answered or taken back already
    """
    if not reason.strip():
        raise ReasonNeeded
    request = _claim(request_id)
    if request.employer.status != Employer.Status.ACTIVE:
        raise EmployerNotActive
    with atomic():
        _lock_employer(request.employer_id)
        request.approve(reason=reason.strip())
        _crown(_let_in(request))
        tell_applicant(request, request.employer, answer="已通过", reason="")
        _turn_rivals_away(request)
    return request


def decline_claim(request_id: int, reason: str) -> Membership:
    """Staff turn a claim away.

    :raises ReasonNeeded: nothing said
    :raises RequestNotFound: no such claim
    :raises InvalidTransition: answered or taken back already
    """
    if not reason.strip():
        raise ReasonNeeded
    request, reason = _claim(request_id), reason.strip()
    with atomic():
        request.turn_away(reason=reason, answer=reason)
        tell_applicant(request, request.employer, answer="未通过", reason=reason)
    return request


def make_administrator(recruiter_id: int, reason: str = "") -> Recruiter:
    """Staff make a recruiter the employer's administrator; the one before becomes a member.

    :raises RecruiterNotFound: no such recruiter, or one whose right has ended
    """
    recruiter = Recruiter.get_or_none(Recruiter.id == recruiter_id)
    if recruiter is None or recruiter.status != Recruiter.Status.ACTIVE:
        raise RecruiterNotFound
    with atomic():
        _lock_employer(recruiter.employer_id)
        _crown(recruiter, reason)
    return Recruiter.get_by_id(recruiter_id)


def newest_request(account_id: int) -> Membership | None:
    """The account's last request, with its company."""
    rows = Membership.select(Membership, Employer).join(Employer)
    return rows.where(Membership.account == account_id).order_by(Membership.id.desc()).first()


def _request(request_id: int) -> Membership:
    rows = Membership.select(Membership, Employer).join(Employer)
    request = rows.where(Membership.id == request_id).first()
    if request is None:
        raise RequestNotFound
    return request


def _claim(request_id: int) -> Membership:
    request = _request(request_id)
    if request.kind != Kind.CLAIM:
        raise RequestNotFound
    return request


def _request_for(request_id: int, account_id: int) -> Membership:
    """A request that this administrator answers."""
    request = _request(request_id)
    recruiter = get_recruiter(account_id, request.employer_id)
    if not recruiter.is_admin:
        raise AdministratorOnly
    if request.kind != Kind.JOIN:
        raise RequestNotFound
    return request


def _refuse_needless(account_id: int, employer: Employer, kind: Kind) -> None:
    """:raises AlreadyMember, NoAdministrator, RequestPending: there is nothing to ask, or nobody"""
    mine = (Recruiter.account == account_id) & (Recruiter.employer == employer.id)
    member = Recruiter.get_or_none(mine & (Recruiter.status == Recruiter.Status.ACTIVE))
    if member is not None and (kind == Kind.JOIN or member.is_admin):
        raise AlreadyMember
    if kind == Kind.JOIN and not _has_admin(employer.id):
        raise NoAdministrator
    asked = (Membership.account == account_id) & (Membership.employer == employer.id)
    if Membership.get_or_none(asked & (Membership.status == Membership.Status.PENDING)):
        raise RequestPending


def _has_admin(employer_id: int) -> bool:
    admins = (Recruiter.employer == employer_id) & Recruiter.is_admin
    return Recruiter.select(Recruiter.id).where(admins).exists()


def _let_in(request: Membership) -> Recruiter:
    account = Account.get_by_id(request.account_id)
    return bind_recruiter(account, request.employer_id, name=request.name, title=request.title)


def _crown(recruiter: Recruiter, reason: str = "") -> None:
    """Make one the administrator; the employer's row is locked."""
    before = (Recruiter.employer == recruiter.employer_id) & Recruiter.is_admin
    others: Any = Recruiter.select().where(before & (Recruiter.id != recruiter.id))
    for other in list(others):
        Recruiter.update(is_admin=False).where(Recruiter.id == other.id).execute()
        audit.record(other, "step_down", after={"is_admin": False}, reason=reason)
    Recruiter.update(is_admin=True).where(Recruiter.id == recruiter.id).execute()
    audit.record(recruiter, "make_admin", after={"is_admin": True}, reason=reason)


def _turn_rivals_away(request: Membership) -> None:
    rivals = (Membership.employer == request.employer_id) & (Membership.kind == Kind.CLAIM)
    waiting = rivals & (Membership.status == Membership.Status.PENDING)
    rows = list(locked(Membership.select().where(waiting).order_by(Membership.id)))
    seen = {row.id: row.status for row in rows}
    moved = move_each(Membership, "turn_away", seen, reason=SUPERSEDED)
    Membership.update(answer=SUPERSEDED).where(Membership.id.in_(moved)).execute()
    for row in rows:
        if row.id in moved:
            tell_applicant(row, request.employer, answer="未通过", reason=SUPERSEDED)


def _lock_account(account_id: int) -> None:
    list(locked(Account.select(Account.id).where(Account.id == account_id)))


def _lock_employer(employer_id: int) -> None:
    list(locked(Employer.select(Employer.id).where(Employer.id == employer_id)))
