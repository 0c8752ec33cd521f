"""Rings, and what belongs to a call."""

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

    class Booth(Frozen):
        class Meta:
            table_name = "booth"

    class Fair(Frozen):
        class Meta:
            table_name = "fair"

    class Interview(Frozen):
        class Meta:
            table_name = "interview"

    class Student(Frozen):
        class Meta:
            table_name = "student"

    class Desk(Frozen):
        class Meta:
            table_name = "desk"

    class Recruiter(Frozen):
        class Meta:
            table_name = "recruiter"

    class Account(Frozen):
        class Meta:
            table_name = "account"

    class BoothWindow(Frozen):
        booth = ForeignKeyField(Booth, backref="+", on_delete="CASCADE")
        opens_at = DateTimeField()
        closes_at = DateTimeField()

        class Meta:
            table_name = "booth_window"
            indexes = ((("booth", "opens_at"), True),)

    class Ring(Frozen):
        fair = ForeignKeyField(Fair, backref="+", index=False, on_delete="CASCADE")
        booth = ForeignKeyField(Booth, backref="+", index=False, on_delete="CASCADE")
        interview = ForeignKeyField(Interview, backref="+", on_delete="CASCADE")
        student = ForeignKeyField(Student, backref="+", on_delete="CASCADE")
        desk = ForeignKeyField(Desk, backref="+", index=False, null=True, on_delete="SET NULL")
        because = CharField(max_length=32)
        outcome = CharField(max_length=32)
        queued_at = DateTimeField()
        passed_over = TextField()
        rung_at = DateTimeField()
        answered_at = DateTimeField(null=True)
        ended_at = DateTimeField(null=True)
        concluded_at = DateTimeField(null=True)

        class Meta:
            table_name = "ring"

    class Guest(Frozen):
        interview = ForeignKeyField(Interview, backref="+", on_delete="CASCADE")
        recruiter = ForeignKeyField(Recruiter, backref="+", on_delete="CASCADE")
        invited_at = DateTimeField()
        joined_at = DateTimeField(null=True)
        left_at = DateTimeField(null=True)

        class Meta:
            table_name = "guest"
            indexes = ((("interview", "recruiter"), True),)

    class TalkMessage(Frozen):
        interview = ForeignKeyField(Interview, backref="+", on_delete="CASCADE")
        account = ForeignKeyField(Account, backref="+", index=False, on_delete="CASCADE")
        side = CharField(max_length=12)
        is_caption = BooleanField()
        text = CharField(max_length=500)
        at = DateTimeField()

        class Meta:
            table_name = "talk_message"

    class HandOver(Frozen):
        interview = ForeignKeyField(Interview, backref="+", on_delete="CASCADE")
        account = ForeignKeyField(Account, backref="+", index=False, on_delete="CASCADE")
        token = CharField(unique=True, max_length=32)
        expires_at = DateTimeField()
        used_at = DateTimeField(null=True)

        class Meta:
            table_name = "hand_over"

    class Needs(Frozen):
        student = ForeignKeyField(Student, backref="+", unique=True, on_delete="CASCADE")
        captions = BooleanField()
        typed_talk = BooleanField()
        large_type = BooleanField()
        extra_minutes = IntegerField()
        updated_at = DateTimeField()

        class Meta:
            table_name = "needs"

    class Rating(Frozen):
        interview = ForeignKeyField(Interview, backref="+", on_delete="CASCADE")
        side = CharField(max_length=12)
        account = ForeignKeyField(Account, backref="+", index=False, on_delete="CASCADE")
        stars = IntegerField()
        tags = TextField()
        comment = CharField(max_length=300)
        at = DateTimeField()

        class Meta:
            table_name = "rating"
            indexes = ((("interview", "side"), True),)

    return [BoothWindow, Ring, Guest, TalkMessage, HandOver, Needs, Rating]


INDEXES = (
    "CREATE INDEX ring_of_booth ON ring (booth_id, rung_at)",
    "CREATE INDEX ring_of_fair ON ring (fair_id, rung_at)",
)


def up(migrator, db):
    db.create_tables(frozen_models(db))
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
