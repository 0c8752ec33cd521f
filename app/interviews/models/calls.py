"""Tables of rings and of what belongs to a call."""

from enum import StrEnum

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EnumField, JsonField, UTCDateTimeField
from app.core.secrets import new_token
from app.employers.models import Recruiter
from app.fairs.models import Booth, Fair
from app.interviews.models.tickets import Desk, Interview
from app.students.models import Student


class Ring(BaseModel):
    """One ring, what came of it, and who was passed over by it. 呼叫

    ``passed_over`` names the tickets that stood before the rung one and why each could not be
    called: the fairness receipt is read from it. ``queued_at`` is the rung ticket's rank then.
    """

    class Outcome(StrEnum):
        RINGING = "ringing"  # 呼叫中
        ANSWERED = "answered"  # 已接听
        MISSED = "missed"  # 未接听
        PASSED = "passed"  # 暂不方便
        CANCELLED = "cancelled"  # 已取消
        LAPSED = "lapsed"  # 已失效
        UNANSWERED = "unanswered"  # 单位未接听, of a student's call
        TURNED_DOWN = "turned_down"  # 单位暂不方便, of a student's call

    class Because(StrEnum):
        """Why this ticket was the one to call."""

        ORDER = "order"  # 申请顺序
        SLOT = "slot"  # 预约时段
        ASSIGNED = "assigned"  # 指定席位
        FIRST_TIME = "first_time"  # 人人先面一次

    class PassedOver(StrEnum):
        """Why an earlier ticket was not called."""

        BUSY = "busy"  # 正在其他展位面试
        HOLD = "hold"  # 申请了稍候
        MISSED = "missed"  # 未接听, 尚未返回
        OFFLINE = "offline"  # 不在线
        SLOT = "slot"  # 预约时段优先
        ASSIGNED = "assigned"  # 已指定其他席位
        DESK = "desk"  # 该席位先面试指定给它的同学
        FIRST_TIME = "first_time"  # 人人先面一次

    fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE", index=False)
    booth = ForeignKeyField(Booth, backref="rings", on_delete="CASCADE", index=False)
    interview = ForeignKeyField(Interview, backref="rings", on_delete="CASCADE")
    student = ForeignKeyField(Student, backref="+", on_delete="CASCADE")
    desk = ForeignKeyField(Desk, null=True, backref="+", on_delete="SET NULL", index=False)
    called_by = EnumField(Interview.CalledBy, default=Interview.CalledBy.RECRUITER)
    because = EnumField(Because, default=Because.ORDER)
    outcome = EnumField(Outcome, default=Outcome.RINGING)
    queued_at = UTCDateTimeField()
    passed_over = JsonField(default=dict)  # {"busy": [ticket ids], "hold": […]}
    rung_at = UTCDateTimeField(default=now)
    answered_at = UTCDateTimeField(null=True)
    ended_at = UTCDateTimeField(null=True)  # the talk's, or of an unanswered ring
    concluded_at = UTCDateTimeField(null=True)  # the desk is free again

    class Meta:
        indexes = (
            SQL("CREATE INDEX ring_of_booth ON ring (booth_id, rung_at)"),
            SQL("CREATE INDEX ring_of_fair ON ring (fair_id, rung_at)"),
        )


class Overtake(BaseModel):
    """A ticket that a ring passed over: the way from a ticket to such rings. 被越过

    Why stands in the ring's ``passed_over``. Rows of their own because adding to a count on
    the ticket would make two desks of a booth wait for each other's tickets.
    """

    interview = ForeignKeyField(Interview, backref="overtakes", on_delete="CASCADE", index=False)
    ring = ForeignKeyField(Ring, backref="+", on_delete="CASCADE")

    class Meta:
        indexes = ((("interview", "ring"), True),)


class Guest(BaseModel):
    """A colleague who sits in on a call beside the interviewer. 协同面试官"""

    interview = ForeignKeyField(Interview, backref="guests", on_delete="CASCADE")
    recruiter = ForeignKeyField(Recruiter, backref="+", on_delete="CASCADE")
    invited_at = UTCDateTimeField(default=now)
    joined_at = UTCDateTimeField(null=True)
    left_at = UTCDateTimeField(null=True)

    class Meta:
        indexes = ((("interview", "recruiter"), True),)


class TalkMessage(BaseModel):
    """A line typed during a call, or a caption of what was said. 文字对话"""

    interview = ForeignKeyField(Interview, backref="talk", on_delete="CASCADE")
    account = ForeignKeyField(Account, backref="+", on_delete="CASCADE", index=False)
    side = CharField(max_length=12)  # student or recruiter
    is_caption = BooleanField(default=False)
    text = CharField(max_length=500)
    at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "talk_message"


class HandOver(BaseModel):
    """A code that moves a call from one device of a person to another, once. 换设备"""

    interview = ForeignKeyField(Interview, backref="+", on_delete="CASCADE")
    account = ForeignKeyField(Account, backref="+", on_delete="CASCADE", index=False)
    token = CharField(max_length=32, unique=True, default=lambda: new_token(24))
    expires_at = UTCDateTimeField()
    used_at = UTCDateTimeField(null=True)

    class Meta:
        table_name = "hand_over"


class Needs(BaseModel):
    """How a student needs an interview to be: the desk adapts, nobody hears why. 面试便利"""

    student = ForeignKeyField(Student, unique=True, backref="+", on_delete="CASCADE")
    captions = BooleanField(default=False)  # 字幕
    typed_talk = BooleanField(default=False)  # 文字交流
    large_type = BooleanField(default=False)  # 大字
    extra_minutes = IntegerField(default=0)  # 延长时间, 0 to 30; costs no place
    updated_at = UTCDateTimeField(default=now)


class Rating(BaseModel):
    """How one side found the call, and whether the other one turned up. 评价"""

    interview = ForeignKeyField(Interview, backref="ratings", on_delete="CASCADE")
    side = CharField(max_length=12)  # of whoever rates: student or recruiter
    account = ForeignKeyField(Account, backref="+", on_delete="CASCADE", index=False)
    stars = IntegerField()  # 1 to 5
    tags = JsonField(default=list)
    comment = CharField(max_length=300, default="")
    at = UTCDateTimeField(default=now)

    class Meta:
        indexes = ((("interview", "side"), True),)
