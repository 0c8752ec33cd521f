"""Which messages to ask for at a tap: WeChat gives one message per accepted popup (M01)."""

from app.config import current
from app.notifications import ledger
from app.notifications.models import Channel, NotificationKind
from app.notifications.taps import TAPS
from app.notifications.templates import template_of

MOST_AT_ONCE = 3  # older WeChat clients take no more in one popup


def asks_of_all() -> dict[str, list[str]]:
    """Template ids by tap for somebody of whom nothing is known."""
    return {tap: _wanted(tap)[:MOST_AT_ONCE] for tap in TAPS}


def asks_for(account_id: int, tap: str) -> list[str]:
    """Template ids for this person's tap: those of which they have the fewest credits left."""
    wanted = _wanted(tap)
    credits = ledger.credits_of([account_id])
    wanted.sort(key=lambda template_id: credits.get((account_id, template_id), 0))
    return wanted[:MOST_AT_ONCE]


def template_id_of(kind: NotificationKind) -> str:
    """The subscribe template of a kind; empty where the deployment has none."""
    template = template_of(current().wechat_templates, kind, Channel.SUBSCRIBE)
    return template.id if template else ""


def _wanted(tap: str) -> list[str]:
    ids = (template_id_of(kind) for kind in TAPS[tap])
    return list(dict.fromkeys(template_id for template_id in ids if template_id))
