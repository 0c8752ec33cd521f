"""Tables of schools, their colleges, and who works there."""

from enum import StrEnum

from peewee import SQL, BooleanField, CharField, ForeignKeyField

from app.accounts.models import StaffUser
from app.core.clock import now
from app.core.database import BaseModel, EnumField, UTCDateTimeField


class School(BaseModel):
    """A university, or the provincial centre above some. 学校、省级就业中心"""

    class Kind(StrEnum):
        UNIVERSITY = "university"  # 高校
        CENTRE = "centre"  # 省级就业中心

    name = CharField(max_length=80, unique=True)
    short_name = CharField(max_length=20, default="")
    created_at = UTCDateTimeField(default=now)
    kind = EnumField(Kind, default=Kind.UNIVERSITY)
    centre = ForeignKeyField("self", null=True, backref="universities", on_delete="SET NULL")
    province = CharField(max_length=20, default="")


class College(BaseModel):
    """A college of a university. 院系"""

    school = ForeignKeyField(School, backref="colleges", on_delete="CASCADE")
    name = CharField(max_length=60)
    closed_at = UTCDateTimeField(null=True)  # taken for nothing new

    class Meta:
        indexes = ((("school", "name"), True),)


class SchoolSwitch(BaseModel):
    """A school's own choice for one of the switches; no row, the switch's default (K02)."""

    school = ForeignKeyField(School, backref="switches", on_delete="CASCADE")
    name = CharField(max_length=40)
    is_on = BooleanField()

    class Meta:
        indexes = ((("school", "name"), True),)


class Duty(StrEnum):
    """What a post at a school lets its holder do there (A21)."""

    ADMINISTRATOR = "administrator"  # 学校管理员
    REVIEWER = "reviewer"  # 审核员
    COLLEGE_REVIEWER = "college_reviewer"  # 院系审核员
    FAIR_STAFF = "fair_staff"  # 会务人员


class StaffPost(BaseModel):
    """One duty of one person at one school; a person may hold several. 任职"""

    staff = ForeignKeyField(StaffUser, backref="posts", on_delete="CASCADE")
    school = ForeignKeyField(School, backref="posts", on_delete="CASCADE")
    college = ForeignKeyField(College, null=True, backref="posts", on_delete="CASCADE")
    duty = EnumField(Duty)
    created_at = UTCDateTimeField(default=now)


# Of two rows without a college neither equals the other: one index for each case.
StaffPost.add_index(
    SQL(
        "CREATE UNIQUE INDEX one_post_at_a_school ON staff_post (staff_id, school_id, duty)"
        " WHERE college_id IS NULL"
    )
)
StaffPost.add_index(
    SQL(
        "CREATE UNIQUE INDEX one_post_at_a_college"
        " ON staff_post (staff_id, school_id, duty, college_id) WHERE college_id IS NOT NULL"
    )
)
