"""What a posting tells and how it is reviewed, and the schools where it is shown."""

from peewee import BigAutoField, DateTimeField, ForeignKeyField, Model, PostgresqlDatabase

# Added in place: rebuilding a table would take the rows that point to it along.
COLUMNS = (
    ("kind", "VARCHAR(32) NOT NULL DEFAULT 'full_time'"),
    ("province", "VARCHAR(20) NOT NULL DEFAULT ''"),
    ("address", "VARCHAR(120) NOT NULL DEFAULT ''"),
    ("months_paid", "INTEGER NOT NULL DEFAULT 12"),
    ("graduation_years", "TEXT NOT NULL DEFAULT '[]'"),
    ("welfare", "TEXT NOT NULL DEFAULT '[]'"),
    ("valid_until", "DATE"),
    ("version", "INTEGER NOT NULL DEFAULT 1"),
    ("flags", "TEXT NOT NULL DEFAULT '[]'"),
    ("text_check", "VARCHAR(32) NOT NULL DEFAULT 'none'"),
    ("review_reason", "VARCHAR(200) NOT NULL DEFAULT ''"),
    ("submitted_by", "BIGINT"),
    ("submitted_at", "DATETIME"),
    ("reviewed_at", "DATETIME"),
    ("published_at", "DATETIME"),
    ("deleted_at", "DATETIME"),
    ("snapshot", "TEXT"),
)
# What was shown once may be what a booth or a ticket refers to.
KNOWN = """
UPDATE "position" SET published_at = created_at WHERE status IN ('published', 'withdrawn')
"""
UNKNOWN_BEFORE = {"pending": "draft", "deleted": "withdrawn"}


def frozen_models(db):
    """The table as it was when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class School(Frozen):
        class Meta:
            table_name = "school"

    class Position(Frozen):
        class Meta:
            table_name = "position"

    class PositionTarget(Frozen):
        position = ForeignKeyField(Position, backref="+", on_delete="CASCADE", index=False)
        school = ForeignKeyField(School, backref="+", on_delete="CASCADE")
        targeted_at = DateTimeField()

        class Meta:
            table_name = "position_target"
            indexes = ((("position", "school"), True),)

    return [PositionTarget]


def up(migrator, db):
    for name, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "position" ADD COLUMN "{name}" {_in_dialect(db, kind)}')
    db.execute_sql(KNOWN)
    db.create_tables(frozen_models(db))


def down(migrator, db):
    """What is under review or deleted becomes what was known before: a draft, withdrawn."""
    db.drop_tables(frozen_models(db))
    for status, earlier in UNKNOWN_BEFORE.items():
        db.execute_sql(
            f"UPDATE \"position\" SET status = '{earlier}' WHERE status = '{status}'"  # noqa: S608
        )
    for name, _ in reversed(COLUMNS):
        db.execute_sql(f'ALTER TABLE "position" DROP COLUMN "{name}"')


def _in_dialect(db, kind):
    if isinstance(db, PostgresqlDatabase):
        return kind.replace("DATETIME", "TIMESTAMP")
    return kind.replace("BIGINT", "INTEGER")
