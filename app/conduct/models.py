"""Tables of how employers keep their word."""

from peewee import FloatField, ForeignKeyField, IntegerField

from app.core.clock import now
from app.core.database import BaseModel, UTCDateTimeField
from app.fairs.models import Booth, Fair


class Meter(BaseModel):
    """How a booth answers, renewed by the clock: shown to students. 响应情况"""

    booth = ForeignKeyField(Booth, unique=True, backref="+", on_delete="CASCADE")
    fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
    applications = IntegerField(default=0)
    answered = IntegerField(default=0)  # accepted or rejected
    median_seconds = IntegerField(null=True)  # from application to answer; null: none yet
    overdue = IntegerField(default=0)  # unanswered longer than the fair's answer_minutes
    calls = IntegerField(default=0)
    results = IntegerField(default=0)  # calls whose result was given
    student_no_shows = IntegerField(default=0)  # rings that were missed
    recruiter_no_shows = IntegerField(default=0)  # declared windows nobody sat through
    stars = FloatField(null=True)  # mean of the students' ratings, 1 to 5
    ratings = IntegerField(default=0)
    reminders = IntegerField(default=0)  # soft ones, since the last answer
    reminded_at = UTCDateTimeField(null=True)
    seen_at = UTCDateTimeField(null=True)  # a recruiter was last there
    at = UTCDateTimeField(default=now)
