"""Schools as tenants: kinds, colleges, switches, and the posts that staff hold there."""

from peewee import (
    BigAutoField,
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    Model,
    PostgresqlDatabase,
)

# Added in place: rebuilding a table would take the rows that point to it along.
COLUMNS = {
    "school": (
        ("kind", "VARCHAR(32) NOT NULL DEFAULT 'university'"),
        ("centre_id", "BIGINT REFERENCES school (id) ON DELETE SET NULL"),
        ("province", "VARCHAR(20) NOT NULL DEFAULT ''"),
    ),
    # who is on the staff already works for all schools, as before
    "staff_user": (("is_platform", "BOOL NOT NULL DEFAULT TRUE"),),
}
ONE_POST = "staff_id, school_id, duty"


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class School(Frozen):
        class Meta:
            table_name = "school"

    class StaffUser(Frozen):
        class Meta:
            table_name = "staff_user"

    class College(Frozen):
        school = ForeignKeyField(School, backref="+", on_delete="CASCADE")
        name = CharField(max_length=60)
        closed_at = DateTimeField(null=True)

        class Meta:
            table_name = "college"
            indexes = ((("school", "name"), True),)

    class SchoolSwitch(Frozen):
        school = ForeignKeyField(School, backref="+", on_delete="CASCADE")
        name = CharField(max_length=40)
        is_on = BooleanField()

        class Meta:
            table_name = "school_switch"
            indexes = ((("school", "name"), True),)

    class StaffPost(Frozen):
        staff = ForeignKeyField(StaffUser, backref="+", on_delete="CASCADE")
        school = ForeignKeyField(School, backref="+", on_delete="CASCADE")
        college = ForeignKeyField(College, backref="+", null=True, on_delete="CASCADE")
        duty = CharField(max_length=32)
        created_at = DateTimeField()

        class Meta:
            table_name = "staff_post"

    return [College, SchoolSwitch, StaffPost]


def up(migrator, db):
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {_in_dialect(db, kind)}')
    db.execute_sql("CREATE INDEX school_centre_id ON school (centre_id)")
    db.create_tables(frozen_models(db))
    # of two rows without a college neither equals the other: one index for each case
    db.execute_sql(
        f"CREATE UNIQUE INDEX one_post_at_a_school ON staff_post ({ONE_POST})"
        " WHERE college_id IS NULL"
    )
    db.execute_sql(
        f"CREATE UNIQUE INDEX one_post_at_a_college ON staff_post ({ONE_POST}, college_id)"
        " WHERE college_id IS NOT NULL"
    )


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
    db.execute_sql("DROP INDEX school_centre_id")
    for table, columns in reversed(COLUMNS.items()):
        for name, _ in reversed(columns):
            db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')


def _in_dialect(db, kind):
    if isinstance(db, PostgresqlDatabase):
        return kind.replace("BOOL ", "BOOLEAN ")
    return kind.replace("BIGINT", "INTEGER").replace("BOOL ", "INTEGER ")
