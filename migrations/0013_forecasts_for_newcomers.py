"""What a forecast knows of a booth's hours, and promises as they were before learning.

The promise shown is the newest of its ticket: renewing promises need not write tickets.
"""

from peewee import PostgresqlDatabase

COLUMNS = {
    "forecast": (
        ("idle", "INTEGER NOT NULL DEFAULT 0"),
        ("progress", "REAL NOT NULL DEFAULT 0"),
        ("answer_seconds", "REAL NOT NULL DEFAULT 0"),
        ("quota_left", "INTEGER"),
        ("hours", "TEXT NOT NULL DEFAULT '[]'"),
        ("late_until", "DATETIME"),
        ("ahead", "INTEGER NOT NULL DEFAULT 0"),
        ("seen_chance", "INTEGER NOT NULL DEFAULT 100"),
        ("low_seconds", "INTEGER NOT NULL DEFAULT 0"),
        ("high_seconds", "INTEGER NOT NULL DEFAULT 0"),
    ),
    "promise": (
        ("raw_low_seconds", "REAL NOT NULL DEFAULT 0"),
        ("raw_high_seconds", "REAL NOT NULL DEFAULT 0"),
    ),
}
INDEX = "CREATE INDEX promise_scored ON promise (fair_id, scored_at)"


def up(migrator, db):
    instant = "TIMESTAMP" if isinstance(db, PostgresqlDatabase) else "DATETIME"
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            own = kind.replace("DATETIME", instant)
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {own}')
    db.execute_sql(INDEX)
    db.execute_sql("ALTER TABLE interview DROP COLUMN promise_id")


def down(migrator, db):
    whole_number = "BIGINT" if isinstance(db, PostgresqlDatabase) else "INTEGER"
    db.execute_sql(f"ALTER TABLE interview ADD COLUMN promise_id {whole_number}")
    db.execute_sql("DROP INDEX promise_scored")
    for table, columns in COLUMNS.items():
        for name, _ in reversed(columns):
            db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')
