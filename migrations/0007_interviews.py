"""Interviews and desks, with what must never be true."""

from peewee import (
    BigAutoField,
    BigIntegerField,
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

    class Recruiter(Frozen):
        class Meta:
            table_name = "recruiter"

    class Fair(Frozen):
        class Meta:
            table_name = "fair"

    class Student(Frozen):
        class Meta:
            table_name = "student"

    class Position(Frozen):
        class Meta:
            table_name = "position"

    class Desk(Frozen):
        booth = ForeignKeyField(Booth, backref="+", on_delete="CASCADE")
        recruiter = ForeignKeyField(Recruiter, backref="+", on_delete="CASCADE")
        label = CharField(max_length=40)
        created_at = DateTimeField()

        class Meta:
            table_name = "desk"
            indexes = ((("booth", "recruiter"), True),)

    class Interview(Frozen):
        fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
        booth = ForeignKeyField(Booth, backref="+", on_delete="CASCADE")
        student = ForeignKeyField(Student, backref="+", on_delete="CASCADE")
        position = ForeignKeyField(Position, backref="+", null=True, on_delete="SET NULL")
        origin = CharField(max_length=32)
        status = CharField(max_length=32)
        queued_at = DateTimeField()
        desk = ForeignKeyField(Desk, backref="+", null=True, on_delete="SET NULL")
        message = CharField(max_length=200)
        reason = CharField(max_length=200)
        misses = IntegerField()
        nudged_at = DateTimeField(null=True)
        rung_at = DateTimeField(null=True)
        answered_at = DateTimeField(null=True)
        ended_at = DateTimeField(null=True)
        talk_seconds = IntegerField()
        notes = TextField()
        verdict = CharField(null=True, max_length=32)
        remark = CharField(max_length=1000)
        concluded_at = DateTimeField(null=True)
        room = CharField(max_length=64)
        created_at = DateTimeField()
        decided_by = BigIntegerField(null=True)

        class Meta:
            table_name = "interview"

    return [Desk, Interview]


INDEXES = (
    "CREATE UNIQUE INDEX one_ticket_per_booth ON interview (student_id, booth_id) WHERE status IN ('pending', 'invited', 'waiting', 'held', 'ringing', 'in_call', 'concluding', 'rejected')",
    "CREATE UNIQUE INDEX one_call_per_student ON interview (student_id) WHERE status IN ('ringing', 'in_call')",
    "CREATE UNIQUE INDEX one_call_per_desk ON interview (desk_id) WHERE status IN ('ringing', 'in_call', 'concluding')",
    "CREATE INDEX interview_line ON interview (booth_id, status, queued_at, id)",
    "CREATE INDEX interview_mine ON interview (student_id, fair_id, status)",
    "CREATE INDEX interview_rings ON interview (rung_at) WHERE status = 'ringing'",
)


def up(migrator, db):
    db.create_tables(frozen_models(db))
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
