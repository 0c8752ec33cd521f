"""Video rooms."""

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

    class Account(Frozen):
        class Meta:
            table_name = "account"

    class Room(Frozen):
        name = CharField(unique=True, max_length=32)
        subject = CharField(index=True, max_length=64)
        student_account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT")
        recruiter_account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT")
        provider = CharField(max_length=32)
        status = CharField(max_length=32)
        talk_ms = BigIntegerField()
        opened_at = DateTimeField()
        closed_at = DateTimeField(null=True)

        class Meta:
            table_name = "room"

    class RtcEvent(Frozen):
        notice_id = CharField(unique=True, max_length=128)
        provider = CharField(max_length=32)
        room_name = CharField(index=True, max_length=64)
        event_type = IntegerField()
        side = CharField(null=True, max_length=32)
        sequence = BigIntegerField()
        reported_at = DateTimeField(null=True)
        received_at = DateTimeField()
        payload = TextField()

        class Meta:
            table_name = "rtc_event"

    return [Room, RtcEvent]


def up(migrator, db):
    db.create_tables(frozen_models(db))


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
