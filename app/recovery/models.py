"""Tables of ways back to a forgotten password."""

from enum import StrEnum

from peewee import SQL, CharField, ForeignKeyField, IntegerField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EncryptedField, EnumField, UTCDateTimeField
from app.core.lifecycle import transition
from app.files.models import Upload


class PasswordRecovery(BaseModel):
    """One way back to a forgotten password, from asking to the new one (A15-A17). 找回密码

    A recovery without an account is a decoy: a stranger guessed a company, and must not
    learn from the answer that it has no account here. ``target`` is a keyed hash of what
    was asked for, so that limits count guesses and hits alike.
    """

    class Origin(StrEnum):
        ONLINE = "online"  # 在线找回 (A15)
        APPEAL = "appeal"  # 申诉找回 (A16)
        STAFF = "staff"  # 管理员重设 (A17)

    class Status(StrEnum):
        OPENED = "opened"  # 待选择渠道
        ASKED = "asked"  # 待发送验证码
        SENT = "sent"  # 验证码已发送
        UNSENT = "unsent"  # 验证码未送出
        PROVED = "proved"  # 待设置新密码
        DONE = "done"  # 已重设
        VOID = "void"  # 已作废: the password was changed otherwise, or a newer one was opened

    starts = (Status.OPENED, Status.ASKED, Status.PROVED)

    ticket = CharField(max_length=32, unique=True)
    account = ForeignKeyField(Account, null=True, backref="+", on_delete="CASCADE")
    origin = EnumField(Origin)
    target = CharField(max_length=64)
    phone = EncryptedField(null=True)
    email = EncryptedField(null=True)
    channel = CharField(max_length=8, default="")  # phone or mail, as chosen
    code_hash = CharField(max_length=64, default="")
    tries = IntegerField(default=0)  # of the present code
    code_expires_at = UTCDateTimeField(null=True)
    reset_hash = CharField(max_length=64, null=True, unique=True)
    status = EnumField(Status, default=Status.OPENED)
    created_at = UTCDateTimeField(default=now)
    expires_at = UTCDateTimeField(index=True)

    ask = transition(
        Status.OPENED, Status.ASKED, Status.SENT, Status.UNSENT, Status.PROVED, to=Status.ASKED
    )
    send = transition(Status.ASKED, to=Status.SENT)
    miss = transition(Status.SENT, to=Status.UNSENT)
    prove = transition(Status.SENT, to=Status.PROVED)
    finish = transition(Status.PROVED, to=Status.DONE)
    void = transition(
        Status.OPENED, Status.ASKED, Status.SENT, Status.UNSENT, Status.PROVED, to=Status.VOID
    )

    class Meta:
        table_name = "password_recovery"


class PasswordAppeal(BaseModel):
    """Asking for the password back with a stamped statement (A16). 申诉找回

    Looked up by ``number`` and the end of the phone, without a login. Phone and statement
    are what the reviewer holds against the licence; an approval sends the code to the phone.
    """

    class Status(StrEnum):
        DRAFT = "draft"  # 待提交
        PENDING = "pending"  # 待审核
        APPROVED = "approved"  # 已通过

    number = CharField(max_length=16, unique=True)
    company_name = CharField(max_length=80)
    uscc = CharField(max_length=18, index=True)
    applicant = CharField(max_length=40)
    phone = EncryptedField()
    reason = CharField(max_length=300)
    statement = ForeignKeyField(Upload, null=True, backref="+", on_delete="SET NULL")
    seal_name = CharField(max_length=80, default="")  # as read from the seal
    paper_reason = CharField(max_length=300, default="")  # as read from the paper
    rejected_reason = CharField(max_length=500, default="")
    recovery = ForeignKeyField(PasswordRecovery, null=True, backref="+", on_delete="SET NULL")
    status = EnumField(Status, default=Status.DRAFT)
    created_at = UTCDateTimeField(default=now)
    submitted_at = UTCDateTimeField(null=True)
    decided_at = UTCDateTimeField(null=True)

    submit = transition(Status.DRAFT, to=Status.PENDING, stamp="submitted_at")
    approve = transition(Status.PENDING, to=Status.APPROVED, stamp="decided_at")
    reject = transition(Status.PENDING, to=Status.DRAFT, stamp="decided_at")

    class Meta:
        table_name = "password_appeal"


PasswordAppeal.add_index(
    SQL(
        "CREATE INDEX password_appeal_waiting ON password_appeal (submitted_at)"
        " WHERE status = 'pending'"
    )
)
