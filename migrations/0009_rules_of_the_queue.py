"""The rules of a fair's queues, and what a ticket has to remember for them."""

from peewee import PostgresqlDatabase

# Added in place: rebuilding a table would take the rows that point to it along.
COLUMNS = {
    "fair": (
        ("everyone_once", "BOOL NOT NULL DEFAULT FALSE"),
        ("seen_bar", "INTEGER NOT NULL DEFAULT 20"),
        ("slots_per_hour", "INTEGER NOT NULL DEFAULT 2"),
        ("hold_seconds", "INTEGER NOT NULL DEFAULT 180"),
        ("misses_kept", "INTEGER NOT NULL DEFAULT 3"),
        ("talk_minutes", "INTEGER NOT NULL DEFAULT 10"),
        ("extension_minutes", "INTEGER NOT NULL DEFAULT 5"),
        ("grace_seconds", "INTEGER NOT NULL DEFAULT 60"),
        ("undo_seconds", "INTEGER NOT NULL DEFAULT 60"),
        ("requires_device_check", "BOOL NOT NULL DEFAULT TRUE"),
        ("answer_minutes", "INTEGER NOT NULL DEFAULT 30"),
        ("sanction_after", "INTEGER NOT NULL DEFAULT 3"),
    ),
    "booth": (
        ("quota", "INTEGER"),
        ("talk_minutes", "INTEGER"),
        ("wanted", "TEXT NOT NULL DEFAULT '{}'"),
        ("line_closed_at", "DATETIME"),
        ("late_until", "DATETIME"),
        ("notice", "VARCHAR(200) NOT NULL DEFAULT ''"),
        ("notice_at", "DATETIME"),
        ("paused_at", "DATETIME"),
    ),
    "interview": (
        ("decided_at", "DATETIME"),
        ("reason_code", "VARCHAR(24) NOT NULL DEFAULT ''"),
        ("readmitted_at", "DATETIME"),
        ("round", "INTEGER NOT NULL DEFAULT 1"),
        ("slot_at", "DATETIME"),
        ("only_desk_id", "BIGINT REFERENCES desk (id) ON DELETE SET NULL"),
        ("held_until", "DATETIME"),
        ("hold_used", "BOOL NOT NULL DEFAULT FALSE"),
        ("ready_told_at", "DATETIME"),
        ("turn_at", "DATETIME"),
        ("ring_seen_at", "DATETIME"),
        ("ring_step", "INTEGER NOT NULL DEFAULT 0"),
        ("extended_at", "DATETIME"),
        ("mode", "VARCHAR(32) NOT NULL DEFAULT 'video'"),
        ("promise_id", "BIGINT"),
    ),
}
LIVE = "'pending', 'invited', 'waiting', 'held', 'ringing', 'in_call', 'concluding', 'rejected'"
LIVE_NOW = LIVE.replace("'pending', ", "'pending', 'dismissed', ")
ONE_TICKET = "CREATE UNIQUE INDEX one_ticket_per_booth ON interview (student_id, booth_id)"
INDEXES = {
    "interview_only_desk_id": "CREATE INDEX interview_only_desk_id ON interview (only_desk_id)",
    "interview_undo": "CREATE INDEX interview_undo ON interview (decided_at)"
    " WHERE status = 'dismissed'",
    "interview_holds": "CREATE INDEX interview_holds ON interview (held_until)"
    " WHERE status = 'held'",
    "one_ticket_per_slot": "CREATE UNIQUE INDEX one_ticket_per_slot ON interview"
    " (booth_id, slot_at) WHERE slot_at IS NOT NULL"
    " AND status IN ('pending', 'dismissed', 'invited', 'waiting', 'held')",
}


def up(migrator, db):
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {_in_dialect(db, kind)}')
    db.execute_sql("DROP INDEX one_ticket_per_booth")
    db.execute_sql(f"{ONE_TICKET} WHERE status IN ({LIVE_NOW})")
    for statement in INDEXES.values():
        db.execute_sql(statement)


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql("UPDATE interview SET status = 'rejected' WHERE status = 'dismissed'")
    db.execute_sql("DROP INDEX one_ticket_per_booth")
    db.execute_sql(f"{ONE_TICKET} WHERE status IN ({LIVE})")
    for table, columns in reversed(COLUMNS.items()):
        for name, _ in reversed(columns):
            db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')


def _in_dialect(db, kind):
    if isinstance(db, PostgresqlDatabase):
        return kind.replace("DATETIME", "TIMESTAMP").replace("BOOL ", "BOOLEAN ")
    return kind.replace("BIGINT", "INTEGER").replace("BOOL ", "INTEGER ")
