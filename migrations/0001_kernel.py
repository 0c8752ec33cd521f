"""Audit trail and idempotency keys."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    CharField,
    DateTimeField,
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

    class AuditEntry(Frozen):
        subject = CharField(index=True, max_length=64)
        action = CharField(max_length=48)
        before = TextField(null=True)
        after = TextField(null=True)
        reason = CharField(max_length=500)
        actor_id = BigIntegerField(null=True)
        actor_role = CharField(max_length=16)
        request_id = CharField(max_length=40)
        at = DateTimeField(index=True)

        class Meta:
            table_name = "audit_entry"

    class IdempotencyRecord(Frozen):
        account_id = BigIntegerField()
        key = CharField(max_length=64)
        fingerprint = CharField(max_length=64)
        status = IntegerField()
        body = TextField()
        at = DateTimeField(index=True)

        class Meta:
            table_name = "idempotency_record"
            indexes = ((("account_id", "key"), True),)

    return [AuditEntry, IdempotencyRecord]


def up(migrator, db):
    db.create_tables(frozen_models(db))


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
