"""Signing in by name and password."""

from peewee import BigAutoField, BooleanField, CharField, DateTimeField, ForeignKeyField, Model


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class Account(Frozen):  # made by an earlier migration
        class Meta:
            table_name = "account"

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

    return [PasswordLogin]


def up(migrator, db):
    db.create_tables(frozen_models(db))


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
