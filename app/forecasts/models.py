"""Tables of forecasts and of the promises made from them."""

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    CharField,
    FloatField,
    ForeignKeyField,
    IntegerField,
)

from app.core.clock import now
from app.core.database import BaseModel, JsonField, UTCDateTimeField
from app.fairs.models import Booth, Fair


class Forecast(BaseModel):
    """What is known of a booth's pace now; renewed by the clock from its own talks. 预测"""

    booth = ForeignKeyField(Booth, unique=True, backref="+", on_delete="CASCADE")
    fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE")
    desks = IntegerField(default=0)  # that are there and call
    cycle_seconds = FloatField(default=600.0)  # from one ring to the next at one desk, mean
    spread_seconds = FloatField(default=300.0)  # its standard deviation
    show_share = FloatField(default=1.0)  # of those ahead, who really take a turn, 0 to 1
    samples = IntegerField(default=0)  # talks of this booth it rests on
    pace_error = FloatField(default=0.6)  # how far the cycle may be from the truth, as a share
    joining = FloatField(default=0.0)  # new tickets an hour
    low_factor = FloatField(default=1.0)  # what the fair's scored promises taught about its ends
    high_factor = FloatField(default=1.0)
    idle = IntegerField(default=0)  # desks that could call at once
    progress = FloatField(default=0.0)  # how much further than half through their talks, in turns
    answer_seconds = FloatField(default=0.0)  # until an application is accepted, usually
    quota_left = IntegerField(null=True)  # interviews it will still hold
    hours = JsonField(default=list)  # its opening times, as pairs of seconds since 1970
    late_until = UTCDateTimeField(null=True)
    # What a newcomer would be told, for lists of booths.
    ahead = IntegerField(default=0)
    seen_chance = IntegerField(default=100)  # percent
    low_seconds = IntegerField(default=0)
    high_seconds = IntegerField(default=0)
    at = UTCDateTimeField(default=now)


class Promise(BaseModel):
    """What a student was shown: a range, and the chance of being seen before closing. 承诺"""

    fair = ForeignKeyField(Fair, backref="+", on_delete="CASCADE", index=False)
    booth = ForeignKeyField(Booth, backref="+", on_delete="CASCADE", index=False)
    ticket_id = BigIntegerField(index=True)
    occasion = CharField(max_length=12)  # apply or waiting
    ahead = IntegerField()  # who stood before
    desks = IntegerField()
    made_at = UTCDateTimeField(default=now)
    low_at = UTCDateTimeField()  # the turn comes between these with 80 %
    high_at = UTCDateTimeField()
    seen_chance = IntegerField()  # percent, 0 to 100
    closes_at = UTCDateTimeField()  # of the booth's last window or the fair
    raw_low_seconds = FloatField()  # the range before what was learned, in opening time
    raw_high_seconds = FloatField()
    turn_at = UTCDateTimeField(null=True)  # when the turn came; null when it never did
    was_kept = BooleanField(null=True)  # the turn came inside the range
    was_seen = BooleanField(null=True)  # the turn came before closing
    scored_at = UTCDateTimeField(null=True)  # a ticket that left by itself is scored with nulls

    class Meta:
        indexes = (
            SQL(
                "CREATE INDEX promise_open ON promise (fair_id, ticket_id) WHERE scored_at IS NULL"
            ),
            SQL("CREATE INDEX promise_of_fair ON promise (fair_id, made_at)"),
            SQL("CREATE INDEX promise_scored ON promise (fair_id, scored_at)"),
        )
