"""Tables of schools."""

from peewee import CharField

from app.core.clock import now
from app.core.database import BaseModel, UTCDateTimeField


class School(BaseModel):
    """A university or employment centre that holds fairs. 学校"""

    name = CharField(max_length=80, unique=True)
    short_name = CharField(max_length=20, default="")
    created_at = UTCDateTimeField(default=now)
