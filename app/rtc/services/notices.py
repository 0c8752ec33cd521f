"""Webhooks of media providers: kept as corroboration, once each."""

from collections.abc import Mapping

from app.config import current
from app.core.database import atomic
from app.rtc.models import ProviderName, RtcEvent
from app.rtc.providers import provider_of


def record_notice(provider: ProviderName, headers: Mapping[str, str], raw: bytes) -> bool:
    """Keep one webhook; answers False for a notice that was delivered before.

    :raises NoticeForged: the signature does not prove these bytes
    :raises NoticeUnreadable: signed, but not what the provider documents
    """
    notice = provider_of(provider, current()).read_notice(headers, raw)
    with atomic():
        added = (
            RtcEvent.insert(
                notice_id=notice.notice_id,
                provider=provider,
                room_name=notice.room_name,
                event_type=notice.event_type,
                side=notice.side,
                sequence=notice.sequence,
                reported_at=notice.reported_at,
                payload=notice.payload,
            )
            .on_conflict_ignore()
            .as_rowcount()
            .execute()
        )
    return bool(added)
