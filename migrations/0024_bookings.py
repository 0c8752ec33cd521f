"""Employers book a fair: its kind and windows, floor plans, enrolments and their changes."""

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
COLUMNS = (
    ("level", "VARCHAR(32) NOT NULL DEFAULT 'school'"),
    ("mode", "VARCHAR(32) NOT NULL DEFAULT 'live'"),
    ("takes_bookings", "BOOL NOT NULL DEFAULT FALSE"),
    ("bookings_open_at", "DATETIME"),
    ("bookings_close_at", "DATETIME"),
    ("most_employers", "INTEGER NOT NULL DEFAULT 300"),
    ("changes_directly", "BOOL NOT NULL DEFAULT FALSE"),
)
LIVE = "('draft', 'pending', 'waitlisted', 'approved')"
INDEXES = {
    "one_enrolment_per_employer": "CREATE UNIQUE INDEX one_enrolment_per_employer"
    f" ON enrolment (fair_id, employer_id) WHERE status IN {LIVE}",
    "one_employer_per_place": "CREATE UNIQUE INDEX one_employer_per_place"
    " ON enrolment (place_id) WHERE status IN ('pending', 'approved')",
    "enrolment_queue": "CREATE INDEX enrolment_queue"
    " ON enrolment (fair_id, status, submitted_at, id)",
    "one_change_at_a_time": "CREATE UNIQUE INDEX one_change_at_a_time"
    " ON enrolment_change (enrolment_id) WHERE status = 'pending'",
}


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class Fair(Frozen):
        class Meta:
            table_name = "fair"

    class Employer(Frozen):
        class Meta:
            table_name = "employer"

    class Booth(Frozen):
        class Meta:
            table_name = "booth"

    class BoothPlace(Frozen):
        fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
        number = CharField(max_length=12)
        area = CharField(max_length=20)
        row = IntegerField()
        col = IntegerField()
        note = CharField(max_length=80)
        is_reserved = BooleanField()

        class Meta:
            table_name = "booth_place"
            indexes = ((("fair", "number"), True),)

    class Enrolment(Frozen):
        fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
        employer = ForeignKeyField(Employer, backref="+")
        place = ForeignKeyField(BoothPlace, backref="+", null=True, on_delete="SET NULL")
        booth = ForeignKeyField(Booth, backref="+", null=True, on_delete="SET NULL")
        status = CharField(max_length=32)
        position_ids = TextField()
        interviewers = TextField()
        fit_percent = IntegerField(null=True)
        fit = TextField()
        answer = CharField(max_length=200)
        created_at = DateTimeField()
        submitted_at = DateTimeField(null=True)
        pending_since = DateTimeField(null=True)
        decided_at = DateTimeField(null=True)
        referred_at = DateTimeField(null=True)

        class Meta:
            table_name = "enrolment"

    class EnrolmentChange(Frozen):
        enrolment = ForeignKeyField(Enrolment, backref="+", on_delete="CASCADE")
        status = CharField(max_length=32)
        position_ids = TextField()
        interviewers = TextField()
        note = CharField(max_length=200)
        answer = CharField(max_length=200)
        asked_at = DateTimeField()
        decided_at = DateTimeField(null=True)

        class Meta:
            table_name = "enrolment_change"

    return [BoothPlace, Enrolment, EnrolmentChange]


def up(migrator, db):
    for name, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "fair" ADD COLUMN "{name}" {_in_dialect(db, kind)}')
    db.create_tables(frozen_models(db))
    for statement in INDEXES.values():
        db.execute_sql(statement)


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    db.drop_tables(list(reversed(frozen_models(db))))
    for name, _ in reversed(COLUMNS):
        db.execute_sql(f'ALTER TABLE "fair" DROP COLUMN "{name}"')


def _in_dialect(db, kind):
    if isinstance(db, PostgresqlDatabase):
        return kind.replace("DATETIME", "TIMESTAMP").replace("BOOL ", "BOOLEAN ")
    return kind.replace("BOOL ", "INTEGER ")
