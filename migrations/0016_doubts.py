"""How sure a forecast is of its pace, and how many join a line in an hour."""

COLUMNS = (("pace_error", "REAL NOT NULL DEFAULT 0.6"), ("joining", "REAL NOT NULL DEFAULT 0"))


def up(migrator, db):
    for name, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "forecast" ADD COLUMN "{name}" {kind}')


def down(migrator, db):
    for name, _ in reversed(COLUMNS):
        db.execute_sql(f'ALTER TABLE "forecast" DROP COLUMN "{name}"')
