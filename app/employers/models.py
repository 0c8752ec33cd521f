"""Tables of employers: registration, papers, gates, recruiters and who asks to become one."""

from enum import StrEnum

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from app.accounts.models import Account, StaffUser
from app.core.clock import now
from app.core.database import BaseModel, EncryptedField, EnumField, JsonField, UTCDateTimeField
from app.core.lifecycle import transition
from app.employers.gates import Entry, Gate
from app.files.models import Upload
from app.schools.models import School


class Employer(BaseModel):
    """A company or institution that recruits, from its registration on (SM1). 用人单位

    ``gate`` counts the gates that it has passed while it is under review. What staff record
    is active at once. A code belongs to whoever is under review or admitted: to begin a
    registration keeps nobody else's company out.
    """

    class Status(StrEnum):
        DRAFT = "draft"  # 填写中
        SUBMITTED = "submitted"  # 待审核
        ACTIVE = "active"  # 已认证
        RETURNED = "returned"  # 已退回, to be edited and submitted again
        SUSPENDED = "suspended"  # 已停用, for a violation (N03)

    starts = (Status.DRAFT, Status.ACTIVE)

    name = CharField(max_length=80, index=True)  # a forgotten password is found by it (A15)
    uscc = CharField(max_length=18, index=True)  # 统一社会信用代码
    nature = CharField(max_length=20, default="")  # 单位性质
    industry = CharField(max_length=40, default="", index=True)
    size = CharField(max_length=20, default="")
    city = CharField(max_length=40, default="")
    introduction = TextField(default="")
    created_at = UTCDateTimeField(default=now)
    uscc_override = BooleanField(default=False)  # staff vouched for a failing check digit
    status = EnumField(Status, default=Status.ACTIVE)
    entry = EnumField(Entry, default=Entry.PLATFORM)  # by which door it came (A05)
    school = ForeignKeyField(School, null=True, backref="+", on_delete="SET NULL")
    gate = IntegerField(default=0)
    submitted_at = UTCDateTimeField(null=True)
    returned_reason = CharField(max_length=500, default="")

    submit = transition(Status.DRAFT, Status.RETURNED, to=Status.SUBMITTED, stamp="submitted_at")
    recall = transition(Status.SUBMITTED, to=Status.DRAFT)
    pass_gate = transition(Status.SUBMITTED, to=Status.SUBMITTED)
    admit = transition(Status.SUBMITTED, to=Status.ACTIVE)
    send_back = transition(Status.SUBMITTED, to=Status.RETURNED)
    suspend = transition(Status.ACTIVE, to=Status.SUSPENDED)
    restore = transition(Status.SUSPENDED, to=Status.ACTIVE)


KNOWN = (Employer.Status.SUBMITTED, Employer.Status.ACTIVE, Employer.Status.SUSPENDED)
OPEN = (Employer.Status.DRAFT, Employer.Status.RETURNED)  # its people may edit
UNDER_WAY = (*OPEN, Employer.Status.SUBMITTED)
Employer.add_index(
    SQL(
        "CREATE UNIQUE INDEX employer_uscc_taken ON employer (uscc)"
        " WHERE status IN ('submitted', 'active', 'suspended')"
    )
)
Employer.add_index(
    SQL("CREATE INDEX employer_waiting ON employer (submitted_at) WHERE status = 'submitted'")
)


class Certification(BaseModel):
    """What an employer tells of itself while registering (A09), and the services it chose.

    Apart from the employer's row: that one is read wherever a booth is, and to open what is
    sealed here costs more than such a query.
    """

    employer = ForeignKeyField(Employer, unique=True, backref="+", on_delete="CASCADE")
    province = CharField(max_length=20, default="")
    address = CharField(max_length=120, default="")
    phone = EncryptedField(default="")
    email = EncryptedField(default="")  # 单位邮箱
    recruiting_email = EncryptedField(default="")  # 招聘邮箱, of résumés
    postcode = CharField(max_length=6, default="")
    capital = IntegerField(null=True)  # 注册资本, in 10,000 yuan
    tags = JsonField(default=list)  # at most six
    is_one_licence = BooleanField(default=True)  # 三证合一: one licence in both slots (A10)
    services = JsonField(default=list)
    updated_at = UTCDateTimeField(default=now)


class EmployerPaper(BaseModel):
    """A paper that shows what an employer claims to be (A10). 资质材料"""

    class Kind(StrEnum):
        AUTHORISATION_LETTER = "authorisation_letter"  # 账号授权书
        BUSINESS_LICENCE = "business_licence"  # 营业执照
        ORGANISATION_CODE = "organisation_code"  # 组织机构代码证
        SCHOOL_LICENCE = "school_licence"  # 办学许可证

    employer = ForeignKeyField(Employer, backref="papers", on_delete="CASCADE")
    kind = EnumField(Kind)
    upload = ForeignKeyField(Upload, backref="+", on_delete="RESTRICT")
    created_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "employer_paper"
        indexes = ((("employer", "kind"), True),)


class GatePass(BaseModel):
    """One gate that a registration passed, and by whom (A11)."""

    employer = ForeignKeyField(Employer, backref="passes", on_delete="CASCADE")
    gate = EnumField(Gate)
    staff = ForeignKeyField(StaffUser, null=True, backref="+", on_delete="SET NULL")
    at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "gate_pass"


class Recruiter(BaseModel):
    """An account that may act for an employer: who registered it, joined it or scanned a code."""

    class Status(StrEnum):
        ACTIVE = "active"  # 有效
        REVOKED = "revoked"  # 已解除

    account = ForeignKeyField(Account, backref="recruiters", on_delete="CASCADE")
    employer = ForeignKeyField(Employer, backref="recruiters", on_delete="CASCADE")
    name = CharField(max_length=40)
    title = CharField(max_length=40, default="")
    is_admin = BooleanField(default=False)  # 单位管理员: decides who joins (A07)
    status = EnumField(Status, default=Status.ACTIVE)
    created_at = UTCDateTimeField(default=now)

    revoke = transition(Status.ACTIVE, to=Status.REVOKED)
    restore = transition(Status.REVOKED, to=Status.ACTIVE)

    class Meta:
        indexes = ((("account", "employer"), True),)


Recruiter.add_index(
    SQL("CREATE UNIQUE INDEX one_admin_per_employer ON recruiter (employer_id) WHERE is_admin")
)


class Membership(BaseModel):
    """Somebody's wish to act for a registered company: to join it, or to administer it (A07)."""

    class Kind(StrEnum):
        JOIN = "join"  # 加入单位, its administrator answers
        CLAIM = "claim"  # 成为管理员, staff answer

    class Status(StrEnum):
        PENDING = "pending"  # 待处理
        APPROVED = "approved"  # 已通过
        DECLINED = "declined"  # 未通过
        WITHDRAWN = "withdrawn"  # 已撤回

    account = ForeignKeyField(Account, backref="+", index=False, on_delete="CASCADE")
    employer = ForeignKeyField(Employer, backref="+", on_delete="CASCADE")
    kind = EnumField(Kind)
    name = CharField(max_length=40)
    title = CharField(max_length=40, default="")
    note = CharField(max_length=200, default="")
    letter = ForeignKeyField(Upload, null=True, backref="+", on_delete="RESTRICT")
    answer = CharField(max_length=500, default="")  # why not, for the applicant
    status = EnumField(Status, default=Status.PENDING)
    created_at = UTCDateTimeField(default=now)
    decided_at = UTCDateTimeField(null=True)

    approve = transition(Status.PENDING, to=Status.APPROVED, stamp="decided_at")
    turn_away = transition(Status.PENDING, to=Status.DECLINED, stamp="decided_at")
    recall = transition(Status.PENDING, to=Status.WITHDRAWN, stamp="decided_at")


Membership.add_index(
    SQL(
        "CREATE UNIQUE INDEX one_request_per_employer ON membership (account_id, employer_id)"
        " WHERE status = 'pending'"
    )
)
Membership.add_index(SQL("CREATE INDEX membership_account ON membership (account_id, id)"))


class Settlement(BaseModel):
    """An employer's place at a school: who is settled may show positions there (C01, C02). 入驻"""

    class Status(StrEnum):
        OPEN = "open"  # 申请入驻, may be applied for: called off, turned down or revoked
        AWAITING = "awaiting"  # 等待审核
        SETTLED = "settled"  # 已入驻

    employer = ForeignKeyField(Employer, backref="settlements", on_delete="CASCADE")
    school = ForeignKeyField(School, backref="settlements", on_delete="CASCADE")
    status = EnumField(Status, default=Status.OPEN)
    return_reason = CharField(max_length=200, default="")  # of the last no
    applied_at = UTCDateTimeField(null=True)
    decided_at = UTCDateTimeField(null=True)
    settled_since = UTCDateTimeField(null=True)  # positions aimed before do not count (C04)

    seek = transition(Status.OPEN, to=Status.AWAITING, stamp="applied_at")
    call_off = transition(Status.AWAITING, to=Status.OPEN)
    settle = transition(Status.AWAITING, to=Status.SETTLED, stamp="settled_since")
    turn_away = transition(Status.AWAITING, to=Status.OPEN, stamp="decided_at")
    unsettle = transition(Status.SETTLED, to=Status.OPEN, stamp="decided_at")

    class Meta:
        indexes = ((("employer", "school"), True),)
