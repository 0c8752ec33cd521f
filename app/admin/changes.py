"""What an entry of the audit trail changed, in words."""

from datetime import datetime

from app.admin.status_words import STATUS_WORDS
from app.admin.words import FIELD_WORDS
from app.core.audit import AuditEntry
from app.core.clock import local
from app.schools.models import Duty


def changes_of(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """What an entry changed: field, before, after, in words."""
    before, after = entry.before or {}, entry.after or {}
    names = dict.fromkeys([*before, *after])
    return [
        (FIELD_WORDS.get(n, n), _plain(n, before.get(n), entry), _plain(n, after.get(n), entry))
        for n in names
    ]


def _plain(name: str, value: object, entry: AuditEntry) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(item) for item in value) or "无"
    text = str(value)
    if name.endswith(("_at", "_opens", "_closes")) and "T" in text:
        return local(datetime.fromisoformat(text)).strftime("%Y-%m-%d %H:%M")
    if name == "duty":
        return STATUS_WORDS[Duty].get(text, (text, ""))[0]
    if name not in ("status", "role", "kind", "level", "mode"):
        return text
    kind = entry.subject.partition(":")[0].replace("_", "")
    for words in STATUS_WORDS.items():
        if words[0].__qualname__.split(".")[0].lower() == kind and text in words[1]:
            return words[1][text][0]
    return text
