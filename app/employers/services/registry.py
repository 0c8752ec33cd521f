"""What staff and codes do with employers and recruiters."""

from peewee import fn

from app.accounts.models import Account
from app.accounts.services.people import become_recruiter
from app.core import audit
from app.core.database import atomic
from app.core.prepared import Prepared, bind, constant
from app.employers import uscc
from app.employers.errors import (
    EmployerNotActive,
    EmployerNotFound,
    NotYourEmployer,
    RecruiterNotFound,
    UsccFixed,
    UsccInvalid,
    UsccTaken,
)
from app.employers.models import KNOWN, Employer, Recruiter

_ACTIVE = Recruiter.status == Recruiter.Status.ACTIVE
# Where the employer stands comes along: whoever acts for it is asked at every call.
_RECRUITER = Prepared(
    lambda: (
        Recruiter.select(
            Recruiter, fn.COALESCE(Employer.status, constant("draft")).alias("standing")
        )
        .join(Employer)
        .where(
            (Recruiter.account == bind("account_id"))
            & (Recruiter.employer == bind("employer_id"))
            & _ACTIVE
        )
    )
)
_ACCOUNTS = Prepared(
    lambda: (
        Recruiter.select(Recruiter.account)
        .where((Recruiter.employer == bind("employer_id")) & _ACTIVE)
        .tuples()
    )
)
EDITABLE = ("nature", "industry", "size", "city", "introduction")


def create_employer(*, name: str, code: str, vouch: str = "", **details: str) -> Employer:
    """Record an employer, admitted at once. *vouch* says why a failing check digit is right.

    :raises UsccInvalid: the check digit does not fit and nobody vouches, or no code at all
    :raises UsccTaken: the code is recorded already
    """
    code, vouch = uscc.normalise(code), vouch.strip()
    is_valid = uscc.is_valid(code)
    if not is_valid and not (vouch and uscc.has_form(code)):
        raise UsccInvalid
    with atomic():
        if find_known(code):
            raise UsccTaken
        employer = Employer.create(
            name=name.strip(), uscc=code, uscc_override=not is_valid, **_editable(details)
        )
        audit.record(
            employer,
            "create",
            after={"name": employer.name, "uscc": code},
            reason="" if is_valid else vouch,
        )
    return employer


def update_employer(employer_id: int, **details: str) -> Employer:
    """Change what may change: never the name or the code (A19).

    :raises UsccFixed: name or code would change
    """
    employer = get_employer(employer_id)
    if details.get("name", employer.name) != employer.name:
        raise UsccFixed
    if uscc.normalise(details.get("code", employer.uscc)) != employer.uscc:
        raise UsccFixed
    changes = {k: v for k, v in _editable(details).items() if v != getattr(employer, k)}
    if not changes:
        return employer
    before = {name: getattr(employer, name) for name in changes}
    with atomic():
        Employer.update(changes).where(Employer.id == employer_id).execute()
        audit.record(employer, "update", before=before, after=changes)
    return get_employer(employer_id)


def get_employer(employer_id: int) -> Employer:
    """:raises EmployerNotFound: no such employer"""
    employer = Employer.get_or_none(Employer.id == employer_id)
    if employer is None:
        raise EmployerNotFound
    return employer


def get_active_employer(employer_id: int) -> Employer:
    """An employer that may act now (A11).

    :raises EmployerNotFound: no such employer
    :raises EmployerNotActive: not admitted yet, or suspended
    """
    employer = get_employer(employer_id)
    if employer.status != Employer.Status.ACTIVE:
        raise EmployerNotActive
    return employer


def find_known(code: str) -> Employer | None:
    """Who has this code: under review, admitted or suspended. A mere draft keeps nobody out."""
    taken = (Employer.uscc == code) & Employer.status.in_(KNOWN)
    return Employer.get_or_none(taken)


def bind_recruiter(account: Account, employer_id: int, *, name: str, title: str) -> Recruiter:
    """Let an account act for an employer. Inside the command that redeemed a code."""
    recruiter, made = Recruiter.get_or_create(
        account=account, employer=employer_id, defaults={"name": name, "title": title}
    )
    if made:
        audit.record(recruiter, "bind", after={"name": name, "title": title})
    elif recruiter.status == Recruiter.Status.REVOKED:
        recruiter.restore()
    become_recruiter(account, name)
    return recruiter


def revoke_recruiter(recruiter_id: int, reason: str = "") -> Recruiter:
    """End an account's right to act for its employer: the next call of its pages is refused.

    :raises RecruiterNotFound: no such binding
    :raises InvalidTransition: revoked already
    """
    recruiter = Recruiter.get_or_none(Recruiter.id == recruiter_id)
    if recruiter is None:
        raise RecruiterNotFound
    with atomic():
        recruiter.revoke(reason=reason, is_admin=False)
    return recruiter


def get_recruiter(account_id: int, employer_id: int) -> Recruiter:
    """The account's right to act for the employer now. Every act for an employer asks here.

    :raises NotYourEmployer: there is none, or it was revoked
    :raises EmployerNotActive: the employer is not admitted yet, or suspended (A11, N03)
    """
    recruiter = _RECRUITER.first(account_id=account_id, employer_id=employer_id)
    if recruiter is None:
        raise NotYourEmployer
    if recruiter.standing != Employer.Status.ACTIVE:
        raise EmployerNotActive
    return recruiter


def account_ids_of(employer_id: int) -> list[int]:
    """The accounts that act for an employer, to be told of events."""
    return [account_id for (account_id,) in _ACCOUNTS.all(employer_id=employer_id)]


def _editable(details: dict[str, str]) -> dict[str, str]:
    return {name: (details[name] or "").strip() for name in EDITABLE if name in details}
