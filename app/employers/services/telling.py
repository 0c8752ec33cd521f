"""What the people of an employer are told of its registration and of each other."""

from app.core.events import publish_to_accounts
from app.employers.models import Employer, Membership, Recruiter
from app.employers.services.registry import account_ids_of
from app.notifications.models import NotificationKind
from app.notifications.services import notify, notify_many

NO_PAGE = ""  # the registration and the members' page are pages of the desk, not of the phone


def tell_administrators(employer: Employer, kind: NotificationKind, **params: str) -> None:
    """Write to whoever registered or administers the employer. Inside a command."""
    admins = (Recruiter.employer == employer.id) & Recruiter.is_admin
    for recruiter in Recruiter.select(Recruiter.account).where(admins):
        notify(
            recruiter.account_id,
            kind,
            params={"employer": employer.name} | params,
            page=NO_PAGE,
            subject=f"employer:{employer.id}",
        )
        publish_to_accounts([recruiter.account_id], "registration.changed")


def tell_everybody(employer: Employer, kind: NotificationKind, **params: str) -> None:
    """Write to all who act for the employer. Inside a command."""
    accounts = account_ids_of(employer.id)
    notify_many(
        accounts,
        kind,
        params={"employer": employer.name} | params,
        page=NO_PAGE,
        subject=f"employer:{employer.id}",
    )
    publish_to_accounts(accounts, "registration.changed")


def tell_applicant(request: Membership, employer: Employer, *, answer: str, reason: str) -> None:
    """Write to whoever asked to join or to administer what became of it. Inside a command."""
    notify(
        request.account_id,
        NotificationKind.MEMBERSHIP_ANSWERED,
        params={"employer": employer.name, "answer": answer, "reason": reason},
        page=NO_PAGE,
        subject=f"membership:{request.id}",
    )
    publish_to_accounts([request.account_id], "registration.changed")
