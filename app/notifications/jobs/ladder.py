"""The ladder: which channel takes a notification, and what follows when one does not.

Nothing here asks the database: sends run in threads, the job's own thread writes.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

from app.core import clock
from app.core.errors import DomainError, UpstreamFailed
from app.integrations.mail import MailAddressRefused
from app.integrations.sms import PhoneRefused, SmsMisconfigured, SmsRefused
from app.integrations.wechat import (
    NotFollowing,
    NotSubscribed,
    ReceiverBusy,
    ReceiverUnknown,
    WeChatMisconfigured,
)
from app.notifications.jobs.channels import Channels
from app.notifications.jobs.letters import Fate, Letter, Receiver, Trace
from app.notifications.models import Channel, DeliveryAttempt, Status

log = logging.getLogger(__name__)

BACKOFF_SECONDS = (5, 30, 120, 600)  # after these the next channel's turn comes
URGENT_BACKOFF_SECONDS = 2  # at the last channel of an urgent letter's step
URGENT_TRIES = 3
REFUSALS = (
    *(NotSubscribed, NotFollowing, ReceiverUnknown),
    *(SmsRefused, PhoneRefused, MailAddressRefused),
)
MISCONFIGURED = (WeChatMisconfigured, SmsMisconfigured)
Outcome = DeliveryAttempt.Outcome


class Ladder:
    """Subscribe message, service-account message, SMS, mail; then only the inbox."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels

    def send(self, letter: Letter, receiver: Receiver) -> Fate:
        """Try the channels that are left, one after the other, until one takes the letter."""
        fate = Fate(letter, tried=list(letter.tried), attempts=letter.attempts)
        left = [] if _is_late(letter) else list(self._left(letter, receiver))
        for place, channel in enumerate(left):
            try:
                fate.message_id = self._channels.send(channel, letter, receiver, fate)
            except (UpstreamFailed, ReceiverBusy) as fault:
                is_last = place == len(left) - 1
                if self._tries_again_later(channel, fault, fate, is_last=is_last):
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
        if letter.channel is not None:  # an earlier step had arrived
            fate.moves_to, fate.channel = Status.SENT, letter.channel
            fate.message_id = letter.message_id
        return fate

    def _left(self, letter: Letter, receiver: Receiver) -> Iterator[Channel]:
        for channel in Channel:
            if channel not in letter.tried and self._channels.reaches(channel, letter, receiver):
                yield channel

    def _tries_again_later(
        self, channel: Channel, fault: DomainError, fate: Fate, *, is_last: bool
    ) -> bool:
        """Whether the channel deserves another try; its back-off is set then."""
        if isinstance(fault, MISCONFIGURED):
            self._leave(channel, Outcome.MISCONFIGURED, fault, fate)
            return False
        if fate.letter.is_urgent:
            is_worth_it = is_last and fate.attempts < URGENT_TRIES
            seconds = URGENT_BACKOFF_SECONDS
        else:
            is_worth_it = fate.attempts < len(BACKOFF_SECONDS)
            seconds = BACKOFF_SECONDS[fate.attempts] if is_worth_it else 0
        if not is_worth_it:
            self._leave(channel, Outcome.FAILED, fault, fate)
            return False
        fate.traces.append(_trace(channel, Outcome.FAILED, fault))
        fate.attempts += 1
        fate.moves_to = Status.FAILED
        fate.next_attempt_at = clock.now() + timedelta(seconds=seconds)
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


def _is_late(letter: Letter) -> bool:
    return letter.expires_at is not None and letter.expires_at <= clock.now()


def _trace(channel: Channel, outcome: DeliveryAttempt.Outcome, fault: Exception) -> Trace:
    if not isinstance(fault, DomainError):
        return Trace(channel, outcome, detail=type(fault).__name__)
    code = str(fault.extensions.get("errcode", ""))
    return Trace(channel, outcome, code, (fault.detail or fault.title)[:200])
