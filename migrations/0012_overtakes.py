"""Who was passed over by which ring, and who may be called before the order of application."""

from peewee import BigAutoField, ForeignKeyField, Model

BEFORE_ORDER = (
    "CREATE INDEX interview_before_order ON interview (booth_id, status)"
    " WHERE slot_at IS NOT NULL OR only_desk_id IS NOT NULL"
)


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class Interview(Frozen):
        class Meta:
            table_name = "interview"

    class Ring(Frozen):
        class Meta:
            table_name = "ring"

    class Overtake(Frozen):
        interview = ForeignKeyField(Interview, backref="+", index=False, on_delete="CASCADE")
        ring = ForeignKeyField(Ring, backref="+", on_delete="CASCADE")

        class Meta:
            table_name = "overtake"
            indexes = ((("interview", "ring"), True),)

    return [Overtake]


def up(migrator, db):
    db.create_tables(frozen_models(db))
    db.execute_sql(BEFORE_ORDER)


def down(migrator, db):
    db.execute_sql("DROP INDEX interview_before_order")
    db.drop_tables(list(reversed(frozen_models(db))))
