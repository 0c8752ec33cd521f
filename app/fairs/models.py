"""Tables of fairs, booths and taking part."""

from enum import StrEnum

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EnumField, JsonField, UTCDateTimeField
from app.core.lifecycle import transition
from app.core.secrets import new_token
from app.employers.models import Employer
from app.positions.models import Position
from app.schools.models import School
from app.students.models import Student

VERDICT_LABELS = {"pass": "合适", "fail": "不合适", "hold": "待定"}


class Fair(BaseModel):
    """A two-way-choice fair: staff decide its status, the clock its phase. 双选会"""

    class Status(StrEnum):
        DRAFT = "draft"  # 草稿
        ANNOUNCED = "announced"  # 已发布
        POSTPONED = "postponed"  # 已延期
        CANCELLED = "cancelled"  # 已取消
        ENDED = "ended"  # 已结束
        ARCHIVED = "archived"  # 已归档

    school = ForeignKeyField(School, backref="fairs")
    name = CharField(max_length=80)
    token = CharField(max_length=24, unique=True, default=lambda: new_token(12))
    introduction = TextField(default="")
    status = EnumField(Status, default=Status.DRAFT)
    entry_opens_at = UTCDateTimeField()  # 报名进场
    entry_closes_at = UTCDateTimeField()
    doors_open_at = UTCDateTimeField()  # 设备测试、查看简历
    starts_at = UTCDateTimeField()
    ends_at = UTCDateTimeField(index=True)
    daily_opens = CharField(max_length=5, default="")  # "09:00" local; blank: no daily hours
    daily_closes = CharField(max_length=5, default="")
    threshold = IntegerField(default=70)  # percent; a résumé must be above it (D01)
    can_apply_ahead = BooleanField(default=False)  # settings row 1
    allows_hold = BooleanField(default=False)  # 待定 as a third verdict (settings row 2)
    verdict_labels = JsonField(default=lambda: dict(VERDICT_LABELS))
    contact_student = CharField(max_length=120, default="")
    contact_employer = CharField(max_length=120, default="")
    safety_notice = TextField(default="")
    created_at = UTCDateTimeField(default=now)

    announce = transition(Status.DRAFT, Status.POSTPONED, to=Status.ANNOUNCED)
    postpone = transition(Status.ANNOUNCED, to=Status.POSTPONED)
    cancel = transition(Status.DRAFT, Status.ANNOUNCED, Status.POSTPONED, to=Status.CANCELLED)
    end = transition(Status.ANNOUNCED, to=Status.ENDED)
    archive = transition(Status.ENDED, Status.CANCELLED, to=Status.ARCHIVED)


class Booth(BaseModel):
    """An employer's place at a fair. 展位"""

    class Status(StrEnum):
        OPEN = "open"  # 开放
        DISQUALIFIED = "disqualified"  # 取消参会资格
        WITHDRAWN = "withdrawn"  # 已退出

    fair = ForeignKeyField(Fair, backref="booths", on_delete="CASCADE")
    employer = ForeignKeyField(Employer, backref="booths")
    number = CharField(max_length=12)
    status = EnumField(Status, default=Status.OPEN)
    created_at = UTCDateTimeField(default=now)

    disqualify = transition(Status.OPEN, to=Status.DISQUALIFIED)
    withdraw = transition(Status.OPEN, to=Status.WITHDRAWN)
    reopen = transition(Status.DISQUALIFIED, Status.WITHDRAWN, to=Status.OPEN)

    class Meta:
        indexes = ((("fair", "employer"), True), (("fair", "number"), True))


class BoothPosition(BaseModel):
    """A position that an employer brings to its booth."""

    booth = ForeignKeyField(Booth, backref="offers", on_delete="CASCADE")
    position = ForeignKeyField(Position, backref="offers", on_delete="CASCADE")

    class Meta:
        indexes = ((("booth", "position"), True),)


class RecruiterCode(BaseModel):
    """A printed code that binds one WeChat account to a booth's employer, once."""

    class Status(StrEnum):
        ISSUED = "issued"  # 未使用
        USED = "used"  # 已使用
        REVOKED = "revoked"  # 已作废

    booth = ForeignKeyField(Booth, backref="codes", on_delete="CASCADE")
    token = CharField(max_length=24, unique=True, default=lambda: new_token(20))
    label = CharField(max_length=40, default="")
    status = EnumField(Status, default=Status.ISSUED)
    expires_at = UTCDateTimeField()
    used_by = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    used_at = UTCDateTimeField(null=True)
    created_at = UTCDateTimeField(default=now)

    redeem = transition(Status.ISSUED, to=Status.USED, stamp="used_at")
    revoke = transition(Status.ISSUED, to=Status.REVOKED)


class Participation(BaseModel):
    """A student who has entered a fair. 报名进入会场"""

    class Status(StrEnum):
        REGISTERED = "registered"  # 已进场
        BLOCKED = "blocked"  # 已移出

    fair = ForeignKeyField(Fair, backref="participations", on_delete="CASCADE")
    student = ForeignKeyField(Student, backref="participations", on_delete="CASCADE")
    status = EnumField(Status, default=Status.REGISTERED)
    registered_at = UTCDateTimeField(default=now)

    block = transition(Status.REGISTERED, to=Status.BLOCKED)
    readmit = transition(Status.BLOCKED, to=Status.REGISTERED)

    class Meta:
        indexes = ((("fair", "student"), True),)
