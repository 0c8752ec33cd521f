"""Tables of students and résumés."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EncryptedField, JsonField, UTCDateTimeField


class Student(BaseModel):
    """A job seeker. What lists show is copied here from the résumé's basics. 求职者"""

    account = ForeignKeyField(Account, unique=True, backref="students", on_delete="CASCADE")
    name = CharField(max_length=40, default="")
    gender = CharField(max_length=12, default="undisclosed")
    school_name = CharField(max_length=60, default="")
    college = CharField(max_length=60, default="")
    major = CharField(max_length=60, default="", index=True)
    degree = CharField(max_length=12, default="")
    graduation_year = IntegerField(null=True)
    skills = JsonField(default=list)  # names only, shown in the talent list
    intention = JsonField(default=list)  # wanted positions, shown in the talent list
    phone = EncryptedField(null=True)
    email = EncryptedField(null=True)
    created_at = UTCDateTimeField(default=now)


class Resume(BaseModel):
    """A student's résumé by sections; phone and mail are kept apart, encrypted. 简历"""

    student = ForeignKeyField(Student, unique=True, backref="resumes", on_delete="CASCADE")
    content = JsonField(default=dict)
    completeness = IntegerField(default=0)  # percent 0–100 (D01)
    version = IntegerField(default=0)
    updated_at = UTCDateTimeField(default=now)


class DeviceCheck(BaseModel):
    """A test of camera, microphone and speaker (E08)."""

    account = ForeignKeyField(Account, backref="device_checks", on_delete="CASCADE")
    camera = CharField(max_length=12)
    microphone = CharField(max_length=12)
    speaker = CharField(max_length=12)
    browser = CharField(max_length=80, default="")
    is_passed = BooleanField()
    checked_at = UTCDateTimeField(default=now, index=True)
