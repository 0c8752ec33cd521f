"""What staff and codes do with employers and recruiters."""

from app.accounts.models import Account
from app.accounts.services.people import become_recruiter
from app.core import audit
from app.core.database import atomic
from app.core.prepared import Prepared, bind
from app.employers import uscc
from app.employers.errors import (
    EmployerNotFound,
    NotYourEmployer,
    RecruiterNotFound,
    UsccFixed,
    UsccInvalid,
    UsccTaken,
)
from app.employers.models import Employer, Recruiter

_ACTIVE = Recruiter.status == Recruiter.Status.ACTIVE
_RECRUITER = Prepared(
    lambda: Recruiter.select().where(
        (Recruiter.account == bind("account_id"))
        & (Recruiter.employer == bind("employer_id"))
        & _ACTIVE
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


def create_employer(*, name: str, code: str, **details: str) -> Employer:
    """Record an employer.

    :raises UsccInvalid: the check digit does not fit
    :raises UsccTaken: the code is recorded already
    """
    code = uscc.normalise(code)
    if not uscc.is_valid(code):
        raise UsccInvalid
    with atomic():
        if Employer.get_or_none(Employer.uscc == code):
            raise UsccTaken
        employer = Employer.create(name=name.strip(), uscc=code, **_editable(details))
        audit.record(employer, "create", after={"name": employer.name, "uscc": code})
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
        recruiter.revoke(reason=reason)
    return recruiter


def get_recruiter(account_id: int, employer_id: int) -> Recruiter:
    """The account's active binding to the employer.

    :raises NotYourEmployer: there is none, or it was revoked
    """
    recruiter = _RECRUITER.first(account_id=account_id, employer_id=employer_id)
    if recruiter is None:
        raise NotYourEmployer
    return recruiter


def account_ids_of(employer_id: int) -> list[int]:
    """The accounts that act for an employer, to be told of events."""
    return [account_id for (account_id,) in _ACCOUNTS.all(employer_id=employer_id)]


def _editable(details: dict[str, str]) -> dict[str, str]:
    return {name: (details[name] or "").strip() for name in EDITABLE if name in details}
