"""What the recruiters of an employer are told of its enrolment (G02)."""

from app.bookings.models import Enrolment
from app.core.events import publish_to_accounts, publish_to_topic
from app.employers.services import account_ids_of
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many

PAGE = "pages-recruiter/booths/booths"


def tell_employer(enrolment: Enrolment, answer: str, text: str) -> None:
    """Write everybody who acts for the employer; *answer* has at most five signs."""
    notify_many(
        account_ids_of(enrolment.employer_id),
        NotificationKind.ENROLMENT_ANSWERED,
        params={
            "employer": enrolment.employer.name,
            "fair": enrolment.fair.name,
            "answer": answer,
            "text": text,
        },
        page=PAGE,
        subject=f"enrolment:{enrolment.id}",
        fair_id=enrolment.fair_id,
    )
    tell_pages(enrolment)


def because(reason: str) -> str:
    """A reason as the end of a sentence; none adds nothing."""
    return f"：{reason}" if reason else ""


def tell_pages(enrolment: Enrolment) -> None:
    """Refresh the employer's open pages and the fair's."""
    accounts = account_ids_of(enrolment.employer_id)
    publish_to_accounts(accounts, "enrolment.changed", enrolment_id=enrolment.id)
    publish_to_topic(f"fair:{enrolment.fair_id}", "fair.changed", fair_id=enrolment.fair_id)
