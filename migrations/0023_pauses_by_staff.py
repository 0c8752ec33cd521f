"""Whether a booth's line was paused by a person or by the clock."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "booth" ADD COLUMN "paused_by_staff" BOOL NOT NULL DEFAULT FALSE')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "booth" DROP COLUMN "paused_by_staff"')
