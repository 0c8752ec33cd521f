"""Tables of positions."""

from enum import StrEnum

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from app.core.clock import now
from app.core.database import BaseModel, EnumField, UTCDateTimeField
from app.core.lifecycle import transition
from app.employers.models import Employer


class Position(BaseModel):
    """An opening at an employer. 岗位"""

    class Status(StrEnum):
        DRAFT = "draft"  # 草稿
        PUBLISHED = "published"  # 已发布
        WITHDRAWN = "withdrawn"  # 已下线

    employer = ForeignKeyField(Employer, backref="positions", on_delete="CASCADE")
    title = CharField(max_length=60)
    city = CharField(max_length=40, default="")
    salary_min = IntegerField()  # 元/月
    salary_max = IntegerField()
    degree = CharField(max_length=12, default="不限")
    headcount = IntegerField(default=1)
    majors = CharField(max_length=200, default="")
    duties = TextField(default="")
    requirements = TextField(default="")
    status = EnumField(Status, default=Status.DRAFT)
    created_at = UTCDateTimeField(default=now)

    publish = transition(Status.DRAFT, Status.WITHDRAWN, to=Status.PUBLISHED)
    withdraw = transition(Status.PUBLISHED, to=Status.WITHDRAWN)
