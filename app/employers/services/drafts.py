"""Registering an employer step by step (A05–A10). What is typed is kept at every step.

A draft belongs to the account that opened it and can be edited until it is submitted, and
again when it was returned. Every save locks the employer's row first: what a reviewer reads
does not change under his eyes.
"""

from dataclasses import dataclass
from typing import Any

from app.accounts.models import Account
from app.core import audit, clock
from app.core.database import atomic, locked
from app.employers import uscc
from app.employers.errors import (
    EmployerKnown,
    RegistrationIncomplete,
    RegistrationLocked,
    RegistrationOpen,
    UsccInvalid,
)
from app.employers.gates import Entry
from app.employers.models import OPEN, UNDER_WAY, Certification, Employer, Recruiter
from app.employers.papers import OF_THE_EMPLOYER, lacks
from app.employers.services.finding import (
    certification_of,
    editable_registration,
    find_registration,
    own_registration,
)
from app.employers.services.papers import fill_both_slots, kinds_of
from app.employers.services.registry import bind_recruiter, find_known
from app.schools.services import get_school


@dataclass(frozen=True, kw_only=True)
class Company:
    """Step ①: who registers, and by which door. ``is_sure``: the applicant insists on a code
    whose check digit fails, so that staff look at it."""

    name: str
    code: str
    is_sure: bool = False
    entry: Entry = Entry.PLATFORM
    school_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """The employer's columns.

        :raises UsccInvalid: no code at all, or a failing check digit nobody insists on
        :raises SchoolNotFound: no such school
        """
        code = uscc.normalise(self.code)
        if not uscc.has_form(code) or not (uscc.is_valid(code) or self.is_sure):
            raise UsccInvalid(can_insist=uscc.has_form(code))
        if self.school_id is not None:
            get_school(self.school_id)
        place = {"entry": self.entry, "school": self.school_id}
        return {"name": self.name, "uscc": code} | place


def open_draft(account_id: int, company: Company, *, person: str, title: str) -> Employer:
    """Begin a registration; the account will be the employer's administrator.

    :raises UsccInvalid: see :meth:`Company.columns`
    :raises SchoolNotFound: no such school
    :raises RegistrationOpen: the account has another one under way
    :raises EmployerKnown: the company is registered; its people join it (A07)
    """
    columns = company.columns()
    with atomic():
        account = _locked_account(account_id)
        if find_registration(account_id, *UNDER_WAY):
            raise RegistrationOpen
        if find_known(columns["uscc"]):
            raise EmployerKnown
        employer = Employer.create(status=Employer.Status.DRAFT, **columns)
        Certification.create(employer=employer)
        recruiter = bind_recruiter(account, employer.id, name=person, title=title)
        Recruiter.update(is_admin=True).where(Recruiter.id == recruiter.id).execute()
        told = {"name": employer.name, "uscc": employer.uscc, "entry": str(employer.entry)}
        audit.record(employer, "register", after=told)
    return employer


def save_company(account_id: int, company: Company) -> Employer:
    """Correct step ① before it is submitted; afterwards name and code never change (A19).

    :raises RegistrationNotFound, RegistrationLocked: nothing to edit, or not now
    :raises UsccInvalid, SchoolNotFound: see :meth:`Company.columns`
    :raises EmployerKnown: the code belongs to a registered company
    """
    columns = company.columns()
    with atomic():
        employer = editable_registration(account_id)
        if find_known(columns["uscc"]):
            raise EmployerKnown
        if columns["uscc"] != employer.uscc:
            columns["uscc_override"] = False
        _write(employer, columns)
    return employer


def save_certification(account_id: int, details: dict[str, Any]) -> Employer:
    """Keep what is typed of step ③; what is missing is told when it is submitted (A09).

    :raises RegistrationNotFound, RegistrationLocked: nothing to edit, or not now
    """
    own = {name: value for name, value in details.items() if name in OF_THE_EMPLOYER}
    rest = {name: value for name, value in details.items() if name not in own}
    with atomic():
        employer = editable_registration(account_id)
        if own:
            _write(employer, own)
        rest["updated_at"] = clock.now()
        Certification.update(rest).where(Certification.employer == employer.id).execute()
        if rest.get("is_one_licence"):
            fill_both_slots(employer)
    return employer


def save_services(account_id: int, services: list[str]) -> Employer:
    """Keep what is chosen in step ④.

    :raises RegistrationNotFound, RegistrationLocked: nothing to edit, or not now
    """
    with atomic():
        employer = editable_registration(account_id)
        changes = {"services": services, "updated_at": clock.now()}
        Certification.update(changes).where(Certification.employer == employer.id).execute()
    return employer


def submit_registration(account_id: int) -> Employer:
    """Hand the registration to its first gate (完成申请). Of two with one code one is let through.

    :raises RegistrationNotFound: nothing to submit
    :raises RegistrationLocked: under review or admitted already
    :raises RegistrationIncomplete: ``errors`` names what is missing
    :raises EmployerKnown: somebody else of the company was faster
    """
    seen = own_registration(account_id)
    with atomic():
        same_code = Employer.select().where(Employer.uscc == seen.uscc).order_by(Employer.id)
        rows = {one.id: one for one in locked(same_code)}
        employer = rows.get(seen.id)
        if employer is None or employer.status not in OPEN:
            raise RegistrationLocked
        missing = lacks(employer, certification_of(employer), kinds_of(employer))
        if missing:
            raise RegistrationIncomplete(errors=missing)
        if find_known(employer.uscc):
            raise EmployerKnown
        employer.submit(gate=0, returned_reason="")
    return employer


def recall_registration(account_id: int) -> Employer:
    """Take it back from review to edit it; the gates begin anew.

    :raises RegistrationNotFound: nothing to take back
    :raises InvalidTransition: not under review (any more)
    """
    employer = own_registration(account_id)
    with atomic():
        employer.recall(gate=0)
    return employer


def _locked_account(account_id: int) -> Account:
    (account,) = locked(Account.select().where(Account.id == account_id))
    return account


def _write(employer: Employer, columns: dict[str, Any]) -> None:
    Employer.update(columns).where(Employer.id == employer.id).execute()
    for name, value in columns.items():
        setattr(employer, name, value)
