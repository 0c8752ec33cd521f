"""What is of use only now: notifications that may use some channels, until an instant."""

from peewee import PostgresqlDatabase

# Added in place: rebuilding a table would take the rows that point to it along.
COLUMNS = {
    "notification": (
        ("fair_id", "BIGINT"),
        ("is_urgent", "BOOL NOT NULL DEFAULT FALSE"),
        ("only", "TEXT NOT NULL DEFAULT '[]'"),
        ("expires_at", "DATETIME"),
    ),
    "wechat_identity": (("is_following", "BOOL"),),
}
INDEXES = {
    "notification_urgent": "CREATE INDEX notification_urgent ON notification (id)"
    " WHERE is_urgent AND status = 'pending'",
    "notification_fair": "CREATE INDEX notification_fair ON notification (fair_id)"
    " WHERE fair_id IS NOT NULL",
}


def up(migrator, db):
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {_in_dialect(db, kind)}')
    for statement in INDEXES.values():
        db.execute_sql(statement)


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    for table, columns in reversed(COLUMNS.items()):
        for name, _ in reversed(columns):
            db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')


def _in_dialect(db, kind):
    if isinstance(db, PostgresqlDatabase):
        return kind.replace("DATETIME", "TIMESTAMP").replace("BOOL", "BOOLEAN")
    return kind.replace("BIGINT", "INTEGER").replace("BOOL", "INTEGER")
