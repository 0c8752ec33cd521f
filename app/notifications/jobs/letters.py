"""Letters and their receivers as the sending threads know them: nothing asks the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.notifications.ledger import Spending
from app.notifications.models import Channel, DeliveryAttempt, NotificationKind, Status


@dataclass
class Receiver:
    """Where one person can be reached; credits and SMS are counted down while sending."""

    account_id: int
    mini_openid: str = ""
    service_openid: str = ""
    email: str = ""
    phone: str = ""
    sms_left: int = 0  # of today's
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
    is_urgent: bool = False
    only: tuple[Channel, ...] = ()  # empty: all channels
    expires_at: datetime | None = None
    channel: Channel | None = None  # that took an earlier step of an urgent one
    message_id: str = ""


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
