"""Students and résumés."""

from peewee import (
    BigAutoField,
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class Account(Frozen):
        class Meta:
            table_name = "account"

    class Student(Frozen):
        account = ForeignKeyField(Account, backref="+", unique=True, on_delete="CASCADE")
        name = CharField(max_length=40)
        gender = CharField(max_length=12)
        school_name = CharField(max_length=60)
        college = CharField(max_length=60)
        major = CharField(index=True, max_length=60)
        degree = CharField(max_length=12)
        graduation_year = IntegerField(null=True)
        skills = TextField()
        intention = TextField()
        phone = TextField(null=True)
        email = TextField(null=True)
        created_at = DateTimeField()

        class Meta:
            table_name = "student"

    class Resume(Frozen):
        student = ForeignKeyField(Student, backref="+", unique=True, on_delete="CASCADE")
        content = TextField()
        completeness = IntegerField()
        version = IntegerField()
        updated_at = DateTimeField()

        class Meta:
            table_name = "resume"

    class DeviceCheck(Frozen):
        account = ForeignKeyField(Account, backref="+", on_delete="CASCADE")
        camera = CharField(max_length=12)
        microphone = CharField(max_length=12)
        speaker = CharField(max_length=12)
        browser = CharField(max_length=80)
        is_passed = BooleanField()
        checked_at = DateTimeField(index=True)

        class Meta:
            table_name = "device_check"

    return [Student, Resume, DeviceCheck]


def up(migrator, db):
    db.create_tables(frozen_models(db))


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
