"""Schools, employers and positions."""

from peewee import (
    BigAutoField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class Account(Frozen):
        class Meta:
            table_name = "account"

    class School(Frozen):
        name = CharField(unique=True, max_length=80)
        short_name = CharField(max_length=20)
        created_at = DateTimeField()

        class Meta:
            table_name = "school"

    class Employer(Frozen):
        name = CharField(max_length=80)
        uscc = CharField(unique=True, max_length=18)
        nature = CharField(max_length=20)
        industry = CharField(index=True, max_length=40)
        size = CharField(max_length=20)
        city = CharField(max_length=40)
        introduction = TextField()
        created_at = DateTimeField()

        class Meta:
            table_name = "employer"

    class Recruiter(Frozen):
        account = ForeignKeyField(Account, backref="+", on_delete="CASCADE")
        employer = ForeignKeyField(Employer, backref="+", on_delete="CASCADE")
        name = CharField(max_length=40)
        title = CharField(max_length=40)
        status = CharField(max_length=32)
        created_at = DateTimeField()

        class Meta:
            table_name = "recruiter"
            indexes = ((("account", "employer"), True),)

    class Position(Frozen):
        employer = ForeignKeyField(Employer, backref="+", on_delete="CASCADE")
        title = CharField(max_length=60)
        city = CharField(max_length=40)
        salary_min = IntegerField()
        salary_max = IntegerField()
        degree = CharField(max_length=12)
        headcount = IntegerField()
        majors = CharField(max_length=200)
        duties = TextField()
        requirements = TextField()
        status = CharField(max_length=32)
        created_at = DateTimeField()

        class Meta:
            table_name = "position"

    return [School, Employer, Recruiter, Position]


def up(migrator, db):
    db.create_tables(frozen_models(db))


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
