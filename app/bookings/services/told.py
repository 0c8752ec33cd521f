"""What the recruiters of an employer are told of its registration (G02)."""

from app.bookings.models import Registration
from app.core.events import publish_to_accounts, publish_to_topic
from app.employers.services import account_ids_of
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many

PAGE = "pages-recruiter/booths/booths"


def tell_employer(registration: Registration, answer: str, text: str) -> None:
    """Write everybody who acts for the employer; *answer* has at most five signs."""
    notify_many(
        account_ids_of(registration.employer_id),
        NotificationKind.REGISTRATION_ANSWERED,
        params={
            "employer": registration.employer.name,
            "fair": registration.fair.name,
            "answer": answer,
            "text": text,
        },
        page=PAGE,
        subject=f"registration:{registration.id}",
        fair_id=registration.fair_id,
    )
    tell_pages(registration)


def tell_pages(registration: Registration) -> None:
    """Refresh the employer's open pages and the fair's."""
    accounts = account_ids_of(registration.employer_id)
    publish_to_accounts(accounts, "registration.changed", registration_id=registration.id)
    publish_to_topic(f"fair:{registration.fair_id}", "fair.changed", fair_id=registration.fair_id)
