"""Tables of floor plans and enrolments."""

from enum import StrEnum

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField

from app.core.clock import now
from app.core.database import (
    BaseModel,
    EnumField,
    JsonField,
    SealedJsonField,
    UTCDateTimeField,
)
from app.core.lifecycle import transition
from app.employers.models import Employer
from app.fairs.models import Booth, Fair


class BoothPlace(BaseModel):
    """A place on a fair's floor plan, for one employer (B07). 展位图上的位置"""

    fair = ForeignKeyField(Fair, backref="places", on_delete="CASCADE")
    number = CharField(max_length=12)
    area = CharField(max_length=20, default="")
    row = IntegerField()
    col = IntegerField()
    note = CharField(max_length=80, default="")
    is_reserved = BooleanField(default=False)  # kept by staff, who alone give it away

    class Meta:
        table_name = "booth_place"
        indexes = ((("fair", "number"), True),)


class Enrolment(BaseModel):
    """An employer's enrolment for a fair: chosen, submitted, reviewed (B06, B08). 报名参会"""

    class Status(StrEnum):
        DRAFT = "draft"  # 填写中
        PENDING = "pending"  # 待审核
        WAITLISTED = "waitlisted"  # 候补中
        APPROVED = "approved"  # 已通过
        REJECTED = "rejected"  # 未通过
        DISQUALIFIED = "disqualified"  # 已取消参会资格
        WITHDRAWN = "withdrawn"  # 已退出

    fair = ForeignKeyField(Fair, backref="enrolments", on_delete="CASCADE")
    employer = ForeignKeyField(Employer, backref="enrolments")
    place = ForeignKeyField(BoothPlace, null=True, backref="enrolments", on_delete="SET NULL")
    booth = ForeignKeyField(Booth, null=True, backref="enrolments", on_delete="SET NULL")
    status = EnumField(Status, default=Status.DRAFT)
    position_ids = JsonField(default=list)
    interviewers = SealedJsonField(default=list)  # name, title, phone of each (C09)
    fit_percent = IntegerField(null=True)  # of the school's students; null: not known
    fit = JsonField(default=dict)  # see app/bookings/fit.py
    answer = CharField(max_length=200, default="")  # what the employer reads of the last decision
    created_at = UTCDateTimeField(default=now)
    submitted_at = UTCDateTimeField(null=True)  # the order of the wait-list
    pending_since = UTCDateTimeField(null=True)  # overdue is reckoned from here
    decided_at = UTCDateTimeField(null=True)
    referred_at = UTCDateTimeField(null=True)  # handed to the authorities (B13)

    submit = transition(Status.DRAFT, to=Status.PENDING, stamp="submitted_at")
    approve = transition(Status.PENDING, to=Status.APPROVED, stamp="decided_at")
    reject = transition(
        Status.PENDING, Status.WAITLISTED, to=Status.REJECTED, stamp="decided_at"
    )  # fmt: skip
    put_on_waitlist = transition(Status.PENDING, to=Status.WAITLISTED, stamp="decided_at")
    move_up = transition(Status.WAITLISTED, to=Status.PENDING, stamp="pending_since")
    disqualify = transition(Status.APPROVED, to=Status.DISQUALIFIED, stamp="decided_at")
    reinstate = transition(
        Status.DISQUALIFIED, Status.WITHDRAWN, to=Status.APPROVED, stamp="decided_at"
    )  # fmt: skip
    withdraw = transition(
        Status.DRAFT, Status.PENDING, Status.WAITLISTED, Status.APPROVED,
        to=Status.WITHDRAWN, stamp="decided_at",
    )  # fmt: skip


class EnrolmentChange(BaseModel):
    """Other positions or interviewers, asked for after submission (B09). 变更申请"""

    class Status(StrEnum):
        PENDING = "pending"  # 待确认
        CONFIRMED = "confirmed"  # 已同意
        DECLINED = "declined"  # 未同意
        RECALLED = "recalled"  # 已撤回

    enrolment = ForeignKeyField(Enrolment, backref="changes", on_delete="CASCADE")
    status = EnumField(Status, default=Status.PENDING)
    position_ids = JsonField(default=list)
    interviewers = SealedJsonField(default=list)
    note = CharField(max_length=200, default="")  # why, in the employer's words
    answer = CharField(max_length=200, default="")  # what staff answered
    asked_at = UTCDateTimeField(default=now)
    decided_at = UTCDateTimeField(null=True)

    grant = transition(Status.PENDING, to=Status.CONFIRMED, stamp="decided_at")
    deny = transition(Status.PENDING, to=Status.DECLINED, stamp="decided_at")
    recall = transition(Status.PENDING, to=Status.RECALLED, stamp="decided_at")

    class Meta:
        table_name = "enrolment_change"


Status = Enrolment.Status
LIVE = (Status.DRAFT, Status.PENDING, Status.WAITLISTED, Status.APPROVED)
HOLDING = (Status.PENDING, Status.APPROVED)  # nobody else gets the place
CHANGEABLE = (Status.PENDING, Status.WAITLISTED, Status.APPROVED)


def _among(*statuses: StrEnum) -> str:
    return "status IN (" + ", ".join(f"'{status.value}'" for status in statuses) + ")"


# What must never be true, refused by the database itself.
Enrolment.add_index(
    SQL(
        "CREATE UNIQUE INDEX one_enrolment_per_employer"
        " ON enrolment (fair_id, employer_id) WHERE " + _among(*LIVE)
    )
)
Enrolment.add_index(
    SQL(
        "CREATE UNIQUE INDEX one_employer_per_place"
        " ON enrolment (place_id) WHERE " + _among(*HOLDING)
    )
)
Enrolment.add_index(
    SQL("CREATE INDEX enrolment_queue ON enrolment (fair_id, status, submitted_at, id)")
)
EnrolmentChange.add_index(
    SQL(
        "CREATE UNIQUE INDEX one_change_at_a_time"
        " ON enrolment_change (enrolment_id) WHERE status = 'pending'"
    )
)
