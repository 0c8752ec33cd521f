"""Tables of people and their logins."""

from enum import StrEnum

from peewee import BooleanField, CharField, ForeignKeyField

from app.core.clock import now
from app.core.database import BaseModel, EncryptedField, EnumField, UTCDateTimeField
from app.core.lifecycle import transition


class Account(BaseModel):
    """One person, however they log in. 账号"""

    name = CharField(max_length=40, default="")
    email = EncryptedField(null=True)
    phone = EncryptedField(null=True)
    phone_lookup = CharField(max_length=64, null=True, index=True)
    is_recruiter = BooleanField(default=False)
    created_at = UTCDateTimeField(default=now)
    disabled_at = UTCDateTimeField(null=True)

    @property
    def roles(self) -> tuple[str, ...]:
        """Everybody may act as a student; a recruiter was bound by a code."""
        return ("student", "recruiter") if self.is_recruiter else ("student",)


class WeChatIdentity(BaseModel):
    """An account as one of our WeChat apps knows it."""

    account = ForeignKeyField(Account, backref="identities", on_delete="CASCADE")
    appid = CharField(max_length=32)
    openid = CharField(max_length=64)
    unionid = CharField(max_length=64, null=True, index=True)
    is_following = BooleanField(null=True)  # of a service account; null: nobody has said
    created_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "wechat_identity"
        indexes = ((("appid", "openid"), True),)


class LoginSession(BaseModel):
    """A device that stays logged in, by a refresh token of which only the hash is kept."""

    account = ForeignKeyField(Account, backref="logins", on_delete="CASCADE")
    refresh_hash = CharField(max_length=64, unique=True)
    created_at = UTCDateTimeField(default=now)
    expires_at = UTCDateTimeField()
    ended_at = UTCDateTimeField(null=True)


class PasswordLogin(BaseModel):
    """The name and password by which an account signs in at the desk (A13, A18).

    ``username_key`` is the name as it is compared: half width, without case. While
    ``must_change`` stands the password lets nobody in: staff have opened a reset (A17).
    """

    account = ForeignKeyField(Account, unique=True, backref="+", on_delete="CASCADE")
    username = CharField(max_length=40)
    username_key = CharField(max_length=120, unique=True)
    password_hash = CharField(max_length=255)
    must_change = BooleanField(default=False)
    created_at = UTCDateTimeField(default=now)
    changed_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "password_login"


class QrLogin(BaseModel):
    """A login on the desktop that a phone confirms (A01), or the binding of a phone's WeChat.

    With an ``owner`` nobody is let in: who confirms gives the WeChat to that account (A06 ⑤).
    """

    class Status(StrEnum):
        PENDING = "pending"  # 待扫描
        SCANNED = "scanned"  # 已扫描
        CONFIRMED = "confirmed"  # 已确认
        REFUSED = "refused"  # 已拒绝
        CLAIMED = "claimed"  # 已登录

    ticket = CharField(max_length=32, unique=True)
    secret_hash = CharField(max_length=64)
    device = CharField(max_length=80, default="")
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    status = EnumField(Status, default=Status.PENDING)
    created_at = UTCDateTimeField(default=now)
    expires_at = UTCDateTimeField()
    owner = ForeignKeyField(Account, null=True, backref="+", index=False, on_delete="CASCADE")

    scan = transition(Status.PENDING, to=Status.SCANNED)
    confirm = transition(Status.SCANNED, to=Status.CONFIRMED)
    refuse = transition(Status.SCANNED, to=Status.REFUSED)
    claim = transition(Status.CONFIRMED, to=Status.CLAIMED)

    class Meta:
        table_name = "qr_login"


class StaffUser(BaseModel):
    """Somebody of the staff, who signs in to the back office.

    Platform staff work for all schools, as far as their *role* goes; everybody else holds
    posts at schools, and the role says nothing.
    """

    class StaffRole(StrEnum):
        ADMIN = "admin"  # 管理员
        OPERATOR = "operator"  # 会务人员
        VIEWER = "viewer"  # 只读

    username = CharField(max_length=40, unique=True)
    name = CharField(max_length=40, default="")
    password_hash = CharField(max_length=255)
    role = EnumField(StaffRole, default=StaffRole.OPERATOR)
    is_platform = BooleanField(default=True)
    created_at = UTCDateTimeField(default=now)
    last_login_at = UTCDateTimeField(null=True)
    disabled_at = UTCDateTimeField(null=True)
