"""Tables of interviews and desks, and the lifecycle of a ticket (SM7)."""

from enum import StrEnum

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    CharField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from app.core.clock import now
from app.core.database import BaseModel, EnumField, UTCDateTimeField
from app.core.lifecycle import transition
from app.employers.models import Recruiter
from app.fairs.models import Booth, Fair
from app.positions.models import Position
from app.students.models import Student


class Desk(BaseModel):
    """One interviewer at a booth, one call at a time. 席位"""

    booth = ForeignKeyField(Booth, backref="desks", on_delete="CASCADE")
    recruiter = ForeignKeyField(Recruiter, backref="desks", on_delete="CASCADE")
    label = CharField(max_length=40)
    created_at = UTCDateTimeField(default=now)

    class Meta:
        indexes = ((("booth", "recruiter"), True),)


class Interview(BaseModel):
    """One student's place in one booth's queue, and the call it leads to. 面试"""

    class Status(StrEnum):
        PENDING = "pending"  # 待处理
        DISMISSED = "dismissed"  # 拒绝待送达, can be taken back; the student still sees 待处理
        INVITED = "invited"  # 已邀约
        WAITING = "waiting"  # 待面试
        HELD = "held"  # 位置保留: missed a ring, or asked to (``held_until``)
        RINGING = "ringing"  # 呼叫中
        IN_CALL = "in_call"  # 面试中
        CONCLUDING = "concluding"  # 待填结果
        FINISHED = "finished"  # 已结束
        REJECTED = "rejected"  # 已拒绝, final at this fair (E05)
        DECLINED = "declined"  # 已谢绝
        LAPSED = "lapsed"  # 已失效
        WITHDRAWN = "withdrawn"  # 已退出

    class Origin(StrEnum):
        APPLICATION = "application"  # 学生申请
        INVITATION = "invitation"  # 单位邀约

    class Verdict(StrEnum):
        PASS = "pass"  # 合适  # noqa: S105
        FAIL = "fail"  # 不合适
        HOLD = "hold"  # 待定

    class Mode(StrEnum):
        VIDEO = "video"  # 视频
        AUDIO = "audio"  # 语音
        TEXT = "text"  # 文字

    class CalledBy(StrEnum):
        """Whose call the ring is: the other side answers it."""

        RECRUITER = "recruiter"  # 单位呼叫
        STUDENT = "student"  # 学生自主发起

    starts = (Status.PENDING, Status.INVITED)  # applied, or invited
    told_as = {Status.DISMISSED: Status.PENDING}

    fair = ForeignKeyField(Fair, backref="interviews", on_delete="CASCADE")
    booth = ForeignKeyField(Booth, backref="interviews", on_delete="CASCADE")
    student = ForeignKeyField(Student, backref="interviews", on_delete="CASCADE")
    position = ForeignKeyField(Position, null=True, on_delete="SET NULL")
    origin = EnumField(Origin, default=Origin.APPLICATION)
    status = EnumField(Status, default=Status.PENDING)
    queued_at = UTCDateTimeField(default=now)  # the order of the queue (E04)
    desk = ForeignKeyField(Desk, null=True, backref="interviews", on_delete="SET NULL")
    message = CharField(max_length=200, default="")  # of an invitation
    reason = CharField(max_length=200, default="")  # of a rejection
    misses = IntegerField(default=0)
    nudged_at = UTCDateTimeField(null=True)
    rung_at = UTCDateTimeField(null=True)
    answered_at = UTCDateTimeField(null=True)
    ended_at = UTCDateTimeField(null=True)
    talk_seconds = IntegerField(default=0)
    notes = TextField(default="")
    verdict = EnumField(Verdict, null=True)
    remark = CharField(max_length=1000, default="")
    concluded_at = UTCDateTimeField(null=True)  # its result: of the talk, or a delivered rejection
    room = CharField(max_length=64, default="")
    created_at = UTCDateTimeField(default=now)
    decided_by = BigIntegerField(null=True)  # recruiter account that accepted or rejected
    decided_at = UTCDateTimeField(null=True)
    reason_code = CharField(max_length=24, default="")  # of a rejection, for the student
    readmitted_at = UTCDateTimeField(null=True)  # staff overrode a rejection, once
    round = IntegerField(default=1)  # 第几轮
    slot_at = UTCDateTimeField(null=True)  # a guaranteed slot: first to be called from then on
    only_desk = ForeignKeyField(Desk, null=True, backref="+", on_delete="SET NULL")  # 指定席位
    held_until = UTCDateTimeField(null=True)  # a hold the student asked for; null: missed a ring
    hold_used = BooleanField(default=False)
    ready_told_at = UTCDateTimeField(null=True)  # "you are third: get ready"
    turn_at = UTCDateTimeField(null=True)  # when it was first rung or passed over: its turn came
    ring_seen_at = UTCDateTimeField(null=True)  # the student's page showed the present ring
    ring_step = IntegerField(default=0)  # how far the present ring has climbed its ladder
    extended_at = UTCDateTimeField(null=True)  # the one extension of the time box
    mode = EnumField(Mode, default=Mode.VIDEO)
    called_by = EnumField(CalledBy, default=CalledBy.RECRUITER)  # the present or the last ring

    accept = transition(Status.PENDING, to=Status.WAITING, stamp="decided_at")
    dismiss = transition(Status.PENDING, to=Status.DISMISSED, stamp="decided_at")
    take_back = transition(Status.DISMISSED, to=Status.PENDING)
    reject = transition(Status.DISMISSED, to=Status.REJECTED, stamp="concluded_at")
    readmit = transition(Status.REJECTED, to=Status.PENDING, stamp="readmitted_at")
    agree = transition(Status.INVITED, to=Status.WAITING, stamp="queued_at")
    decline = transition(Status.INVITED, to=Status.DECLINED)
    ring = transition(Status.WAITING, to=Status.RINGING, stamp="rung_at")
    answer = transition(Status.RINGING, to=Status.IN_CALL, stamp="answered_at")
    miss = transition(Status.RINGING, to=Status.HELD)
    cancel_ring = transition(Status.RINGING, to=Status.WAITING)
    start = transition(Status.WAITING, to=Status.RINGING, stamp="rung_at")  # 自主发起
    cancel_start = transition(Status.RINGING, to=Status.WAITING)
    turn_down = transition(Status.RINGING, to=Status.WAITING)  # by the recruiter who was called
    ring_out = transition(Status.RINGING, to=Status.WAITING)  # nobody at the desk answered
    hold = transition(Status.WAITING, to=Status.HELD)
    come_back = transition(Status.HELD, to=Status.WAITING)
    hang_up = transition(Status.IN_CALL, to=Status.CONCLUDING, stamp="ended_at")
    conclude = transition(Status.CONCLUDING, to=Status.FINISHED, stamp="concluded_at")
    close_unjudged = transition(Status.CONCLUDING, to=Status.FINISHED, stamp="concluded_at")
    withdraw = transition(Status.PENDING, Status.WAITING, Status.HELD, to=Status.WITHDRAWN)
    lapse = transition(
        Status.PENDING, Status.DISMISSED, Status.INVITED, Status.WAITING, Status.HELD,
        Status.RINGING,
        to=Status.LAPSED,
    )  # fmt: skip


Status = Interview.Status
CalledBy = Interview.CalledBy
IN_LINE = (Status.WAITING, Status.HELD)
ON_CALL = (Status.RINGING, Status.IN_CALL)
DESK_TAKEN = (Status.RINGING, Status.IN_CALL, Status.CONCLUDING)
UNDECIDED = (Status.PENDING, Status.DISMISSED)  # to its student both are 待处理
LIVE = (*UNDECIDED, Status.INVITED, *IN_LINE, *DESK_TAKEN)
OPEN_FOR_LAPSE = (*UNDECIDED, Status.INVITED, *IN_LINE, Status.RINGING)


def _among(*statuses: Interview.Status) -> SQL:
    return SQL("status IN (" + ", ".join(f"'{status.value}'" for status in statuses) + ")")


def _partial(name: str, columns: str, *statuses: Interview.Status) -> None:
    unique = f"CREATE UNIQUE INDEX {name} ON interview ({columns}) WHERE "
    Interview.add_index(SQL(unique + _among(*statuses).sql))


# What must never be true, refused by the database itself.
_partial("one_ticket_per_booth", "student_id, booth_id", *LIVE, Status.REJECTED)
_partial("one_call_per_student", "student_id", *ON_CALL)
_partial("one_call_per_desk", "desk_id", *DESK_TAKEN)
Interview.add_index(
    SQL("CREATE INDEX interview_line ON interview (booth_id, status, queued_at, id)")
)
Interview.add_index(SQL("CREATE INDEX interview_mine ON interview (student_id, fair_id, status)"))
Interview.add_index(
    SQL("CREATE INDEX interview_rings ON interview (rung_at) WHERE status = 'ringing'")
)
Interview.add_index(
    SQL("CREATE INDEX interview_undo ON interview (decided_at) WHERE status = 'dismissed'")
)
Interview.add_index(
    SQL("CREATE INDEX interview_holds ON interview (held_until) WHERE status = 'held'")
)
# Whom a desk may call before its turn by application; few, however long the line.
Interview.add_index(
    SQL(
        "CREATE INDEX interview_before_order ON interview (booth_id, status)"
        " WHERE slot_at IS NOT NULL OR only_desk_id IS NOT NULL"
    )
)
# A guaranteed slot belongs to one ticket.
Interview.add_index(
    SQL(
        "CREATE UNIQUE INDEX one_ticket_per_slot ON interview (booth_id, slot_at)"
        " WHERE slot_at IS NOT NULL AND "
        + _among(*(status for status in LIVE if status not in DESK_TAKEN)).sql
    )
)
