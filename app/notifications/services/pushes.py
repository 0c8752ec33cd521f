"""What WeChat tells us of subscriptions, followers and deliveries (message push)."""

import logging
from collections.abc import Callable, Mapping

from app.accounts.models import WeChatIdentity
from app.config import current
from app.core.database import atomic
from app.core.prepared import Prepared, bind
from app.integrations.wechat import PushMessage
from app.notifications import jobs, ledger
from app.notifications.templates import subscribe_template_ids

log = logging.getLogger(__name__)

_WHOSE = Prepared(
    lambda: (
        WeChatIdentity.select(WeChatIdentity.account)
        .where((WeChatIdentity.appid == bind("appid")) & (WeChatIdentity.openid == bind("openid")))
        .tuples()
    )
)
# WeChat's failure event may overtake our own record of the send it is about.
BOUNCE_DELAY_SECONDS = 5


def take_push(message: PushMessage) -> None:
    """Act on one push; what does not concern us is left alone. Safe to run twice."""
    act = ACTS.get(message.event)
    if act is not None:
        act(message)


def remember_popup(account_id: int, results: Mapping[str, str]) -> None:
    """Keep what the client saw of a popup, as a hint: WeChat's push is what counts."""
    ours = set(subscribe_template_ids(current().wechat_templates).values())
    known = {template_id: result for template_id, result in results.items() if template_id in ours}
    with atomic():
        ledger.hint(account_id, known)


def _count_popups(message: PushMessage) -> None:
    """Every accepted template of the popup is one credit."""
    account_id = _account_of(message.openid)
    if account_id is None:
        return
    with atomic():
        accepted = {
            f"{message.key}:{place}": template_id
            for place, template_id, status in _rows(message)
            if status == "accept"
        }
        ledger.add(account_id, accepted)


def _count_changes(message: PushMessage) -> None:
    """A template that was switched off in WeChat's settings has no credit left."""
    account_id = _account_of(message.openid)
    if account_id is None:
        return
    with atomic():
        for place, template_id, status in _rows(message):
            if status == "reject":
                ledger.cancel(account_id, template_id, key=f"{message.key}:{place}")


def _note_sent(message: PushMessage) -> None:
    """WeChat took the message and could not bring it: the next channel's turn."""
    for row in message.rows:
        code = str(row.get("ErrorCode", "0"))
        if code != "0" and row.get("MsgID"):
            _bounce(str(row["MsgID"]), code, str(row.get("ErrorStatus", "")))


def _note_template_sent(message: PushMessage) -> None:
    """The service account's report: success, or failed: user block | system failed."""
    status = str(message.content.get("Status", ""))
    message_id = message.content.get("MsgID") or message.content.get("MsgId")
    if message_id and status != "success":
        _bounce(str(message_id), "", status)


def _bounce(message_id: str, code: str, detail: str) -> None:
    jobs.bounce.enqueue(message_id, code, detail[:200], delay_seconds=BOUNCE_DELAY_SECONDS)


def _learn_follower(message: PushMessage) -> None:
    """Somebody follows the service account: whose openid is it?"""
    jobs.learn_follower.enqueue(message.openid)


def _forget_follower(message: PushMessage) -> None:
    """Somebody has left the service account: no message reaches them there."""
    with atomic():
        WeChatIdentity.update(is_following=False).where(
            (WeChatIdentity.appid == current().wechat_service.appid)
            & (WeChatIdentity.openid == message.openid)
        ).execute()


def _rows(message: PushMessage) -> list[tuple[int, str, str]]:
    """Place in the event, template and answer; in the order in which the ledger is locked."""
    rows = [
        (place, str(row.get("TemplateId", "")), str(row.get("SubscribeStatusString", "")))
        for place, row in enumerate(message.rows)
    ]
    return sorted((row for row in rows if 0 < len(row[1]) <= 64), key=lambda row: row[1])


def _account_of(openid: str) -> int | None:
    found = _WHOSE.first(appid=current().wechat_mini.appid, openid=openid)
    if found is None:
        log.info("a push about a person who never logged in")
        return None
    return found[0]


ACTS: dict[str, Callable[[PushMessage], None]] = {
    "subscribe_msg_popup_event": _count_popups,
    "subscribe_msg_change_event": _count_changes,
    "subscribe_msg_sent_event": _note_sent,
    "TEMPLATESENDJOBFINISH": _note_template_sent,
    "subscribe": _learn_follower,
    "unsubscribe": _forget_follower,
}
