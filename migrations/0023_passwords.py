"""Signing in by name and password, and ways back to a forgotten one."""

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

INDEXES = {
    "password_appeal_waiting": "CREATE INDEX password_appeal_waiting"
    " ON password_appeal (submitted_at) WHERE status = 'pending'",
    "employer_name": "CREATE INDEX employer_name ON employer (name)",
}


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class Account(Frozen):  # with Upload: made by earlier migrations
        class Meta:
            table_name = "account"

    class Upload(Frozen):
        class Meta:
            table_name = "upload"

    class PasswordLogin(Frozen):
        account = ForeignKeyField(Account, unique=True, backref="+", on_delete="CASCADE")
        username = CharField(max_length=40)
        username_key = CharField(unique=True, max_length=120)
        password_hash = CharField(max_length=255)
        must_change = BooleanField()
        created_at = DateTimeField()
        changed_at = DateTimeField()

        class Meta:
            table_name = "password_login"

    class PasswordRecovery(Frozen):
        ticket = CharField(unique=True, max_length=32)
        account = ForeignKeyField(Account, null=True, backref="+", on_delete="CASCADE")
        origin = CharField(max_length=32)
        target = CharField(max_length=64)
        phone = TextField(null=True)
        email = TextField(null=True)
        channel = CharField(max_length=8)
        code_hash = CharField(max_length=64)
        tries = IntegerField()
        code_expires_at = DateTimeField(null=True)
        reset_hash = CharField(null=True, unique=True, max_length=64)
        status = CharField(max_length=32)
        created_at = DateTimeField()
        expires_at = DateTimeField(index=True)

        class Meta:
            table_name = "password_recovery"

    class PasswordAppeal(Frozen):
        number = CharField(unique=True, max_length=16)
        company_name = CharField(max_length=80)
        uscc = CharField(index=True, max_length=18)
        applicant = CharField(max_length=40)
        phone = TextField()
        reason = CharField(max_length=300)
        statement = ForeignKeyField(Upload, null=True, backref="+", on_delete="SET NULL")
        seal_name = CharField(max_length=80)
        paper_reason = CharField(max_length=300)
        rejected_reason = CharField(max_length=500)
        recovery = ForeignKeyField(PasswordRecovery, null=True, backref="+", on_delete="SET NULL")
        status = CharField(max_length=32)
        created_at = DateTimeField()
        submitted_at = DateTimeField(null=True)
        decided_at = DateTimeField(null=True)

        class Meta:
            table_name = "password_appeal"

    return [PasswordLogin, PasswordRecovery, PasswordAppeal]


def up(migrator, db):
    db.create_tables(frozen_models(db))
    for statement in INDEXES.values():
        db.execute_sql(statement)


def down(migrator, db):
    db.execute_sql("DROP INDEX employer_name")
    db.drop_tables(list(reversed(frozen_models(db))))
