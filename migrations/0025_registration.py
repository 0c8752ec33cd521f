"""Employers register themselves: where they stand, their papers, their gates, who may join."""

from peewee import (
    BigAutoField,
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)

# Added in place: rebuilding a table would take the rows that point to it along.
# What staff have recorded so far is admitted.
COLUMNS = {
    "employer": (
        ("uscc_override", "BOOL NOT NULL DEFAULT FALSE"),
        ("status", "VARCHAR(32) NOT NULL DEFAULT 'active'"),
        ("entry", "VARCHAR(32) NOT NULL DEFAULT 'platform'"),
        ("school_id", "BIGINT REFERENCES school (id) ON DELETE SET NULL"),
        ("gate", "INTEGER NOT NULL DEFAULT 0"),
        ("submitted_at", "DATETIME"),
        ("returned_reason", "VARCHAR(500) NOT NULL DEFAULT ''"),
    ),
    "recruiter": (("is_admin", "BOOL NOT NULL DEFAULT FALSE"),),
    "qr_login": (("owner_id", "BIGINT REFERENCES account (id) ON DELETE CASCADE"),),
}
INDEXES = {
    "employer_school_id": "employer (school_id)",
    "employer_waiting": "employer (submitted_at) WHERE status = 'submitted'",
}
UNIQUE_INDEXES = {
    "employer_uscc_taken": "employer (uscc) WHERE status IN ('submitted', 'active', 'suspended')",
    "one_admin_per_employer": "recruiter (employer_id) WHERE is_admin",
}
OF_MEMBERSHIP = (
    "CREATE UNIQUE INDEX one_request_per_employer ON membership (account_id, employer_id)"
    " WHERE status = 'pending'",
    "CREATE INDEX membership_account ON membership (account_id, id)",
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

    class StaffUser(Frozen):
        class Meta:
            table_name = "staff_user"

    class Upload(Frozen):
        class Meta:
            table_name = "upload"

    class Employer(Frozen):
        class Meta:
            table_name = "employer"

    class Certification(Frozen):
        employer = ForeignKeyField(Employer, unique=True, backref="+", on_delete="CASCADE")
        province = CharField(max_length=20)
        address = CharField(max_length=120)
        phone = TextField()
        email = TextField()
        recruiting_email = TextField()
        postcode = CharField(max_length=6)
        capital = IntegerField(null=True)
        tags = TextField()
        is_one_licence = BooleanField()
        services = TextField()
        updated_at = DateTimeField()

        class Meta:
            table_name = "certification"

    class EmployerPaper(Frozen):
        employer = ForeignKeyField(Employer, backref="+", on_delete="CASCADE")
        kind = CharField(max_length=32)
        upload = ForeignKeyField(Upload, backref="+", on_delete="RESTRICT")
        created_at = DateTimeField()

        class Meta:
            table_name = "employer_paper"
            indexes = ((("employer", "kind"), True),)

    class GatePass(Frozen):
        employer = ForeignKeyField(Employer, backref="+", on_delete="CASCADE")
        gate = CharField(max_length=32)
        staff = ForeignKeyField(StaffUser, null=True, backref="+", on_delete="SET NULL")
        at = DateTimeField()

        class Meta:
            table_name = "gate_pass"

    class Membership(Frozen):
        account = ForeignKeyField(Account, backref="+", index=False, on_delete="CASCADE")
        employer = ForeignKeyField(Employer, backref="+", on_delete="CASCADE")
        kind = CharField(max_length=32)
        name = CharField(max_length=40)
        title = CharField(max_length=40)
        note = CharField(max_length=200)
        letter = ForeignKeyField(Upload, null=True, backref="+", on_delete="RESTRICT")
        answer = CharField(max_length=500)
        status = CharField(max_length=32)
        created_at = DateTimeField()
        decided_at = DateTimeField(null=True)

        class Meta:
            table_name = "membership"

    return [Certification, EmployerPaper, GatePass, Membership]


def up(migrator, db):
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {_in_dialect(db, kind)}')
    db.execute_sql("DROP INDEX employer_uscc")
    db.execute_sql("CREATE INDEX employer_uscc ON employer (uscc)")
    for name, place in INDEXES.items():
        db.execute_sql(f"CREATE INDEX {name} ON {place}")
    for name, place in UNIQUE_INDEXES.items():
        db.execute_sql(f"CREATE UNIQUE INDEX {name} ON {place}")
    db.create_tables(frozen_models(db))
    for statement in OF_MEMBERSHIP:
        db.execute_sql(statement)


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
    for name in (*INDEXES, *UNIQUE_INDEXES):
        db.execute_sql(f"DROP INDEX {name}")
    # Without a status everybody counts as admitted: whoever is not must go.
    db.execute_sql("DELETE FROM employer WHERE status IN ('draft', 'submitted', 'returned')")
    db.execute_sql("DROP INDEX employer_uscc")
    db.execute_sql("CREATE UNIQUE INDEX employer_uscc ON employer (uscc)")
    for table, columns in reversed(COLUMNS.items()):
        for name, _ in reversed(columns):
            db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')


def _in_dialect(db, kind):
    if isinstance(db, PostgresqlDatabase):
        return kind.replace("DATETIME", "TIMESTAMP").replace("BOOL ", "BOOLEAN ")
    return kind.replace("BIGINT", "INTEGER").replace("BOOL ", "INTEGER ")
