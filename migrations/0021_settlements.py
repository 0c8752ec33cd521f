"""Employers' places at schools."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, Model


def frozen_models(db):
    """The table as it was when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class School(Frozen):
        class Meta:
            table_name = "school"

    class Employer(Frozen):
        class Meta:
            table_name = "employer"

    class Settlement(Frozen):
        employer = ForeignKeyField(Employer, backref="+", on_delete="CASCADE")
        school = ForeignKeyField(School, backref="+", on_delete="CASCADE")
        status = CharField(max_length=32)
        return_reason = CharField(max_length=200)
        applied_at = DateTimeField(null=True)
        decided_at = DateTimeField(null=True)
        settled_since = DateTimeField(null=True)

        class Meta:
            table_name = "settlement"
            indexes = ((("employer", "school"), True),)

    return [Settlement]


def up(migrator, db):
    db.create_tables(frozen_models(db))


def down(migrator, db):
    db.drop_tables(frozen_models(db))
