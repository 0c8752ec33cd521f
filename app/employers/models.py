"""Tables of employers."""

from enum import StrEnum

from peewee import CharField, ForeignKeyField, TextField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EnumField, UTCDateTimeField
from app.core.lifecycle import transition


class Employer(BaseModel):
    """A company or institution that recruits. 用人单位"""

    name = CharField(max_length=80, index=True)  # a forgotten password is found by it (A15)
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
