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

    class Level(StrEnum):
        PROVINCIAL = "provincial"  # 省级
        SCHOOL = "school"  # 校级

    class Mode(StrEnum):
        LIVE = "live"  # 线上视频
        RECORDED = "recorded"  # 线上录播
        OFFLINE = "offline"  # 线下

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
    # The rules of its queues; a span of 0 switches the rule off.
    everyone_once = BooleanField(default=False)  # 人人先面一次
    students_may_start = BooleanField(default=True)  # 自主发起: who is next may call (E13)
    seen_bar = IntegerField(default=20)  # percent; below it applying offers what can be kept
    slots_per_hour = IntegerField(default=2)  # guaranteed slots of a booth, 0 to 12
    hold_seconds = IntegerField(default=180)  # "I am next at another booth", once per booth
    misses_kept = IntegerField(default=3)  # so many missed rings keep the place
    talk_minutes = IntegerField(default=10)  # the time box of a talk
    extension_minutes = IntegerField(default=5)  # its one extension
    grace_seconds = IntegerField(default=60)  # a lost party may come back into the call
    undo_seconds = IntegerField(default=60)  # a rejection is delivered after so long
    requires_device_check = BooleanField(default=True)  # once a day, before a line is joined
    answer_minutes = IntegerField(default=30)  # an application should be answered within
    sanction_after = IntegerField(default=3)  # reminders before a booth's line is paused
    # Its kind, and how employers come to it (B01, B03, B05).
    level = EnumField(Level, default=Level.SCHOOL)
    mode = EnumField(Mode, default=Mode.LIVE)
    takes_bookings = BooleanField(default=False)  # 单位预定; without it there is no button
    bookings_open_at = UTCDateTimeField(null=True)  # null: no bound on this side
    bookings_close_at = UTCDateTimeField(null=True)
    most_employers = IntegerField(default=300)  # with an open booth at once (B08)
    changes_directly = BooleanField(default=False)  # settings row 3

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
    quota = IntegerField(null=True)  # interviews it will hold at this fair
    talk_minutes = IntegerField(null=True)  # its own time box instead of the fair's
    wanted = JsonField(default=dict)  # who should apply: degrees, majors, graduation_years, note
    line_closed_at = UTCDateTimeField(null=True)  # no new applications; who waits is still seen
    late_until = UTCDateTimeField(null=True)  # running late
    notice = CharField(max_length=200, default="")  # to everybody in its line
    notice_at = UTCDateTimeField(null=True)
    paused_at = UTCDateTimeField(null=True)  # by the fair: too many applications unanswered
    paused_by_staff = BooleanField(default=False)  # by a person, who alone lifts it again

    disqualify = transition(Status.OPEN, to=Status.DISQUALIFIED)
    withdraw = transition(Status.OPEN, to=Status.WITHDRAWN)
    reopen = transition(Status.DISQUALIFIED, Status.WITHDRAWN, to=Status.OPEN)

    class Meta:
        indexes = ((("fair", "employer"), True), (("fair", "number"), True))


class BoothWindow(BaseModel):
    """When a booth holds interviews; a booth without windows does so while the fair is live."""

    booth = ForeignKeyField(Booth, backref="windows", on_delete="CASCADE")
    opens_at = UTCDateTimeField()
    closes_at = UTCDateTimeField()

    class Meta:
        table_name = "booth_window"
        indexes = ((("booth", "opens_at"), True),)


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
