"""Tables of employers."""

from enum import StrEnum

from peewee import CharField, ForeignKeyField, TextField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EnumField, UTCDateTimeField
from app.core.lifecycle import transition
from app.schools.models import School


class Employer(BaseModel):
    """A company or institution that recruits. 用人单位"""

    name = CharField(max_length=80)
    uscc = CharField(max_length=18, unique=True)  # 统一社会信用代码
    nature = CharField(max_length=20, default="")  # 单位性质
    industry = CharField(max_length=40, default="", index=True)
    size = CharField(max_length=20, default="")
    city = CharField(max_length=40, default="")
    introduction = TextField(default="")
    created_at = UTCDateTimeField(default=now)


class Recruiter(BaseModel):
    """An account that may act for an employer, bound by a code that staff hand out."""

    class Status(StrEnum):
        ACTIVE = "active"  # 有效
        REVOKED = "revoked"  # 已解除

    account = ForeignKeyField(Account, backref="recruiters", on_delete="CASCADE")
    employer = ForeignKeyField(Employer, backref="recruiters", on_delete="CASCADE")
    name = CharField(max_length=40)
    title = CharField(max_length=40, default="")
    status = EnumField(Status, default=Status.ACTIVE)
    created_at = UTCDateTimeField(default=now)

    revoke = transition(Status.ACTIVE, to=Status.REVOKED)
    restore = transition(Status.REVOKED, to=Status.ACTIVE)

    class Meta:
        indexes = ((("account", "employer"), True),)


class Settlement(BaseModel):
    """An employer's place at a school: who is settled may show positions there (C01, C02). 入驻"""

    class Status(StrEnum):
        OPEN = "open"  # 申请入驻, may be applied for: called off, turned down or revoked
        AWAITING = "awaiting"  # 等待审核
        SETTLED = "settled"  # 已入驻

    employer = ForeignKeyField(Employer, backref="settlements", on_delete="CASCADE")
    school = ForeignKeyField(School, backref="settlements", on_delete="CASCADE")
    status = EnumField(Status, default=Status.OPEN)
    return_reason = CharField(max_length=200, default="")  # of the last no
    applied_at = UTCDateTimeField(null=True)
    decided_at = UTCDateTimeField(null=True)
    settled_since = UTCDateTimeField(null=True)  # positions aimed before do not count (C04)

    seek = transition(Status.OPEN, to=Status.AWAITING, stamp="applied_at")
    call_off = transition(Status.AWAITING, to=Status.OPEN)
    settle = transition(Status.AWAITING, to=Status.SETTLED, stamp="settled_since")
    turn_away = transition(Status.AWAITING, to=Status.OPEN, stamp="decided_at")
    unsettle = transition(Status.SETTLED, to=Status.OPEN, stamp="decided_at")

    class Meta:
        indexes = ((("employer", "school"), True),)
