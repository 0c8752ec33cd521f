"""Students may start the call themselves: the fair's switch, and who called."""

from peewee import PostgresqlDatabase


def up(migrator, db):
    kind = "BOOLEAN" if isinstance(db, PostgresqlDatabase) else "INTEGER"
    db.execute_sql(
        f'ALTER TABLE "fair" ADD COLUMN "students_may_start" {kind} NOT NULL DEFAULT TRUE'
    )
    for table in ("interview", "ring"):
        by_whom = "VARCHAR(32) NOT NULL DEFAULT 'recruiter'"
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "called_by" {by_whom}')


def down(migrator, db):
    for table in ("ring", "interview"):
        db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN "called_by"')
    db.execute_sql('ALTER TABLE "fair" DROP COLUMN "students_may_start"')
