"""Forecasts, the promises made from them, and how booths keep their word."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
)


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class Booth(Frozen):
        class Meta:
            table_name = "booth"

    class Fair(Frozen):
        class Meta:
            table_name = "fair"

    class Forecast(Frozen):
        booth = ForeignKeyField(Booth, backref="+", unique=True, on_delete="CASCADE")
        fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
        desks = IntegerField()
        cycle_seconds = FloatField()
        spread_seconds = FloatField()
        show_share = FloatField()
        samples = IntegerField()
        low_factor = FloatField()
        high_factor = FloatField()
        at = DateTimeField()

        class Meta:
            table_name = "forecast"

    class Promise(Frozen):
        fair = ForeignKeyField(Fair, backref="+", index=False, on_delete="CASCADE")
        booth = ForeignKeyField(Booth, backref="+", index=False, on_delete="CASCADE")
        ticket_id = BigIntegerField(index=True)
        occasion = CharField(max_length=12)
        ahead = IntegerField()
        desks = IntegerField()
        made_at = DateTimeField()
        low_at = DateTimeField()
        high_at = DateTimeField()
        seen_chance = IntegerField()
        closes_at = DateTimeField()
        turn_at = DateTimeField(null=True)
        was_kept = BooleanField(null=True)
        was_seen = BooleanField(null=True)
        scored_at = DateTimeField(null=True)

        class Meta:
            table_name = "promise"

    class Meter(Frozen):
        booth = ForeignKeyField(Booth, backref="+", unique=True, on_delete="CASCADE")
        fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
        applications = IntegerField()
        answered = IntegerField()
        median_seconds = IntegerField(null=True)
        overdue = IntegerField()
        calls = IntegerField()
        results = IntegerField()
        student_no_shows = IntegerField()
        recruiter_no_shows = IntegerField()
        stars = FloatField(null=True)
        ratings = IntegerField()
        reminders = IntegerField()
        reminded_at = DateTimeField(null=True)
        seen_at = DateTimeField(null=True)
        at = DateTimeField()

        class Meta:
            table_name = "meter"

    return [Forecast, Promise, Meter]


INDEXES = (
    "CREATE INDEX promise_open ON promise (fair_id, ticket_id) WHERE scored_at IS NULL",
    "CREATE INDEX promise_of_fair ON promise (fair_id, made_at)",
)


def up(migrator, db):
    db.create_tables(frozen_models(db))
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
