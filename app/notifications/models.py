"""Tables of the outbox, the deliveries and the subscription credits."""

from enum import StrEnum
from typing import Any

from peewee import SQL, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EnumField, JsonField, UTCDateTimeField
from app.core.lifecycle import transition


class NotificationKind(StrEnum):
    """What a person is told (G02)."""

    INTERVIEW_ACCEPTED = "interview_accepted"  # 面试申请已通过
    INTERVIEW_REJECTED = "interview_rejected"  # 面试申请未通过
    INTERVIEW_INVITED = "interview_invited"  # 面试邀请
    INTERVIEW_NUDGE = "interview_nudge"  # 叫号提醒
    INTERVIEW_MISSED = "interview_missed"  # 错过呼叫
    INTERVIEW_RESULT = "interview_result"  # 面试结果
    FAIR_NOTICE = "fair_notice"  # 双选会通知
    INVITATION_ANSWERED = "invitation_answered"  # 邀请回复
    INTERVIEW_RINGING = "interview_ringing"  # 正在呼叫
    INTERVIEW_READY = "interview_ready"  # 即将轮到
    BOOTH_NOTICE = "booth_notice"  # 展位通知: running late, a word to the line
    SECOND_ROUND = "second_round"  # 复试邀请
    ANSWERS_DUE = "answers_due"  # 申请待处理, to recruiters
    LINE_PAUSED = "line_paused"  # 暂停接受申请, to recruiters
    GUEST_INVITED = "guest_invited"  # 邀请协同面试, to a recruiter
    EMPLOYER_ADMITTED = "employer_admitted"  # 注册审核已通过
    EMPLOYER_RETURNED = "employer_returned"  # 注册资料被退回
    EMPLOYER_SUSPENDED = "employer_suspended"  # 单位已停用
    EMPLOYER_RESTORED = "employer_restored"  # 单位已恢复
    JOIN_ASKED = "join_asked"  # 申请加入单位, to its administrator
    MEMBERSHIP_ANSWERED = "membership_answered"  # 加入申请的结果
    ACCOUNT_SECURITY = "account_security"  # 账号安全提醒: the password was chosen anew
    SETTLEMENT_DECIDED = "settlement_decided"  # 入驻审核结果, to recruiters
    POSITION_REVIEWED = "position_reviewed"  # 岗位审核结果, to recruiters
    ENROLMENT_ANSWERED = "enrolment_answered"  # 参会报名进展, to recruiters


class Channel(StrEnum):
    """The ladder, in the order in which it is climbed down."""

    SUBSCRIBE = "subscribe"  # 小程序订阅消息
    SERVICE = "service"  # 服务号模板消息
    SMS = "sms"  # 短信
    MAIL = "mail"  # 邮件


class Notification(BaseModel):
    """One thing one person is told: the row is the outbox and the inbox. 通知

    ``next_attempt_at`` is when the sweep takes the row up: a pending row whose job was
    lost, a failed one after its back-off, a sending one whose worker died (the lease).
    An urgent row passes everybody else's and takes one step of its ladder at a time:
    ``only`` names the channels of the present step.
    """

    class Status(StrEnum):
        PENDING = "pending"  # 待发送
        SENDING = "sending"  # 发送中, leased by the worker that holds ``claim``
        FAILED = "failed"  # 待重试, or behind an older one of the same person
        SENT = "sent"  # 已发送
        EXHAUSTED = "exhausted"  # 无可用渠道, only the inbox has it

    account_id: int
    account = ForeignKeyField(Account, backref="notifications", on_delete="CASCADE", index=False)
    kind = EnumField(NotificationKind)
    params = JsonField(default=dict)
    page = CharField(max_length=255, default="")  # pages-interview/queue/queue?id=88
    subject = CharField(max_length=64, default="", index=True)  # "interview:42"
    fair_id = BigIntegerField(null=True)  # whose meter it counts on
    is_urgent = BooleanField(default=False)
    only = JsonField(default=list)  # channels it may use now; empty: all
    expires_at = UTCDateTimeField(null=True)  # of no use afterwards
    status = EnumField(Status, default=Status.PENDING)
    channel = EnumField(Channel, null=True)  # that took it
    tried = JsonField(default=list)  # channels that will not be tried again
    attempts = IntegerField(default=0)  # failed ones at the present channel
    claim = CharField(max_length=16, default="")
    next_attempt_at = UTCDateTimeField()
    message_id = CharField(max_length=255, default="")  # the channel's own id
    created_at = UTCDateTimeField(default=now)
    sent_at = UTCDateTimeField(null=True)
    read_at = UTCDateTimeField(null=True)

    take = transition(Status.PENDING, Status.FAILED, to=Status.SENDING)
    deliver = transition(Status.SENDING, to=Status.SENT)
    postpone = transition(Status.SENDING, to=Status.FAILED)
    give_up = transition(Status.SENDING, to=Status.EXHAUSTED)
    let_go = transition(Status.SENDING, to=Status.PENDING)
    requeue = transition(Status.PENDING, Status.FAILED, Status.SENDING, to=Status.PENDING)
    bounce = transition(Status.SENT, to=Status.PENDING)
    climb = transition(
        Status.PENDING, Status.SENDING, Status.FAILED, Status.SENT, Status.EXHAUSTED,
        to=Status.PENDING,
    )  # fmt: skip
    retry = transition(Status.FAILED, Status.EXHAUSTED, to=Status.PENDING)  # by staff


class DeliveryAttempt(BaseModel):
    """What one channel did with one notification."""

    class Outcome(StrEnum):
        SENT = "sent"  # 已发送
        REFUSED = "refused"  # 对方不可接收: not subscribed, not following, no such box
        FAILED = "failed"  # 暂时失败, tried again later
        MISCONFIGURED = "misconfigured"  # 配置有误: template, field, page or account
        BOUNCED = "bounced"  # 发送后未送达, as WeChat told later

    notification = ForeignKeyField(Notification, backref="deliveries", on_delete="CASCADE")
    channel = EnumField(Channel)
    outcome = EnumField(Outcome)
    code = CharField(max_length=32, default="")  # WeChat's errcode
    detail = CharField(max_length=200, default="")
    at = UTCDateTimeField(default=now, index=True)

    class Meta:
        table_name = "delivery_attempt"


class DeliveryTurn(BaseModel):
    """Whoever sends to a person holds the turn: never two sends to one person at once."""

    account = ForeignKeyField(Account, unique=True, backref="+", on_delete="CASCADE")
    claim = CharField(max_length=16)
    until = UTCDateTimeField()  # the lease of a worker that may have died

    class Meta:
        table_name = "delivery_turn"


class SubscriptionCredit(BaseModel):
    """How many subscribe messages of one template a person has agreed to and not yet got.

    ``hint`` is what the client last reported of a popup; only WeChat's push counts.
    """

    account_id: int
    account = ForeignKeyField(Account, backref="credits", on_delete="CASCADE", index=False)
    template_id = CharField(max_length=64)
    remaining = IntegerField(default=0)
    hint = CharField(max_length=16, default="")
    hinted_at = UTCDateTimeField(null=True)

    class Meta:
        table_name = "subscription_credit"
        indexes = ((("account", "template_id"), True),)


class CreditEvent(BaseModel):
    """Why a credit rose or fell; *key* keeps one cause from counting twice."""

    class Source(StrEnum):
        POPUP = "popup"  # 弹窗同意
        SWITCHED_OFF = "switched_off"  # 关闭通知
        SPENT = "spent"  # 发送消耗
        REFUSED = "refused"  # 微信回复未订阅 (43101)

    key = CharField(max_length=120, unique=True)
    account = ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    template_id = CharField(max_length=64)
    change = BigIntegerField()
    source = EnumField(Source)
    at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "credit_event"


Status = Notification.Status
UNDONE = (Status.PENDING, Status.SENDING, Status.FAILED)


def move_many(verb: str, rows: Any, **columns: Any) -> Any:
    """The UPDATE of *verb* over many rows that *rows* (a condition) names.

    The transition's own sources guard it. No audit rows: a notification's history
    is its delivery attempts.
    """
    move: transition = vars(Notification)[verb]
    changes = {"status": move.to} | columns
    return Notification.update(changes).where(rows & Notification.status.in_(move.sources))


def _undone(name: str, columns: str) -> None:
    among = ", ".join(f"'{status.value}'" for status in UNDONE)
    Notification.add_index(
        SQL(f"CREATE INDEX {name} ON notification ({columns}) WHERE status IN ({among})")
    )


_undone("notification_due", "next_attempt_at, id")
_undone("notification_line", "account_id, id")
Notification.add_index(
    SQL("CREATE INDEX notification_pending ON notification (id) WHERE status = 'pending'")
)
Notification.add_index(SQL("CREATE INDEX notification_inbox ON notification (account_id, id)"))
Notification.add_index(
    SQL("CREATE INDEX notification_unread ON notification (account_id) WHERE read_at IS NULL")
)
Notification.add_index(
    SQL("CREATE INDEX notification_message ON notification (message_id) WHERE message_id <> ''")
)
Notification.add_index(
    SQL("CREATE INDEX notification_claim ON notification (claim) WHERE claim <> ''")
)
Notification.add_index(
    SQL(
        "CREATE INDEX notification_urgent ON notification (id)"
        " WHERE is_urgent AND status = 'pending'"
    )
)
Notification.add_index(
    SQL("CREATE INDEX notification_fair ON notification (fair_id) WHERE fair_id IS NOT NULL")
)
