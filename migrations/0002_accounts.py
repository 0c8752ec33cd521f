"""People and their logins."""

from peewee import (
    BigAutoField,
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKeyField,
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
        name = CharField(max_length=40)
        email = TextField(null=True)
        phone = TextField(null=True)
        phone_lookup = CharField(index=True, null=True, max_length=64)
        is_recruiter = BooleanField()
        created_at = DateTimeField()
        disabled_at = DateTimeField(null=True)

        class Meta:
            table_name = "account"

    class WeChatIdentity(Frozen):
        account = ForeignKeyField(Account, backref="+", on_delete="CASCADE")
        appid = CharField(max_length=32)
        openid = CharField(max_length=64)
        unionid = CharField(index=True, null=True, max_length=64)
        created_at = DateTimeField()

        class Meta:
            table_name = "wechat_identity"
            indexes = ((("appid", "openid"), True),)

    class LoginSession(Frozen):
        account = ForeignKeyField(Account, backref="+", on_delete="CASCADE")
        refresh_hash = CharField(unique=True, max_length=64)
        created_at = DateTimeField()
        expires_at = DateTimeField()
        ended_at = DateTimeField(null=True)

        class Meta:
            table_name = "login_session"

    class QrLogin(Frozen):
        ticket = CharField(unique=True, max_length=32)
        secret_hash = CharField(max_length=64)
        device = CharField(max_length=80)
        account = ForeignKeyField(Account, backref="+", null=True, on_delete="CASCADE")
        status = CharField(max_length=32)
        created_at = DateTimeField()
        expires_at = DateTimeField()

        class Meta:
            table_name = "qr_login"

    class StaffUser(Frozen):
        username = CharField(unique=True, max_length=40)
        name = CharField(max_length=40)
        password_hash = CharField(max_length=255)
        role = CharField(max_length=32)
        created_at = DateTimeField()
        last_login_at = DateTimeField(null=True)
        disabled_at = DateTimeField(null=True)

        class Meta:
            table_name = "staff_user"

    return [Account, WeChatIdentity, LoginSession, QrLogin, StaffUser]


def up(migrator, db):
    db.create_tables(frozen_models(db))


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
