"""A registration as its applicant sees it, and who belongs to a company. Reads only."""

from datetime import timedelta
from typing import Any

from app.accounts.models import Account
from app.core import clock, crypto
from app.employers import uscc
from app.employers.gates import OVERDUE_HOURS, gates_of
from app.employers.models import (
    OPEN,
    Certification,
    Employer,
    EmployerPaper,
    Membership,
    Recruiter,
)
from app.employers.papers import OF_THE_CERTIFICATION, OF_THE_EMPLOYER, lacks, needed_papers
from app.employers.services.finding import find_certification, find_registration
from app.employers.services.membership import newest_request
from app.employers.services.papers import list_papers
from app.employers.services.review import is_overdue
from app.files.services import link_to


def show_registration(account_id: int) -> dict[str, Any] | None:
    """What the account registers: every step's content, what is missing, where it stands."""
    employer = find_registration(account_id)
    certification = find_certification(employer.id) if employer else None
    if employer is None or certification is None:
        return None
    papers = list_papers(employer.id)
    kinds = {paper.kind for paper in papers}
    can_edit = employer.status in OPEN
    return {
        "id": employer.id,
        "name": employer.name,
        "code": employer.uscc,
        "code_fits": uscc.is_valid(employer.uscc) or employer.uscc_override,
        "status": employer.status,
        "entry": employer.entry,
        "school_id": employer.school_id,
        "gates": _gates(employer),
        "submitted_at": employer.submitted_at,
        "due_at": _due_at(employer),
        "is_overdue": is_overdue(employer, clock.now()),
        "reason": employer.returned_reason,
        "can_edit": can_edit,
        "certification": _certification(employer, certification),
        "services": certification.services,
        "papers": [_paper(paper) for paper in papers],
        "needed_papers": needed_papers(employer),
        "missing": lacks(employer, certification, kinds) if can_edit else [],
        "saved_at": certification.updated_at,
    }


def show_request(account_id: int) -> dict[str, Any] | None:
    """The account's last wish to join or to administer a company, and what became of it."""
    request = newest_request(account_id)
    if request is None:
        return None
    return {
        "id": request.id,
        "kind": request.kind,
        "employer_name": request.employer.name,
        "status": request.status,
        "reason": request.answer,
        "created_at": request.created_at,
    }


def show_companies(account_id: int) -> list[dict[str, Any]]:
    """The companies that the account acts for, with their people; requests to administrators."""
    mine = (Recruiter.account == account_id) & (Recruiter.status == Recruiter.Status.ACTIVE)
    own: Any = Recruiter.select(Recruiter, Employer).join(Employer)
    own = own.where(mine & (Employer.status == Employer.Status.ACTIVE))
    own = list(own.order_by(Employer.name, Employer.id))
    people = _people([one.employer_id for one in own])
    asking = _asking([one.employer_id for one in own if one.is_admin])
    return [
        {
            "id": one.employer_id,
            "name": one.employer.name,
            "is_admin": one.is_admin,
            "members": [
                _member(who, account_id) for who in people if who.employer_id == one.employer_id
            ],
            "requests": [_asks(who) for who in asking if who.employer_id == one.employer_id],
        }
        for one in own
    ]


def _people(employer_ids: list[int]) -> list[Recruiter]:
    active = Recruiter.status == Recruiter.Status.ACTIVE
    rows = Recruiter.select().where(Recruiter.employer.in_(employer_ids) & active)
    return list(rows.order_by(Recruiter.is_admin.desc(), Recruiter.id).limit(500))


def _asking(employer_ids: list[int]) -> list[Membership]:
    to_answer = (Membership.kind == Membership.Kind.JOIN) & (
        Membership.status == Membership.Status.PENDING
    )
    rows = Membership.select(Membership, Account).join(Account)
    rows = rows.where(Membership.employer.in_(employer_ids) & to_answer)
    return list(rows.order_by(Membership.id).limit(200))


def _member(recruiter: Recruiter, account_id: int) -> dict[str, Any]:
    return {
        "id": recruiter.id,
        "name": recruiter.name,
        "title": recruiter.title,
        "is_admin": recruiter.is_admin,
        "is_me": recruiter.account_id == account_id,
        "since": recruiter.created_at,
    }


def _asks(request: Membership) -> dict[str, Any]:
    return {
        "id": request.id,
        "name": request.name,
        "title": request.title,
        "note": request.note,
        "phone_masked": crypto.mask_phone(request.account.phone) or "",
        "created_at": request.created_at,
    }


def _gates(employer: Employer) -> list[dict[str, str]]:
    """Every gate in its order, and how far the registration has come."""
    is_waiting = employer.status == Employer.Status.SUBMITTED
    is_through = employer.status in (Employer.Status.ACTIVE, Employer.Status.SUSPENDED)
    states = []
    for place, gate in enumerate(gates_of(employer.entry)):
        passed = is_through or (is_waiting and place < employer.gate)
        waits = is_waiting and place == employer.gate
        states.append({"gate": gate, "state": "passed" if passed else "here" if waits else "ahead"})
    return states


def _due_at(employer: Employer) -> Any:
    if employer.status != Employer.Status.SUBMITTED or employer.submitted_at is None:
        return None
    return employer.submitted_at + timedelta(hours=OVERDUE_HOURS)


def _certification(employer: Employer, certification: Certification) -> dict[str, Any]:
    own = {name: getattr(employer, name) for name in OF_THE_EMPLOYER}
    told = {name: getattr(certification, name) for name in OF_THE_CERTIFICATION}
    more = ("capital", "tags", "is_one_licence")
    return own | told | {name: getattr(certification, name) for name in more}


def _paper(paper: EmployerPaper) -> dict[str, Any]:
    upload = paper.upload
    return {
        "kind": paper.kind,
        "upload_id": upload.id,
        "name": upload.name,
        "media_type": upload.media_type,
        "size": upload.size,
        "url": link_to(upload),
    }
