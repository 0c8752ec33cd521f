"""Whether a booth's line was paused by a person or by the clock."""

from peewee import PostgresqlDatabase


def up(migrator, db):
    kind = "BOOLEAN" if isinstance(db, PostgresqlDatabase) else "INTEGER"
    db.execute_sql(
        f'ALTER TABLE "booth" ADD COLUMN "paused_by_staff" {kind} NOT NULL DEFAULT FALSE'
    )


def down(migrator, db):
    db.execute_sql('ALTER TABLE "booth" DROP COLUMN "paused_by_staff"')
