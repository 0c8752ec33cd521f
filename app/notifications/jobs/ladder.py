"""The ladder: which channel takes a notification, and what follows when one does not.

Nothing here asks the database: sends run in threads, the job's own thread writes.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.core import clock
from app.core.errors import DomainError, UpstreamFailed
from app.integrations.mail import MailAddressRefused, Mailer
from app.integrations.wechat import (
    NotFollowing,
    NotSubscribed,
    ReceiverBusy,
    ReceiverUnknown,
    WeChat,
    WeChatMisconfigured,
    fit_field,
)
from app.notifications.ledger import Spending
from app.notifications.models import (
    Channel,
    CreditEvent,
    DeliveryAttempt,
    NotificationKind,
    Status,
)
from app.notifications.templates import template_of
from app.notifications.texts import render, values

log = logging.getLogger(__name__)

BACKOFF_SECONDS = (5, 30, 120, 600)  # after these the next channel's turn comes
REFUSALS = (NotSubscribed, NotFollowing, ReceiverUnknown, MailAddressRefused)
Outcome = DeliveryAttempt.Outcome


@dataclass
class Receiver:
    """Where one person can be reached; credits are counted down while sending."""

    account_id: int
    mini_openid: str = ""
    service_openid: str = ""
    email: str = ""
    credits: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Letter:
    """One notification as a thread needs it."""

    id: int
    kind: NotificationKind
    params: Mapping[str, Any]
    page: str
    created_at: datetime
    tried: tuple[Channel, ...]
    attempts: int


@dataclass(frozen=True)
class Trace:
    """What one channel did, for the record of attempts."""

    channel: Channel
    outcome: DeliveryAttempt.Outcome
    code: str = ""
    detail: str = ""


@dataclass
class Fate:
    """What became of a letter."""

    letter: Letter
    moves_to: Status = Status.EXHAUSTED
    channel: Channel | None = None
    message_id: str = ""
    tried: list[Channel] = field(default_factory=list)
    attempts: int = 0
    next_attempt_at: datetime | None = None
    traces: list[Trace] = field(default_factory=list)
    spendings: list[Spending] = field(default_factory=list)


class Ladder:
    """Subscribe message, then service-account message, then mail; then only the inbox."""

    def __init__(
        self, wechat: WeChat, mailer: Mailer, templates: Mapping[str, Any], public_url: str
    ) -> None:
        self._wechat = wechat
        self._mailer = mailer
        self._templates = templates
        self._public_url = public_url
        self._senders: dict[Channel, Callable[[Letter, Receiver, Fate], str]] = {
            Channel.SUBSCRIBE: self._send_subscribe,
            Channel.SERVICE: self._send_service,
            Channel.MAIL: self._send_mail,
        }

    @property
    def uses_mail(self) -> bool:
        """Whether mail is a channel here."""
        return self._mailer.is_available

    def send(self, letter: Letter, receiver: Receiver) -> Fate:
        """Try the channels that are left, one after the other, until one takes the letter."""
        fate = Fate(letter, tried=list(letter.tried), attempts=letter.attempts)
        for channel in self._channels(letter, receiver):
            try:
                fate.message_id = self._senders[channel](letter, receiver, fate)
            except (UpstreamFailed, ReceiverBusy) as fault:
                if self._tries_again_later(channel, fault, fate):
                    return fate
            except DomainError as fault:
                outcome = Outcome.REFUSED if isinstance(fault, REFUSALS) else Outcome.MISCONFIGURED
                self._leave(channel, outcome, fault, fate)
            except Exception as fault:
                log.exception("notification %s: %s broke", letter.id, channel)
                self._leave(channel, Outcome.FAILED, fault, fate)
            else:
                fate.moves_to, fate.channel = Status.SENT, channel
                fate.traces.append(Trace(channel, Outcome.SENT))
                return fate
        return fate

    def _channels(self, letter: Letter, receiver: Receiver) -> Iterator[Channel]:
        """Those that can reach this person; a credit spent by an earlier letter is gone."""
        for channel in Channel:
            if channel in letter.tried:
                continue
            if channel is Channel.MAIL:
                if receiver.email and self.uses_mail:
                    yield channel
                continue
            openid = (
                receiver.mini_openid if channel is Channel.SUBSCRIBE else receiver.service_openid
            )
            template = template_of(self._templates, letter.kind, channel)
            if not openid or template is None:
                continue
            if channel is Channel.SERVICE or receiver.credits.get(template.id, 0) > 0:
                yield channel

    def _send_subscribe(self, letter: Letter, receiver: Receiver, fate: Fate) -> str:
        template = template_of(self._templates, letter.kind, Channel.SUBSCRIBE)
        assert template is not None, "only a channel with a template is tried"
        seen = receiver.credits[template.id]
        try:
            message_id = self._wechat.send_subscribe(
                receiver.mini_openid,
                template.id,
                fields=template.fill(values(letter.kind, letter.params, letter.created_at)),
                page=letter.page,
            )
        except NotSubscribed:
            receiver.credits[template.id] = 0
            fate.spendings.append(self._spending(letter, receiver, template.id, seen))
            raise
        receiver.credits[template.id] = seen - 1
        fate.spendings.append(self._spending(letter, receiver, template.id, 0))
        return message_id

    @staticmethod
    def _spending(letter: Letter, receiver: Receiver, template_id: str, refused: int) -> Spending:
        source = CreditEvent.Source.REFUSED if refused else CreditEvent.Source.SPENT
        key = f"{source}:{letter.id}:{letter.attempts}"
        return Spending(receiver.account_id, template_id, refused or 1, source, key)

    def _send_service(self, letter: Letter, receiver: Receiver, _fate: Fate) -> str:
        template = template_of(self._templates, letter.kind, Channel.SERVICE)
        assert template is not None, "only a channel with a template is tried"
        return self._wechat.send_template(
            receiver.service_openid,
            template.id,
            fields=template.fill(values(letter.kind, letter.params, letter.created_at)),
            client_msg_id=f"shuangxuan-{letter.id}",
            mini_page=letter.page,
            url=self._link(letter),
        )

    def _send_mail(self, letter: Letter, receiver: Receiver, _fate: Fate) -> str:
        title, body = render(letter.kind, letter.params)
        moment = fit_field("time", letter.created_at)
        text = f"{body}\n\n{moment}\n{self._link(letter)}\n\n本邮件由双选会平台自动发送，请勿回复。"
        return self._mailer.send(receiver.email, f"【双选会】{title}", text)

    def _link(self, letter: Letter) -> str:
        """The page's twin in the browser."""
        return f"{self._public_url}/m/{letter.page}"

    def _tries_again_later(self, channel: Channel, fault: DomainError, fate: Fate) -> bool:
        """Whether the channel deserves another try; its back-off is set then."""
        if isinstance(fault, WeChatMisconfigured):
            self._leave(channel, Outcome.MISCONFIGURED, fault, fate)
            return False
        if fate.attempts >= len(BACKOFF_SECONDS):
            self._leave(channel, Outcome.FAILED, fault, fate)
            return False
        pause = timedelta(seconds=BACKOFF_SECONDS[fate.attempts])
        fate.traces.append(_trace(channel, Outcome.FAILED, fault))
        fate.attempts += 1
        fate.moves_to, fate.next_attempt_at = Status.FAILED, clock.now() + pause
        return True

    @staticmethod
    def _leave(
        channel: Channel, outcome: DeliveryAttempt.Outcome, fault: Exception, fate: Fate
    ) -> None:
        """This channel will not be tried again for this letter; the next starts afresh."""
        if outcome is Outcome.MISCONFIGURED:
            log.error("notification %s: %s: %s", fate.letter.id, channel, fault)
        fate.traces.append(_trace(channel, outcome, fault))
        fate.tried.append(channel)
        fate.attempts = 0


def _trace(channel: Channel, outcome: DeliveryAttempt.Outcome, fault: Exception) -> Trace:
    if not isinstance(fault, DomainError):
        return Trace(channel, outcome, detail=type(fault).__name__)
    code = str(fault.extensions.get("errcode", ""))
    return Trace(channel, outcome, code, (fault.detail or fault.title)[:200])
