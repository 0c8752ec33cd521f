"""Tables of video rooms."""

import secrets
import time
from enum import StrEnum

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EnumField, JsonField, UTCDateTimeField
from app.core.lifecycle import transition

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Side(StrEnum):
    """The two chairs of an interview."""

    STUDENT = "student"
    RECRUITER = "recruiter"

    @property
    def other(self) -> "Side":
        return Side.RECRUITER if self is Side.STUDENT else Side.STUDENT


class ProviderName(StrEnum):
    """Who carries the media."""

    WEBRTC = "webrtc"  # 浏览器直连（内置）
    AGORA = "agora"  # 声网


def new_room_name() -> str:
    """``iv_`` and 26 characters that sort by time; fits Agora's channel names."""
    number = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
    return "iv_" + "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


class Room(BaseModel):
    """One call between a student and a recruiter. 视频房间

    The provider is chosen when the room opens and never changes during the call.
    """

    class Status(StrEnum):
        OPEN = "open"  # 通话中
        CLOSED = "closed"  # 已关闭

    name = CharField(max_length=32, unique=True, default=new_room_name)
    subject = CharField(max_length=64, index=True)  # "interview:42"
    student_account_id: int
    recruiter_account_id: int
    student_account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT")
    recruiter_account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT")
    provider = EnumField(ProviderName)
    status = EnumField(Status, default=Status.OPEN)
    talk_ms = BigIntegerField(default=0)  # both sides had media, by the server's clock
    opened_at = UTCDateTimeField(default=now)
    closed_at = UTCDateTimeField(null=True)

    close = transition(Status.OPEN, to=Status.CLOSED, stamp="closed_at")

    @property
    def is_open(self) -> bool:
        return self.status == Room.Status.OPEN

    def side_of(self, account_id: int) -> Side | None:
        """Which chair the account has; None for everybody else."""
        if account_id == self.student_account_id:
            return Side.STUDENT
        return Side.RECRUITER if account_id == self.recruiter_account_id else None

    def account_of(self, side: Side) -> int:
        """Who sits on that chair."""
        return self.student_account_id if side is Side.STUDENT else self.recruiter_account_id


class RtcEvent(BaseModel):
    """What the media provider reported: corroborates the talk clock, never sets it."""

    notice_id = CharField(max_length=128, unique=True)  # providers deliver twice
    provider = EnumField(ProviderName)
    room_name = CharField(max_length=64, index=True)
    event_type = IntegerField()  # Agora's number: 103/107 joined, 104/108 left
    side = EnumField(Side, null=True)
    sequence = BigIntegerField(default=0)  # notices arrive in any order
    reported_at = UTCDateTimeField(null=True)
    received_at = UTCDateTimeField(default=now)
    payload = JsonField()

    class Meta:
        table_name = "rtc_event"
