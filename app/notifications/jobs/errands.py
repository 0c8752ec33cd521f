"""What the sending threads are given: each person's addresses and letters, read at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from peewee import fn

from app.accounts.models import Account, WeChatIdentity
from app.config import current
from app.core import clock
from app.notifications import ledger
from app.notifications.jobs.channels import Channels
from app.notifications.jobs.letters import Letter, Receiver
from app.notifications.models import Channel, DeliveryAttempt, Notification


@dataclass(frozen=True)
class Errand:
    """One person and what is to be sent to them, the oldest first."""

    receiver: Receiver
    letters: tuple[Letter, ...]


def our_channels() -> Channels:
    """The channels of the running app."""
    services = current_app.extensions
    return Channels(
        current(), wechat=services["wechat"], sms=services["sms"], mailer=services["mail"]
    )


def errands_of(post: Mapping[int, Sequence[Notification]], channels: Channels) -> list[Errand]:
    """Everybody in *post* who has letters, with what the channels need to know of them."""
    letters = {account_id: tuple(map(_letter, rows)) for account_id, rows in post.items() if rows}
    receivers = {account_id: Receiver(account_id) for account_id in letters}
    _add_identities(receivers)
    if channels.uses_mail:
        _add_addresses(receivers)
    may_sms = [one for one, own in letters.items() if any(map(channels.may_use_sms, own))]
    if may_sms:
        _add_phones(receivers, may_sms)
    for (account_id, template_id), left in ledger.credits_of(letters).items():
        receivers[account_id].credits[template_id] = left
    return [Errand(receivers[account_id], own) for account_id, own in letters.items()]


def _add_identities(receivers: dict[int, Receiver]) -> None:
    """Openids at our two accounts; who is known to have left the service account has none."""
    mini, service = current().wechat_mini.appid, current().wechat_service.appid
    row = WeChatIdentity
    theirs = row.select(row.account, row.appid, row.openid, row.is_following).where(
        row.account.in_(list(receivers))
    )
    for account_id, appid, openid, is_following in theirs.order_by(row.id).tuples():
        if appid == mini:
            receivers[account_id].mini_openid = openid
        elif appid == service and is_following is not False:
            receivers[account_id].service_openid = openid


def _add_addresses(receivers: dict[int, Receiver]) -> None:
    addresses = Account.select(Account.id, Account.email).where(Account.id.in_(list(receivers)))
    for account_id, email in addresses.tuples():
        receivers[account_id].email = email or ""


def _add_phones(receivers: dict[int, Receiver], account_ids: Collection[int]) -> None:
    """Numbers, and how many SMS each may still get today."""
    used = sms_today(account_ids)
    for account_id, number in current_app.extensions["phonebook"](account_ids).items():
        receivers[account_id].phone = number
        receivers[account_id].sms_left = current().sms.per_day - used.get(account_id, 0)


def sms_today(account_ids: Collection[int]) -> dict[int, int]:
    """How many SMS each was sent since midnight here."""
    now = clock.now()
    local = clock.local(now)
    midnight = now - timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    attempt = DeliveryAttempt
    rows = (
        Notification.select(Notification.account, fn.COUNT(attempt.id))
        .join(attempt)
        .where(
            Notification.account.in_(list(account_ids))
            & (attempt.channel == Channel.SMS)
            & (attempt.outcome == attempt.Outcome.SENT)
            & (attempt.at >= midnight)
        )
        .group_by(Notification.account)
    )
    used: dict[int, int] = {}
    for account_id, sent in rows.tuples():
        used[account_id] = sent
    return used


def _letter(row: Notification) -> Letter:
    return Letter(
        row.id,
        row.kind,
        row.params,
        row.page,
        row.created_at,
        tuple(Channel(channel) for channel in row.tried),
        row.attempts,
        is_urgent=row.is_urgent,
        only=tuple(Channel(channel) for channel in row.only),
        expires_at=row.expires_at,
        channel=row.channel,
        message_id=row.message_id,
    )
