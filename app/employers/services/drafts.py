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
    RegistrationNotFound,
    RegistrationOpen,
    UsccInvalid,
)
from app.employers.gates import Entry
from app.employers.models import OPEN, Certification, Employer, EmployerPaper, Recruiter
from app.employers.papers import OF_THE_EMPLOYER, Kind, lacks
from app.employers.services.registry import bind_recruiter, find_known
from app.files.services import attach_upload
from app.files.purposes import Purpose
from app.schools.services import get_school

UNDER_WAY = (*OPEN, Employer.Status.SUBMITTED)


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
        employer = _editable(account_id)
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
        employer = _editable(account_id)
        if own:
            _write(employer, own)
        rest["updated_at"] = clock.now()
        Certification.update(rest).where(Certification.employer == employer.id).execute()
        if rest.get("is_one_licence"):
            _fill_both_slots(employer)
    return employer


def save_services(account_id: int, services: list[str]) -> Employer:
    """Keep what is chosen in step ④.

    :raises RegistrationNotFound, RegistrationLocked: nothing to edit, or not now
    """
    with atomic():
        employer = _editable(account_id)
        changes = {"services": services, "updated_at": clock.now()}
        Certification.update(changes).where(Certification.employer == employer.id).execute()
    return employer


def put_paper(account_id: int, kind: Kind, upload_id: int) -> Employer:
    """Put an uploaded picture into its slot; a one-licence firm's licence into both (A10).

    :raises RegistrationNotFound, RegistrationLocked: nothing to edit, or not now
    :raises UploadNotFound: not an upload of this account
    """
    with atomic():
        employer = _editable(account_id)
        upload = attach_upload(upload_id, account_id, Purpose.PAPER)
        _put(employer, kind, upload.id)
        if kind == Kind.BUSINESS_LICENCE and _certification_of(employer).is_one_licence:
            _put(employer, Kind.ORGANISATION_CODE, upload.id)
    return employer


def remove_paper(account_id: int, kind: Kind) -> Employer:
    """Clear a slot; of a one-licence firm both (A10).

    :raises RegistrationNotFound, RegistrationLocked: nothing to edit, or not now
    """
    both = (Kind.BUSINESS_LICENCE, Kind.ORGANISATION_CODE)
    with atomic():
        employer = _editable(account_id)
        together = kind in both and _certification_of(employer).is_one_licence
        kinds = both if together else (kind,)
        here = (EmployerPaper.employer == employer.id) & EmployerPaper.kind.in_(kinds)
        EmployerPaper.delete().where(here).execute()
    return employer


def submit_registration(account_id: int) -> Employer:
    """Hand the registration to its first gate (完成申请). Of two with one code one is let through.

    :raises RegistrationNotFound: nothing to submit
    :raises RegistrationLocked: under review or admitted already
    :raises RegistrationIncomplete: ``errors`` names what is missing
    :raises EmployerKnown: somebody else of the company was faster
    """
    seen = _own(account_id)
    with atomic():
        same_code = Employer.select().where(Employer.uscc == seen.uscc).order_by(Employer.id)
        employer = next((one for one in locked(same_code) if one.id == seen.id), None)
        if employer is None or employer.status not in OPEN:
            raise RegistrationLocked
        missing = lacks(employer, _certification_of(employer), _kinds_of(employer))
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
    employer = _own(account_id)
    with atomic():
        employer.recall(gate=0)
    return employer


def find_registration(account_id: int, *among: Employer.Status) -> Employer | None:
    """The newest employer that the account registers, or administers, by the wizard."""
    mine = (Recruiter.account == account_id) & Recruiter.is_admin
    rows = Employer.select().join(Recruiter).switch(Employer)
    rows = rows.join(Certification).where(mine & Employer.status.in_(among or Employer.Status))
    return rows.order_by(Employer.id.desc()).first()


def find_certification(employer_id: int) -> Certification | None:
    """What an employer told of itself; None of one that staff recorded."""
    return Certification.get_or_none(Certification.employer == employer_id)


def _own(account_id: int) -> Employer:
    employer = find_registration(account_id)
    if employer is None:
        raise RegistrationNotFound
    return employer


def _editable(account_id: int) -> Employer:
    """The account's registration, locked until the save is over."""
    rows = list(locked(Employer.select().where(Employer.id == _own(account_id).id)))
    if not rows or rows[0].status not in OPEN:
        raise RegistrationLocked
    return rows[0]


def _locked_account(account_id: int) -> Account:
    return next(iter(locked(Account.select().where(Account.id == account_id))))


def _write(employer: Employer, columns: dict[str, Any]) -> None:
    Employer.update(columns).where(Employer.id == employer.id).execute()
    for name, value in columns.items():
        setattr(employer, name, value)


def _certification_of(employer: Employer) -> Certification:
    return Certification.get(Certification.employer == employer.id)


def _kinds_of(employer: Employer) -> set[Kind]:
    rows: Any = EmployerPaper.select(EmployerPaper.kind).where(EmployerPaper.employer == employer.id)
    return {kind for (kind,) in rows.tuples()}


def _put(employer: Employer, kind: Kind, upload_id: int) -> None:
    row = {"employer": employer.id, "kind": kind, "upload": upload_id, "created_at": clock.now()}
    EmployerPaper.insert(row).on_conflict(
        conflict_target=(EmployerPaper.employer, EmployerPaper.kind),
        preserve=(EmployerPaper.upload, EmployerPaper.created_at),
    ).execute()


def _fill_both_slots(employer: Employer) -> None:
    licence = EmployerPaper.get_or_none(employer=employer.id, kind=Kind.BUSINESS_LICENCE)
    if licence is not None:
        _put(employer, Kind.ORGANISATION_CODE, licence.upload_id)
