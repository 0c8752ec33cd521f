"""Students may start the call themselves: the fair's switch, and who called."""

BY_WHOM = ("called_by", "VARCHAR(32) NOT NULL DEFAULT 'recruiter'")
COLUMNS = {
    "fair": (("students_may_start", "BOOL NOT NULL DEFAULT TRUE"),),
    "interview": (BY_WHOM,),
    "ring": (BY_WHOM,),
}


def up(migrator, db):
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind}')


def down(migrator, db):
    for table, columns in reversed(COLUMNS.items()):
        for name, _ in columns:
            db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')
