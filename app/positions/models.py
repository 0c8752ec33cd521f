"""Tables of positions."""

from datetime import date
from enum import StrEnum
from typing import Any

from peewee import (
    BigIntegerField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
    Value,
)

from app.core.clock import local, now
from app.core.database import BaseModel, EnumField, JsonField, UTCDateTimeField
from app.core.lifecycle import transition
from app.employers.models import Employer
from app.schools.models import School


class Position(BaseModel):
    """An opening at an employer. 岗位

    ``version`` counts the changes of its text: a reviewer approves the very text that was
    read. Once ``published_at`` is set a booth or a ticket may refer to it, so that it is
    never removed, only marked as deleted.
    """

    class Status(StrEnum):
        DRAFT = "draft"  # 草稿
        PENDING = "pending"  # 待审核
        PUBLISHED = "published"  # 已发布
        WITHDRAWN = "withdrawn"  # 已下线
        DELETED = "deleted"  # 已删除

    class Kind(StrEnum):
        FULL_TIME = "full_time"  # 全职
        INTERNSHIP = "internship"  # 实习
        PART_TIME = "part_time"  # 兼职

    class TextCheck(StrEnum):
        """How far WeChat's check of the text has come; it advises and never decides."""

        NONE = "none"  # 未送检
        WAITING = "waiting"  # 检测中
        DONE = "done"  # 已检测
        SKIPPED = "skipped"  # 无法检测: nobody WeChat knows, or not seen lately
        FAILED = "failed"  # 检测失败: WeChat did not answer

    employer = ForeignKeyField(Employer, backref="positions", on_delete="CASCADE")
    title = CharField(max_length=60)
    kind = EnumField(Kind, default=Kind.FULL_TIME)
    province = CharField(max_length=20, default="")
    city = CharField(max_length=40, default="")
    address = CharField(max_length=120, default="")
    salary_min = IntegerField()  # 元/月; 0: a draft that does not say yet
    salary_max = IntegerField()
    months_paid = IntegerField(default=12)  # 薪, months a year
    degree = CharField(max_length=12, default="不限")
    headcount = IntegerField(default=1)
    majors = CharField(max_length=200, default="")
    graduation_years = JsonField(default=list)  # 届; empty: any
    welfare = JsonField(default=list)
    duties = TextField(default="")
    requirements = TextField(default="")
    valid_until = DateField(null=True)  # the last day, in Shanghai; null: by staff, until withdrawn
    status = EnumField(Status, default=Status.DRAFT)
    version = IntegerField(default=1)
    flags = JsonField(default=list)  # what a screen found (C10)
    text_check = EnumField(TextCheck, default=TextCheck.NONE)
    review_reason = CharField(max_length=200, default="")  # why it was sent back
    submitted_by = BigIntegerField(null=True)  # account
    submitted_at = UTCDateTimeField(null=True)
    reviewed_at = UTCDateTimeField(null=True)
    published_at = UTCDateTimeField(null=True)
    deleted_at = UTCDateTimeField(null=True)
    snapshot = JsonField(null=True)  # what it said when it was deleted
    created_at = UTCDateTimeField(default=now)

    submit = transition(Status.DRAFT, Status.WITHDRAWN, to=Status.PENDING, stamp="submitted_at")
    recall = transition(Status.PENDING, to=Status.DRAFT)
    pass_review = transition(Status.PENDING, to=Status.PUBLISHED, stamp="published_at")
    send_back = transition(Status.PENDING, to=Status.DRAFT, stamp="reviewed_at")
    revise = transition(Status.PUBLISHED, to=Status.PENDING, stamp="submitted_at")  # C05
    publish = transition(
        Status.DRAFT, Status.WITHDRAWN, to=Status.PUBLISHED, stamp="published_at"
    )  # by staff, who need no review
    withdraw = transition(Status.PUBLISHED, to=Status.WITHDRAWN)
    expire = transition(Status.PUBLISHED, to=Status.WITHDRAWN)  # by the clock
    discard = transition(
        Status.DRAFT, Status.PENDING, Status.PUBLISHED, Status.WITHDRAWN,
        to=Status.DELETED, stamp="deleted_at",
    )  # fmt: skip


class PositionTarget(BaseModel):
    """A school where a position is to be shown (C03).

    It is shown there when the employer was settled at ``targeted_at`` and still is (C04).
    """

    position = ForeignKeyField(Position, backref="targets", on_delete="CASCADE", index=False)
    school = ForeignKeyField(School, backref="+", on_delete="CASCADE")
    targeted_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "position_target"
        indexes = ((("position", "school"), True),)


def is_flagged() -> Any:
    """The condition that a screen found something."""
    return Position.flags != Value("[]", converter=False)


def today() -> date:
    """The date on the clocks of the people at the fair."""
    return local(now()).date()


def is_valid_on(day: date) -> Any:
    """The condition that a position has not passed its last day."""
    return Position.valid_until.is_null() | (Position.valid_until >= day)
