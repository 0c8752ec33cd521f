"""Finding the registration of an account, for a save or for its page."""

from app.core.database import locked
from app.employers.errors import RegistrationLocked, RegistrationNotFound
from app.employers.models import OPEN, UNDER_WAY, Certification, Employer, Recruiter


def find_registration(account_id: int, *among: Employer.Status) -> Employer | None:
    """The employer that the account registers, else the newest one that it administers."""
    mine = (Recruiter.account == account_id) & Recruiter.is_admin
    rows = Employer.select().join(Recruiter).switch(Employer).join(Certification).where(mine)
    if among:
        rows = rows.where(Employer.status.in_(among))
    return rows.order_by(Employer.status.in_(UNDER_WAY).desc(), Employer.id.desc()).first()


def own_registration(account_id: int) -> Employer:
    """:raises RegistrationNotFound: the account has none"""
    employer = find_registration(account_id)
    if employer is None:
        raise RegistrationNotFound
    return employer


def editable_registration(account_id: int) -> Employer:
    """The account's registration, locked until the command that edits it is over.

    :raises RegistrationNotFound: the account has none
    :raises RegistrationLocked: under review, admitted or suspended
    """
    own = own_registration(account_id)
    employer: Employer | None = locked(Employer.select().where(Employer.id == own.id)).first()
    if employer is None or employer.status not in OPEN:
        raise RegistrationLocked
    return employer


def certification_of(employer: Employer) -> Certification:
    """What a registering employer has told of itself so far."""
    return Certification.get(Certification.employer == employer.id)


def find_certification(employer_id: int) -> Certification | None:
    """As :func:`certification_of`; None of an employer that staff recorded."""
    return Certification.get_or_none(Certification.employer == employer_id)
