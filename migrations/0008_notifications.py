"""Outbox, deliveries and subscription credits."""

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

    class Notification(Frozen):
        account = ForeignKeyField(Account, backref="+", index=False, on_delete="CASCADE")
        kind = CharField(max_length=32)
        params = TextField()
        page = CharField(max_length=255)
        subject = CharField(index=True, max_length=64)
        status = CharField(max_length=32)
        channel = CharField(null=True, max_length=32)
        tried = TextField()
        attempts = IntegerField()
        claim = CharField(max_length=16)
        next_attempt_at = DateTimeField()
        message_id = CharField(max_length=255)
        created_at = DateTimeField()
        sent_at = DateTimeField(null=True)
        read_at = DateTimeField(null=True)

        class Meta:
            table_name = "notification"

    class DeliveryAttempt(Frozen):
        notification = ForeignKeyField(Notification, backref="+", on_delete="CASCADE")
        channel = CharField(max_length=32)
        outcome = CharField(max_length=32)
        code = CharField(max_length=32)
        detail = CharField(max_length=200)
        at = DateTimeField(index=True)

        class Meta:
            table_name = "delivery_attempt"

    class DeliveryTurn(Frozen):
        account = ForeignKeyField(Account, backref="+", unique=True, on_delete="CASCADE")
        claim = CharField(max_length=16)
        until = DateTimeField()

        class Meta:
            table_name = "delivery_turn"

    class SubscriptionCredit(Frozen):
        account = ForeignKeyField(Account, backref="+", index=False, on_delete="CASCADE")
        template_id = CharField(max_length=64)
        remaining = IntegerField()
        hint = CharField(max_length=16)
        hinted_at = DateTimeField(null=True)

        class Meta:
            table_name = "subscription_credit"
            indexes = ((("account", "template_id"), True),)

    class CreditEvent(Frozen):
        key = CharField(unique=True, max_length=120)
        account = ForeignKeyField(Account, backref="+", on_delete="CASCADE")
        template_id = CharField(max_length=64)
        change = BigIntegerField()
        source = CharField(max_length=32)
        at = DateTimeField()

        class Meta:
            table_name = "credit_event"

    return [Notification, DeliveryAttempt, DeliveryTurn, SubscriptionCredit, CreditEvent]


INDEXES = (
    "CREATE INDEX notification_due ON notification (next_attempt_at, id) WHERE status IN ('pending', 'sending', 'failed')",
    "CREATE INDEX notification_line ON notification (account_id, id) WHERE status IN ('pending', 'sending', 'failed')",
    "CREATE INDEX notification_pending ON notification (id) WHERE status = 'pending'",
    "CREATE INDEX notification_inbox ON notification (account_id, id)",
    "CREATE INDEX notification_unread ON notification (account_id) WHERE read_at IS NULL",
    "CREATE INDEX notification_message ON notification (message_id) WHERE message_id <> ''",
    "CREATE INDEX notification_claim ON notification (claim) WHERE claim <> ''",
)


def up(migrator, db):
    db.create_tables(frozen_models(db))
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
