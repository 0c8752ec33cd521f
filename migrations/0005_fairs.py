"""Fairs, booths and taking part."""

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

    class School(Frozen):
        class Meta:
            table_name = "school"

    class Employer(Frozen):
        class Meta:
            table_name = "employer"

    class Position(Frozen):
        class Meta:
            table_name = "position"

    class Account(Frozen):
        class Meta:
            table_name = "account"

    class Student(Frozen):
        class Meta:
            table_name = "student"

    class Fair(Frozen):
        school = ForeignKeyField(School, backref="+")
        name = CharField(max_length=80)
        token = CharField(unique=True, max_length=24)
        introduction = TextField()
        status = CharField(max_length=32)
        entry_opens_at = DateTimeField()
        entry_closes_at = DateTimeField()
        doors_open_at = DateTimeField()
        starts_at = DateTimeField()
        ends_at = DateTimeField(index=True)
        daily_opens = CharField(max_length=5)
        daily_closes = CharField(max_length=5)
        threshold = IntegerField()
        can_apply_ahead = BooleanField()
        allows_hold = BooleanField()
        verdict_labels = TextField()
        contact_student = CharField(max_length=120)
        contact_employer = CharField(max_length=120)
        safety_notice = TextField()
        created_at = DateTimeField()

        class Meta:
            table_name = "fair"

    class Booth(Frozen):
        fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
        employer = ForeignKeyField(Employer, backref="+")
        number = CharField(max_length=12)
        status = CharField(max_length=32)
        created_at = DateTimeField()

        class Meta:
            table_name = "booth"
            indexes = (
                (("fair", "employer"), True),
                (("fair", "number"), True),
            )

    class BoothPosition(Frozen):
        booth = ForeignKeyField(Booth, backref="+", on_delete="CASCADE")
        position = ForeignKeyField(Position, backref="+", on_delete="CASCADE")

        class Meta:
            table_name = "booth_position"
            indexes = ((("booth", "position"), True),)

    class RecruiterCode(Frozen):
        booth = ForeignKeyField(Booth, backref="+", on_delete="CASCADE")
        token = CharField(unique=True, max_length=24)
        label = CharField(max_length=40)
        status = CharField(max_length=32)
        expires_at = DateTimeField()
        used_by = ForeignKeyField(Account, backref="+", null=True, on_delete="SET NULL")
        used_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            table_name = "recruiter_code"

    class Participation(Frozen):
        fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
        student = ForeignKeyField(Student, backref="+", on_delete="CASCADE")
        status = CharField(max_length=32)
        registered_at = DateTimeField()

        class Meta:
            table_name = "participation"
            indexes = ((("fair", "student"), True),)

    return [Fair, Booth, BoothPosition, RecruiterCode, Participation]


def up(migrator, db):
    db.create_tables(frozen_models(db))


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
