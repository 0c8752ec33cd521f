"""The deployment's message templates: ids and keys differ per WeChat account (WECHAT_TEMPLATES).

    {"interview_accepted": {
        "subscribe": {"id": "…", "fields": {"thing1": "employer", "time4": "time"}},
        "service": {"id": "…", "fields": {"thing1": "employer"}}}}

A field's value names one of :func:`app.notifications.texts.values`. SMS has its own
(SMS_TEMPLATES), with the words of ``{1}``, ``{2}`` in order, each cut to ``longest`` signs:

    {"interview_ringing": {"id": "2400001", "words": ["employer", "booth"], "longest": 6}}
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.integrations.wechat import fit_field
from app.notifications.models import Channel, NotificationKind
from app.notifications.texts import Values

SMS_KINDS = (
    NotificationKind.INTERVIEW_RINGING,
    NotificationKind.INTERVIEW_NUDGE,
    NotificationKind.INTERVIEW_READY,
    NotificationKind.INTERVIEW_INVITED,
    NotificationKind.SECOND_ROUND,
    NotificationKind.ACCOUNT_SECURITY,
)  # what is worth money, and a buzz in a pocket
LONGEST_WORD = 6  # signs of one variable, as Tencent Cloud allows at least


@dataclass(frozen=True)
class Template:
    """One template of one account: which value stands in which field."""

    id: str
    fields: Mapping[str, str]
    longest: int = LONGEST_WORD  # of an SMS

    def fill(self, values: Values) -> dict[str, str]:
        """The fitted values by key; a value the event did not tell says 无.

        :raises FieldUnfit: a field cannot be filled, so the settings are wrong
        """
        return {key: fit_field(key, values.get(name, "")) for key, name in self.fields.items()}

    def words(self, values: Values) -> Iterator[str]:
        """The words of an SMS in order."""
        for name in self.fields.values():
            yield fit_field("thing", values.get(name, "")).removesuffix("…")[: self.longest]


def template_of(
    settings: Mapping[str, Mapping[str, Any]], kind: NotificationKind, channel: Channel
) -> Template | None:
    """The template of a kind on a channel, if the deployment has one."""
    found = settings.get(kind, {}).get(channel)
    if not isinstance(found, Mapping) or not found.get("id"):
        return None
    fields = dict(found.get("fields") or {})
    return Template(str(found["id"]), {str(key): str(name) for key, name in fields.items()})


def sms_template_of(
    settings: Mapping[str, Mapping[str, Any]], kind: NotificationKind
) -> Template | None:
    """The SMS template of a kind that deserves one."""
    found = settings.get(kind, {})
    if kind not in SMS_KINDS or not found.get("id"):
        return None
    words = {str(place): str(name) for place, name in enumerate(found.get("words") or [], 1)}
    return Template(str(found["id"]), words, int(found.get("longest") or LONGEST_WORD))


def subscribe_template_ids(settings: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What a client asks popups for: the subscribe template's id by kind."""
    found = {
        kind.value: template_of(settings, kind, Channel.SUBSCRIBE) for kind in NotificationKind
    }
    return {kind: template.id for kind, template in found.items() if template}
